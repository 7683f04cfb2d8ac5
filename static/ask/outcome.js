/** What became of the question that was just written, and its number. */

import { language } from "../keep.js";
import { generate } from "./lean-qr.js";
import { within } from "./outbox.js";
import { inGroups } from "./receipt.js";
import { emergency } from "./warnings.js";
import { copier, copy, piece, put, word } from "./words.js";

/** What is said of a question that may be lost with this phone's memory. */
const AT_RISK = ["unsafe", "cookies"];

/**
 * @param {Element} page
 * @param {import("./outbox.js").Unsent} item
 * @param {boolean} isUnscreened whether it may be urgent
 */
export function showOutcome(page, { receipt, fields }, isUnscreened) {
  const place = page.querySelector("#outcome");
  const shown = /** @type {HTMLElement} */ (piece("outcome"));
  const find = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (shown.querySelector(`[data-do="${name}"]`));
  const [status, number, button, box] = ["status", "number", "copy", "remember"].map(find);
  const [offer = null, code] = ["copy-text", "qr"].map(find);
  if (number) number.textContent = inGroups(receipt);
  if (button) button.onclick = () => copy(button, receipt);
  if (box instanceof HTMLInputElement) {
    box.onchange = () => remember(receipt, box.checked).catch(() => {});
  }
  put(place, ...(isUnscreened ? emergency() : []), shown);
  status?.focus();
  if (code instanceof HTMLCanvasElement) draw(code, receipt);
  /** @param {string} name of the words */
  const say = (name) => {
    if (!status || status.dataset.said === name) return;
    status.dataset.said = name;
    status.textContent = word(name);
    put(offer, ...(AT_RISK.includes(name) ? copier(fields.question ?? "") : []));
  };
  return { say, end: () => put(place) };
}

/**
 * For another phone to scan. The number stands in the fragment, which no server sees.
 * @param {HTMLCanvasElement} canvas
 * @param {string} receipt
 */
function draw(canvas, receipt) {
  const { href } = new URL(canvas.dataset.address ?? "", location.href);
  const encode =
    /** @type {(text: string) => { toCanvas: (canvas: Element, look: object) => void }} */ (
      /** @type {unknown} */ (generate)
    );
  try {
    encode(`${href}#${receipt}`).toCanvas(canvas, { pad: 4, off: [255, 255, 255] });
  } catch {
    canvas.remove(); // the number stands there as text
  }
}

/**
 * Phones are shared: a number is remembered only where its owner wants it.
 * @param {string} receipt
 * @param {boolean} isWanted
 */
export async function remember(receipt, isWanted) {
  if (!isWanted) return within("receipts", (store) => store.delete(receipt));
  const kept = { receipt, language, at: Date.now() };
  return within("receipts", (store) => store.put(kept));
}
