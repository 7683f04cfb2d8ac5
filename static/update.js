/** A new edition is offered, never forced on a page with text in it. */

import { ask, say } from "./keep.js";

const BAR = "#update";
/** What a reader has typed and would lose. A search stands in the address and comes back. */
const TYPED = "textarea, input[type=text], input[type=email]";

/** @param {ServiceWorker} firstController the worker that answered this page */
export async function offerUpdate(firstController) {
  const container = navigator.serviceWorker;
  const registration = await container?.getRegistration();
  if (!registration) return;
  let isTaken = false;

  const show = () => {
    if ((!registration.waiting && !isTaken) || hasText()) return say("", BAR);
    say("new", BAR);
    document.querySelector(`${BAR} button`)?.addEventListener("click", change);
  };
  const change = () => (isTaken ? reload() : ask("takeover", registration.waiting));
  const taken = () => {
    isTaken = true;
    if (hasText()) show();
    else reload();
  };

  container.addEventListener("controllerchange", taken);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", show);
  });
  addEventListener("input", show);
  if (container.controller !== firstController) taken();
  else show();
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
