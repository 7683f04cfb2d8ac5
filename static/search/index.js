/**
 * The index that `search_index/export.py` writes, and the same scores as `search_index/index.py`
 * and Whoosh give: BM25F (Robertson, Zaragoza and Taylor, CIKM 2004), added in the same order.
 */

import { at, Postings } from "./postings.js";
import { unitsOf, weighted } from "./query.js";
import { Vocabulary } from "./vocabulary.js";

/** @typedef {import("./query.js").Unit} Unit */

/**
 * @typedef {object} Section
 * @property {string} article
 * @property {string} id
 * @property {Record<string, string>} headings by language
 * @property {number} length in terms, as Whoosh rounds it
 * @property {number} sentences how many
 */

/**
 * @typedef {object} Exported
 * @property {string} words
 * @property {Section[]} sections
 * @property {number} average_length
 * @property {Record<string, number>} idf
 * @property {string} postings
 */

/** @typedef {{section: Section, score: number, coverage: number}} Hit */

/**
 * @typedef {object} Answer
 * @property {string} query as it was searched for, cut to length
 * @property {Unit[]} units
 * @property {Hit[]} hits best first
 * @property {string | null} suggestion a nearer spelling
 * @property {boolean} wasCut
 */

export class Index {
  /**
   * @param {import("./tables.js").Tables} tables
   * @param {Exported} exported
   */
  constructor(tables, exported) {
    this.exported = exported;
    this.parameters = tables.parameters;
    this.analysis = tables.analysis;
    this.synonyms = tables.synonyms;
    const words = exported.words ? exported.words.split(" ") : [];
    this.vocabulary = new Vocabulary(words, tables);
    const { sections } = exported;
    this.starts = new Uint32Array(sections.length + 1);
    for (const [place, section] of sections.entries()) {
      this.starts[place + 1] = at(this.starts, place) + section.sentences;
    }
    this.sectionOf = new Uint32Array(at(this.starts, sections.length));
    for (const place of sections.keys()) {
      this.sectionOf.fill(place, this.starts[place], this.starts[place + 1]);
    }
    /** @type {Map<string, Postings>} */
    this.postings = new Map();
    const stems = words.map((word) => this.synonyms.meaning(this.analysis.stem(word)));
    const terms = [...new Set([...this.synonyms.names, ...stems])].sort();
    const postings = exported.postings.split(",");
    if (terms.length !== postings.length) throw new Error("script and index differ");
    for (const [place, term] of terms.entries()) {
      this.postings.set(term, new Postings(String(postings[place]), this.sectionOf));
    }
  }

  /**
   * The sections that answer `text`, which may be anything a reader types.
   * @param {string} text
   * @param {number} limit
   * @returns {Answer}
   */
  search(text, limit = 5) {
    const typed = this.analysis.singleSpaced(text);
    const cut = (/** @type {string} */ whole) =>
      [...whole].slice(0, this.parameters.longest_query).join("");
    const query = cut(typed);
    // Some letters are many in their plain form.
    const asked = cut(query.normalize("NFKC"));
    const units = unitsOf(asked, this.vocabulary);
    const isElsewhere = units.some(({ way }) => way === "elsewhere");
    return {
      query,
      units,
      hits: isElsewhere ? [] : this._hits(units).slice(0, limit),
      suggestion: this._suggestion(asked, units),
      wasCut: typed !== query,
    };
  }

  /** @param {Unit[]} units */
  _hits(units) {
    const terms = weighted(units);
    const telling = units.map((unit) => this._unitWeight(unit));
    const told = telling.reduce((sum, weight) => sum + weight, 0);
    const hits = [];
    for (const { place, score } of this._best(terms)) {
      const { sentences, whole } = this._heldBy(place, terms);
      const covered = (/** @type {Set<string>} */ held) => coveredBy(units, telling, held);
      const best = Math.max(0, ...sentences.map(covered));
      const coverage = covered(whole) / (told || 1);
      const total = score + this.parameters.sentence * best;
      if (this._rounded(coverage) >= this.parameters.coverage) {
        const section = /** @type {Section} */ (this.exported.sections[place]);
        hits.push({ section, score: total, coverage });
      }
    }
    hits.sort((one, other) => this._rounded(other.score) - this._rounded(one.score));
    const least = this.parameters.beside_best * (hits[0]?.score ?? 0);
    return hits.filter(({ score }) => score >= least);
  }

