/** The language switch leads to the section that is being read. */

/** A section is read when it stays in the middle of the screen; those scrolled past are not. */
const DWELL_MS = 2000;

export function keepSection() {
  let fragment = location.hash;
  let timer = 0;
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      if (!entered) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        fragment = scrollY > 0 ? `#${entered.target.id}` : "";
      }, DWELL_MS);
    },
    { rootMargin: "-50% 0px" },
  );
  for (const section of document.querySelectorAll("section[id]")) observer.observe(section);
  addEventListener("hashchange", () => {
    fragment = location.hash;
  });
  for (const link of document.querySelectorAll("a[data-keep-section]")) {
    link.addEventListener("click", () => {
      link.setAttribute("href", `${link.getAttribute("href")?.split("#")[0]}${fragment}`);
    });
  }
}
