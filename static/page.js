/** What scripts add to a page that is complete without them. */

import { keep, owners, refresh, whenKept } from "./keep.js";

/** At the first visit the other scripts come with the saved copy, if it comes so soon. */
const PATIENCE_MS = 8000;

/** Browsers offer once, early, to install the site; the hint that uses it comes later.
 * @type {Event | undefined} */
let installing;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installing = event;
});

async function start() {
  const isFromPhone = owners.length > 0;
  const kept = keep();
  await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  await Promise.allSettled([
    import("./section.js").then(({ keepSection }) => keepSection()),
    import("./listen.js").then(({ offerListening }) => offerListening()),
    import("./line.js").then(({ watchLine }) => watchLine(isFromPhone, refresh)),
    isFromPhone ? offerUpdate() : undefined,
    isFromPhone ? listSaved() : undefined,
    offerSearching(),
  ]);
  document.documentElement.dataset.scripts = "ready";
  // Without a worker there is nothing to wait for, and the hint is how to come to one.
  const left = (await kept) && (await whenKept);
  if (left && !isFromPhone) await offerUpdate();
  const form = document.querySelector("form[data-rest]");
  if (left && form instanceof HTMLFormElement) (await import("./rest.js")).offerRest(form, left);
  const { offerInstall } = await import("./install.js");
  await offerInstall(Boolean(left), () => installing);
}

async function offerUpdate() {
  await (await import("./update.js")).offerUpdate();
}

async function listSaved() {
  const list = document.querySelector("[data-saved]");
  if (list) (await import("./saved.js")).listSaved(list);
}

/** A browser too old for these scripts, and a line that is gone, leave the form to the server. */
async function offerSearching() {
  const form = document.querySelector("form[data-index]");
  if (!(form instanceof HTMLFormElement)) return;
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

start().catch(() => {});
