/** What scripts add to a page that is complete without them. */

import { keep, owners, refresh, say, whenKept } from "./keep.js";

/** At the first visit the other scripts come with the saved copy, if it comes so soon. */
const patience = new Promise((resolve) => setTimeout(resolve, 5000));

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
  const whole = kept.then((isKept) => (isKept ? whenKept : undefined));
  const asking = offerAsking().catch(() => {});
  await Promise.race([kept, patience]);
  // A script that never comes holds up no other.
  Promise.allSettled([
    import("./section.js").then(({ keepSection }) => keepSection()),
    isFromPhone ? watch(isFromPhone) : undefined,
    isFromPhone ? offerUpdate() : undefined,
    isFromPhone ? listSaved() : undefined,
    offerSearching(),
    asking,
  ]).then(() => {
    document.documentElement.dataset.scripts = "ready";
  });
  if (!isFromPhone) {
    await Promise.race([whole, patience]);
    watch(isFromPhone).catch(() => {});
  }
  import("./listen.js").then(({ offerListening }) => offerListening()).catch(() => {});
  // Without a worker there is nothing to wait for, and the hint is how to come to one.
  const left = await whole;
  if (left && !isFromPhone) offerUpdate().catch(() => {});
  const form = document.querySelector("form[data-rest]");
  if (left && form instanceof HTMLFormElement)
    (await import("./home/rest.js")).offerRest(form, left);
  const { offerInstall } = await import("./install.js");
  await offerInstall(Boolean(left), () => installing);
}

async function offerAsking() {
  const startAsking = async () => (await import("./ask/start.js")).startAsking(say);
  if (document.querySelector("form[data-asking]")) await startAsking();
  else whereAsked(startAsking);
}

/**
 * Where there is the database of questions, one may wait in it.
 * @param {() => Promise<void>} act
 */
async function whereAsked(act) {
  try {
    const found = await indexedDB.databases?.(); // older browsers do not tell
    if (!found || found.some(({ name }) => name === "reedh-questions")) await act();
  } catch {
    // This phone keeps no questions.
  }
}

/** @param {boolean} isFromPhone */
async function watch(isFromPhone) {
  (await import("./line.js")).watchLine(isFromPhone, reached);
}

/** The network is back, also where the phone itself has not noticed. */
async function reached() {
  whereAsked(async () => (await import("./ask/sending.js")).sendNow());
  return refresh();
}

async function offerUpdate() {
  await (await import("./update.js")).offerUpdate();
}

async function listSaved() {
  const list = document.querySelector("[data-saved]");
  if (list) (await import("./home/saved.js")).listSaved(list);
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
