/** What every index shares: the numbers, the analysis and the synonyms. */

import { Analysis } from "./analysis.js";
import { Phonetics } from "./phonetics.js";
import { Synonyms } from "./synonyms.js";

/** @typedef {Record<import("./vocabulary.js").Way
 *   | "k1" | "b" | "sentence" | "coverage" | "beside_best" | "unknown" | "broader" | "inside" | "candidates"
 *   | "precision" | "longest_query" | "most_units" | "shortest_key" | "shortest_consonants"
 *   | "shortest_misspelt" | "long_word" | "shortest_beginning" | "shortest_stem"
 *   | "shortest_veto" | "shortest_subject" | "most_spellings" | "most_beginnings" | "excerpt",
 *   number>} Parameters */

export class Tables {
  /**
   * @param {object} exported
   * @param {Parameters} exported.parameters
   * @param {import("./analysis.js").Rules} exported.rules
   * @param {string} exported.synonyms
   */
  constructor({ parameters, rules, synonyms }) {
    this.parameters = parameters;
    this.analysis = new Analysis(rules, parameters);
    this.phonetics = new Phonetics(rules, parameters);
    this.synonyms = new Synonyms(synonyms, this.analysis);
  }
}
