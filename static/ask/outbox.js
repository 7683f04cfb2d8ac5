/**
 * What is written on this phone and has not reached the server, and its way there. The service
 * worker has this text too, so it is ES2017 and imports nothing.
 */

/**
 * @typedef {{ receipt: string, hash: string, language: string, at: number,
 *   fields: Record<string, string>, tries: number, next: number, isConfirmed?: boolean,
 *   refused?: { status: number, errors?: Record<string, string> } }} Unsent
 * @typedef {"drafts" | "outbox" | "receipts"} StoreName
 */

/** An answer that has not come whole after so long is given up. */
const ANSWER_LIMIT_MS = 15000;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3600000;
/** So old a question is sent only when its asker says so again. */
const OLD_MS = 7 * 24 * 3600000;
/** Refusals that only the asker can mend: another text has the number, too long, not complete. */
const FINAL = [409, 413, 422];

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("reedh-questions", 1);
    request.onupgradeneeded = () => {
      for (const name of ["drafts", "outbox", "receipts"]) {
        request.result.createObjectStore(name, { keyPath: "receipt" });
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Do one thing with a store; resolves, to its result, when the phone has it for good.
 * @template Result
 * @param {StoreName} name
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @returns {Promise<Result>}
 */
export async function within(name, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, "readwrite", { durability: "strict" });
      const request = act(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @param {StoreName} name */
export const all = (name) => within(name, (store) => store.getAll());

/** @param {Unsent} item */
export const isOld = ({ at, isConfirmed }) => !isConfirmed && Date.now() - at > OLD_MS;

/**
 * Send what waits, one after the other; never two at once, in however many tabs.
 * @param {boolean} isNow whether to try also what has lately failed
 */
export function flush(isNow) {
  const { locks } = /** @type {{ locks?: LockManager }} */ (navigator);
  const work = async () => {
    for (const item of await all("outbox")) {
      if (item.refused || isOld(item) || (!isNow && item.next > Date.now())) continue;
      const change = await attempt(item);
      await within("outbox", (store) => {
        const request = store.openCursor(item.receipt);
        request.onsuccess = () => {
          const { result } = request;
          if (!result) return; // deleted meanwhile, it stays deleted
          if (change) result.update(Object.assign(result.value, change));
          else result.delete();
        };
        return request;
      });
      if (self.BroadcastChannel) new BroadcastChannel("reedh-questions").postMessage("");
    }
  };
  return locks ? locks.request("reedh-questions", work) : work();
}

/**
 * Send one question. Nothing when the server has it; else what to note.
 * @param {Unsent} item
 * @returns {Promise<Partial<Unsent> | undefined>}
 */
export async function attempt(item) {
  const abort = new AbortController();
  const { signal } = abort;
  const giveUp = () => abort.abort();
  const timer = setTimeout(giveUp, ANSWER_LIMIT_MS);
  // What was asked of the line that is gone gets no answer, and holds up the one that has come. The
  // worker is woken when it has come already.
  if ("document" in self) self.ononline = giveUp;
  let wait = Math.min(FIRST_WAIT_MS * 2 ** item.tries, LONGEST_WAIT_MS) * (Math.random() + 0.5);
  try {
    const { csrf_token } = await (await fetch("/token", { cache: "no-store", signal })).json();
    const answer = await fetch(`/${item.language}/ask`, {
      method: "POST",
      body: new URLSearchParams(Object.assign({ csrf_token, receipt: item.receipt }, item.fields)),
      headers: { Accept: "application/json" },
      redirect: "error",
      signal,
    });
    wait = Math.max(wait, Number(answer.headers.get("retry-after")) * 1000 || 0);
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && told.receipt_hash === item.hash) return undefined;
    if (FINAL.includes(answer.status)) {
      return { refused: { status: answer.status, errors: told.errors } };
    }
  } catch (_error) {
    // The line, or a portal in the server's place: it is tried again.
  } finally {
    clearTimeout(timer);
  }
  return { tries: item.tries + 1, next: Date.now() + wait };
}
