/** The questions whose numbers this phone remembers, and one whose number stands in the address. */

import { all } from "./outbox.js";
import { remember } from "./outcome.js";
import { inGroups, readReceipt } from "./receipt.js";
import { day, piece, put } from "./words.js";

/** @param {HTMLFormElement} form */
export async function showMine(form) {
  const fragment = readReceipt(location.hash.slice(1));
  const list = document.querySelector("#remembered");
  if (fragment) {
    // So that nobody who looks at the screen, or at the history, has the number.
    history.replaceState(history.state, "", location.pathname);
    const field = form.elements.namedItem("receipt");
    if (field instanceof HTMLInputElement) field.value = fragment;
    form.requestSubmit?.();
  }
  const kept = await all("receipts").catch(() => []);
  put(list, ...kept.flatMap((each) => row(each, form)));
}

/**
 * @param {{ receipt: string, at: number }} kept
 * @param {HTMLFormElement} form
 */
function row({ receipt, at }, form) {
  const made = piece("row");
  if (!made) return [];
  const [label, look, forget] = ["label", "look", "forget"].map(
    (name) => /** @type {HTMLElement} */ (made.querySelector(`[data-do="${name}"]`)),
  );
  if (!label || !look || !forget) return [];
  label.textContent = `${day(at)} · ${inGroups(receipt).slice(0, 4)} …`;
  look.onclick = () => {
    const field = form.elements.namedItem("receipt");
    if (field instanceof HTMLInputElement) field.value = receipt;
    form.requestSubmit();
  };
  forget.onclick = async () => {
    await remember(receipt, false);
    made.remove();
  };
  return [made];
}
