/** What the scripts for asking say, from the template of the page. */

import { language } from "../keep.js";

/** @param {string} name */
export function word(name) {
  return piece(name)?.textContent?.trim() ?? "";
}

/**
 * A copy of an element of the template.
 * @param {string} name
 */
export function piece(name) {
  const template = document.querySelector("template#asking");
  if (!(template instanceof HTMLTemplateElement)) return undefined;
  const found = template.content.querySelector(`[data-word="${name}"]`);
  return found ? /** @type {HTMLElement} */ (document.importNode(found, true)) : undefined;
}

/**
 * @param {Element | null} place
 * @param {Element[]} shown in place of what was there
 */
export function put(place, ...shown) {
  if (!place) return;
  place.textContent = "";
  place.append(...shown);
}

/** @param {number} time in milliseconds */
export function day(time) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  return format.format(time);
}

/**
 * @param {Element} button that says for a moment that it has copied
 * @param {string} text
 */
export async function copy(button, text) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
    setTimeout(() => {
      button.textContent = before;
    }, 2000);
  } catch {
    button.textContent = word("uncopied");
  }
}
