/** One key for the spellings of a Hindi word. The twin of `search_index/phonetics.py`. */

import { isHindi } from "./analysis.js";

export class Phonetics {
  /**
   * @param {import("./analysis.js").Rules} rules
   * @param {import("./tables.js").Parameters} parameters
   */
  constructor({ key }, parameters) {
    this.shortestStem = parameters.shortest_stem;
    this.endings = key.endings.split(" ");
    this.devanagari = new Map(Object.entries(key.devanagari));
    const sounds = key.latin.split(",").map((each) => each.split(" "));
    this.latin = new Map(/** @type {[string, string][]} */ (sounds));
    this.latinRule = new RegExp([...this.latin.keys()].join("|"), "g");
    this.retroflex = new RegExp(`[${key.retroflex}]`, "g");
  }

  /**
   * The keys under which a folded Hindi word is kept, strictest first.
   * @param {string} word
   * @returns {[string[], string[], string[]]}
   */
  knownKeys(word) {
    const tapped = word.replace(this.retroflex, "र");
    const heard = tapped === word ? [word] : [word, tapped];
    const strict = heard.map((spelling) => single(this._hindi(spelling)));
    const oral = strict.map((key) => single(oralOf(key)));
    return [strict, oral, [...strict, ...oral].map(consonants)];
  }

  /**
   * The keys under which a reader's folded word is looked up, strictest first.
   * @param {string} word
   * @returns {[string, string, string]}
   */
  askedKeys(word) {
    const strict = single(isHindi(word) ? this._hindi(word) : this._roman(word));
    return [strict, strict, consonants(strict)];
  }

  /**
   * The strict keys of those of the words that are Hindi.
   * @param {Iterable<string>} words
   */
  strictKeys(words) {
    return new Set([...words].filter(isHindi).flatMap((word) => this.knownKeys(word)[0]));
  }

  /**
   * The strict keys of a reader's Roman word, and of it without an ending of Hindi words.
   * @param {string} word
   */
  stemKeys(word) {
    const ends = this.endings.filter((ending) => word.endsWith(ending));
    return [word, ...ends.map((ending) => word.slice(0, -ending.length))]
      .filter((stem) => [...stem].length >= this.shortestStem)
      .map((stem) => single(this._roman(stem)));
  }

  /** @param {string} word */
  _hindi(word) {
    const plain = word.replace(/ज्ञ/g, "ग");
    const initial = /^[अआ]/.test(plain) ? "a" : "";
    return initial + [...plain].map((letter) => this.devanagari.get(letter) ?? "").join("");
  }

  /** @param {string} word */
  _roman(word) {
    const [first = "", ...rest] = word.replace(
      this.latinRule,
      (found) => this.latin.get(found) ?? "",
    );
    return first + rest.join("").replace(/a/g, "");
  }
}

/** @param {string} key */
function oralOf(key) {
  return key.slice(0, 1) + key.slice(1).replace(/n(?=[^aiu])/g, "");
}

/** @param {string} key */
function consonants(key) {
  return single(key.replace(/[aiu]/g, ""));
}

/** @param {string} sound */
function single(sound) {
  return sound.replace(/(.)\1+/gu, "$1");
}
