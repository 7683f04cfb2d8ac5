/** Keeping, when the reader asks for it, what is not kept by itself. */

import { ask, language } from "../keep.js";

/** A worker that has not answered for so long was stopped by the phone, and is asked again. */
const SILENCE_MS = 120000;

/** @typedef {import("../keep.js").Amount} Amount */

/**
 * @param {HTMLFormElement} form
 * @param {Amount} left what is not kept
 */
export async function offerRest(form, left) {
  const container = navigator.serviceWorker;
  const answer = await fetch(`/${language}/hints.json`);
  /** @type {Record<string, string>} */
  const words = (await answer.json()).rest;
  const [start, stop] = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("button"));
  const bar = form.querySelector("progress");
  const status = form.querySelector("[role=status]");
  if (!container || !start || !stop || !bar || !status) return;
  /** What was not kept when the reader asked.
   * @type {Amount | undefined} */
  let asked;
  let timer = 0;
  let isAsking = false;

  const draw = (/** @type {string} */ trouble) => {
    const all = asked ?? left;
    const done = { files: all.files - left.files, kilobytes: all.kilobytes - left.kilobytes };
    start.hidden = Boolean(asked);
    stop.hidden = bar.hidden = !asked;
    bar.max = all.kilobytes || 1;
    bar.value = done.kilobytes;
    const name = trouble || (asked ? "doing" : "offer");
    status.textContent = (words[left.files ? name : "done"] ?? "")
      .replace("{done}", String(done.files))
      .replace("{all}", String(all.files))
      .replace("{done size}", size(done.kilobytes))
      .replace("{size}", size(all.kilobytes));
  };
  const askNext = () => {
    isAsking = true;
    ask("rest", container.controller);
    timer = setTimeout(askNext, SILENCE_MS);
  };

  container.addEventListener("message", ({ data }) => {
    if (data.trouble === "busy") return;
    left = { files: data.missing.length, kilobytes: data.kilobytes };
    if (!left.files || data.trouble) asked = undefined;
    draw(data.trouble);
    if (data.wanted !== "rest") return;
    isAsking = false;
    clearTimeout(timer);
    if (asked) askNext();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = left;
    navigator.storage?.persist?.();
    draw("");
    if (!isAsking) askNext();
  });
  stop.addEventListener("click", () => {
    asked = undefined;
    draw("");
  });
  form.hidden = !left.files;
  draw("");
}

/** @param {number} kilobytes */
function size(kilobytes) {
  const isSmall = kilobytes < 1000;
  const unit = isSmall ? "kilobyte" : "megabyte";
  const options = { style: "unit", unit, maximumFractionDigits: 1 };
  const format = /** @type {Intl.NumberFormatOptions} */ (options);
  return new Intl.NumberFormat(language, format).format(isSmall ? kilobytes : kilobytes / 1000);
}
