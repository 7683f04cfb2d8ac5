/**
 * Letters that people type for one another, made one before anything is compared. The twin of
 * `blueprints/folding`, which says how.
 */

import { FOLDS } from "./folds.js";

const { runs, sequences } = FOLDS;
const LENGTHS = [2, 3];

/** @type {Map<string, string>} */
const LETTERS = new Map();
for (const [first, count, to] of runs) {
  for (let offset = 0; offset < count; offset++) {
    const letter = to.length === 1 ? String.fromCharCode(to.charCodeAt(0) + offset) : to;
    LETTERS.set(String.fromCodePoint(first + offset), letter);
  }
}

/**
 * Whether a letter shows nothing and is folded away.
 * @param {string} letter
 */
export const isIgnored = (letter) => LETTERS.get(letter) === "";

/**
 * A folded text, and where each of its UTF-16 units begins and ends in the text as it was typed.
 * @param {string} text
 */
export function fold(text) {
  /** @type {{letter: string, start: number, end: number}[]} */
  const letters = [];
  let place = 0;
  for (const typed of text) {
    const [start, end] = [place, place + typed.length];
    for (const letter of LETTERS.get(typed) ?? typed) {
      letters.push({ letter, start, end });
      joinSequence(letters);
    }
    place = end;
  }
  const units = letters.flatMap(({ letter, start, end }) =>
    Array.from({ length: letter.length }, () => ({ start, end })),
  );
  return {
    text: letters.map(({ letter }) => letter).join(""),
    starts: units.map(({ start }) => start),
    ends: units.map(({ end }) => end),
  };
}

/** @param {{letter: string, start: number, end: number}[]} letters of which the last is new */
function joinSequence(letters) {
  for (const length of LENGTHS) {
    const last = letters.slice(-length);
    const letter = sequences[last.map((each) => each.letter).join("")];
    if (!letter) continue;
    const { start } = /** @type {{start: number}} */ (last[0]);
    const { end } = /** @type {{end: number}} */ (last[length - 1]);
    letters.splice(-length, length, { letter, start, end });
    return joinSequence(letters);
  }
}
