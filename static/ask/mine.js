/** What became of a question. The page is never left, so that what was typed is never lost. */

import { readReceipt } from "./receipt.js";
import { put, word } from "./words.js";

/** When no answer has come for so long, the page says so, and still waits. */
const PATIENCE_MS = 4000;
/** An answer that has not come whole after so long is given up. */
const LIMIT_MS = 20000;

/** @param {HTMLFormElement} form */
export function showMine(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("receipt"));
  let asked = 0;

  const ask = async (/** @type {HTMLFormElement} */ sent) => {
    asked += 1;
    const mine = asked;
    const tell = (/** @type {string} */ name) => mine === asked && say(name);
    tell("moment");
    const late = setTimeout(() => tell("away"), PATIENCE_MS);
    try {
      const page = await answerTo(sent);
      if (mine === asked) show(page, field);
    } catch {
      tell("away");
    }
    clearTimeout(late);
  };
  const look = (/** @type {string} */ receipt) => {
    field.value = receipt;
    ask(form);
  };
  const lookUpNamed = () => {
    const receipt = receiptInAddress();
    if (!receipt) return;
    // So that nobody who looks at the screen, or at the history, has the number.
    history.replaceState(history.state, "", new URL(form.action).pathname);
    look(receipt);
  };

  document.addEventListener("submit", (event) => {
    const sent = /** @type {HTMLFormElement} */ (event.target);
    if (sent.action !== form.action) return;
    event.preventDefault();
    ask(sent);
  });
  addEventListener("hashchange", lookUpNamed);
  lookUpNamed();
  import("./remembered.js").then(({ showRemembered }) => showRemembered(look)).catch(() => {});
}

/** Behind the #, which some scanners and apps write as %23, and may quote once more. */
function receiptInAddress() {
  const [, behind = ""] = location.href.split(/#|%(?:25)*23/);
  const [typed = ""] = behind.split("?");
  return readReceipt(typed.replace(/%(?:25)*[0-9a-f]{2}|\+/gi, ""));
}

/**
 * The page that the server gives in answer to a form of this page.
 * @param {HTMLFormElement} sent
 */
async function answerTo(sent) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), LIMIT_MS);
  const fields = /** @type {any} */ (new FormData(sent)); // no file among them
  try {
    const answer = await fetch(sent.action, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "error",
      signal: abort.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("#found")) throw new Error("another page, such as a portal's");
    return page;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Document} page
 * @param {HTMLInputElement} field
 */
function show(page, field) {
  put(document.querySelector("#waiting"));
  const told = document.querySelector("#told");
  if (told) told.textContent = page.querySelector("#told")?.textContent ?? "";
  const found = /** @type {HTMLElement} */ (document.querySelector("#found"));
  put(found, .../** @type {HTMLElement} */ (page.querySelector("#found")).children);
  field.value = page.querySelector("input#receipt")?.getAttribute("value") ?? "";
  const state = found.querySelector(".state");
  if (!(state instanceof HTMLElement)) return;
  state.tabIndex = -1;
  state.focus();
}

/** @param {string} name of the words: they are an alarm, or tell that an answer is awaited */
function say(name) {
  const [told, waiting] = ["#told", "#waiting"].map((place) => document.querySelector(place));
  if (told) told.textContent = name === "away" ? word(name) : "";
  if (waiting) waiting.textContent = name === "moment" ? word(name) : "";
}
