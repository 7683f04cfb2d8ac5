/** The results as the server's page shows them, put together from the pieces it carries. */

import { excerptOf } from "./excerpt.js";

/** @typedef {import("./index.js").Answer} Answer */

export class Results {
  /**
   * @param {import("./pages.js").Pages} pages
   * @param {string} fallback the language of a heading that the reader's lacks
   */
  constructor(pages, fallback = "en") {
    this.pages = pages;
    this.fallback = fallback;
    this.status = /** @type {Element} */ (document.querySelector("main [role=status]"));
    this.results = /** @type {Element} */ (document.querySelector("#results"));
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#pieces"));
    this.pieces = template.content;
  }

  /**
   * @param {Answer} answer
   * @param {import("./index.js").Index} index
   * @param {Answer} fromAnswers
   * @param {import("./index.js").Index} answers
   */
  show(answer, index, fromAnswers, answers) {
    const found = answer.hits.length + fromAnswers.hits.length;
    const shown = [];
    if (answer.wasCut) shown.push(...this.#piece("cut"));
    if (answer.suggestion) shown.push(...this.#suggestion(answer.suggestion));
    if (answer.hits.length) shown.push(this.#list(answer, index));
    if (fromAnswers.hits.length) {
      shown.push(...this.#piece("answers"), this.#list(fromAnswers, answers));
    }
    if (answer.query && !found) shown.push(...this.#piece("nothing"));
    if (!found) shown.push(...this.#piece("ways"));
    this.results.replaceChildren(...shown);
    this.#say(answer.query ? this.#text("status", found) : "");
  }

  sayAway() {
    this.#say(this.#text("away"));
  }

  /** @param {string} text */
  #say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /**
   * @param {string} name
   * @param {number} place among the pieces of this name
   */
  #text(name, place = 0) {
    const found = this.pieces.querySelectorAll(`[data-piece="${name}"]`)[place];
    return found?.textContent ?? "";
  }

  /** @param {string} name */
  #piece(name) {
    const found = this.pieces.querySelector(`[data-piece="${name}"]`);
    return found ? [...document.importNode(found, true).children] : [];
  }

  /** @param {string} text */
  #suggestion(text) {
    const shown = this.#piece("suggestion");
    for (const link of shown.flatMap((piece) => [...piece.querySelectorAll("a")])) {
      link.setAttribute("href", `${link.pathname}?${new URLSearchParams({ q: text })}`);
      link.textContent = text;
    }
    return shown;
  }

  /**
   * @param {Answer} answer
   * @param {import("./index.js").Index} index
   */
  #list({ hits, units }, index) {
    const list = element("ol");
    list.className = "hits";
    list.append(
      ...hits.map(({ section }) => {
        const item = element("li");
        item.dataset.hit = `${section.article}#${section.id}`;
        const heading = element("h2");
        heading.append(this.#link(section));
        item.append(heading, this.#excerpt(section, units, index));
        return item;
      }),
    );
    return list;
  }

  /** @param {import("./index.js").Section} section */
  #link({ article, id, headings }) {
    const { address, language } = this.pages;
    const code = [language, this.fallback, ...Object.keys(headings)].find((has) => headings[has]);
    const link = element("a");
    link.href = `${address}${article}#${id}`;
    link.textContent = headings[code ?? ""] ?? `${article}#${id}`;
    if (code && code !== language) link.lang = code;
    return link;
  }

  /**
   * @param {import("./index.js").Section} section
   * @param {import("./query.js").Unit[]} units
   * @param {import("./index.js").Index} index
   */
  #excerpt(section, units, index) {
    const shown = element("p");
    const words = this.pages.words(section);
    if (!words) return shown;
    if (words.language !== this.pages.language) shown.lang = words.language;
    for (const { text, isMatch } of excerptOf(words.blocks, units, index)) {
      const piece = isMatch ? element("mark") : document.createTextNode("");
      piece.textContent = text;
      shown.append(piece);
    }
    return shown;
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 */
function element(name) {
  return document.createElement(name);
}
