/**
 * Saves what is typed while it is typed, so that it goes on on another device. Whoever saves second
 * is told so, and sees both texts when they press Save.
 */

const PAUSE_MS = 1500;
const LONGEST_WAIT_MS = 60_000;
const LONGEST_ALIVE = 60_000;

const form = document.querySelector("form[data-draft]");
if (form instanceof HTMLFormElement) keepSaving(form);

/** @param {HTMLFormElement} form */
function keepSaving(form) {
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-saved]"));
  let isUnsaved = false;
  let isSaving = false;
  // Somebody else was first, or the form itself is on its way: saving is no longer ours.
  let isStopped = false;
  let wait = PAUSE_MS;
  /** @type {number | undefined} */
  let timer;

  form.addEventListener("input", () => {
    isUnsaved = true;
    if (!isStopped) status.textContent = "";
    schedule();
  });
  form.addEventListener("submit", () => {
    isUnsaved = false;
    isStopped = true;
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    if (!isUnsaved || isSaving || isStopped) return;
    isSaving = true;
    isUnsaved = false;
    const response = await send(form).catch(() => undefined);
    const told = await response?.json().catch(() => undefined);
    isSaving = false;
    if (isStopped) return;
    if (response?.ok) saved(told.drafts);
    else await failed(response?.status, told?.message ?? status.dataset.away);
    if (isUnsaved) schedule();
  }

  /** @param {Record<string, number>} drafts their versions by language */
  function saved(drafts) {
    wait = PAUSE_MS;
    for (const [code, version] of Object.entries(drafts)) set(`draft-${code}`, String(version));
    const clock = new Intl.DateTimeFormat(status.dataset.language, { timeStyle: "short" });
    if (!isUnsaved) status.textContent = (status.dataset.saved ?? "").replace("{}", clock.format());
  }

  /**
   * @param {number | undefined} code of HTTP
   * @param {string} message
   */
  async function failed(code, message) {
    isUnsaved = true;
    status.textContent = message;
    isStopped = code === 409;
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    const answer = code === 400 ? await fetch("/token").catch(() => undefined) : undefined;
    if (answer?.ok) set("csrf_token", (await answer.json()).csrf_token);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  function set(name, value) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

/** @param {HTMLFormElement} form */
function send(form) {
  const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
  const body = new URLSearchParams(fields);
  return fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
    // So that it outlives the page; browsers refuse that to what is long.
    keepalive: body.toString().length < LONGEST_ALIVE,
  });
}
