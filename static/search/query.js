/** The words and phrases of a query, with the terms they mean. The twin of `search_index/query.py`. */

/**
 * @typedef {object} Unit
 * @property {string} surface
 * @property {import("./vocabulary.js").Way} way
 * @property {Map<string, number>} terms with their weights
 * @property {number} share 1, or less for a word inside a phrase
 * @property {string} meant the known word that it was taken for
 */

const GUESSES = new Set(["sound", "spelling", "beginning"]);

/**
 * The words and phrases of `query` that say what it is about, the phrases first.
 * @param {string} query
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @returns {Unit[]}
 */
export function unitsOf(query, vocabulary) {
  const { analysis, synonyms, parameters } = vocabulary;
  const run = analysis.words(query);
  const stems = run.map((word) => analysis.stem(word));
  const resolved = run.map((word, place) =>
    analysis.isStop(word)
      ? { way: /** @type {const} */ ("exact"), stems: [String(stems[place])] }
      : vocabulary.resolve(word),
  );
  const last = resolved.length - 1;
  if (resolved[last]?.way === "none") resolved[last] = vocabulary.begun(String(run[last]));
  const meant = stems.map((stem, place) => resolved[place]?.stems[0] ?? stem);

  /** @type {Unit[]} */
  const units = [];
  /** @type {Set<number>} */
  const inside = new Set();
  for (const { place, length, concept } of [
    ...synonyms.concepts(stems),
    ...synonyms.concepts(meant),
  ]) {
    const places = Array.from({ length }, (_, offset) => place + offset);
    if (places.some((at) => inside.has(at))) continue;
    for (const at of places) inside.add(at);
    const guessed = resolved.slice(place, place + length).map(({ way }) => way);
    const way = guessed
      .filter((guess) => GUESSES.has(guess))
      .reduce((least, guess) => (parameters[guess] < parameters[least] ? guess : least), "synonym");
    const surface = run.slice(place, place + length).join(" ");
    units.push(unit(vocabulary, surface, way, [concept], 1, surface));
  }
  for (const [place, word] of run.entries()) {
    const { way, stems: found } = /** @type {import("./vocabulary.js").Resolved} */ (
      resolved[place]
    );
    if (analysis.isStop(word)) continue;
    if (
      !found.length &&
      (inside.has(place) || (way === "none" && vocabulary.soundsLikeStop(word)))
    ) {
      continue;
    }
    const terms = [...new Set(found.map((stem) => synonyms.meaning(stem)))];
    const isSynonym = way === "exact" && terms[0] !== found[0];
    const share = inside.has(place) ? parameters.inside : 1;
    const spelt = found[0] ? vocabulary.spelt(found[0]) : "";
    units.push(unit(vocabulary, word, isSynonym ? "synonym" : way, terms, share, spelt));
  }
  return units.slice(0, parameters.most_units);
}

/**
 * Each term of the query once, with the highest of its weights, in alphabetical order.
 * @param {Unit[]} units
 */
export function weighted(units) {
  /** @type {Map<string, number>} */
  const highest = new Map();
  for (const { terms } of units) {
    for (const [term, weight] of terms) {
      highest.set(term, Math.max(weight, highest.get(term) ?? 0));
    }
  }
  return [...highest].sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * @param {import("./vocabulary.js").Vocabulary} vocabulary
 * @param {string} surface
 * @param {import("./vocabulary.js").Way} way
 * @param {string[]} terms
 * @param {number} share
 * @param {string} meant
 * @returns {Unit}
 */
function unit({ synonyms, parameters }, surface, way, terms, share, meant) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const term of terms) {
    weights.set(term, parameters[way] * share);
    for (const above of synonyms.above(term)) {
      if (!weights.has(above)) weights.set(above, parameters[way] * share * parameters.broader);
    }
  }
  return { surface, way, terms: weights, share, meant };
}
