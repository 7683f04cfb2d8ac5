/**
 * Whether a text tells of an emergency: a phrase of the rules, unless it is denied. The twin of
 * `blueprints/screening/urgency.py`, which says how.
 */

import { fold } from "./folding.js";

/**
 * @typedef {object} Rules
 * @property {string} ignored
 * @property {string} uncounted
 * @property {Record<string, string>} denials
 * @property {Record<string, string>} supposed
 * @property {Record<string, string[]>} times
 * @property {Record<string, string[]>} phrases
 */

const TOKEN = /[a-z0-9\u0900-\u0963\u0966-\u097f]+|[.!?\n\u0964\u0965,;:()]+/g;
const END = /[.!?\n\u0964\u0965]/;
const PAUSE = /[,;:()]/;
const APART = " (?:[^ ]+ ){0,2}";
const NEAR = 60;

export class Urgency {
  /** @param {Rules} rules */
  constructor({ ignored, uncounted, denials, supposed, times, phrases }) {
    this._ignored = new RegExp(ignored, "gu");
    const words = Object.fromEntries(
      Object.entries(denials).map(([name, listed]) => [name, this._any(listed)]),
    );
    this._denial = new RegExp(denial(words), "g");
    this._earlier = new RegExp(String(words.earlier));
    this._uncounted = new RegExp(this._any(uncounted), "g");
    this._phrases = Object.values(phrases)
      .flat()
      .map((phrase) => new RegExp(this._pattern(phrase)));
    this._times = Object.fromEntries(
      Object.entries(times).map(([name, listed]) => [
        name,
        new RegExp(listed.map((phrase) => this._pattern(phrase)).join("|")),
      ]),
    );
    const [if_, may, certain] = [supposed.if, supposed.may, supposed.certain].map((listed) =>
      this._any(String(listed)),
    );
    const word = `(?:(?!${certain}) [^ ,]+)`;
    this._mayBe = new RegExp(`${if_}${word}{1,6}?${may}(?!${certain})`, "g");
    this._if = new RegExp(`${if_}${word}{1,12}(?= ,)`, "g");
    this._clause = new RegExp(`(?:(?! ,|${words.now_alone}) [^ ]+)+`, "g");
  }

  /** @param {string} text */
  isIn(text) {
    const tokens = this._spelling(text).match(TOKEN) ?? [];
    const clauses = this._ofNow(` ${tokens.map(marked).join(" ")} , `);
    const words = clauses
      .replace(this._denial, (found, start) => this._without(found, start, clauses))
      .replace(/ ,/g, "")
      .replace(this._uncounted, "");
    return this._phrases.some((phrase) => phrase.test(words));
  }

  /**
   * Without the clauses of what may come, or of what is over where “now well” follows.
   * @param {string} clauses
   */
  _ofNow(clauses) {
    let kept = clauses.replace(this._mayBe, " _");
    if (this._says(kept).has("only_supposed")) kept = kept.replace(this._if, " _");
    const well = kept.search(/** @type {RegExp} */ (this._times.well));
    if (well < 0 || this._says(kept).has("unwell")) return kept;
    const before = kept.slice(0, well);
    return before.replace(this._clause, (clause) => this._unlessOver(clause)) + kept.slice(well);
  }

  /** @param {string} clause */
  _unlessOver(clause) {
    const said = this._says(`${clause} `);
    return said.has("date") && !said.has("going_on") ? " _" : clause;
  }

  /**
   * The names of the times that are spoken of.
   * @param {string} clauses
   */
  _says(clauses) {
    return new Set(Object.keys(this._times).filter((name) => this._times[name]?.test(clauses)));
  }

  /**
   * @param {string} denial
   * @param {number} start
   * @param {string} clauses
   */
  _without(denial, start, clauses) {
    const end = start + denial.length;
    const before = clauses
      .slice(Math.max(0, start - NEAR), start)
      .split(" ,")
      .pop();
    const [after] = clauses.slice(end, end + NEAR).split(" ,");
    return this._earlier.test(`${before}${denial}${after} `) ? denial : " _";
  }

  /** @param {string} text */
  _spelling(text) {
    return fold(text).text.replace(this._ignored, "");
  }

  /** @param {string} listed */
  _any(listed) {
    const words = this._spelling(listed).replace(/ /g, "|").replace(/\*/g, "[^ ]*");
    return `(?: (?:${words})(?= ))`;
  }

  /** @param {string} phrase */
  _pattern(phrase) {
    const words = this._spelling(phrase)
      .split(" ")
      .map((word) => `(?:${word})`.replace(/\*/g, "[^ ]*").replace(/\//g, "|"));
    return ` ${words.join(APART)} `;
  }
}

/**
 * A word stays; a pause becomes a comma; the end of a sentence a comma and two dots, which count as
 * two words, so a phrase seldom reaches from one sentence into the next.
 * @param {string} token
 */
function marked(token) {
  if (END.test(token)) return ", . .";
  return PAUSE.test(token) ? "," : token;
}

/**
 * The sentences that deny a sign, as a regular expression.
 * @param {Record<string, string>} words
 */
function denial(words) {
  const { signs, between, or, after, ends } = words;
  const before =
    `(?:${words.before}(?:${between}|${or}){0,4}|(?:${words.before_verb}|${words.auxiliary} not(?= ))` +
    `(?:${words.verb}|${between}){0,4})${signs}` +
    `(?:(?: ,${between}{0,2}${signs}){0,4}(?: ,)?${or}${between}{0,2}${signs}){0,2}` +
    `(?:${words.tail}${words.tail_more}{0,2})?`;
  const neither = `${words.neither}${between}?${signs}`;
  const kinds = [
    before,
    `${neither}${ends}{0,2}${neither}`,
    `${signs}(?:(?: ,|${or}|${between}){1,3}${signs}){0,4}(?: ,)?` +
      `(?:${or}${between}{0,2}${signs}|${words.none})${between}{0,2}${after}(?=${ends})`,
    `${signs}${between}{0,3}${after}(?=${ends})`,
    `${after}${between}?${words.verbs}`,
    `${words.working}${between}{0,3}${words.well}(?!${between}?${after})`,
  ];
  const isAgain = `(?: [^ ]+){0,5}${words.now}${words.again_between}{0,2}${words.again}`;
  const isLess = `(?: [^ ,]+){0,2}${words.less}`;
  const isDenied = `${between}{0,2}${after}(?=${ends})`;
  return `(?:${kinds.join("|")})(?!${isAgain}|${isLess}|${isDenied})`;
}
