/** What is said of a block, at the side of the page or below it. */

import { signOf } from "./page.js";

const panel = /** @type {HTMLElement} */ (document.getElementById("preview-panel"));

/** The block that is open. */
let open = "";

/** @param {HTMLAnchorElement} sign */
export async function openPanel(sign) {
  open = sign.dataset.preview ?? "";
  if (!(await fill(sign.href))) return;
  panel.hidden = false;
  panel.scrollTop = 0;
  choose();
  sign.parentElement?.scrollIntoView({ block: "nearest" });
  panel.querySelector("h2")?.focus({ preventScroll: true });
}

export function closePanel() {
  if (panel.hidden) return;
  const sign = signOf(open);
  panel.hidden = true;
  open = "";
  choose();
  sign?.focus({ preventScroll: true });
}

/** The files have changed, and so may have what is said. A block that is gone has nothing. */
export async function refreshPanel() {
  if (!open) return;
  const sign = signOf(open);
  if (!sign) return closePanel();
  const hadFocus = panel.contains(document.activeElement);
  const scrolled = panel.scrollTop;
  await fill(sign.href);
  choose();
  panel.scrollTop = scrolled;
  if (hadFocus) panel.querySelector("h2")?.focus({ preventScroll: true });
}

/** @param {string} address */
async function fill(address) {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const entry = page.getElementById("entry");
  if (!entry) return false;
  panel.textContent = "";
  panel.append(closing(), ...entry.childNodes);
  return true;
}

function closing() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Close";
  button.addEventListener("click", closePanel);
  return button;
}

function choose() {
  document.querySelector(".preview-chosen")?.classList.remove("preview-chosen");
  if (open) signOf(open)?.parentElement?.classList.add("preview-chosen");
}
