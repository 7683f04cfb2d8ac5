/**
 * What lies on this phone unsent. Phones are shared, so each text opens on a tap only, and can be
 * deleted.
 */

import { all, isOld, within } from "./outbox.js";
import { news, sendNow } from "./sending.js";
import { copy, day, piece, put, word } from "./words.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */
/** @typedef {import("./outbox.js").StoreName} StoreName */

/**
 * @param {Element} page
 * @param {(item: Unsent, wasSent: boolean) => void} goOn with a draft, or with what came back
 * @param {(item: Unsent) => boolean} isOpen whether it is what stands in the form
 */
export function showBegun(page, goOn, isOpen) {
  const list = page.querySelector("#begun");
  const show = async () => {
    const drafts = await all("drafts").catch(() => []);
    const unsent = await all("outbox").catch(() => []);
    const rows = (/** @type {Unsent[]} */ items, /** @type {StoreName} */ store) =>
      items.filter((item) => !isOpen(item)).flatMap((item) => row(item, store));
    put(list, ...rows(drafts, "drafts"), ...rows(unsent, "outbox"));
  };

  const row = (/** @type {Unsent} */ item, /** @type {StoreName} */ store) => {
    const made = piece("row");
    if (!made) return [];
    const find = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (made.querySelector(`[data-do="${name}"]`));
    const [text, ...buttons] = ["text", "open", "copy", "go-on", "send", "delete"].map(find);
    const [open, copier, further, send, remove] = buttons;
    if (!text || !open || !copier || !further || !send || !remove) return [];
    const wasSent = store === "outbox";
    const isWaiting = wasSent && !item.refused;
    const label = made.querySelector("[data-label]");
    if (label)
      label.textContent = word(wasSent ? labelOf(item) : "begun").replace("{}", day(item.at));
    further.hidden = isWaiting;
    send.hidden = !isWaiting;
    copier.hidden = true;
    open.onclick = () => {
      text.textContent = item.fields.question ?? "";
      copier.hidden = false;
      open.hidden = true;
    };
    copier.onclick = () => copy(copier, item.fields.question ?? "");
    further.onclick = () => {
      made.remove();
      goOn(item, wasSent);
    };
    send.onclick = async () => {
      await within("outbox", (outbox) => outbox.put({ ...item, isConfirmed: true }));
      await sendNow();
    };
    remove.onclick = async () => {
      await within(store, (kept) => kept.delete(item.receipt));
      made.remove();
      news.dispatchEvent(new CustomEvent("deleted", { detail: item.receipt }));
      await sendNow(false);
    };
    return [made];
  };

  news.addEventListener("change", show);
  return show();
}

/** @param {Unsent} item of the outbox */
function labelOf(item) {
  if (item.refused) return "refused";
  return isOld(item) ? "old" : "waiting";
}
