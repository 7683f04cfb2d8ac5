/**
 * Served in place of the worker that keeps: removes it and what it kept, and nothing else.
 * Questions that wait on the phone lie in IndexedDB and stay there. Open pages see that their worker
 * has changed, and load once more, from the network.
 */

{
  const retiring = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

  const retire = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("reedh-")) await caches.delete(name);
    }
    await retiring.registration.unregister();
  };

  retiring.addEventListener("install", () => retiring.skipWaiting());
  retiring.addEventListener("activate", (event) => event.waitUntil(retire()));
}
