/**
 * The service worker: keeps the edition on the phone and answers from there.
 * The server puts `self.EDITION` before this text: each path with the hash of its bytes. Nothing
 * is stored, or shown in place of a listed page, that has another hash. A file lies under
 * `path?hash`: editions lie side by side, and a new one fetches only what has changed. ES2017.
 */

const worker = /** @type {Scope} */ (/** @type {unknown} */ (self));
const edition = worker.EDITION;
const codes = edition.languages;
const unasked = Object.assign({}, ...Object.values(edition.groups));
const listed = /** @type {Files} */ (Object.assign({}, unasked, edition.rest));
/** @param {string} path */
const keyOf = (path) => `${path}?${(listed[path] || [])[0]}`;
/** @param {string} path of a page; a live one has a shell */
const fileFor = (path) => [path, path.replace(/\/[^/]+$/, "/kept$&")].find((each) => listed[each]);
const own = Object.keys(listed).map(keyOf);
let turn = Promise.resolve();

const FILES = "reedh-files";
const NOTES = "reedh-notes";
/** A file, or a pack, that is not whole after so long is given up. */
const LIMIT_MS = 20000;
/** The same, while a reader waits for a page. */
const READER_LIMIT_MS = 4000;
/** The wait before each try for a file. */
const TRIES_MS = [0, 500, 4000];
const AT_ONCE = 3;
/** Files kept for one message, so that a reader can stop after each. */
const BATCH = 4;
const UNCLEAN = ["vary", "etag", "content-encoding", "content-length"];

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => event.waitUntil(obey(event.data)));
worker.addEventListener("fetch", answer);

/** All or nothing: the reader's language, open pages, and all that an earlier edition kept. */
async function install() {
  const active = JSON.parse((await noted("keys")) || "[]");
  // An update that found no space would leave its files in the way of the next one.
  if (!worker.registration.waiting) await drop((key) => own.includes(key) || active.includes(key));
  const held = (await storedKeys()).map((key) => key.split("?")[0] || "").concat(await openPaths());
  const language = await readersLanguage();
  const wanted = new Set(core(language).concat(held.filter((path) => listed[path])));
  try {
    await complete(Array.from(wanted));
  } catch (error) {
    await tell(await state(troubleOf(error)));
    throw error;
  }
  await note("language", language);
  if (!["", edition.recall].includes(await noted("recall"))) await worker.skipWaiting();
}

/** Answer the open pages from now on, and drop what only earlier editions kept. */
async function activate() {
  const isRecall = (await noted("recall")) !== edition.recall;
  const before = JSON.parse((await noted("keys")) || "[]");
  await worker.clients.claim();
  // The last edition's stay for pages still open, and those of one that is on its way.
  const isNextComing = worker.registration.installing || worker.registration.waiting;
  await drop((key) => own.includes(key) || (before.includes(key) ? !isRecall : isNextComing));
  await note("recall", edition.recall);
  await note("keys", JSON.stringify(own));
}

/** @param {Wish} wish */
async function obey({ wanted, language, saveData }) {
  if (wanted === "takeover") return worker.skipWaiting();
  const isAudit = wanted === "audit";
  const first = isAudit ? core(language) : Object.keys(listed);
  const then = isAudit && !saveData ? Object.keys(unasked) : [];
  let trouble = /** @type {State["trouble"]} */ ("");
  try {
    for (const paths of [first, then]) {
      if (isAudit && (await missingOf(paths)).length) await tell(await state("busy"));
      await inTurn(() => complete(paths, isAudit ? Infinity : BATCH));
    }
  } catch (error) {
    trouble = troubleOf(error);
  }
  return tell(Object.assign(await state(trouble), { wanted }));
}

/** One after the other, or two pages would have the same files fetched twice.
 * @type {(work: () => Promise<void>) => Promise<void>} */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

/** @type {(trouble: State["trouble"]) => Promise<State>} */
async function state(trouble) {
  const missing = await missingOf(Object.keys(listed));
  const kilobytes = missing.reduce((sum, path) => sum + (listed[path] || ["", 0])[1], 0);
  const whole = codes.filter((code) => !core(code).some((path) => missing.includes(path)));
  return { whole, missing, kilobytes, trouble };
}

