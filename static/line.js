/**
 * Says when the network is gone: by the answers to real requests, as `navigator.onLine` is true
 * on many lines that answer nothing.
 */

import { address, say } from "./keep.js";

/** A line that has not answered after so long is gone. */
const STALL_MS = 6000;
/** The wait before each further question while the line is gone; the last one repeats. */
const AGAIN_MS = [3000, 5000, 10000, 20000, 40000];

const STRIP = "#line";

/**
 * @param {boolean} isKept whether this page came from the phone, and so tells nothing of the line
 * @param {() => Promise<ServiceWorkerRegistration | undefined>} onReached
 */
export function watchLine(isKept, onReached) {
  let timer = 0;
  let failures = 0;
  let asked = 0;
  if (!address) return;

  const check = async () => {
    clearTimeout(timer);
    asked += 1;
    const mine = asked;
    const isThere = await isReached();
    if (mine !== asked) return; // a later question has overtaken this one
    if (isThere) {
      failures = 0;
      say("online", STRIP);
      const registration = await onReached();
      registration?.update().catch(() => {});
    } else if (document.visibilityState === "visible") {
      say("offline", STRIP);
      timer = setTimeout(check, AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]);
      failures += 1;
    }
  };

  for (const event of ["online", "offline"]) addEventListener(event, check);
  addEventListener("pageshow", ({ persisted }) => persisted && check());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") check();
  });
  if (isKept) check();
}

/** Whether our server answers, and not a portal in its place. */
async function isReached() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), STALL_MS);
  try {
    const answer = await fetch(address, {
      method: "HEAD",
      cache: "no-store",
      redirect: "error",
      signal: abort.signal,
    });
    return answer.ok && /javascript/.test(answer.headers.get("content-type") ?? "");
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
