/**
 * Known stems that are spelt nearly as a reader's. The twin of `search_index/spelling.py`, by
 * another way to the same stems: a table of words without a letter or two would take a phone long
 * to make, so stems of like length are compared, those that share enough letters one by one.
 */

/** @typedef {import("./tables.js").Parameters} Parameters */

export class Spellings {
  /**
   * @param {Iterable<string>} stems
   * @param {Parameters} parameters
   */
  constructor(stems, parameters) {
    this.parameters = parameters;
    /** @type {Map<number, {stem: string, letters: string[], mask: number}[]>} */
    this.byLength = new Map();
    for (const stem of stems) {
      const letters = [...stem];
      const listed = this.byLength.get(letters.length);
      const entry = { stem, letters, mask: maskOf(letters) };
      if (listed) listed.push(entry);
      else this.byLength.set(letters.length, [entry]);
    }
  }

  /**
   * The nearest stems, in alphabetical order; a short one begins with the same letter.
   * @param {string} stem
   */
  near(stem) {
    const { shortest_misspelt, long_word, most_spellings } = this.parameters;
    const letters = [...stem];
    if (letters.length < shortest_misspelt) return [];
    const isLong = letters.length >= long_word;
    const mask = maskOf(letters);
    let least = isLong ? 2 : 1;
    /** @type {string[]} */
    let best = [];
    for (
      let length = letters.length - least;
      length <= letters.length + (isLong ? 2 : 1);
      length++
    ) {
      for (const known of this.byLength.get(length) ?? []) {
        if (!isLong && known.letters[0] !== letters[0]) continue;
        if (ones(known.mask ^ mask) > 2 * least) continue;
        const apart = distance(letters, known.letters);
        if (apart < least) best = [];
        if (apart <= least) {
          least = apart;
          best.push(known.stem);
        }
      }
    }
    return best.sort().slice(0, most_spellings);
  }
}

/**
 * Letters inserted, deleted, replaced or swapped (optimal string alignment).
 * @param {string[]} one
 * @param {string[]} other
 */
function distance(one, other) {
  /** @type {number[]} */
  let above = [];
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    [above, before, row] = [before, row, [i]];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(
        at(row, j - 1) + 1,
        at(before, j) + 1,
        at(before, j - 1) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, at(above, j - 2) + 1);
      }
      row.push(cost);
    }
  }
  return at(row, other.length);
}

/**
 * @param {number[]} row
 * @param {number} place
 */
function at(row, place) {
  return /** @type {number} */ (row[place]);
}

/**
 * Which letters a word holds, several letters to a bit. An edit changes two bits at most.
 * @param {string[]} letters
 */
function maskOf(letters) {
  let mask = 0;
  for (const letter of letters) mask |= 1 << (letter.charCodeAt(0) & 31);
  return mask;
}

/** @param {number} mask */
function ones(mask) {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count++;
  return count;
}
