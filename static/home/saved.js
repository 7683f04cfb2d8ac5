/** A list of pages that are on the phone: those that are not, leave it. */

/** @param {Element} list */
export async function listSaved(list) {
  for (const row of list.querySelectorAll("li")) {
    const path = row.querySelector("a")?.pathname;
    if (path && !(await caches.match(path, { ignoreSearch: true }))) row.remove();
  }
}
