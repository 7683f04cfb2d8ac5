/** Has the guide kept on the phone, and says whether it is. */

const STATUS = "#kept";
/** The wait before the first further try; each later one waits twice as long, up to an hour. */
const AGAIN_MS = 15000;
const MOST_DOUBLINGS = 8;

const container = navigator.serviceWorker;
/** The page's language, from its link to the home page: a browser that translates the page changes
 * `<html lang>`. */
export const language = /** @type {HTMLAnchorElement} */ (
  document.querySelector("a.home")
).pathname.slice(1, -1);
/** Where the worker is; a site that takes it back gives its pages no words about it. */
export const address = document.querySelector("#words") ? "/service-worker.js" : "";
/** Where the phone itself remembers that it had a copy, so that a removed one is noticed. */
const MARK = `reedh-kept-${language}`;
let isKept = false;
let tries = 0;
let timer = 0;
/** @type {ServiceWorker | undefined} */
let watched;

/** The workers that have answered for this page: each but the first is another edition's.
 * @type {(ServiceWorker | null)[]} */
export const owners = container?.controller ? [container.controller] : [];
container?.addEventListener("controllerchange", () => owners.push(container.controller));

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
 * Resolves when the page is answered by the worker, or it is clear that it will not be: to whether
 * there is a worker. A page that has one does not wait: `register` can wait for the network.
 */
export async function keep() {
  if (!container || !address) return false;
  container.addEventListener("message", hear);
  container.startMessages();
  const controlled = new Promise((resolve) => {
    container.addEventListener("controllerchange", resolve, { once: true });
  });
  const registered = refresh();
  if (container.controller) return true;
  await Promise.race([controlled, registered.then(ended)]);
  return Boolean(await registered);
}

/** Look for a newer edition, and have fetched what is missing of this one. */
export async function refresh() {
  if (!container || !address) return undefined;
  ask("audit", container.controller);
  try {
    const registration = await container.register(address, { updateViaCache: "none" });
    if (!registration) return undefined; // where workers are switched off
    if (!registration.active) sayFetching();
    else if (!container.controller) ask("audit", registration.active);
    const { installing } = registration;
    if (installing && installing !== watched) {
      watched = installing;
      installing.addEventListener("statechange", () => {
        if (installing.state === "activated") ask("audit", installing);
        if (installing.state === "redundant" && !registration.active) tryAgain();
      });
    }
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
  const saveData = Boolean(connection?.saveData);
  worker?.postMessage({ wanted, language, saveData });
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
  const isWhole = data.whole.includes(language) && !data.missing.includes(location.pathname);
  isKept = isWhole && Boolean(registration?.active);
  if (isKept) {
    say("saved");
    wasKept(true);
    if (data.trouble !== "busy") finish({ files: data.missing.length, kilobytes: data.kilobytes });
  } else if (data.trouble === "space") {
    say("space");
  } else if (data.trouble === "busy") {
    sayFetching();
  }
  if (data.trouble === "line") tryAgain();
}

function sayFetching() {
  say(wasKept() ? "removed" : "saving");
}

function tryAgain() {
  if (!isKept && document.querySelector(STATUS)?.getAttribute("data-said") !== "space") {
    say("unsaved");
  }
  clearTimeout(timer);
  const wait = AGAIN_MS * 2 ** Math.min(tries, MOST_DOUBLINGS);
  timer = setTimeout(() => document.visibilityState === "visible" && refresh(), wait);
  tries += 1;
}

/**
 * Whether there was a copy; it is noted for later visits that there is one.
 * @param {boolean} [isNow]
 */
function wasKept(isNow) {
  try {
    if (isNow) localStorage.setItem(MARK, "1");
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false; // then a removed copy is saved again without a word
  }
}
