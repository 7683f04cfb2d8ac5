/**
 * A hint that the guide can stand on the home screen: once it is kept, at the second visit or at
 * the end of an article, and not for 90 days after “Not now”.
 */

import { language } from "./keep.js";

const REFUSED = "reedh-hint-refused";
const VISITS = "reedh-visits";
const SILENCE_MS = 90 * 24 * 60 * 60 * 1000;

/** A page inside another app's own browser is neither kept for long nor installed. */
const IN_APP = /\bFBAN|\bFBAV|Instagram|\bLine\/|Snapchat|; wv\)|GSA\//;
const PHONE = /Android|iPhone|iPad|iPod/;

/** @typedef {{ text: string, do?: string, refuse?: string, url?: string }} Hint */
/** @typedef {Event & { prompt(): Promise<{ outcome: string }> }} BeforeInstallPromptEvent */

/**
 * @param {boolean} isKept
 * @param {() => Event | undefined} getPrompt the event by which the browser offered to install
 */
export async function offerInstall(isKept, getPrompt) {
  const place = document.createElement("aside");
  place.id = "hint";
  const end = document.querySelector("main > article > :last-child");
  const isApp = matchMedia("(display-mode: standalone)").matches;
  const isInApp = IN_APP.test(navigator.userAgent);
  const isRefused = Date.now() - number(localStorage, REFUSED) < SILENCE_MS;
  if (isApp || !(isInApp || (isKept && !isRefused))) return;
  /** @type {Record<string, Hint>} */
  const hints = await (await fetch(`/${language}/hints.json`)).json();

  const show = (/** @type {string} */ name, /** @type {(() => void) | undefined} */ act) => {
    const hint = hints[name];
    if (!hint || place.textContent) return;
    const text = document.createElement("p");
    text.textContent = hint.text;
    place.append(text);
    if (hint.do) place.append(button(hint.do, act, hint.url), " ");
    if (hint.refuse) place.append(button(hint.refuse, refuse));
  };
  const clear = () => {
    place.textContent = "";
  };
  const refuse = () => {
    localStorage.setItem(REFUSED, String(Date.now()));
    clear();
  };
  const offer = () => {
    const prompt = /** @type {BeforeInstallPromptEvent | undefined} */ (getPrompt());
    if (prompt) show("install", () => install(prompt).then(clear));
    else if (PHONE.test(navigator.userAgent)) show("guide", undefined);
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(location.href);
    clear();
    show("copied", undefined);
  };

  document.querySelector("main")?.append(place);
  if (isInApp) return show("in_app", copy);
  if (visits() > 1) offer();
  const observer = new IntersectionObserver((seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) offer();
  });
  if (end) observer.observe(end);
}

/** @param {BeforeInstallPromptEvent} prompt */
async function install(prompt) {
  const { outcome } = await prompt.prompt();
  // One who wants it on the home screen wants it to stay.
  if (outcome === "accepted") await navigator.storage?.persist?.();
}

/**
 * @param {string} text
 * @param {(() => void) | undefined} act
 * @param {string} [url] where it leads instead
 */
function button(text, act, url) {
  const made = document.createElement(url ? "a" : "button");
  made.className = "button";
  made.textContent = text;
  if (made instanceof HTMLAnchorElement) made.href = url ?? "";
  else made.type = "button";
  if (act) made.addEventListener("click", act);
  return made;
}

/** How often this browser has come, this time included. */
function visits() {
  if (!number(sessionStorage, VISITS)) {
    localStorage.setItem(VISITS, String(number(localStorage, VISITS) + 1));
    sessionStorage.setItem(VISITS, "1");
  }
  return number(localStorage, VISITS);
}

/**
 * @param {Storage} storage
 * @param {string} name
 */
function number(storage, name) {
  return Number(storage.getItem(name));
}
