/** Text to terms: words found, folded and stemmed. The twin of `search_index/analysis.py`. */

import { stemEnglish } from "./porter2.js";

/**
 * @typedef {object} Rules
 * @property {string} devanagari
 * @property {string} white
 * @property {string} sentence_end
 * @property {string} letter the name of one, as एम
 * @property {Record<string, string>} sequences
 * @property {Record<string, string>} fold
 * @property {Record<string, string>} homorganic
 * @property {string[]} hindi_suffixes
 * @property {string} stop
 * @property {{devanagari: Record<string, string>, latin: string, endings: string, retroflex: string}} key
 * @property {string} elsewhere
 */

/** @param {string} word */
export function isHindi(word) {
  return word >= "\u0900" && word < "\u0980";
}

export class Analysis {
  /**
   * @param {Rules} rules
   * @param {import("./tables.js").Parameters} parameters
   */
  constructor(rules, parameters) {
    /** @type {Map<string, string>} */
    this._stems = new Map();
    this.shortestSubject = parameters.shortest_subject;
    const { devanagari, white, letter, sequences } = rules;
    this.wordPattern = new RegExp(
      `[a-z0-9]+|[${devanagari}]+|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*`,
      "gu",
    );
    this.spanPattern = new RegExp(this.wordPattern.source, "giu");
    this.dotted = new RegExp(
      `(^|[${white}.])((?:[a-z]\\.)+[a-z]+|(?:${letter}\\.)+${letter}(?![${devanagari}]))`,
      "gu",
    );
    this.gap = new RegExp(`[${white}]+`, "g");
    this.sentence = new RegExp(`[${rules.sentence_end}][${white}]+`, "g");
    this.folded = new Map(Object.entries(rules.fold));
    for (let digit = 0; digit < 100; digit++) {
      this.folded.set(
        String.fromCharCode(0x966 + digit + 118 * ((digit / 10) | 0)),
        `${digit % 10}`,
      );
    }
    this.sequences = sequences;
    const nasals = Object.entries(rules.homorganic).map(
      ([nasal, stops]) => `${nasal}\u094d(?=[${stops}])`,
    );
    this.sequence = new RegExp([...Object.keys(sequences), ...nasals].join("|"), "g");
    this.suffixes = rules.hindi_suffixes.map((group) => group.split(" "));
    // A final nasal is often left out in writing.
    this.stop = new Set(
      rules.stop.split(" ").flatMap((word) => [word, word.replace(/\u0902$/, "")]),
    );
    this.elsewhere = new Set(rules.elsewhere.split(" "));
  }

  /**
   * The words of `text`, folded, in order.
   * @param {string} text
   */
  words(text) {
    const lower = text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/\p{DI}|['’]s/gu, "");
    const joined = lower.replace(
      this.dotted,
      (_, before, dotted) => before + dotted.replace(/\./g, ""),
    );
    const found = joined.match(this.wordPattern) ?? [];
    return found.map((word) => this.fold(word)).filter((word) => word);
  }

  /**
   * The words of a text that we wrote, with the places where they stand.
   * @param {string} text
   */
  spans(text) {
    return [...text.matchAll(this.spanPattern)].map(({ 0: word, index = 0 }) => ({
      word: this.fold(word.normalize("NFKC").toLowerCase()),
      start: index,
      end: index + word.length,
    }));
  }

  /** @param {string} block */
  sentences(block) {
    const found = [];
    let start = 0;
    for (const { 0: end, index = 0 } of block.matchAll(this.sentence)) {
      found.push(block.slice(start, index + 1));
      start = index + end.length;
    }
    return [...found, block.slice(start)].filter((sentence) => sentence);
  }

  /** @param {string} text */
  singleSpaced(text) {
    return text.replace(this.gap, " ").replace(/^ | $/g, "");
  }

  /** @param {string} word */
  fold(word) {
    const letters = [...word].map((letter) => this.folded.get(letter) ?? letter);
    return letters.join("").replace(this.sequence, (typed) => this.sequences[typed] ?? "\u0902");
  }

  /**
   * The stem of a folded word.
   * @param {string} word
   */
  stem(word) {
    let stem = this._stems.get(word);
    if (stem === undefined) {
      stem = isHindi(word) ? this._stemHindi(word) : stemEnglish(word);
      this._stems.set(word, stem);
    }
    return stem;
  }

  /**
   * Whether a folded word says nothing about what a text is about.
   * @param {string} word
   */
  isStop(word) {
    return this.stop.has(word) || ([...word].length === 1 && !/\p{Nd}/u.test(word));
  }

  /**
   * Whether a folded word is of a subject that no article is about.
   * @param {string} word
   */
  isElsewhere(word) {
    return this.elsewhere.has(this._plain(word));
  }

  /** @param {string} word */
  _plain(word) {
    // Short Hindi stems do not tell two subjects apart.
    const stem = this.stem(word);
    return isHindi(word) && stem.length < this.shortestSubject ? word : stem;
  }

  /** @param {string} word */
  _stemHindi(word) {
    for (const [place, suffixes] of this.suffixes.entries()) {
      const length = this.suffixes.length - place;
      if (word.length > length + 1) {
        const suffix = suffixes.find(
          (ending) => word.endsWith(ending) && word.length - ending.length >= 2,
        );
        if (suffix) return word.slice(0, -suffix.length);
      }
    }
    return word;
  }
}
