/** The words of sections, read from the pages that show them. */

/** @typedef {{language: string, blocks: string[]}} Words */

export class Pages {
  /** @type {Map<string, Map<string, Words>>} */
  #read = new Map();
  /** @type {Map<string, Promise<void>>} */
  #reading = new Map();

  /**
   * @param {string} address of the articles, ending in a slash
   * @param {string} language of the reader
   */
  constructor(address, language) {
    this.address = address;
    this.language = language;
  }

  /**
   * The words of a section, if its page has been read.
   * @param {import("./index.js").Section} section
   */
  words({ article, id }) {
    return this.#read.get(article)?.get(id);
  }

  /**
   * Read the pages of these articles. One that cannot be had is passed over, and tried again.
   * @param {string[]} articles
   */
  async read(articles) {
    const wanted = [...new Set(articles)].filter((article) => !this.#read.has(article));
    await Promise.all(wanted.map((article) => this.#readOnce(article)));
    return wanted.some((article) => this.#read.has(article));
  }

  /** @param {string} article */
  #readOnce(article) {
    let reading = this.#reading.get(article);
    if (!reading) {
      reading = this.#fetch(article)
        .catch(() => {})
        .finally(() => this.#reading.delete(article));
      this.#reading.set(article, reading);
    }
    return reading;
  }

  /** @param {string} article */
  async #fetch(article) {
    const answer = await fetch(this.address + article);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sections = [...page.querySelectorAll("main [id]")];
    this.#read.set(
      article,
      new Map(sections.map((section) => [section.id, this.#wordsOf(section)])),
    );
  }

  /**
   * The blocks in the reader's language; where there are none, those in another.
   * @param {Element} section
   * @returns {Words}
   */
  #wordsOf(section) {
    const blocks = [...section.querySelectorAll("p, li, h3")].filter(
      (block) => !block.closest(".emergency"),
    );
    const own = blocks.filter((block) => !block.closest("main [lang]"));
    const other = blocks[0]?.closest("[lang]")?.getAttribute("lang");
    return {
      language: own.length || !other ? this.language : other,
      blocks: (own.length ? own : blocks).map((block) => block.textContent ?? ""),
    };
  }
}
