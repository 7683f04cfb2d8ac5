/**
 * What a question is screened for: personal details, and words that point to an emergency.
 * The twin of `blueprints/screening`, which says how.
 */

/**
 * @typedef {object} Rules
 * @property {[string, string][]} personal
 * @property {{product: string[], permutation: string}} verhoeff
 * @property {import("./urgency.js").Rules} urgent
 */

/**
 * A personal detail; start and end count UTF-16 units.
 * @typedef {{kind: string, start: number, end: number}} Detail
 */

import { fold } from "./folding.js";
import { Urgency } from "./urgency.js";

export class Screening {
  /** @param {Rules} rules */
  constructor({ personal, verhoeff, urgent }) {
    this._personal = personal.map(([kind, pattern]) => ({
      kind,
      pattern: new RegExp(pattern, "gu"),
    }));
    this._verhoeff = verhoeff;
    this._urgency = new Urgency(urgent);
  }

  /**
   * Personal details in order; where two overlap, the one whose rule stands first.
   * @param {string} text
   */
  personal(text) {
    const folded = fold(text);
    const taken = new Uint8Array(folded.text.length);
    /** @type {Detail[]} */
    const found = [];
    for (const { kind, start, end } of this._candidates(folded.text)) {
      if (taken.subarray(start, end).includes(1)) continue;
      taken.fill(1, start, end);
      const [typed, ended] = [folded.starts[start], folded.ends[end - 1]];
      found.push({ kind, start: Number(typed), end: Number(ended) });
    }
    return found.sort((one, other) => one.start - other.start);
  }

  /** @param {string} text */
  isUrgent(text) {
    return this._urgency.isIn(text);
  }

  /** @param {string} folded */
  *_candidates(folded) {
    for (const { kind, pattern } of this._personal) {
      for (const { 0: before, 1: detail = "", index } of folded.matchAll(pattern)) {
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
}
