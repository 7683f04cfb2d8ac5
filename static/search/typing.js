/** Results while the reader types, from the data on the phone. Without it the form is sent. */

import { Index } from "./index.js";
import { Pages } from "./pages.js";
import { Results } from "./results.js";
import { Tables } from "./tables.js";

/**
 * @typedef {object} Finder
 * @property {Index} articles
 * @property {Index} answers
 */

const LIMIT = 5;
const ANSWERS = 3;

/** Pages are read when the reader rests; where there are few, before the first letter. */
const REST_MS = 200;
const FEW_ARTICLES = 5;

/** @param {HTMLFormElement} form */
export function searchWhileTyping(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const pages = new Pages(form.dataset.articles ?? "", document.documentElement.lang);
  const results = new Results(pages);
  /** @type {Finder | undefined} */
  let finder;
  /** @type {Promise<void> | undefined} */
  let opening;
  let rest = 0;

  const open = () => {
    opening ??= openIndexes(form.dataset.index ?? "")
      .then((opened) => {
        finder = opened;
        form.dataset.ready = "";
        const listed = new Set(opened.articles.exported.sections.map(({ article }) => article));
        if (listed.size <= FEW_ARTICLES) pages.read([...listed]);
      })
      .catch(() => {
        opening = undefined; // the line may be back at the next letter
      });
    return opening;
  };
  const show = async () => {
    if (!finder) await open();
    if (!finder) return;
    const { articles, answers } = finder;
    const typed = input.value;
    const answer = articles.search(typed, LIMIT);
    const fromAnswers = answers.search(typed, ANSWERS);
    results.show(answer, articles, fromAnswers, answers);
    clearTimeout(rest);
    const unread = [...answer.hits, ...fromAnswers.hits].filter(
      ({ section }) => !pages.words(section),
    );
    if (!unread.length) return;
    rest = setTimeout(async () => {
      await pages.read(unread.map(({ section }) => section.article));
      const isRead = unread.some(({ section }) => pages.words(section));
      if (isRead && input.value === typed) results.show(answer, articles, fromAnswers, answers);
    }, REST_MS);
  };

  form.addEventListener("focusin", open);
  input.addEventListener("input", show);
  // Before a link is followed or the page left, so that coming back shows the same.
  input.addEventListener("change", () => keepInAddress(form, input.value));
  form.addEventListener("submit", (event) => {
    if (!finder) return;
    event.preventDefault();
    keepInAddress(form, input.value);
    show();
  });
  document.querySelector("#results")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    const asked = link && link.pathname === new URL(form.action).pathname;
    const query = asked && new URLSearchParams(link.search).get("q");
    if (!finder || !query) return;
    event.preventDefault();
    input.value = query;
    keepInAddress(form, query);
    show();
  });

  // Offline the address has a query of which the page, a kept one, knows nothing.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !input.defaultValue) {
    input.value = asked;
    show().then(() => finder ?? results.sayAway());
  }
}

/**
 * @param {string} address
 * @returns {Promise<Finder>}
 */
async function openIndexes(address) {
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
