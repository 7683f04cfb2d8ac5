/**
 * What a question is screened for: personal details, and words that point to an emergency.
 * The twin of `blueprints/questions/screening.py`, which says how.
 */

/**
 * @typedef {object} Rules
 * @property {[string, string]} alike
 * @property {[string, string][]} personal
 * @property {{product: string[], permutation: string}} verhoeff
 * @property {{ignored: string, phrases: Record<string, string[]>}} urgent
 */

/**
 * A personal detail; start and end count UTF-16 units.
 * @typedef {{kind: string, start: number, end: number}} Detail
 */

const APART = " (?:[^ ]+ ){0,2}";

export class Screening {
  /** @param {Rules} rules */
  constructor({ alike: [alike, plain], personal, verhoeff, urgent }) {
    this._alike = alike;
    this._plain = plain;
    this._personal = personal.map(([kind, pattern]) => ({
      kind,
      pattern: new RegExp(pattern, "gu"),
    }));
    this._verhoeff = verhoeff;
    this._ignored = new RegExp(urgent.ignored, "gu");
    this._urgent = Object.values(urgent.phrases)
      .flat()
      .map((phrase) => new RegExp(this._pattern(phrase), "u"));
  }

  /**
   * Personal details in order; where two overlap, the one whose rule stands first.
   * @param {string} text
   */
  personal(text) {
    const plain = text.replace(/[^a-z]/g, (letter) => this._plainLetter(letter));
    /** @type {Detail[]} */
    const found = [];
    for (const detail of this._candidates(plain)) {
      if (found.every((other) => detail.end <= other.start || other.end <= detail.start)) {
        found.push(detail);
      }
    }
    return found.sort((one, other) => one.start - other.start);
  }

  /** @param {string} text */
  isUrgent(text) {
    const words = this._folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const spaced = ` ${words.join(" ")} `;
    return this._urgent.some((pattern) => pattern.test(spaced));
  }

  /** @param {string} letter */
  _plainLetter(letter) {
    if (letter >= "A" && letter <= "Z") return letter.toLowerCase();
    const place = this._alike.indexOf(letter);
    return place < 0 ? letter : this._plain.charAt(place);
  }

  /** @param {string} plain */
  *_candidates(plain) {
    for (const { kind, pattern } of this._personal) {
      for (const { 0: before, 1: detail = "", index } of plain.matchAll(pattern)) {
        if (kind !== "aadhaar" || this._isAadhaar(detail)) {
          const start = index + before.length;
          yield { kind, start, end: start + detail.length };
        }
      }
    }
  }

  /**
   * Whether the checksum after Verhoeff holds.
   * @param {string} number
   */
  _isAadhaar(number) {
    const { product, permutation } = this._verhoeff;
    let check = 0;
    for (let [place, digit] of (number.match(/\d/g) ?? []).reverse().entries()) {
      for (; place; place--) digit = permutation.charAt(Number(digit));
      check = Number(product[check]?.charAt(Number(digit)));
    }
    return check === 0;
  }

  /** @param {string} text */
  _folded(text) {
    return text.toLowerCase().normalize("NFD").replace(this._ignored, "");
  }

  /** @param {string} phrase */
  _pattern(phrase) {
    const words = this._folded(phrase)
      .split(" ")
      .map((word) => `(?:${word})`.replace(/\*/g, "[^ ]*").replace(/\//g, "|"));
    return ` ${words.join(APART)} `;
  }
}
