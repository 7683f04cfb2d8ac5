/** One key for the spellings of a Hindi word. The twin of `search_index/phonetics.py`. */

import { isHindi } from "./analysis.js";

export class Phonetics {
  /** @param {import("./analysis.js").Rules} rules */
  constructor({ key }) {
    this.devanagari = new Map(Object.entries(key.devanagari));
    this.latin = new Map(key.latin);
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
    const strict = heard.map((spelling) => single(this.#hindi(spelling)));
    const oral = strict.map((key) => single(oralOf(key)));
    return [strict, oral, [...strict, ...oral].map(consonants)];
  }

  /**
   * The keys under which a reader's folded word is looked up, strictest first.
   * @param {string} word
   * @returns {[string, string, string]}
   */
  askedKeys(word) {
    const strict = single(isHindi(word) ? this.#hindi(word) : this.#roman(word));
    return [strict, strict, consonants(strict)];
  }

  /** @param {string} word */
  #hindi(word) {
    const plain = word.replaceAll("ज्ञ", "ग");
    const initial = /^[अआ]/.test(plain) ? "a" : "";
    return initial + [...plain].map((letter) => this.devanagari.get(letter) ?? "").join("");
  }

  /** @param {string} word */
  #roman(word) {
    const [first = "", ...rest] = word.replace(
      this.latinRule,
      (found) => this.latin.get(found) ?? "",
    );
    return first + rest.join("").replaceAll("a", "");
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
