/**
 * Served in place of the worker that keeps: removes it and what it kept, and nothing else.
 * Questions that wait on the phone lie in IndexedDB and stay there.
 */

{
  const retiring = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

  const retire = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("reedh-")) await caches.delete(name);
    }
    await retiring.registration.unregister();
    // A page that was answered by the worker loads once more, from the network.
    for (const page of await retiring.clients.matchAll({ type: "window" })) {
      await page.navigate(page.url).catch(() => null);
    }
  };

  retiring.addEventListener("install", () => retiring.skipWaiting());
  retiring.addEventListener("activate", (event) => event.waitUntil(retire()));
}
