/** A new edition is offered, never forced on a page with text in it. */

import { ask, say } from "./keep.js";

const BAR = "#update";
/** What a reader has typed and would lose. A search stands in the address and comes back. */
const TYPED = "textarea, input[type=text], input[type=email]";

/** A search writes its address when it loses the focus to the button; a worker that is told to take
 * over in the same moment never does (seen in Chromium 156). */
const SETTLED_MS = 200;

/** @param {ServiceWorker | null | undefined} firstController the worker that answered this page */
export async function offerUpdate(firstController) {
  const container = navigator.serviceWorker;
  const registration = await container.getRegistration();
  if (!registration) return;
  let own = firstController ?? container.controller;
  let isTaken = false;

  const show = () => {
    const isOffered = isTaken || (registration.waiting && container.controller);
    if (!isOffered || hasText()) return say("", BAR);
    if (say("new", BAR)) document.querySelector(`${BAR} button`)?.addEventListener("click", change);
  };
  const takeOver = () => (isTaken ? reload() : ask("takeover", registration.waiting));
  const change = () => setTimeout(takeOver, SETTLED_MS);
  const changed = () => {
    // At a first visit a worker begins to answer for a page that it did not bring.
    if (!own) own = container.controller;
    isTaken = container.controller !== own;
    if (isTaken && !hasText()) reload();
    else show();
  };

  container.addEventListener("controllerchange", changed);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", show);
  });
  addEventListener("input", show);
  changed();
}

function hasText() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(TYPED));
  return [...fields].some((field) => field.value !== field.defaultValue);
}

function reload() {
  // So that a search that is being typed is put into the address first.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  location.reload();
}
