/** Sends what waits whenever there is a chance, from whatever page is open. */

import { all, flush } from "./outbox.js";

/** Where the phone notes that something waits, so that other pages look. */
const MARK = "reedh-unsent";
const LONGEST_TIMER_MS = 600000;

let timer = 0;

/** What changes when a question has been sent, or has come back. */
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
  if (window.BroadcastChannel) new BroadcastChannel("reedh-questions").onmessage = told;
  await told();
  sendNow(); // a line that never answers holds nothing else up
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
    // The phone keeps nothing for us: then nothing waits here.
  }
}

async function told() {
  const left = (await all("outbox")).length;
  note(left > 0);
  say(left ? "unsent-words" : "", "#unsent");
  news.dispatchEvent(new Event("change"));
}

/**
 * Note whether something waits, so that pages that are not about asking know without the database.
 * @param {boolean} isWaiting
 */
export function note(isWaiting) {
  try {
    if (isWaiting) localStorage.setItem(MARK, "1");
    else localStorage.removeItem(MARK);
  } catch {
    // Then only the pages for asking send.
  }
}
