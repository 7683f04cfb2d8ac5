/** A new edition is offered, never forced on a page with text in it. */

import { ask, owners, say } from "./keep.js";

const BAR = "#update";
/** What a reader has typed and would lose. A search stands in the address and comes back. */
const TYPED = "textarea, input[type=text], input[type=email]";

/** A search writes its address when it loses the focus to the button; a worker that is told to take
 * over in the same moment never does (seen in Chromium 156). */
const SETTLED_MS = 200;

export async function offerUpdate() {
  const container = navigator.serviceWorker;
  const registration = await container.getRegistration();
  if (!registration) return;

  const isTaken = () => owners.length > 1;
  const show = () => {
    const isOffered = isTaken() || (registration.waiting && container.controller);
    if (!isOffered || hasText()) return say("", BAR);
    if (say("new", BAR)) document.querySelector(`${BAR} button`)?.addEventListener("click", change);
  };
  const takeOver = () => (isTaken() ? reload() : ask("takeover", registration.waiting));
  const change = () => setTimeout(takeOver, SETTLED_MS);
  const changed = () => (isTaken() && !hasText() ? reload() : show());
  const watch = () => registration.installing?.addEventListener("statechange", show);

  container.addEventListener("controllerchange", changed);
  registration.addEventListener("updatefound", watch);
  addEventListener("input", show);
  watch();
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
