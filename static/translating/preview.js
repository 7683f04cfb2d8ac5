/** The page follows the files, and opens beside itself what is said of a block. */

import { place, replacePage } from "./page.js";
import { closePanel, openPanel, refreshPanel } from "./panel.js";

const tools = /** @type {HTMLElement} */ (document.getElementById("preview"));
let wanted = tools.dataset.version;
let isRenewing = false;

new EventSource("/preview/changes").addEventListener("message", ({ data }) => {
  wanted = data;
  renew();
});

async function renew() {
  if (isRenewing) return;
  isRenewing = true;
  try {
    // What is saved while the page is on its way is asked for again.
    while (wanted !== tools.dataset.version) {
      const asked = wanted;
      const response = await fetch(location.href);
      const text = await response.text();
      const restore = place();
      if (!replacePage(tools, text)) return location.reload();
      restore();
      refreshPanel();
      if (asked === wanted) break;
    }
  } catch {
    // The server has gone; when it is back, it tells its version.
  } finally {
    isRenewing = false;
  }
}

addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const jump = event.target.closest("[data-jump]");
  if (jump instanceof HTMLElement) {
    event.preventDefault();
    jumpToNext(String(jump.dataset.jump));
    return;
  }
  const sign = signOf(event.target);
  if (!sign || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(sign);
});

addEventListener("keydown", ({ key }) => {
  if (key === "Escape") closePanel();
});

/** The sign of the block that was tapped, unless the tap was for something else in it.
 * @param {Element} target */
function signOf(target) {
  const own = target.closest("a, button, summary, input, textarea, select");
  if (own) return own.matches("[data-preview]") ? /** @type {HTMLAnchorElement} */ (own) : null;
  if (!getSelection()?.isCollapsed) return null;
  const block = target.closest(":has(> a[data-preview])");
  return (
    block && /** @type {HTMLAnchorElement} */ (block.querySelector(":scope > a[data-preview]"))
  );
}

/** To the next block in that state, after the last one also to the first.
 * @param {string} state */
function jumpToNext(state) {
  const signs = /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(`[data-preview][data-state="${state}"]`),
  ]);
  const last =
    document.activeElement?.closest("[data-preview]") ?? document.querySelector(".preview-last");
  const next =
    signs.find(
      (sign) => last && last.compareDocumentPosition(sign) & Node.DOCUMENT_POSITION_FOLLOWING,
    ) ?? signs[0];
  document.querySelector(".preview-last")?.classList.remove("preview-last");
  next?.classList.add("preview-last");
  next?.focus({ preventScroll: true });
  next?.parentElement?.scrollIntoView({ block: "center" });
}
