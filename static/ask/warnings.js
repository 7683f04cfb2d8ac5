/** What is pointed out before a question is saved. A second press sends it as it is. */

import { Screening } from "./screening.js";
import { piece, put, word } from "./words.js";

/** @type {Promise<Screening> | undefined} */
let screening;
/** The text of which all has been pointed out. */
let shown = "";

/**
 * Have the rules fetched, so that they are there at the press.
 * @param {HTMLFormElement} form
 */
export function prepare(form) {
  const { rules = "" } = form.dataset;
  screening = fetch(rules)
    .then((answer) => answer.json())
    .then((told) => new Screening(told));
  screening.catch(() => {});
}

/**
 * Whether there is something the asker should see first.
 * @param {HTMLFormElement} form
 */
export async function warn(form) {
  const place = form.querySelector("#warnings");
  const field = form.querySelector("textarea");
  put(place);
  try {
    const found = await screening;
    if (!found || !field || shown === field.value) return false;
    shown = field.value;
    const boxes = [urgent(found, field), personal(found, field)].flat();
    if (!boxes.length) return false;
    put(place, ...boxes);
    boxes[0]?.focus();
    return true;
  } catch {
    return false; // without its rules the question is sent as it is
  }
}

/**
 * @param {Screening} found
 * @param {HTMLTextAreaElement} field
 */
function urgent(found, field) {
  const box = found.isUrgent(field.value) ? piece("urgent") : undefined;
  return box ? [box] : [];
}

/**
 * @param {Screening} found
 * @param {HTMLTextAreaElement} field
 */
function personal(found, field) {
  const details = found.personal(field.value);
  const box = details.length ? piece("personal") : undefined;
  if (!box) return [];
  const list = box.querySelector("ul");
  put(list);
  for (const text of new Set(details.map(({ start, end }) => field.value.slice(start, end)))) {
    const row = piece("detail");
    const quote = row?.querySelector("q");
    const button = row?.querySelector("button");
    if (!row || !quote || !button) continue;
    quote.textContent = text;
    button.onclick = () => {
      field.value = field.value.split(text).join(word("gone"));
      shown = field.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      row.remove();
      if (!list?.children.length) box.remove();
      field.focus();
    };
    list?.append(row);
  }
  return [box];
}
