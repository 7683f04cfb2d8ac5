/** Where a term stands: the entry of an inverted index. */

/** What holds a term: the sentences, one entry for each occurrence, and how telling it is. */
export class Postings {
  /**
   * @param {string} listed the gaps between the sentences, one character each from “0” on
   * @param {Uint32Array} sectionOf
   */
  constructor(listed, sectionOf) {
    const gaps = Array.from(listed, (letter) => Number(letter.codePointAt(0)) - 48);
    this.sentences = new Uint32Array(gaps.length);
    this.held = 0;
    let sentence = 0;
    let section = -1;
    for (const [place, gap] of gaps.entries()) {
      sentence += gap > 0xdfcf ? gap - 0x800 : gap; // past the surrogates
      this.sentences[place] = sentence;
      if (sectionOf[sentence] !== section) this.held++;
      section = at(sectionOf, sentence);
    }
  }

  /**
   * The place of the first occurrence at or after a sentence.
   * @param {number} sentence
   */
  from(sentence) {
    let first = 0;
    let end = this.sentences.length;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (at(this.sentences, middle) < sentence) first = middle + 1;
      else end = middle;
    }
    return first;
  }
}

/**
 * @param {Uint32Array | Float64Array} numbers
 * @param {number} place within its bounds
 */
export function at(numbers, place) {
  return /** @type {number} */ (numbers[place]);
}
