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
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(time);
  } catch {
    return new Date(time).toISOString().slice(0, 10); // the phone does not know the language
  }
}

/** @param {number} amount */
export function number(amount) {
  try {
    return new Intl.NumberFormat(language).format(amount);
  } catch {
    return String(amount);
  }
}

/**
 * The button that copies what somebody has written, in its paragraph.
 * @param {string} text
 */
export function copier(text) {
  const offer = piece("copier");
  const button = offer?.querySelector("button");
  if (!offer || !button) return [];
  button.onclick = () => copy(button, text);
  return [offer];
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
