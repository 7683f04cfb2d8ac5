/** The results as the server's page shows them, put together from the pieces it carries. */

import { excerptOf } from "./excerpt.js";

/** @typedef {{index: import("./index.js").Index, answer: import("./index.js").Answer}} Found */

export class Results {
  /**
   * @param {import("./pages.js").Pages} pages
   * @param {string} source the language of a heading that the reader's lacks
   */
  constructor(pages, source) {
    this.pages = pages;
    this.source = source;
    this.status = /** @type {Element} */ (document.querySelector("main [role=status]"));
    this.results = /** @type {HTMLElement} */ (document.querySelector("#results"));
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#pieces"));
    this.pieces = template.content;
  }

  /**
   * Show what was found: in the articles, then in the answers.
   * @param {Found[]} found
   */
  show(found) {
    const [{ answer }] = /** @type {[Found]} */ (found);
    const isAny = found.some((each) => each.answer.hits.length);
    const shown = [];
    if (answer.wasCut) shown.push(...this._piece("cut"));
    if (answer.suggestion) shown.push(...this._suggestion(answer.suggestion));
    for (const [place, each] of found.entries()) {
      if (!each.answer.hits.length) continue;
      if (place) shown.push(...this._piece("answers"));
      shown.push(this._list(each));
    }
    if (answer.query && !isAny) shown.push(...this._piece("nothing"));
    if (!isAny) shown.push(...this._piece("ways"));
    this.results.textContent = "";
    this.results.append(...shown);
  }

  /**
   * Put excerpts where their pages had not been read, and leave the rest, with its focus, alone.
   * @param {Found[]} found
   */
  fill(found) {
    const empty = [...this.results.querySelectorAll("[data-hit] p:empty")];
    for (const { answer, index } of found) {
      for (const { section } of answer.hits) {
        const place = empty.find(
          (each) => each.closest("li")?.dataset.hit === `${section.article}#${section.id}`,
        );
        if (place) place.replaceWith(this._excerpt(section, answer.units, index));
      }
    }
  }

  /**
   * Say how much was found; of nothing, nothing.
   * @param {Found[]} found
   */
  say(found) {
    const number = found.reduce((sum, { answer }) => sum + answer.hits.length, 0);
    this._say(found[0]?.answer.query ? this._text("status", number) : "");
  }

  sayAway() {
    this._say(this._text("away"));
  }

  /** @param {string} text */
  _say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /**
   * @param {string} name
   * @param {number} place among the pieces of this name
   */
  _text(name, place = 0) {
    const found = this.pieces.querySelectorAll(`[data-piece="${name}"]`)[place];
    return found?.textContent ?? "";
  }

  /** @param {string} name */
  _piece(name) {
    const found = this.pieces.querySelector(`[data-piece="${name}"]`);
    return found ? [...document.importNode(found, true).children] : [];
  }

  /** @param {string} text */
  _suggestion(text) {
    const shown = this._piece("suggestion");
    for (const link of shown.flatMap((piece) => [...piece.querySelectorAll("a")])) {
      link.setAttribute("href", `${link.pathname}?${new URLSearchParams({ q: text })}`);
      link.textContent = text;
    }
    return shown;
  }

  /** @param {Found} found */
  _list({ answer: { hits, units }, index }) {
    const list = element("ol");
    list.className = "hits";
    list.append(
      ...hits.map(({ section }) => {
        const item = element("li");
        item.dataset.hit = `${section.article}#${section.id}`;
        const heading = element("h2");
        heading.append(linkTo(section, this.pages, this.source));
        item.append(heading, this._excerpt(section, units, index));
        return item;
      }),
    );
    return list;
  }

  /**
   * @param {import("./index.js").Section} section
   * @param {import("./query.js").Unit[]} units
   * @param {import("./index.js").Index} index
   */
  _excerpt(section, units, index) {
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
 * @param {import("./index.js").Section} section
 * @param {{address: string, language: string}} pages that show sections, and their reader's language
 * @param {string} source the language of a heading that the reader's lacks
 */
export function linkTo({ article, id, headings }, { address, language }, source) {
  const code = [language, source, ...Object.keys(headings)].find((has) => headings[has]);
  const link = element("a");
  link.href = `${address}${article}#${id}`;
  link.textContent = headings[code ?? ""] ?? `${article}#${id}`;
  if (code && code !== language) link.lang = code;
  return link;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 */
function element(name) {
  return document.createElement(name);
}
