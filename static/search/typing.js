/** Results while the reader types, from the data on the phone. Without it the form is sent. */

import { language } from "../keep.js";
import { Index } from "./index.js";
import { Pages } from "./pages.js";
import { Results } from "./results.js";
import { Tables } from "./tables.js";

/** @typedef {{articles: Index, answers: Index}} Finder */

/** A reader who rests so long has finished a word. */
const REST_MS = 250;
/** So few articles are read before the first letter, for their excerpts. */
const FEW_ARTICLES = 5;

/** @param {HTMLFormElement} form */
export function searchWhileTyping(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const { index = "", articles = "", source = "", limit, answers } = form.dataset;
  const pages = new Pages(articles, language);
  const results = new Results(pages, source);
  /** @type {Finder | undefined} */
  let finder;
  /** @type {Promise<void> | undefined} */
  let opening;
  let hasFailed = false;
  let rest = 0;

  const open = () => {
    opening = opening || openIndexes(index).then(opened).catch(failed);
    return opening;
  };
  const opened = (/** @type {Finder} */ found) => {
    finder = found;
    form.dataset.ready = "";
    const listed = new Set(found.articles.exported.sections.map(({ article }) => article));
    if (listed.size <= FEW_ARTICLES) pages.read([...listed]);
  };
  const failed = (/** @type {unknown} */ error) => {
    hasFailed = true;
    // A line that is gone is no fault of ours.
    if (!(error instanceof TypeError)) console.warn(error);
  };
  const openAgain = () => {
    if (hasFailed) opening = undefined;
    hasFailed = false;
    return open();
  };

  const search = (/** @type {Finder} */ found) => [
    { index: found.articles, answer: found.articles.search(input.value, Number(limit)) },
    { index: found.answers, answer: found.answers.search(input.value, Number(answers)) },
  ];
  const tell = (/** @type {import("./results.js").Found[]} */ found) => {
    const typed = input.value;
    results.say(found);
    const sections = found.flatMap(({ answer }) => answer.hits.map(({ section }) => section));
    pages.read(sections.map(({ article }) => article)).then(() => {
      if (input.value === typed) results.fill(found);
    });
  };
  const show = () => {
    clearTimeout(rest);
    if (!finder) return results.sayAway();
    const found = search(finder);
    results.show(found);
    tell(found);
  };
  const showWhileTyping = async () => {
    await open();
    if (!finder) return results.sayAway();
    const found = search(finder);
    // What is not found may be found with the next letter, so only what is found is shown at once.
    const isShown = found.some(({ answer }) => answer.hits.length) || !input.value.trim();
    if (isShown) results.show(found);
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!isShown && isFinished(found)) results.show(found);
      if (isShown || isFinished(found)) tell(found);
    }, REST_MS);
  };

  form.addEventListener("focusin", openAgain);
  input.addEventListener("input", showWhileTyping);
  // Before a link is followed or the page left, so that coming back shows the same.
  const keep = () => finder && keepInAddress(form, input.value);
  input.addEventListener("change", keep);
  results.results.addEventListener("click", (event) => {
    const query = suggestedBy(/** @type {MouseEvent} */ (event), form);
    if (query && finder) {
      event.preventDefault();
      input.value = query;
      show();
      input.focus();
    }
    keep();
  });
  form.addEventListener("submit", (event) => {
    if (!finder) return;
    event.preventDefault();
    keep();
    results.say([]);
    requestAnimationFrame(show);
    input.blur(); // the keyboard of a phone hides what was found
  });

  // Offline the address has a query of which the page, a kept one, knows nothing.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !input.value) {
    input.value = asked;
    open().then(show).then(keep);
  } else if (input.value !== input.defaultValue) {
    showWhileTyping();
  } else if (document.activeElement === input) {
    open();
  }
}

/** @param {string} address */
export async function openIndexes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const exported = await answer.json();
  const tables = new Tables(exported.tables);
  return {
    articles: new Index(tables, exported.articles),
    answers: new Index(tables, exported.answers),
  };
}

/**
 * Whether there is a word that tells something and is not just begun.
 * @param {import("./results.js").Found[]} found
 */
function isFinished(found) {
  return found.some(({ answer, index }) =>
    answer.units.some(({ surface }) => surface.length >= index.parameters.shortest_beginning),
  );
}

/**
 * The query of a link to other results, if it was plainly followed.
 * @param {MouseEvent} event
 * @param {HTMLFormElement} form
 */
function suggestedBy(event, form) {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || link.pathname !== new URL(form.action).pathname) return null;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  return new URLSearchParams(link.search).get("q");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} query
 */
function keepInAddress(form, query) {
  const search = query.trim() ? `?${new URLSearchParams({ q: query })}` : "";
  history.replaceState(history.state, "", new URL(form.action).pathname + search);
  for (const link of document.querySelectorAll("header a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.search = search;
  }
}