  /**
   * The sections with the highest scores, then in their order.
   * @param {[string, number][]} terms
   */
  _best(terms) {
    const { sections, average_length } = this.exported;
    const { k1, b, candidates } = this.parameters;
    const scores = new Float64Array(sections.length);
    for (const [term, weight] of terms) {
      const postings = this.postings.get(term);
      if (!postings) continue;
      const idf = this._idf(postings.held);
      const { sentences } = postings;
      let place = 0;
      while (place < sentences.length) {
        const section = at(this.sectionOf, at(sentences, place));
        const first = place;
        const end = at(this.starts, section + 1);
        while (place < sentences.length && at(sentences, place) < end) place++;
        const frequency = place - first;
        const length = /** @type {Section} */ (sections[section]).length;
        const dampened = frequency + k1 * (1 - b + (b * length) / average_length);
        scores[section] = at(scores, section) + idf * ((frequency * (k1 + 1)) / dampened) * weight;
      }
    }
    const found = [];
    for (const [place, score] of scores.entries()) if (score > 0) found.push({ place, score });
    found.sort((one, other) => other.score - one.score || one.place - other.place);
    return found.slice(0, candidates);
  }

  /**
   * Which of the terms each sentence of a section holds, and which the whole.
   * @param {number} section
   * @param {[string, number][]} terms
   */
  _heldBy(section, terms) {
    const end = at(this.starts, section + 1);
    /** @type {Map<number, Set<string>>} */
    const bySentence = new Map();
    /** @type {Set<string>} */
    const whole = new Set();
    for (const [term] of terms) {
      const postings = this.postings.get(term);
      if (!postings) continue;
      const { sentences } = postings;
      let place = postings.from(at(this.starts, section));
      for (; place < sentences.length && at(sentences, place) < end; place++) {
        const sentence = at(sentences, place);
        const held = bySentence.get(sentence);
        if (held) held.add(term);
        else bySentence.set(sentence, new Set([term]));
        whole.add(term);
      }
    }
    return { sentences: [...bySentence.values()], whole };
  }

  /** @param {Unit} unit */
  _unitWeight({ terms }) {
    if (!terms.size) return this.parameters.unknown * this._idf(0);
    const weights = [...terms].map(
      ([term, weight]) => weight * this._idf(this.postings.get(term)?.held ?? 0),
    );
    return Math.max(...weights);
  }

  /** @param {number} held */
  _idf(held) {
    return Number(this.exported.idf[held]);
  }

  /** @param {number} score */
  _rounded(score) {
    return Math.round(score * this.parameters.precision) / this.parameters.precision;
  }

  /**
   * The query with its misspelt words as they are spelt here, if there are any.
   * @param {string} query
   * @param {Unit[]} units
   */
  _suggestion(query, units) {
    const misspelt = units.filter(({ way }) => way === "spelling");
    if (!misspelt.length) return null;
    const better = new Map(misspelt.map(({ surface, meant }) => [surface, meant]));
    const words = this.analysis.words(query);
    return words.map((word) => better.get(word) ?? word).join(" ");
  }
}

/**
 * How much of what the units tell is held.
 * @param {Unit[]} units
 * @param {number[]} telling
 * @param {Set<string>} held
 */
function coveredBy(units, telling, held) {
  let found = 0;
  for (const [place, { terms, share }] of units.entries()) {
    let most = 0;
    for (const [term, weight] of terms) {
      if (weight > most && held.has(term)) most = weight;
    }
    found += most * (Number(telling[place]) / share);
  }
  return found;
}
