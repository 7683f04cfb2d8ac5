/** Published answers, and the part of the guide, that look like the question while it is typed. */

import { language } from "../keep.js";
import { piece, put } from "./words.js";

/** Who rests so long may look up from the keys. */
const REST_MS = 600;
/** Fewer letters tell too little. */
const FEWEST = 12;
const ANSWERS = 3;
/** The best section of the guide is offered if it covers so much of the question; the next best
 * is seldom of use (docs/asking.md). */
const SECTION_COVERS = 0.6;

/**
 * @param {HTMLFormElement} form
 * @returns {() => void} takes back what was offered: the text is another one
 */
export function offerSimilar(form) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const place = /** @type {HTMLElement} */ (form.querySelector("#similar"));
  const { index = "", articles: address = "", source = "" } = place.dataset;
  const pages = { address, language };
  /** @type {ReturnType<typeof open> | undefined} */
  let opening;
  let rest = 0;

  const find = async (/** @type {string} */ text) => {
    opening = opening || open(index);
    const { finder, linkTo } = await opening;
    const answers = finder.answers.search(text, ANSWERS).hits;
    const [best] = finder.articles.search(text, 1).hits;
    const hits = best && best.coverage >= SECTION_COVERS ? [...answers, best] : answers;
    return hits.map(({ section }) => linkTo(section, pages, source));
  };
  const look = async () => {
    const text = field.value;
    const found = [...text.trim()].length < FEWEST ? [] : await find(text);
    // What is below must not move under a finger that has gone on to it.
    if (field.value === text && document.activeElement === field) show(place, found);
  };
  const failed = () => {
    opening = undefined; // the question goes its way without
  };

  field.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(() => look().catch(failed), REST_MS);
  });
  return () => {
    clearTimeout(rest);
    put(place);
  };
}

/** Both only when somebody writes: many who open the form do not.
 * @param {string} index */
async function open(index) {
  const [{ openIndexes }, { linkTo }] = await Promise.all([
    import("../search/typing.js"),
    import("../search/results.js"),
  ]);
  return { finder: await openIndexes(index), linkTo };
}

/**
 * What stands there already stays, or it would be read out at each pause.
 * @param {HTMLElement} place
 * @param {HTMLAnchorElement[]} links
 */
function show(place, links) {
  const shown = [...place.querySelectorAll("a")].map(({ href }) => href);
  if (shown.join() === links.map(({ href }) => href).join()) return;
  const box = links.length ? piece("similar") : undefined;
  const rows = links.map((link) => {
    const row = document.createElement("li");
    row.append(link);
    return row;
  });
  put(box?.querySelector("ul") ?? null, ...rows);
  put(place, ...(box ? [box] : []));
}
