/** Sends what waits whenever there is a chance, from whatever page is open. */

import { language } from "../keep.js";
import { all, flush, inTime, NAME, trying, within } from "./outbox.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */

const LONGEST_TIMER_MS = 600000;
/** The wait before a store that has not answered is asked again. */
const AGAIN_MS = 5000;

/** The wait for another tab's lock. */
const LOCK_LIMIT_MS = 5000;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3600000;

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
  // What was asked of the line that is gone gets no answer, and holds up the one that has come.
  addEventListener("online", () => trying?.abort());
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
    await alone(() => flush(({ next }) => isNow || next <= Date.now(), noted));
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

/**
 * Work while no other tab does; but another that has stopped is not waited for: the server takes a
 * question only once, however often it comes.
 * @param {() => Promise<void>} work
 */
function alone(work) {
  /** @type {Promise<void> | undefined} */
  let working;
  const once = async () => {
    working = working || work();
    return working;
  };
  const locked = async () => navigator.locks.request(NAME, once);
  return inTime(locked(), LOCK_LIMIT_MS).catch(once);
}

/** @type {(item: Unsent, failure: import("./outbox.js").Failure) => Partial<Unsent>} */
function noted({ tries }, { refused, answer, told }) {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (Math.random() + 0.5);
  const asked = Number(answer?.headers.get("retry-after")) * 1000 || 0;
  const next = Date.now() + Math.max(wait, asked);
  return { refused, tries: tries + 1, next, isWithoutCookies: told?.error === "cookies" };
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
    new BroadcastChannel(NAME).onmessage = () => told().catch(() => {});
  } catch {
    // Then this page looks only when it has a reason of its own.
  }
}
