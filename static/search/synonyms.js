/** Patients' words for the article's words. The twin of `search_index/synonyms.py`. */

export class Synonyms {
  /**
   * @param {string} lines words and phrases of a concept and, after a comma, the broader concept;
   *   a concept is called `=` and the number of its line
   * @param {import("./analysis.js").Analysis} analysis
   */
  constructor(lines, analysis) {
    const rows = lines.split("\n").map((line, number) => {
      const [surfaces = "", broader = ""] = line.split(",");
      return { concept: `=${number}`, surfaces: surfaces.split(" "), broader };
    });
    this.names = rows.map(({ concept }) => concept);
    const runs = rows.flatMap(({ concept, surfaces }) =>
      surfaces.map((surface) => ({ concept, run: surface.split("_") })),
    );
    this.words = new Set(runs.flatMap(({ run }) => run));
    const phrases = runs.filter(({ run }) => run.length > 1);
    this.typed = new Set(phrases.flatMap(({ run }) => run));
    this.broader = new Map(rows.map(({ concept, broader }) => [concept, broader]));
    /** @type {Map<string, string>} */
    this.singles = new Map();
    for (const { concept, run } of runs) {
      if (run.length === 1) this.singles.set(analysis.stem(String(run[0])), concept);
    }
    this.longest = 0;
    /** @type {Map<string, string>} */
    this.phrases = new Map();
    for (const { concept, run } of phrases) {
      this.longest = Math.max(this.longest, run.length);
      const meant = run.map((word) => this.meaning(analysis.stem(word)));
      this.phrases.set(meant.join(" "), concept);
    }
  }

  /**
   * The concept of a stem, or the stem itself.
   * @param {string} stem
   */
  meaning(stem) {
    return this.singles.get(stem) ?? stem;
  }

  /**
   * The broader concepts of a concept, the nearest first.
   * @param {string} concept
   */
  above(concept) {
    const found = [];
    let broader = this.broader.get(concept);
    while (broader) {
      found.push(broader);
      broader = this.broader.get(broader);
    }
    return found;
  }

  /**
   * The phrases in a run of stems. The longest that begins at a place wins, and none overlap.
   * @param {string[]} run
   */
  concepts(run) {
    const meant = run.map((stem) => this.meaning(stem));
    const found = [];
    let place = 0;
    while (place < meant.length) {
      let length = Math.min(this.longest, meant.length - place);
      let concept;
      for (; length > 1; length--) {
        concept = this.phrases.get(meant.slice(place, place + length).join(" "));
        if (concept) break;
      }
      if (concept) found.push({ place, length, concept });
      place += Math.max(length, 1);
    }
    return found;
  }
}
