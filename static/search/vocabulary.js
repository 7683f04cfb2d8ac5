/**
 * The words that the sections hold, and which of them a reader's word means. The twin of
 * `search_index/vocabulary.py`.
 */

import { isHindi } from "./analysis.js";
import { Spellings } from "./spelling.js";

/** @typedef {"exact" | "synonym" | "sound" | "spelling" | "beginning" | "elsewhere" | "none"} Way */
/** @typedef {{way: Way, stems: string[]}} Resolved */

export class Vocabulary {
  /**
   * @param {string[]} known
   * @param {import("./tables.js").Tables} tables
   */
  constructor(known, { synonyms, analysis, phonetics, parameters }) {
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
    /** @type {Map<string, string[]>} */
    this.byStemSound = new Map();
    for (const stem of [...this.stems.keys()].filter(isHindi)) {
      for (const key of phonetics.knownKeys(stem)[0]) add(this.byStemSound, key, stem);
    }
    this.elsewhereSounds = phonetics.strictKeys(analysis.elsewhere);
    this.stopSounds = phonetics.strictKeys(analysis.stop);
    this.byStem = new Spellings(this.stems.keys(), parameters);
    this.byWord = new Spellings(listed, parameters);
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
    if (this.analysis.isElsewhere(word)) return { way: "elsewhere", stems: [] };
    const sounding = this._soundingLike(word);
    const meanings = new Set(sounding.map((name) => this.synonyms.meaning(name)));
    // A misspelt English word may sound like the same word in Hindi: then it was misspelt.
    const near = meanings.size <= 1 ? this._speltLike(word) : [];
    const misspelt = near.filter(
      (name) => meanings.size === 0 || meanings.has(this.synonyms.meaning(name)),
    );
    if (misspelt.length) return { way: "spelling", stems: misspelt };
    if (sounding.length) return { way: "sound", stems: sounding };
    return { way: this._soundsElsewhere(word) ? "elsewhere" : "none", stems: [] };
  }

  /**
   * The stems of known words that begin, or sound as if they began, with `word`.
   * @param {string} word
   * @returns {Resolved}
   */
  begun(word) {
    const [key] = this.phonetics.askedKeys(word);
    const found = [
      ...this._beginningWith(this.alphabet, word),
      ...this._beginningWith(this.sounds, key),
    ];
    if (!found.length) return { way: "none", stems: [] };
    const stems = [...new Set(found)].slice(0, this.parameters.most_beginnings);
    return { way: "beginning", stems };
  }

  /** @param {string} word */
  _soundingLike(word) {
    const { shortest_key, shortest_consonants } = this.parameters;
    const [strict, oral, consonants] = this.phonetics.askedKeys(word);
    const stems = isHindi(word) ? [] : this.phonetics.stemKeys(word);
    const [byStrict, byOral, byConsonants] = this.bySound;
    for (const [table, keys, shortest] of /** @type {const} */ ([
      [byStrict, [strict], shortest_key],
      [byOral, [oral], shortest_key],
      [this.byStemSound, stems, shortest_key],
      [byConsonants, [consonants], shortest_consonants],
    ])) {
      for (const key of keys) {
        const found = key.length >= shortest && table?.get(key);
        if (found) return found;
      }
    }
    return [];
  }

  /** @param {string} word */
  _soundsElsewhere(word) {
    const [key] = this.phonetics.askedKeys(word);
    return key.length >= this.parameters.shortest_veto && this.elsewhereSounds.has(key);
  }

  /** @param {string} word */
  _speltLike(word) {
    const byStem = this.byStem.near(this.analysis.stem(word));
    const near = byStem.length
      ? byStem
      : this.byWord.near(word).map((known) => this.analysis.stem(known));
    return [...new Set(near)].filter((stem) => this.stems.has(stem));
  }

  /**
   * Whether a Roman word sounds like a Hindi stop word.
   * @param {string} word
   */
  soundsLikeStop(word) {
    return !isHindi(word) && this.stopSounds.has(this.phonetics.askedKeys(word)[0]);
  }

  /**
   * @param {[string, string][]} table sorted
   * @param {string} start
   */
  _beginningWith(table, start) {
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
