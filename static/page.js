/** What scripts add to a page that is complete without them. */

import { offerListening } from "./listen.js";

keepSection();
offerListening();
document.documentElement.dataset.scripts = "ready";

/** The language switch leads to the section that is being read. */
function keepSection() {
  for (const link of document.querySelectorAll("a[data-keep-section]")) {
    link.addEventListener("click", () => {
      link.setAttribute("href", `${link.getAttribute("href")?.split("#")[0]}${location.hash}`);
    });
  }
}
