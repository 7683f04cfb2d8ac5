/** The sentence that shows why a section was found. The twin of `search_index/excerpt.py`. */

import { weighted } from "./query.js";

/** @typedef {{text: string, isMatch: boolean}} Piece */

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
  for (const sentence of blocks.flatMap((block) => index.analysis.sentences(block))) {
    const { pieces, found } = mark(sentence, wanted, index);
    const weight = [...found].sort().reduce((sum, term) => sum + Number(wanted.get(term)), 0);
    if (weight > most) {
      most = weight;
      best = pieces;
    }
  }
  return cut(best, index.parameters.excerpt);
}

/**
 * @param {string} sentence
 * @param {Map<string, number>} wanted
 * @param {import("./index.js").Index} index
 */
function mark(sentence, wanted, { analysis, synonyms }) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {Set<string>} */
  const found = new Set();
  let end = 0;
  for (const span of analysis.spans(sentence)) {
    const term = synonyms.meaning(analysis.stem(span.word));
    if (analysis.isStop(span.word) || !wanted.has(term)) continue;
    found.add(term);
    pieces.push(
      { text: sentence.slice(end, span.start), isMatch: false },
      { text: sentence.slice(span.start, span.end), isMatch: true },
    );
    end = span.end;
  }
  pieces.push({ text: sentence.slice(end), isMatch: false });
  return { pieces, found };
}

/**
 * At most `longest` characters around the first match, cut between words.
 * @param {Piece[]} pieces
 * @param {number} longest
 */
function cut(pieces, longest) {
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const [before, ...rest] = pieces;
  if (!before || length <= longest) return pieces.filter(({ text }) => text);
  let kept = before.text;
  const third = Math.floor(longest / 3);
  if (kept.length > third) {
    const end = kept.slice(-third);
    kept = `… ${end.includes(" ") ? end.slice(end.indexOf(" ") + 1) : ""}`;
  }
  const shown = [{ text: kept, isMatch: false }];
  let room = longest - kept.length;
  for (const piece of rest) {
    if (piece.text.length > room) {
      const start = piece.text.slice(0, room);
      shown.push({
        text: `${start.slice(0, Math.max(0, start.lastIndexOf(" ")))} …`,
        isMatch: false,
      });
      break;
    }
    shown.push(piece);
    room -= piece.text.length;
  }
  return shown.filter(({ text }) => text);
}
