/** Another text of the page in the place of the one that is shown. */

const BLOCKS = "main :is(h1, h2, h3, h4, p, li, figure)";

/** Remember where one reads, and what has the focus.
 * @returns {() => void} what goes back to it */
export function place() {
  const blocks = [...document.querySelectorAll(BLOCKS)];
  const index = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0);
  const id = named(blocks[index])?.dataset.preview;
  const top = blocks[index]?.getBoundingClientRect().top ?? 0;
  const focused = document.activeElement?.closest("main [data-preview]");
  const focus = focused instanceof HTMLElement ? focused.dataset.preview : undefined;
  return () => {
    const now = [...document.querySelectorAll(BLOCKS)];
    // A block whose English was edited has another id, and its place among the others.
    const same = now.find((block) => id && named(block)?.dataset.preview === id) ?? now[index];
    if (same) scrollBy({ top: same.getBoundingClientRect().top - top, behavior: "instant" });
    if (focus) signOf(focus)?.focus({ preventScroll: true });
  };
}

/** @param {string} id
 * @returns {HTMLAnchorElement | null} */
export function signOf(id) {
  return document.querySelector(
    `main [data-preview="${id}"], #preview-status [data-preview="${id}"]`,
  );
}

/** All but the panel becomes that of `text`; false if that is no page of a preview.
 * @param {HTMLElement} tools
 * @param {string} text */
export function replacePage(tools, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("preview");
  if (!fresh) return false;
  const status = fresh.querySelector("#preview-status");
  if (status) tools.querySelector("#preview-status")?.replaceWith(status);
  tools.dataset.version = fresh.dataset.version;
  fresh.remove();
  for (const node of [...document.body.childNodes]) if (node !== tools) node.remove();
  tools.before(...page.body.childNodes);
  document.title = page.title;
  replaceStyles(page);
  return true;
}

/** @param {Document} page */
function replaceStyles(page) {
  const [shown, wanted] = [document, page].map((each) => [...each.head.querySelectorAll("style")]);
  const texts = [shown, wanted].map((styles) => styles?.map((style) => style.textContent).join());
  if (texts[0] === texts[1]) return;
  document.head.querySelector("link[rel=stylesheet]")?.before(...(wanted ?? []));
  for (const style of shown ?? []) style.remove();
}

/** @param {Element | undefined} block
 * @returns {HTMLElement | null} */
function named(block) {
  return block?.querySelector("[data-preview]") ?? null;
}
