/** Background Sync: what waits leaves when the line is back, also while no page is open. */

worker.addEventListener("sync", (event) => event.waitUntil(sendInBackground()));

async function sendInBackground() {
  await flush();
  // The browser comes back later only if it is told so.
  if ((await all("outbox")).some(({ refused }) => !refused)) throw new Error();
}
