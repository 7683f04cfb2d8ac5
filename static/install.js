/**
 * A hint that the guide can stand on the home screen: once it is kept, at the second visit or at
 * the end of an article, and not for 90 days after “Not now”.
 */

import { language } from "./keep.js";

const REFUSED = "reedh-hint-refused";
const VISITS = "reedh-visits";
const SILENCE_MS = 90 * 24 * 60 * 60 * 1000;

/** A page inside another app's own browser is neither kept for long nor installed. */
const IN_APP = [
  /\bFBAN|\bFBAV|FB_IAB|Instagram|\bLine\/|Snapchat|; wv\)|GSA\/|LinkedInApp|MicroMessenger|Zalo/,
  // Every browser on WebKit or Chromium names Safari; the apps of an iPhone do not.
  /AppleWebKit(?!.*Safari\/)/,
  // Android's WebView has a version; browsers made of it name themselves (MiuiBrowser, UCBrowser).
  /Android.*Version\/[\d.]+ Chrome\/(?!.*Browser)/,
];
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
  const { standalone } = /** @type {{ standalone?: boolean }} */ (navigator); // of iPhones
  const isApp = standalone || matchMedia("(display-mode: standalone)").matches;
  const isInApp = IN_APP.some((sign) => sign.test(navigator.userAgent));
  const isRefused = Date.now() - number(REFUSED) < SILENCE_MS;
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
    clear();
    localStorage.setItem(REFUSED, String(Date.now()));
  };
  const offer = () => {
    const prompt = /** @type {BeforeInstallPromptEvent | undefined} */ (getPrompt());
    if (prompt) show("install", () => install(prompt).then(clear));
    else if (PHONE.test(navigator.userAgent)) show("guide", undefined);
  };
  const copy = async () => {
    const isCopied = await copied(location.href);
    clear();
    show(isCopied ? "copied" : "uncopied", undefined);
  };

  document.querySelector("main")?.append(place);
  if (isInApp) return show("in_app", copy);
  if (visits() > 1) offer();
  const observer = new IntersectionObserver((seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) offer();
  });
  if (end) observer.observe(end);
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // many apps allow it to nobody
  }
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

/** How often this browser has come, this time included; none where it keeps no count. */
function visits() {
  try {
    if (!sessionStorage.getItem(VISITS)) {
      localStorage.setItem(VISITS, String(number(VISITS) + 1));
      sessionStorage.setItem(VISITS, "1");
    }
  } catch {
    // Then the hint waits for the end of the article.
  }
  return number(VISITS);
}

/** @param {string} name */
function number(name) {
  try {
    return Number(localStorage.getItem(name));
  } catch {
    return 0;
  }
}
