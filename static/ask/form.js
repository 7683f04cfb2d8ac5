/** The form for a question: kept while it is typed, saved before it is sent, never lost. */

import { language } from "../keep.js";
import { showBegun } from "./begun.js";
import { count, fill, isComplete, mark, read, tell } from "./fields.js";
import { follow } from "./following.js";
import { all, attempt, within } from "./outbox.js";
import { showOutcome } from "./outcome.js";
import { hashOfReceipt, makeReceipt } from "./receipt.js";
import { news, sendNow } from "./sending.js";
import { offerSimilar } from "./similar.js";
import { emergency, prepare, warn } from "./warnings.js";
import { copier, put, word } from "./words.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */

/** A draft is kept when the typing has rested so long. */
const REST_MS = 400;

/** @param {HTMLFormElement} form */
export function takeQuestions(form) {
  const place = /** @type {HTMLElement} */ (form.closest("main"));
  const warnings = form.querySelector("#warnings");
  const draft = { receipt: makeReceipt(), at: Date.now() };
  let rest = 0;
  let isBusy = false;
  /** What was last sent from the form itself.
   * @type {Unsent | undefined} */
  let latest;

  /** Whether the phone has kept it. */
  const keepDraft = async () => {
    clearTimeout(rest);
    rest = 0;
    const kept = { ...draft, language, fields: read(form) };
    const { receipt, fields } = kept;
    /** @type {(store: IDBObjectStore) => IDBRequest} */
    const keep = (store) => (fields.question ? store.put(kept) : store.delete(receipt));
    try {
      await within("drafts", keep);
      return true;
    } catch {
      return false;
    }
  };
  const start = (/** @type {Partial<Unsent>} */ { receipt, fields }) => {
    clearTimeout(rest);
    rest = 0;
    draft.receipt = receipt || makeReceipt();
    draft.at = Date.now();
    fill(form, fields ?? {});
    count(form);
    forgetSimilar();
  };

  form.addEventListener("input", () => {
    count(form);
    clearTimeout(rest);
    rest = setTimeout(keepDraft, REST_MS);
  });
  addEventListener("pagehide", () => rest && keepDraft());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return; // the press before is being answered
    isBusy = true;
    const pressed = performance.now();
    if (rest) keepDraft();
    try {
      const found = isComplete(form) ? await warn(form, pressed) : "incomplete";
      if (found === "nothing" || found === "unknown") await send(found === "unknown");
    } finally {
      isBusy = false;
    }
  });

  /** @param {boolean} isUnscreened whether it may be urgent */
  const send = async (isUnscreened) => {
    const { receipt } = draft;
    const fields = read(form);
    const hash = await hashOfReceipt(receipt);
    const item = { receipt, hash, language, at: Date.now(), fields, tries: 0, next: 0 };
    try {
      await within(["outbox", "drafts"], (store) => {
        store.transaction.objectStore("drafts").delete(receipt);
        return store.put(item);
      });
    } catch {
      sendFromForm(item, isUnscreened);
      return;
    }
    const outcome = showOutcome(place, item, isUnscreened);
    outcome.say("saved");
    clear(item);
    follow(item, outcome, comeBack);
    register();
    sendNow();
  };

  /**
   * Where the phone keeps nothing: the text stays in the form until the server has it.
   * @param {Unsent} item
   * @param {boolean} isUnscreened
   */
  const sendFromForm = async (item, isUnscreened) => {
    tell(form, word("nowhere"));
    put(warnings, ...(isUnscreened ? emergency() : []), ...copier(item.fields.question ?? ""));
    latest = item;
    const failure = await attempt(item);
    // Where Send has been pressed again meanwhile, a failure of this try says nothing.
    if (draft.receipt !== item.receipt || (failure && latest !== item)) return;
    if (failure?.refused) {
      if (failure.refused.status === 409) draft.receipt = makeReceipt();
      return showRefusal(failure);
    }
    if (failure) return tell(form, word(failure.told?.error === "cookies" ? "cookies" : "nowhere"));
    showOutcome(place, item, isUnscreened).say("sent");
    clear(item);
  };

  /** Make room for another question; what has been typed since this one was sent is one. */
  const clear = (/** @type {Unsent} */ item) => {
    const fields = read(form);
    put(warnings);
    tell(form, "");
    if (fields.question === item.fields.question) {
      form.reset();
      form.hidden = true;
      start({});
    } else {
      start({ fields });
      keepDraft();
    }
    forgetDrafts(item).catch(() => {});
  };

  const comeBack = async (/** @type {Unsent} */ item) => {
    keepDraft(); // of what stands in the form
    put(document.querySelector("#outcome"));
    form.hidden = false;
    // Under its own number the server has another text.
    const isTaken = item.refused?.status === 409;
    start(isTaken ? { fields: item.fields } : item);
    showRefusal(item);
    const isKept = await keepDraft();
    if (isKept) await forgetRefused(item.receipt).catch(() => {});
    news.dispatchEvent(new Event("change"));
  };

  const showRefusal = (/** @type {Partial<Unsent>} */ { refused }) => {
    if (!refused) return;
    const { status, errors = {} } = refused;
    tell(form, { 409: word("conflict"), 413: word("large") }[status] ?? word("incomplete"));
    for (const [name, error] of Object.entries(errors)) mark(form, name, error);
  };

  /**
   * @param {Unsent} item
   * @param {boolean} wasSent whether it is more than a draft
   */
  const goOn = async (item, wasSent) => {
    if (wasSent) return comeBack(item);
    keepDraft(); // of what stands in the form
    start(item);
  };

  /** What the browser has put back into the form may be a draft already. */
  const adopt = async () => {
    const { question } = read(form);
    if (!question) return;
    const drafts = await all("drafts").catch(() => []);
    const same = drafts.find(({ fields }) => fields.question === question);
    if (same) draft.receipt = same.receipt;
  };

  prepare(form);
  const forgetSimilar = offerSimilar(form);
  count(form);
  form.noValidate = true;
  form.hidden = false;
  for (const shown of place.querySelectorAll("[data-without-script]")) shown.remove();
  adopt().then(() => showBegun(place, goOn, ({ receipt }) => receipt === draft.receipt));
}

/** Drafts of what is on its way, also under another number: the browser went back to an earlier page.
 * @param {Unsent} item */
async function forgetDrafts({ receipt, fields: { question } }) {
  const drafts = await all("drafts");
  const own = drafts.filter(
    (each) => each.receipt === receipt || each.fields.question === question,
  );
  for (const each of own) await within("drafts", (store) => store.delete(each.receipt));
  news.dispatchEvent(new Event("change"));
}

/** Unless it has been sent again meanwhile, by its number.
 * @param {string} receipt */
function forgetRefused(receipt) {
  return within("outbox", (store) => {
    const request = store.openCursor(receipt);
    request.onsuccess = () => {
      if (request.result?.value.refused) request.result.delete();
    };
    return request;
  });
}

/** So that the phone sends also when the page is closed, where it can. */
async function register() {
  try {
    const registration = await navigator.serviceWorker.ready;
    const { sync } = /** @type {{ sync?: { register(tag: string): Promise<void> } }} */ (
      /** @type {unknown} */ (registration)
    );
    await sync?.register("reedh-questions");
  } catch {
    // Then it is sent when a page is open.
  }
}
