/** Sends what waits whenever there is a chance, from whatever page is open. */

import { language } from "../keep.js";
import { all, flush, within } from "./outbox.js";

const LONGEST_TIMER_MS = 600000;
/** The wait before a store that has not answered is asked again. */
const AGAIN_MS = 5000;

let timer = 0;

/** What changes when a question has been sent, or has come back; and "deleted", with its number. */
export const news = new EventTarget();

/** @type {(name: string, place: string) => boolean} */
let say = () => false;

/**
 * Send at once, and whenever there is reason to hope; `news` tells of each change.
 * @param {typeof say} how to say that something waits
 */
export async function keepSending(how) {
  say = how;
  const hope = () => document.visibilityState === "visible" && sendNow();
  addEventListener("online", hope);
  addEventListener("pageshow", ({ persisted }) => persisted && hope());
  document.addEventListener("visibilitychange", hope);
  hearOtherTabs();
  await told().catch(() => {});
  // Not awaited: a line, or a store, that never answers holds nothing else up.
  mendLanguages()
    .catch(() => {})
    .then(() => sendNow());
}

/** Earlier versions kept the language into which the browser had translated the page, and no form of
 * ours is at its address. */
function mendLanguages() {
  const others = /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll(".switch [hreflang]")
  );
  const known = [language, ...Array.from(others, ({ hreflang }) => hreflang)];
  return within("outbox", (store) => {
    const request = store.openCursor();
    request.onsuccess = () => {
      const { result } = request;
      if (!result) return;
      if (!known.includes(result.value.language)) result.update({ ...result.value, language });
      result.continue();
    };
    return request;
  });
}

export async function sendNow(isNow = true) {
  clearTimeout(timer);
  try {
    await told();
    await flush(isNow);
    await told();
    const waiting = (await all("outbox")).filter(({ refused }) => !refused);
    const soonest = Math.min(...waiting.map(({ next }) => next)) - Date.now();
    const wait = Math.max(1000, Math.min(soonest, LONGEST_TIMER_MS));
    if (waiting.length) timer = setTimeout(() => sendNow(false), wait);
  } catch {
    // Nothing waits where the phone keeps nothing; but its store may only be slow just now.
    timer = setTimeout(() => sendNow(false), AGAIN_MS);
  }
}

async function told() {
  try {
    const left = (await all("outbox")).length;
    say(left ? "unsent-words" : "", "#unsent");
  } finally {
    news.dispatchEvent(new Event("change"));
  }
}

function hearOtherTabs() {
  try {
    new BroadcastChannel("reedh-questions").onmessage = () => told().catch(() => {});
  } catch {
    // Then this page looks only when it has a reason of its own.
  }
}
