/**
 * What lies on this phone unsent. Phones are shared, so each text opens on a tap only, and can be
 * deleted.
 */

import { all, isOld, within } from "./outbox.js";
import { news, sendNow } from "./sending.js";
import { copy, day, piece, put, word } from "./words.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */

/**
 * @param {Element} page
 * @param {(item: Unsent) => void} goOn with a draft, or with a question that came back
 */
export function showBegun(page, goOn) {
  const list = page.querySelector("#begun");
  const show = async () => {
    const drafts = await all("drafts").catch(() => []);
    const unsent = await all("outbox").catch(() => []);
    put(list, ...[...drafts, ...unsent].flatMap((item) => row(item)));
  };

  const row = (/** @type {Unsent} */ item) => {
    const made = piece("row");
    if (!made) return [];
    const find = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (made.querySelector(`[data-do="${name}"]`));
    const [text, ...buttons] = ["text", "open", "copy", "go-on", "send", "delete"].map(find);
    const [open, copier, further, send, remove] = buttons;
    if (!text || !open || !copier || !further || !send || !remove) return [];
    const isWaiting = Boolean(item.hash && !item.refused);
    const label = made.querySelector("[data-label]");
    if (label) label.textContent = word(labelOf(item)).replace("{}", day(item.at));
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
      goOn(item);
    };
    send.onclick = async () => {
      await within("outbox", (store) => store.put({ ...item, isConfirmed: true }));
      await sendNow();
    };
    remove.onclick = async () => {
      await within(item.hash ? "outbox" : "drafts", (store) => store.delete(item.receipt));
      made.remove();
      await sendNow(false);
    };
    return [made];
  };

  news.addEventListener("change", show);
  return show();
}

/** @param {Unsent} item */
function labelOf(item) {
  if (!item.hash) return "begun";
  if (item.refused) return "refused";
  return isOld(item) ? "old" : "waiting";
}
