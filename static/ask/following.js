/** Says what becomes of a question that is saved on this phone, until the server has it. */

import { all } from "./outbox.js";
import { news } from "./sending.js";

/** @typedef {import("./outbox.js").Unsent} Unsent */

/**
 * @param {Unsent} item
 * @param {{ say: (name: string) => void, end: () => void }} outcome
 * @param {(item: Unsent) => void} comeBack with a question that was refused
 */
export function follow({ receipt }, outcome, comeBack) {
  const ending = new AbortController();
  const { signal } = ending;
  let waiting = "saved";

  const look = async () => {
    const unsent = await all("outbox").catch(() => undefined);
    if (!unsent || signal.aborted) return;
    const left = unsent.find((each) => each.receipt === receipt);
    if (left && !left.refused) return outcome.say(left.isWithoutCookies ? "cookies" : waiting);
    ending.abort();
    if (left) comeBack(left);
    else outcome.say("sent");
  };
  const wasDeleted = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent<string>} */ (event).detail !== receipt) return;
    ending.abort();
    outcome.end();
  };

  news.addEventListener("change", look, { signal });
  news.addEventListener("deleted", wasDeleted, { signal });
  isPromised().then((isSafe) => {
    if (!isSafe) waiting = "unsafe";
    if (!isSafe) look();
  });
}

/** Whether the browser promises to keep what is on the phone. It may ask the reader first, or never
 * answer: so nothing is held up by this. */
async function isPromised() {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}
