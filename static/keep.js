/** Has the guide kept on the phone, and says whether it is. */

const STATUS = "#kept";
/** Where the phone itself remembers that it had a copy, so that a removed one is noticed. */
const MARK = "reedh-kept";
/** The wait before the first further try; each later one waits twice as long. */
const AGAIN_MS = 15000;

const container = navigator.serviceWorker;
const language = document.documentElement.lang;
const address = document.documentElement.dataset.worker;
let isKept = false;
let tries = 0;

/** The worker that answered this page, if one did. */
export const firstController = container?.controller;

/** @typedef {Navigator & { connection?: { saveData: boolean } }} Connected */
/** @typedef {{ files: number, kilobytes: number }} Amount */
/** @type {(left: Amount) => void} */
let finish = () => {};

/** Resolves to what is not kept, when all is kept that is kept by itself.
 * @type {Promise<Amount>} */
export const whenKept = new Promise((resolve) => {
  finish = resolve;
});

/**
 * Resolves when the page is answered by the worker, or it is clear that it will not be: to the
 * registration, where there is one.
 */
export async function keep() {
  if (!container || !address) return undefined;
  container.addEventListener("message", hear);
  container.startMessages();
  const controlled = new Promise((resolve) => {
    container.addEventListener("controllerchange", resolve, { once: true });
  });
  const registered = refresh();
  if (!container.controller) await Promise.race([controlled, registered.then(ended)]);
  return registered;
}

/** Look for a newer edition, and have fetched what is missing of this one. */
export async function refresh() {
  if (!container || !address) return undefined;
  try {
    const registration = await container.register(address, { updateViaCache: "none" });
    if (!registration) return undefined; // where workers are switched off
    if (registration.active) ask("audit", registration.active);
    else say(wasKept() ? "removed" : "saving");
    registration.installing?.addEventListener("statechange", ({ target }) => {
      const { state } = /** @type {ServiceWorker} */ (target);
      if (state === "activated" && registration.active) ask("audit", registration.active);
      if (state === "redundant" && !registration.active) tryAgain();
    });
    return registration;
  } catch {
    tryAgain();
    return undefined;
  }
}

/**
 * @param {"audit" | "rest" | "takeover"} wanted
 * @param {ServiceWorker | null | undefined} worker
 */
export function ask(wanted, worker) {
  const { connection } = /** @type {Connected} */ (navigator);
  worker?.postMessage({ wanted, language, saveData: Boolean(connection?.saveData) });
}

/**
 * Put words of the page's template where they belong, if they do not stand there; whether it did.
 * @param {string} name of the words
 * @param {string} place selector of the element that says them
 */
export function say(name, place = STATUS) {
  const element = document.querySelector(place);
  if (!(element instanceof HTMLElement) || (element.dataset.said ?? "") === name) return false;
  element.dataset.said = name;
  element.textContent = "";
  const words = document.querySelector("#words");
  const found = words instanceof HTMLTemplateElement && words.content.getElementById(name);
  if (found) element.append(...document.importNode(found, true).childNodes);
  return true;
}

/** @param {ServiceWorkerRegistration | undefined} registration */
function ended(registration) {
  const worker = registration?.installing;
  return new Promise((resolve) => {
    if (!worker) resolve(undefined);
    worker?.addEventListener(
      "statechange",
      () => worker.state === "redundant" && resolve(undefined),
    );
  });
}

/** @param {MessageEvent} event */
async function hear({ data, source }) {
  const registration = await container.getRegistration();
  // A newer worker tells of the next edition, which this page is not about.
  if (registration?.active && source !== registration.active) return;
  if (data.whole) isKept = data.whole.includes(language) && Boolean(registration?.active);
  if (isKept) {
    say("saved");
    remember();
    if (data.whole && !data.busy) finish(data);
  } else if (!data.trouble) {
    say(wasKept() ? "removed" : "saving");
  } else if (data.trouble === "space") {
    say("space");
  }
  if (data.trouble === "line") tryAgain();
}

function tryAgain() {
  if (!isKept) say("unsaved");
  setTimeout(() => document.visibilityState === "visible" && refresh(), AGAIN_MS * 2 ** tries);
  tries += 1;
}

function wasKept() {
  try {
    return Boolean(localStorage.getItem(MARK));
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(MARK, "1");
  } catch {
    // Then a removed copy is saved again without a word.
  }
}
