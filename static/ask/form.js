/** The form for a question: kept while it is typed, saved before it is sent, never lost. */

import { language } from "../keep.js";
import { showBegun } from "./begun.js";
import { count, fill, isComplete, mark, read, tell } from "./fields.js";
import { all, attempt, within } from "./outbox.js";
import { showOutcome } from "./outcome.js";
import { hashOfReceipt, makeReceipt } from "./receipt.js";
import { news, note, sendNow } from "./sending.js";
import { offerSimilar } from "./similar.js";
import { prepare, warn } from "./warnings.js";
import { copy, piece, put, word } from "./words.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */

/** A draft is kept when the typing has rested so long. */
const REST_MS = 400;

/** @param {HTMLFormElement} form */
export function takeQuestions(form) {
  const place = /** @type {HTMLElement} */ (form.closest("main"));
  const draft = { receipt: makeReceipt(), at: Date.now() };
  let rest = 0;

  const keepDraft = () => {
    clearTimeout(rest);
    const fields = read(form);
    if (!fields.question) return within("drafts", (store) => store.delete(draft.receipt));
    const kept = { ...draft, language, fields };
    return within("drafts", (store) => store.put(kept));
  };
  const start = (/** @type {Partial<Unsent>} */ { receipt, fields }) => {
    clearTimeout(rest);
    draft.receipt = receipt || makeReceipt();
    draft.at = Date.now();
    fill(form, fields ?? {});
    count(form);
    forgetSimilar();
  };

  prepare(form);
  const forgetSimilar = offerSimilar(form);
  form.noValidate = true;
  form.hidden = false;
  for (const shown of place.querySelectorAll("[data-without-script]")) shown.remove();
  form.addEventListener("input", () => {
    count(form);
    clearTimeout(rest);
    rest = setTimeout(() => keepDraft().catch(() => {}), REST_MS);
  });
  addEventListener("pagehide", () => rest && keepDraft().catch(() => {}));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(rest);
    const isReady = isComplete(form) && !(await warn(form));
    await (isReady ? send() : keepDraft().catch(() => {}));
  });

  const send = async () => {
    const { receipt } = draft;
    const hash = await hashOfReceipt(receipt);
    const fields = read(form);
    const item = { receipt, hash, language, at: Date.now(), fields, tries: 0, next: 0 };
    note(true); // first, as the page may be left in the moment in which it is kept
    try {
      await within("outbox", (store) => store.put(item));
    } catch {
      return sendFromForm(item);
    }
    await within("drafts", (store) => store.delete(receipt));
    clear();
    const outcome = showOutcome(place, receipt);
    outcome.say("saved");
    const isSafe = navigator.storage?.persist?.() ?? Promise.resolve(false);
    const look = async () => {
      const waiting = (await isSafe) ? "saved" : "unsafe";
      const left = (await all("outbox")).find((each) => each.receipt === receipt);
      if (!left) outcome.say("sent");
      else if (left.refused) comeBack(left);
      else outcome.say(waiting);
      if (!left || left.refused) news.removeEventListener("change", look);
    };
    news.addEventListener("change", look);
    register();
    await sendNow();
  };

  /** Where the phone keeps nothing: the text stays in the form until the server has it. */
  const sendFromForm = async (/** @type {Unsent} */ item) => {
    tell(form, word("nowhere"));
    offerCopy(item.fields.question ?? "");
    const change = await attempt(item);
    if (change) return tell(form, reason(change) || word("nowhere"));
    clear();
    showOutcome(place, item.receipt).say("sent");
  };

  const offerCopy = (/** @type {string} */ text) => {
    const offer = piece("copier");
    const button = offer?.querySelector("button");
    if (!offer || !button) return;
    button.onclick = () => copy(button, text);
    put(form.querySelector("#warnings"), offer);
  };

  const clear = () => {
    put(form.querySelector("#warnings"));
    form.reset();
    form.hidden = true;
    start({});
  };

  const comeBack = async (/** @type {Unsent} */ item) => {
    await keepDraft(); // of what stands in the form
    put(document.querySelector("#outcome"));
    form.hidden = false;
    // Under its own number the server has another text.
    const isTaken = item.refused?.status === 409;
    start(isTaken ? { fields: item.fields } : item);
    await keepDraft();
    await within("outbox", (store) => store.delete(item.receipt));
    tell(form, reason(item));
    for (const [name, error] of Object.entries(item.refused?.errors ?? {})) mark(form, name, error);
  };

  const goOn = async (/** @type {Unsent} */ item) => {
    if (item.hash) return comeBack(item);
    await keepDraft(); // of what stands in the form
    start(item);
  };

  showBegun(place, goOn);
  count(form);
}

/** @param {Partial<Unsent>} item */
function reason({ refused }) {
  if (!refused) return "";
  return { 409: word("conflict"), 413: word("large") }[refused.status] ?? word("incomplete");
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
