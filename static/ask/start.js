/** Joins the scripts for asking to the page that is open. */

import { keepSending } from "./sending.js";

/** @param {(name: string, place: string) => boolean} say of `keep.js` */
export async function startAsking(say) {
  const form = document.querySelector("form[data-asking]");
  const isForm = form instanceof HTMLFormElement;
  await Promise.allSettled([isForm ? join(form) : undefined, keepSending(say)]);
}

/** @param {HTMLFormElement} form */
async function join(form) {
  if (form.dataset.asking === "form") (await import("./form.js")).takeQuestions(form);
  else await (await import("./mine.js")).showMine(form);
}
