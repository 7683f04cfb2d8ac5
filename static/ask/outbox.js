/**
 * What is written on this phone and has not reached the server, and its way there. The service
 * worker has this text too, so it is ES2017 and imports nothing.
 */

/**
 * @typedef {{ receipt: string, hash: string, language: string, at: number,
 *   fields: Record<string, string>, tries: number, next: number, isConfirmed?: boolean,
 *   isWithoutCookies?: boolean,
 *   refused?: { status: number, errors?: Record<string, string> } }} Unsent
 * @typedef {"drafts" | "outbox" | "receipts"} StoreName
 */

/** The phone's store, or a lock, that has not answered after so long is taken to refuse. */
const STORE_LIMIT_MS = 2500;
const LOCK_LIMIT_MS = 5000;
/** An answer that has not come whole after so long is given up. */
const ANSWER_LIMIT_MS = 15000;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3600000;
/** So old a question is sent only when its asker says so again. */
const OLD_MS = 7 * 24 * 3600000;
/** Refusals that only the asker can mend: another text has the number, too long, not complete. */
const FINAL = [409, 413, 422];
/** What the server's answer holds where this phone cannot make the hash to compare it with. */
const ANY_HASH = /^[0-9a-f]{64}$/;
const NAME = "reedh-questions";

/**
 * What `promise` gives; refused when that takes too long, as a phone may never answer.
 * @template Result
 * @param {Promise<Result>} promise
 * @returns {Promise<Result>}
 */
export function inTime(promise, limit = STORE_LIMIT_MS) {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error()), limit));
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]);
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
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
 * @param {StoreName | StoreName[]} name of more stores, the first is given to `act`
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @param {IDBTransactionMode} mode
 * @returns {Promise<Result>}
 */
export async function within(name, act, mode = "readwrite") {
  const opening = opened();
  try {
    const database = await inTime(opening);
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      const first = /** @type {StoreName} */ (Array.isArray(name) ? name[0] : name);
      const request = act(transaction.objectStore(first));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
    return await inTime(done).catch((error) => abort(transaction, error));
  } finally {
    opening.then((database) => database.close()).catch(() => {});
  }
}

/**
 * What is said to be refused must not be there later.
 * @param {IDBTransaction} transaction
 * @param {unknown} error
 */
function abort(transaction, error) {
  try {
    transaction.abort();
  } catch (_ended) {
    // It has ended by itself.
  }
  throw error;
}

/** @param {StoreName} name */
export const all = (name) => within(name, (store) => store.getAll(), "readonly");

/** @param {Unsent} item */
export const isOld = ({ at, isConfirmed }) => !isConfirmed && Date.now() - at > OLD_MS;

/**
 * Send what waits, one after the other.
 * @param {boolean} isNow whether to try also what has lately failed
 */
export function flush(isNow) {
  return alone(async () => {
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
      announce();
    }
  });
}

/**
 * Work while no other tab does; but another that has stopped is not waited for: the server takes a
 * question only once, however often it comes.
 * @param {() => Promise<void>} work
 */
function alone(work) {
  /** @type {Promise<void> | undefined} */
  let working;
  const once = () => {
    working = working || work();
    return working;
  };
  const impatient = new Promise((resume) => setTimeout(resume, LOCK_LIMIT_MS)).then(once);
  const locked = new Promise((resolve) => resolve(navigator.locks.request(NAME, once)));
  return Promise.race([locked.catch(once), impatient]);
}

/** Tell the other tabs that something has changed. */
function announce() {
  try {
    const channel = new BroadcastChannel(NAME);
    channel.postMessage("");
    channel.close();
  } catch (_error) {
    // Then they see it when they look.
  }
}

/**
 * Send one question. Nothing when the server has it; else what to note.
 * @param {Unsent} item
 * @returns {Promise<Partial<Unsent> | undefined>}
 */
export async function attempt(item) {
  const abort = new AbortController();
  // What was asked of the line that is gone gets no answer, and holds up the one that has come. The
  // worker is woken when it has come already.
  if ("document" in self) self.ononline = () => abort.abort();
  let isWithoutCookies = false;
  let wait = Math.min(FIRST_WAIT_MS * 2 ** item.tries, LONGEST_WAIT_MS) * (Math.random() + 0.5);
  try {
    const { answer, told } = await inTime(post(item, abort.signal), ANSWER_LIMIT_MS);
    wait = Math.max(wait, Number(answer.headers.get("retry-after")) * 1000 || 0);
    const { receipt_hash } = told;
    if (answer.ok && (receipt_hash === item.hash || (!item.hash && ANY_HASH.test(receipt_hash)))) {
      return undefined;
    }
    isWithoutCookies = told.error === "cookies";
    if (FINAL.includes(answer.status)) {
      return { refused: { status: answer.status, errors: told.errors } };
    }
  } catch (_error) {
    // The line, or a portal in the server's place: it is tried again.
  } finally {
    abort.abort();
  }
  return { tries: item.tries + 1, next: Date.now() + wait, isWithoutCookies };
}

/**
 * @param {Unsent} item
 * @param {AbortSignal} signal
 */
async function post(item, signal) {
  const { csrf_token } = await (await fetch("/token", { cache: "no-store", signal })).json();
  const answer = await fetch(`/${item.language}/ask`, {
    method: "POST",
    body: new URLSearchParams(Object.assign({ csrf_token, receipt: item.receipt }, item.fields)),
    headers: { Accept: "application/json" },
    redirect: "error",
    signal,
  });
  return { answer, told: await answer.json().catch(() => ({})) };
}
