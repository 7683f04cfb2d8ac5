/** The numbers that this phone remembers. */

import { all } from "./outbox.js";
import { remember } from "./outcome.js";
import { inGroups } from "./receipt.js";
import { day, piece, put, word } from "./words.js";

/** @param {(receipt: string) => void} look */
export async function showRemembered(look) {
  const kept = await all("receipts");
  put(document.querySelector("#remembered"), ...kept.flatMap((each) => row(each, look)));
}

/**
 * @param {{ receipt: string, at: number }} kept
 * @param {(receipt: string) => void} look
 */
function row({ receipt, at }, look) {
  const made = piece("row");
  if (!made) return [];
  const [label, looker, forget] = ["label", "look", "forget"].map(
    (name) => /** @type {HTMLElement} */ (made.querySelector(`[data-do="${name}"]`)),
  );
  if (!label || !looker || !forget) return [];
  label.textContent = `${day(at)} · ${inGroups(receipt).slice(0, 4)} …`;
  looker.onclick = () => look(receipt);
  forget.onclick = async () => {
    try {
      await remember(receipt, false);
      made.remove();
    } catch {
      label.textContent = word("unforgotten");
    }
  };
  return [made];
}
