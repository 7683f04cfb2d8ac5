/** The fields of the form: what they hold, and what is wrong with it. */

import { length, shownLength } from "./plain.js";
import { number, word } from "./words.js";

const FIELDS = ["question", "name", "contact", "consent", "article", "notice"];
/** Whether an address is one the server looks at; this tells a slip of the finger at once. */
const ADDRESS = /^\s*[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+\s*$/;

/** @param {HTMLFormElement} form */
export function read(form) {
  const data = new FormData(form);
  const named = FIELDS.map((name) => [name, String(data.get(name) ?? "")]);
  return /** @type {Record<string, string>} */ (Object.fromEntries(named));
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
export function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = Boolean(value);
    else if (name !== "notice") field.value = value; // the notice is the one that stands here
  }
}

/** @param {HTMLFormElement} form */
export function isComplete(form) {
  const { question = "", contact, consent } = read(form);
  const shown = shownLength(question);
  const { shortest, longest } = form.dataset;
  const wrong = [
    ["question", !shown && "empty"],
    ["question", shown && shown < Number(shortest) && "short"],
    ["question", length(question) > Number(longest) && "long"],
    ["contact", contact?.trim() && !ADDRESS.test(contact) && "contact"],
    ["consent", !consent && "consent"],
  ].filter(([, isWrong]) => isWrong);
  for (const error of form.querySelectorAll(".error")) error.remove();
  for (const field of form.querySelectorAll("[aria-invalid]"))
    field.removeAttribute("aria-invalid");
  for (const [name, error] of wrong) mark(form, String(name), word(String(error)));
  tell(form, wrong.length ? word("incomplete") : "");
  const [first] = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[aria-invalid]"));
  first?.focus();
  return !wrong.length;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} text
 */
export function mark(form, name, text) {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLElement)) return;
  form.querySelector(`#${name}-error`)?.remove();
  const error = document.createElement("p");
  error.className = "error";
  error.id = `${name}-error`;
  error.textContent = text;
  (name === "consent" ? field.closest("p") : field)?.before(error);
  field.setAttribute("aria-invalid", "true");
  const described = field.getAttribute("aria-describedby")?.replace(error.id, "") ?? "";
  field.setAttribute("aria-describedby", `${error.id} ${described}`.trim());
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
export function tell(form, text) {
  const alert = form.previousElementSibling;
  if (alert) alert.textContent = text;
}

/** @param {HTMLFormElement} form */
export function count(form) {
  const field = form.querySelector("textarea");
  const shown = form.querySelector("[data-count]");
  if (!field || !shown) return;
  const left = Number(form.dataset.longest) - length(field.value);
  const name = left < 0 ? "over" : "left";
  shown.textContent = word(name).replace("{}", number(Math.abs(left)));
}
