/** What is pointed out before a question is saved. A second press sends it as it is. */

import { inTime } from "./outbox.js";
import { Screening } from "./screening.js";
import { piece, put, word } from "./words.js";

/** Rules that have not come so soon after the press are not waited for. */
const RULES_LIMIT_MS = 1200;
/** Who presses earlier has not read what is pointed out. */
const READING_MS = 1000;

/** @type {Promise<Screening> | undefined} */
let screening;
/** The text of which all has been pointed out; by what, and since when.
 * @type {{ text: string, boxes: Element[], since: number }} */
const shown = { text: "", boxes: [], since: 0 };

/**
 * Have the rules fetched, so that they are there at the press.
 * @param {HTMLFormElement} form
 */
export function prepare(form) {
  rulesOf(form).catch(() => {});
}

/**
 * @param {HTMLFormElement} form
 * @param {number} pressed when Send was
 * @returns {Promise<"shown" | "nothing" | "unknown">} whether there is something the asker should see
 *   first, where it can be told
 */
export async function warn(form, pressed) {
  const place = form.querySelector("#warnings");
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  if (shown.text === field.value) {
    const isStanding = shown.boxes.some((each) => each.isConnected);
    if (isStanding && pressed - shown.since < READING_MS) return "shown";
    put(place);
    return "nothing";
  }
  try {
    const found = await inTime(rulesOf(form), RULES_LIMIT_MS);
    const text = field.value;
    const boxes = [...(found.isUrgent(text) ? box("urgent") : []), ...personal(found, field)];
    put(place, ...boxes);
    boxes[0]?.focus();
    Object.assign(shown, { text, boxes, since: performance.now() });
    return boxes.length ? "shown" : "nothing";
  } catch {
    put(place);
    return "unknown";
  }
}

/** The notice of 112, beside what is sent without having been looked at. */
export function emergency() {
  const boxes = box("urgent");
  for (const each of boxes) each.querySelector("[data-do=again]")?.remove();
  return boxes;
}

/** @param {HTMLFormElement} form */
async function rulesOf({ dataset }) {
  screening =
    screening ||
    fetch(dataset.rules ?? "")
      .then((answer) => answer.json())
      .then((rules) => new Screening(rules));
  try {
    return await screening;
  } catch (error) {
    screening = undefined; // the next press asks again
    throw error;
  }
}

/** @param {string} name */
function box(name) {
  const found = piece(name);
  return found ? [found] : [];
}

/**
 * @param {Screening} found
 * @param {HTMLTextAreaElement} field
 */
function personal(found, field) {
  const details = found.personal(field.value);
  const [made] = details.length ? box("personal") : [];
  if (!made) return [];
  const list = made.querySelector("ul");
  put(list);
  for (const text of new Set(details.map(({ start, end }) => field.value.slice(start, end)))) {
    const row = piece("detail");
    const quote = row?.querySelector("q");
    const button = row?.querySelector("button");
    if (!row || !quote || !button) continue;
    quote.textContent = text;
    button.onclick = () => {
      field.value = field.value.split(text).join(word("gone"));
      shown.text = field.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      row.remove();
      if (!list?.children.length) made.remove();
      field.focus();
    };
    list?.append(row);
  }
  return [made];
}