/** @param {FetchEvent} event */
function answer(event) {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/moderation")) return;
  if (mode === "navigate") event.respondWith(navigate(event, pathname, search));
  else if (listed[pathname]) event.respondWith(fileOrNetwork(event.request, pathname, LIMIT_MS));
  else if (pathname.startsWith("/static/")) {
    // Of the edition before, for a page that is still open.
    const earlier = kept(pathname, { cacheName: FILES, ignoreSearch: true });
    event.respondWith(earlier.then((file) => file || fetch(event.request)));
  }
}

/** The kept page; else the network's, if it comes soon; else the offline page. Some scanners write
 * # as %23; the secret number of a question can follow it, so no request carries that.
 * @type {(event: FetchEvent, pathname: string, search: string) => Promise<Response>} */
async function navigate(event, pathname, search) {
  const [before = "", fragment] = pathname.split(/%(?:25)*23/);
  const meant = [before, `${before}/`, before.replace(/\/+$/, "")].find(fileFor) || pathname;
  if (meant !== pathname) return Response.redirect(meant + (fragment ? `#${fragment}` : search));
  const code = codes.find((each) => pathname.startsWith(`/${each}/`));
  try {
    const path = fileFor(pathname) || pathname;
    const found = await fileOrNetwork(event.request, path, READER_LIMIT_MS);
    if (code) event.waitUntil(note("language", code));
    return found;
  } catch (_error) {
    const language = code || (await readersLanguage());
    if (pathname === "/") return Response.redirect(`/${language}/`);
    for (const each of [language].concat(codes)) {
      const page = await stored(`/${each}/offline`);
      if (page) return new Response(page.body, { status: 503, headers: page.headers });
    }
    return Response.error();
  }
}

/** What `path` holds, stored or fetched.
 * @type {(request: Request, path: string, limit: number) => Promise<Response>} */
async function fileOrNetwork(request, path, limit) {
  const file = listed[path] && (await stored(path));
  if (file) return file;
  const { response, body } = await load(request, {}, limit);
  if (response.type === "opaqueredirect") return response;
  if (listed[path] && request.url.split(/[?#]/)[0] === location.origin + path) {
    const hash = await hashOf(body);
    // A newer edition, of which nothing is stored, says by its ETag which bytes it means.
    const isNewer = (response.headers.get("etag") || "").startsWith(`"${hash}`);
    if (keyOf(path).endsWith(hash)) await store(path, body, response.headers).catch(() => {});
    else if (!isNewer) throw new Error(path);
  }
  return new Response(body, response);
}

/** Fetch which of these files are missing, `most` at most; those that came stay in any case.
 * @param {string[]} paths */
async function complete(paths, most = Infinity) {
  let missing = (await missingOf(paths)).slice(0, most);
  for (const pack of edition.packs) {
    const holds = pack.groups.map((name) => Object.keys(edition.groups[name] || {}));
    // A pack is for a phone that has nothing of it; later, what is missing comes one by one.
    const isNew = (/** @type {string} */ path) => missing.includes(path) || path === pack.base;
    if (!missing.length || !holds.every((each) => each.every(isNew))) continue;
    if (missing.includes(pack.base)) await fetchFile(pack.base);
    await unpack(pack).catch((error) => {
      if (troubleOf(error) === "space") throw error;
    });
    missing = await missingOf(paths);
  }
  while (missing.length) await Promise.all(missing.splice(0, AT_ONCE).map(fetchFile));
}

/** @param {Pack} pack each file of which is stored as it comes */
async function unpack({ url, base }) {
  const page = await stored(base);
  const lines = page ? (await page.text()).split("\n") : [];
  const decoded = (/** @type {Bytes} */ bytes) => new TextDecoder().decode(bytes);
  await load(url, bare("no-store"), LIMIT_MS, async (held, headers) => {
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
      const [path = "", size] = decoded(held.subarray(0, end)).split(" ");
      const next = end + 1 + Number(size);
      if (!(held.length >= next)) break;
      const text = decoded(held.subarray(end + 1, next));
      const whole = text.replace(/^¶(\d+)$/gm, (_, number) => lines[number] || "");
      await store(path, new TextEncoder().encode(whole), headers);
      held = held.slice(next);
    }
    return held;
  });
}

/** @param {string} path */
async function fetchFile(path) {
  for (let tried = 0; ; tried += 1) {
    await new Promise((resume) => setTimeout(resume, TRIES_MS[tried]));
    try {
      // What the browser has already will do, as its hash is checked; then only the network's.
      const { response, body } = await load(path, bare(tried ? "reload" : "force-cache"), LIMIT_MS);
      return await store(path, body, response.headers);
    } catch (error) {
      if (troubleOf(error) === "space" || tried + 1 === TRIES_MS.length) throw error;
    }
  }
}

/** @type {(cache: RequestCache) => RequestInit} */
const bare = (cache) => ({ cache, credentials: "omit", redirect: "error" });

/** Fetch, and give up after `limit` milliseconds, the body included.
 * @type {(what: RequestInfo, options: RequestInit, limit: number, take?: Take) => Promise<Whole>} */
async function load(what, options, limit, take) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limit);
  let body = /** @type {Bytes} */ (new Uint8Array());
  try {
    const response = await fetch(what, Object.assign({ signal: abort.signal }, options));
    const reader = response.body && response.body.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      body = new Uint8Array([...body, ...value]);
      if (take) body = await take(body, response.headers);
    }
    return { response, body };
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Keep what was fetched, if it is the edition's to the last bit.
 * @type {(path: string, body: Bytes, headers: Headers) => Promise<void>} */
