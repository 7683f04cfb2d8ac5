/** What scripts add to a page that is complete without them. */

import { offerListening } from "./listen.js";
import { keepSection } from "./section.js";

async function start() {
  keepSection();
  offerListening();
  const form = document.querySelector("form[data-index]");
  if (form instanceof HTMLFormElement) {
    const { searchWhileTyping } = await import("./search/typing.js");
    searchWhileTyping(form);
  }
  document.documentElement.dataset.scripts = "ready";
}

start();
