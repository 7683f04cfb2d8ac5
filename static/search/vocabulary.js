/**
 * The words that the sections hold, and which of them a reader's word means. The twin of
 * `search_index/vocabulary.py`.
 */

import { isHindi } from "./analysis.js";
import { Spellings } from "./spelling.js";

/** @typedef {"exact" | "synonym" | "sound" | "spelling" | "beginning" | "none"} Way */
/** @typedef {{way: Way, stems: string[]}} Resolved */

export class Vocabulary {
  /**
   * @param {string[]} known
   * @param {import("./synonyms.js").Synonyms} synonyms
   * @param {import("./analysis.js").Analysis} analysis
   * @param {import("./phonetics.js").Phonetics} phonetics
   * @param {import("./index.js").Parameters} parameters
   */
  constructor(known, synonyms, analysis, phonetics, parameters) {
    this.synonyms = synonyms;
    this.analysis = analysis;
    this.phonetics = phonetics;
    this.parameters = parameters;
    const held = new Set(known);
    const isPhraseOnly = (/** @type {string} */ word) =>
      synonyms.typed.has(word) && !held.has(word) && !synonyms.singles.has(analysis.stem(word));
    const listed = [...new Set([...synonyms.words, ...known])]
      .filter((word) => !analysis.isStop(word))
      .sort();
    /** @type {Map<string, string>} */
    this.stems = new Map();
    for (const word of listed) {
      const stem = analysis.stem(word);
      if (!this.stems.has(stem) && (isHindi(word) || !isPhraseOnly(word))) {
        this.stems.set(stem, word);
      }
    }
    /** @type {Map<string, string[]>[]} */
    this.bySound = [new Map(), new Map(), new Map()];
    for (const word of listed.filter(isHindi)) {
      const stem = analysis.stem(word);
      phonetics.knownKeys(word).forEach((keys, level) => {
        const table = /** @type {Map<string, string[]>} */ (this.bySound[level]);
        for (const key of keys) add(table, key, stem);
      });
    }
    this.spellings = new Spellings(this.stems.keys(), parameters);
    /** @type {[string, string][]} */
    this.alphabet = listed
      .map((word) => /** @type {[string, string]} */ ([word, analysis.stem(word)]))
      .filter(([, stem]) => this.stems.has(stem));
    /** @type {[string, string][]} */
    this.sounds = [...(this.bySound[0] ?? [])]
      .flatMap(([key, stems]) => stems.map((stem) => /** @type {[string, string]} */ ([key, stem])))
      .sort(([key, stem], [otherKey, otherStem]) =>
        key === otherKey ? order(stem, otherStem) : order(key, otherKey),
      );
  }

  /**
   * The first known word with this stem, empty if there is none.
   * @param {string} stem
   */
  spelt(stem) {
    return this.stems.get(stem) ?? "";
  }

  /**
   * The stems that a folded word means.
   * @param {string} word
   * @returns {Resolved}
   */
  resolve(word) {
    const stem = this.analysis.stem(word);
    if (this.stems.has(stem)) return { way: "exact", stems: [stem] };
    if (this.analysis.isStop(word)) return { way: "none", stems: [] };
    const sounding = this.#soundingLike(word);
    const meanings = new Set(sounding.map((name) => this.synonyms.meaning(name)));
    // A misspelt English word may sound like the same word in Hindi: then it was misspelt.
    const near = meanings.size <= 1 ? this.spellings.near(stem) : [];
    const misspelt = near.filter(
      (name) => meanings.size === 0 || meanings.has(this.synonyms.meaning(name)),
    );
    if (misspelt.length) return { way: "spelling", stems: misspelt };
    return sounding.length ? { way: "sound", stems: sounding } : { way: "none", stems: [] };
  }

  /**
   * The stems of known words that begin, or sound as if they began, with `word`.
   * @param {string} word
   * @returns {Resolved}
   */
  begun(word) {
    const [key] = this.phonetics.askedKeys(word);
    const found = [
      ...this.#beginningWith(this.alphabet, word),
      ...this.#beginningWith(this.sounds, key),
    ];
    if (!found.length) return { way: "none", stems: [] };
    const stems = [...new Set(found)].slice(0, this.parameters.most_beginnings);
    return { way: "beginning", stems };
  }

  /** @param {string} word */
  #soundingLike(word) {
    for (const [level, key] of this.phonetics.askedKeys(word).entries()) {
      const found = key.length >= this.parameters.shortest_key && this.bySound[level]?.get(key);
      if (found) return found;
    }
    return [];
  }

  /**
   * @param {[string, string][]} table sorted
   * @param {string} start
   */
  #beginningWith(table, start) {
    if (start.length < this.parameters.shortest_beginning) return [];
    let first = 0;
    let end = table.length;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (String(table[middle]?.[0]) < start) first = middle + 1;
      else end = middle;
    }
    return table
      .slice(first, first + this.parameters.most_beginnings)
      .filter(([text]) => text.startsWith(start))
      .map(([, stem]) => stem);
  }
}

/**
 * @param {Map<string, string[]>} table
 * @param {string} key
 * @param {string} stem
 */
function add(table, key, stem) {
  const listed = table.get(key);
  if (!listed) table.set(key, [stem]);
  else if (!listed.includes(stem)) listed.push(stem);
}

/**
 * @param {string} one
 * @param {string} other
 */
function order(one, other) {
  return one < other ? -1 : Number(one > other);
}
