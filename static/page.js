/** What scripts add to a page that is complete without them. */

import { offerListening } from "./listen.js";
import { keepSection } from "./section.js";

async function start() {
  keepSection();
  offerListening();
  const form = document.querySelector("form[data-index]");
  if (form instanceof HTMLFormElement) await offerSearching(form);
  document.documentElement.dataset.scripts = "ready";
}

/**
 * A browser too old for these scripts, and a line that is gone, leave the form to the server.
 * @param {HTMLFormElement} form
 */
async function offerSearching(form) {
  // All at once, or each would be asked for when the one that imports it has come.
  const scripts = document.querySelector("template#scripts");
  if (scripts instanceof HTMLTemplateElement) document.head.append(scripts.content);
  try {
    const { searchWhileTyping } = await import("./search/typing.js");
    searchWhileTyping(form);
  } catch {
    const pieces = document.querySelector("#pieces");
    const away =
      pieces instanceof HTMLTemplateElement && pieces.content.querySelector("[data-piece=away]");
    const status = document.querySelector("main [role=status]");
    const isUnanswered = new URLSearchParams(location.search).get("q") && !status?.textContent;
    if (status && away && isUnanswered) status.textContent = away.textContent;
  }
}

start();
