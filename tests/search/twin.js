// Asks the browser's half of the search, in Node: JSON in on standard input, JSON out.

import { readFileSync } from "node:fs";
import { isHindi } from "../../static/search/analysis.js";
import { excerptOf } from "../../static/search/excerpt.js";
import { Index } from "../../static/search/index.js";
import { Tables } from "../../static/search/tables.js";

const { exported, texts, words, blocks } = JSON.parse(readFileSync(0, "utf8"));
const tables = new Tables(exported.tables);
const index = new Index(tables, exported.articles);
const { analysis, phonetics } = tables;

function analysed(word) {
  const known = isHindi(word) ? phonetics.knownKeys(word) : null;
  return [word, analysis.stem(word), analysis.isStop(word), phonetics.askedKeys(word), known];
}

function answered(text) {
  const answer = index.search(text);
  return {
    ...answer,
    units: answer.units.map((unit) => ({ ...unit, terms: [...unit.terms] })),
    hits: answer.hits.map(({ section, score, coverage }) => {
      const key = `${section.article}#${section.id}`;
      const pieces = (lines) =>
        excerptOf(lines, answer.units, index).map(({ text, isMatch }) => [text, isMatch]);
      const excerpts = Object.entries(blocks[key]).map(([lang, lines]) => [lang, pieces(lines)]);
      return { key, score, coverage, excerpts: Object.fromEntries(excerpts) };
    }),
  };
}

const told = words
  ? { texts: texts.map((text) => [text, analysis.words(text)]), words: words.map(analysed) }
  : texts.map(answered);
process.stdout.write(JSON.stringify(told));