async function store(path, body, headers) {
  if (!keyOf(path).endsWith(await hashOf(body))) throw new Error(path);
  const clean = new Headers(headers);
  for (const name of UNCLEAN) clean.delete(name);
  clean.set("content-type", edition.types[path.split(".").slice(1).pop() || ""] || "");
  await (await caches.open(FILES)).put(keyOf(path), new Response(body, { headers: clean }));
}

/** Nothing where the phone's store is broken: then the network answers.
 * @type {(key: string, options: MultiCacheQueryOptions) => Promise<Response | undefined>} */
const kept = (key, options) => caches.match(key, options).catch(() => undefined);
/** @param {string} path */
const stored = (path) => kept(keyOf(path), { cacheName: FILES });
const storedKeys = async () =>
  (await (await caches.open(FILES)).keys()).map(({ url }) => url.slice(location.origin.length));

/** @param {(key: string) => unknown} isNeeded */
async function drop(isNeeded) {
  const files = await caches.open(FILES);
  for (const key of await storedKeys()) if (!isNeeded(key)) await files.delete(key);
}

/** @type {(paths: string[]) => Promise<string[]>} */
async function missingOf(paths) {
  const keys = await storedKeys();
  return paths.filter((path) => !keys.includes(keyOf(path)));
}

/** @type {(code: string) => string[]} */
const core = (code) => Object.keys(Object.assign({}, edition.groups[code], edition.groups.shared));

/** Every page, also those that are not ours yet. */
const pages = () => worker.clients.matchAll({ type: "window", includeUncontrolled: true });
const openPaths = async () => (await pages()).map(({ url }) => new URL(url).pathname);

/** The reader's last choice, or that of an open page. */
async function readersLanguage() {
  const open = (await openPaths()).map((path) => path.split("/")[1] || "");
  const known = [await noted("language")].concat(open, codes);
  return known.find((code) => codes.includes(code)) || "";
}

/** @type {(name: string) => Promise<string>} */
async function noted(name) {
  const found = await kept(`/${name}`, { cacheName: NOTES });
  return found ? found.text() : "";
}

/** @type {(name: string, text: string) => Promise<void>} */
const note = async (name, text) => (await caches.open(NOTES)).put(`/${name}`, new Response(text));

/** @param {State} news */
async function tell(news) {
  for (const page of await pages()) page.postMessage(news);
}

/** @param {unknown} error */
const troubleOf = (error) => (/^Quota/.test(String(error)) ? "space" : "line");

/** @param {Bytes} bytes of which the SHA-256 is cut to 128 bits (sha-256-128 of RFC 6920), in hex */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.slice(0, 16), (byte) => (byte + 256).toString(16).slice(1)).join("");
}
