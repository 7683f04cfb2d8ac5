/**
 * What is written on this phone and has not reached the server, and its way there. The service
 * worker has this text too, so it is ES2017 and imports nothing.
 */

/**
 * @typedef {{ receipt: string, hash: string, language: string, at: number,
 *   fields: Record<string, string>, tries: number, next: number, isConfirmed?: boolean,
 *   isWithoutCookies?: boolean,
 *   refused?: { status: number, errors?: Record<string, string> } }} Unsent
 * @typedef {{ refused?: Unsent["refused"], answer?: Response, told?: any }} Failure
 * @typedef {"drafts" | "outbox" | "receipts"} StoreName
 */

/** The phone's store that has not answered after so long is taken to refuse. */
const STORE_LIMIT_MS = 2500;
/** An answer that has not come whole after so long is given up. */
const ANSWER_LIMIT_MS = 15000;
/** So old a question is sent only when its asker says so again. */
const OLD_MS = 7 * 24 * 3600000;
/** Refusals that only the asker can mend: another text has the number, too long, not complete. */
const FINAL = [409, 413, 422];
export const NAME = "reedh-questions";

/** @type {AbortController | undefined} of the latest attempt to send, so that it can be given up */
export let trying;

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
  let timer = 0;
  try {
    const database = await inTime(opening);
    const transaction = database.transaction(name, mode, { durability: "strict" });
    // What is said to be refused must not be there later.
    timer = setTimeout(() => transaction.abort(), STORE_LIMIT_MS);
    return await inTime(
      new Promise((resolve, reject) => {
        const [first = ""] = /** @type {StoreName[]} */ ([]).concat(name);
        const request = act(transaction.objectStore(first));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      }),
    );
  } finally {
    clearTimeout(timer);
    opening.then((database) => database.close()).catch(() => {});
  }
}

/** @param {StoreName} name */
export const all = (name) => within(name, (store) => store.getAll(), "readonly");

/** @param {Unsent} item */
export const isOld = ({ at, isConfirmed }) => !isConfirmed && Date.now() - at > OLD_MS;

/**
 * Send what waits, one after the other.
 * @param {(item: Unsent) => boolean} isDue
 * @param {(item: Unsent, failure: Failure) => Partial<Unsent>} noted what to keep of a failure
 */
export async function flush(isDue = () => true, noted = (_, { refused }) => ({ refused })) {
  for (const item of await all("outbox")) {
    if (item.refused || isOld(item) || !isDue(item)) continue;
    const failure = await attempt(item);
    await within("outbox", (store) => {
      const request = store.openCursor(item.receipt);
      request.onsuccess = () => {
        const { result } = request;
        if (!result) return; // deleted meanwhile, it stays deleted
        if (!failure) return result.delete();
        result.update(Object.assign(result.value, noted(item, failure)));
      };
      return request;
    });
    announce();
  }
}

/** Tell the other tabs that something has changed. */
function announce() {
  try {
    new BroadcastChannel(NAME).postMessage("");
  } catch (_error) {
    // Then they see it when they look.
  }
}

/**
 * Send one question. Nothing when the server has it; else what is known of the failure.
 * @param {Unsent} item
 * @returns {Promise<Failure | undefined>}
 */
export async function attempt(item) {
  const abort = new AbortController();
  trying = abort;
  try {
    const { answer, told } = await inTime(post(item, abort.signal), ANSWER_LIMIT_MS);
    const { ok, status } = answer;
    // A phone that cannot make the hash keeps none, and takes any.
    const hash = new RegExp(item.hash || "^\\w{64}$");
    if (ok && hash.test(told.receipt_hash)) return undefined;
    const refused = FINAL.includes(status) ? { status, errors: told.errors } : undefined;
    return { refused, answer, told };
  } catch (_error) {
    return {}; // the line, or a portal in the server's place
  } finally {
    abort.abort();
  }
}

/**
 * @param {Unsent} item
 * @param {AbortSignal} signal
 */
async function post(item, signal) {
  const { csrf_token } = await (await fetch("/token", { signal })).json();
  const answer = await fetch(`/${item.language}/ask`, {
    method: "POST",
    body: new URLSearchParams(Object.assign({ csrf_token, receipt: item.receipt }, item.fields)),
    headers: { Accept: "application/json" },
    redirect: "error",
    signal,
  });
  return { answer, told: await answer.json().catch(() => ({})) };
}
