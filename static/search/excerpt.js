/** The sentence that shows why a section was found. The twin of `search_index/excerpt.py`. */

import { weighted } from "./query.js";

/** @typedef {{text: string, isMatch: boolean}} Piece */
/** @typedef {{text: string, words: {start: number, end: number, term: string}[]}} Sentence */

/**
 * The sentences of texts shown before; at each letter the same sections are looked through again.
 * @type {WeakMap<string[], Sentence[]>}
 */
const analysed = new WeakMap();

/**
 * The first of the sentences of `blocks` that weighs most, cut to length; empty without blocks.
 * @param {string[]} blocks
 * @param {import("./query.js").Unit[]} units
 * @param {import("./index.js").Index} index
 */
export function excerptOf(blocks, units, index) {
  const wanted = new Map(weighted(units));
  /** @type {Piece[]} */
  let best = [];
  let most = -1;
  for (const sentence of sentencesOf(blocks, index)) {
    const { pieces, found } = mark(sentence, wanted);
    const weight = [...found].sort().reduce((sum, term) => sum + Number(wanted.get(term)), 0);
    if (weight > most) {
      most = weight;
      best = pieces;
    }
  }
  return cut(best, index.parameters.excerpt);
}

/**
 * @param {string[]} blocks
 * @param {import("./index.js").Index} index
 */
function sentencesOf(blocks, { analysis, synonyms }) {
  let sentences = analysed.get(blocks);
  if (!sentences) {
    sentences = blocks
      .flatMap((block) => analysis.sentences(block))
      .map((text) => ({
        text,
        words: analysis
          .spans(text)
          .filter(({ word }) => !analysis.isStop(word))
          .map(({ word, start, end }) => {
            return { start, end, term: synonyms.meaning(analysis.stem(word)) };
          }),
      }));
    analysed.set(blocks, sentences);
  }
  return sentences;
}

/**
 * @param {Sentence} sentence
 * @param {Map<string, number>} wanted
 */
function mark({ text, words }, wanted) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Set<string>} */
  const found = new Set();
  let end = 0;
  for (const word of words) {
    if (!wanted.has(word.term)) continue;
    found.add(word.term);
    pieces.push(
      { text: text.slice(end, word.start), isMatch: false },
      { text: text.slice(word.start, word.end), isMatch: true },
    );
    end = word.end;
  }
  pieces.push({ text: text.slice(end), isMatch: false });
  return { pieces, found };
}

/**
 * At most `longest` characters around the first match, cut between words.
 * @param {Piece[]} pieces
 * @param {number} longest
 */
function cut(pieces, longest) {
  const length = pieces.reduce((sum, { text }) => sum + [...text].length, 0);
  const [before, ...rest] = pieces;
  if (!before || length <= longest) return pieces.filter(({ text }) => text);
  let kept = [...before.text];
  const third = Math.floor(longest / 3);
  if (kept.length > third) {
    const end = kept.slice(-third);
    const gap = end.indexOf(" ");
    kept = ["…", " ", ...(gap < 0 ? [] : end.slice(gap + 1))];
  }
  const shown = [{ text: kept.join(""), isMatch: false }];
  let room = longest - kept.length;
  for (const piece of rest) {
    const letters = [...piece.text];
    if (letters.length > room) {
      const start = letters.slice(0, Math.max(0, room));
      const end = Math.max(0, start.lastIndexOf(" "));
      shown.push({ text: `${start.slice(0, end).join("")} …`, isMatch: false });
      break;
    }
    shown.push(piece);
    room -= letters.length;
  }
  return shown.filter(({ text }) => text);
}
