/** The words of sections, read from the pages that show them. */

/** @typedef {{language: string, blocks: string[]}} Words */

/** An answer is an article within the section of all answers, which is no section to be found. */
const SECTION = /<(section|article)(?: [^>]*)? id="(?!answers")([^"]+)"[^>]*>.*?<\/\1>/gs;

export class Pages {
  /**
   * @param {string} address of the articles, ending in a slash
   * @param {string} language of the reader
   */
  constructor(address, language) {
    this.address = address;
    this.language = language;
    /** @type {Map<string, Map<string, string>>} */
    this._sections = new Map();
    /** @type {Map<string, Promise<void>>} */
    this._reading = new Map();
    /** @type {Map<string, Words>} */
    this._words = new Map();
  }

  /**
   * The words of a section, if its page has been read.
   * @param {import("./index.js").Section} section
   */
  words({ article, id }) {
    const key = `${article}#${id}`;
    const html = this._sections.get(article)?.get(id);
    if (html && !this._words.has(key)) this._words.set(key, this._wordsOf(html));
    return this._words.get(key);
  }

  /**
   * Read the pages of these articles. One that cannot be had is passed over, and tried again.
   * @param {string[]} articles
   */
  async read(articles) {
    const wanted = [...new Set(articles)].filter((article) => !this._sections.has(article));
    await Promise.all(wanted.map((article) => this._readOnce(article)));
  }

  /** @param {string} article */
  _readOnce(article) {
    let reading = this._reading.get(article);
    if (!reading) {
      reading = this._fetch(article)
        .catch(() => {})
        .finally(() => this._reading.delete(article));
      this._reading.set(article, reading);
    }
    return reading;
  }

  /**
   * A long page is cut before it is parsed, of which only the sections found are.
   * @param {string} article
   */
  async _fetch(article) {
    const answer = await fetch(this.address + article);
    if (!answer.ok) return;
    const found = [...(await answer.text()).matchAll(SECTION)];
    this._sections.set(article, new Map(found.map(([html, , id]) => [String(id), html])));
  }

  /**
   * The blocks in the reader's language; where there are none, those in another.
   * @param {string} html
   * @returns {Words}
   */
  _wordsOf(html) {
    const section = new DOMParser().parseFromString(html, "text/html");
    const words = section.querySelector("[itemprop=text]") || section;
    const blocks = [...words.querySelectorAll("p, li, h3")].filter(
      (block) => !block.closest(".emergency"),
    );
    const own = blocks.filter((block) => !block.closest("[lang]"));
    const other = blocks[0]?.closest("[lang]")?.getAttribute("lang");
    return {
      language: own.length || !other ? this.language : other,
      blocks: (own.length ? own : blocks).map((block) =>
        (block.textContent ?? "").replace(/\s+/g, " ").trim(),
      ),
    };
  }
}
