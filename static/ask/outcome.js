/** What became of the question that was just written, and its number. */

import { language } from "../keep.js";
import { generate } from "./lean-qr.js";
import { within } from "./outbox.js";
import { inGroups } from "./receipt.js";
import { copy, piece, put, word } from "./words.js";

/**
 * @param {Element} page
 * @param {string} receipt
 */
export function showOutcome(page, receipt) {
  const place = page.querySelector("#outcome");
  const shown = /** @type {HTMLElement} */ (piece("outcome"));
  const find = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (shown.querySelector(`[data-do="${name}"]`));
  const [status, number, copier, box] = ["status", "number", "copy", "remember"].map(find);
  const code = find("qr");
  if (code instanceof HTMLCanvasElement) draw(code, receipt);
  if (number) number.textContent = inGroups(receipt);
  if (copier) copier.onclick = () => copy(copier, receipt);
  if (box instanceof HTMLInputElement) {
    box.onchange = () => remember(receipt, box.checked).catch(() => {});
  }
  put(place, shown);
  status?.focus();
  /** @param {string} name of the words */
  const say = (name) => {
    if (!status || status.dataset.said === name) return;
    status.dataset.said = name;
    status.textContent = word(name);
  };
  return { say };
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
  encode(`${href}#${receipt}`).toCanvas(canvas, { pad: 4, off: [255, 255, 255] });
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
