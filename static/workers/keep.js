/**
 * The service worker: keeps the edition on the phone and answers from there.
 *
 * The server puts `self.EDITION` before this text: each path with the hash of its bytes. Nothing
 * is stored, or shown in place of a listed page, that has another hash. A file lies under
 * `path?hash`: editions lie side by side, and a new one fetches only what has changed. ES2017.
 */

const worker = /** @type {ServiceWorkerGlobalScope & { EDITION: Edition }} */ (
  /** @type {unknown} */ (self)
);
const edition = worker.EDITION;
const codes = edition.languages;
const unasked = Object.assign({}, ...Object.values(edition.groups));
/** @type {Files} */
const listed = Object.assign({}, unasked, edition.rest);

const FILES = "reedh-files";
const NOTES = "reedh-notes";
/** A line on which nothing has come for so long is given up. */
const STALL_MS = 20000;
/** The same, while a reader waits for a page. */
const READER_STALL_MS = 4000;
/** The wait before each try for a file. */
const TRIES_MS = [0, 500, 4000];
const AT_ONCE = 3;
/** Files kept for one message, so that a reader can stop after each. */
const BATCH = 8;
const UNCLEAN = ["vary", "set-cookie", "etag", "content-encoding", "content-length"];

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => event.waitUntil(obey(event.data)));
worker.addEventListener("fetch", answer);

/** All or nothing: what the reader's language needs, and all that an earlier edition kept. */
async function install() {
  const held = (await storedKeys()).map((key) => key.split("?")[0] || "");
  const wanted = new Set(core(await readersLanguage()).concat(held.filter((path) => listed[path])));
  try {
    await complete(Array.from(wanted));
  } catch (error) {
    await tell(await state(troubleOf(error)));
    throw error;
  }
  const recall = await noted("recall");
  if (recall && recall !== edition.recall) await worker.skipWaiting();
}

/** Answer the open pages from now on, and drop what only earlier editions kept. */
async function activate() {
  const isRecall = (await noted("recall")) !== edition.recall;
  const before = JSON.parse((await noted("keys")) || "[]");
  const own = Object.keys(listed).map(keyOf);
  await note("recall", edition.recall);
  await note("keys", JSON.stringify(own));
  await worker.clients.claim();
  // The last edition's stay for pages still open, and those of one that is on its way.
  const isNextComing = worker.registration.installing || worker.registration.waiting;
  const files = await caches.open(FILES);
  for (const key of await storedKeys()) {
    const isNeeded = before.includes(key) ? !isRecall : isNextComing;
    if (!own.includes(key) && !isNeeded) await files.delete(key);
  }
}

/** @param {Wish} wish */
async function obey({ wanted, language, saveData }) {
  if (wanted === "takeover") return worker.skipWaiting();
  const isAudit = wanted === "audit";
  const first = isAudit ? core(language) : (await missingOf(Object.keys(listed))).slice(0, BATCH);
  const then = isAudit && !saveData ? Object.keys(unasked) : [];
  /** @type {State["trouble"]} */
  let trouble = "";
  try {
    await complete(first);
    if ((await missingOf(then)).length)
      await tell(Object.assign(await state(trouble), { busy: true }));
    await complete(then);
  } catch (error) {
    trouble = troubleOf(error);
  }
  return tell(await state(trouble));
}

/** @type {(trouble: State["trouble"]) => Promise<State>} */
async function state(trouble) {
  const missing = await missingOf(Object.keys(listed));
  const isKept = (/** @type {string} */ path) => !missing.includes(path);
  const kilobytes = missing.reduce((sum, path) => sum + (listed[path] || ["", 0])[1], 0);
  const whole = codes.filter((code) => core(code).every(isKept));
  return { whole, files: missing.length, kilobytes, trouble };
}

/** @param {FetchEvent} event */
function answer(event) {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || /^\/moderation(\/|$)/.test(pathname))
    return;
  if (mode === "navigate") event.respondWith(navigate(event, pathname));
  else if (listed[pathname]) event.respondWith(fileOrNetwork(event.request, pathname, STALL_MS));
  else if (pathname.startsWith("/static/")) {
    // Of the edition before, for a page that is still open.
    const earlier = caches.match(pathname, { cacheName: FILES, ignoreSearch: true });
    event.respondWith(earlier.then((file) => file || fetch(event.request)));
  }
}

/** The kept page; else the network's, if it comes soon; else the offline page.
 * @type {(event: FetchEvent, pathname: string) => Promise<Response>} */
async function navigate(event, pathname) {
  const other = pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
  if (!listed[pathname] && listed[other]) return Response.redirect(other, 301);
  const code = codes.find((each) => pathname.startsWith(`/${each}/`));
  if (code) event.waitUntil(note("language", code));
  const shell = pathname.replace(/^(\/[^/]+)\/([^/]+)$/, "$1/kept/$2");
  try {
    return await fileOrNetwork(event.request, listed[shell] ? shell : pathname, READER_STALL_MS);
  } catch (_error) {
    const language = code || (await readersLanguage());
    if (pathname === "/") return Response.redirect(`/${language}/`);
    const page = (await stored(`/${language}/offline`)) || Response.error();
    return page.ok ? new Response(page.body, { status: 503, headers: page.headers }) : page;
  }
}

/** What `path` holds, stored or fetched.
 * @type {(request: Request, path: string, stall: number) => Promise<Response>} */
async function fileOrNetwork(request, path, stall) {
  const file = listed[path] && (await stored(path));
  if (file) return file;
  const { response, body } = await load(request, {}, stall);
  if (response.type === "opaqueredirect") return response;
  if (listed[path] && request.url.split(/[?#]/)[0] === location.origin + path) {
    // A newer edition, of which nothing is stored, says by its ETag which bytes it means.
    const tag = `"${await hashOf(body)}`;
    const isNewer = (response.headers.get("etag") || "").startsWith(tag);
    await store(path, body, response.headers).catch((error) => {
      if (!isNewer && troubleOf(error) === "line") throw error;
    });
  }
  return new Response(body, response);
}

/** Fetch which of these files are missing. When one cannot be had, those that came stay.
 * @param {string[]} paths */
async function complete(paths) {
  let missing = await missingOf(paths);
  const got = (/** @type {string} */ path) => {
    missing = missing.filter((each) => each !== path);
    return tell({ done: paths.length - missing.length, of: paths.length });
  };
  for (const pack of edition.packs) {
    const holds = pack.groups.map((name) => Object.keys(edition.groups[name] || {}));
    // A pack is for a phone that has nothing of it; later, what is missing comes one by one.
    const isNew = (/** @type {string} */ path) => missing.includes(path) || path === pack.base;
    if (!missing.length || !holds.every((paths) => paths.every(isNew))) continue;
    if (missing.includes(pack.base)) await fetchFile(pack.base, got);
    await unpack(pack, got).catch((error) => {
      if (troubleOf(error) === "space") throw error;
    });
  }
  for (const queue = missing.slice(); queue.length; ) {
    await Promise.all(queue.splice(0, AT_ONCE).map((path) => fetchFile(path, got)));
  }
}

/** Store each file of a pack as it comes.
 * @type {(pack: Pack, got: (path: string) => Promise<void>) => Promise<void>} */
async function unpack({ url, base }, got) {
  const page = await stored(base);
  const lines = page ? (await page.text()).split("\n") : [];
  const decoded = (/** @type {Bytes} */ bytes) => new TextDecoder().decode(bytes);
  await load(url, verbatim("no-store"), STALL_MS, async (held, headers) => {
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
      const [path = "", size] = decoded(held.subarray(0, end)).split(" ");
      const next = end + 1 + Number(size);
      if (!(held.length >= next)) break;
      const text = decoded(held.subarray(end + 1, next));
      const whole = text.replace(/^¶(\d+)$/gm, (_, number) => lines[number] || "");
      await store(path, new TextEncoder().encode(whole), headers);
      await got(path);
      held = held.slice(next);
    }
    return held;
  });
}

/** @type {(path: string, got: (path: string) => Promise<void>) => Promise<void>} */
async function fetchFile(path, got) {
  for (let tried = 0; ; tried += 1) {
    await new Promise((resume) => setTimeout(resume, TRIES_MS[tried]));
    try {
      // What the browser has already will do, as its hash is checked; then only the network's.
      const cache = tried ? "reload" : "force-cache";
      const { response, body } = await load(path, verbatim(cache), STALL_MS);
      await store(path, body, response.headers);
      return await got(path);
    } catch (error) {
      if (troubleOf(error) === "space" || tried + 1 === TRIES_MS.length) throw error;
    }
  }
}

/** @type {(cache: RequestCache) => RequestInit} */
const verbatim = (cache) => ({ cache, credentials: "omit", redirect: "error" });

/** Fetch, and give up when nothing has come for `stall` milliseconds, the body included.
 * @type {(what: RequestInfo, options: RequestInit, stall: number, take?: Take) => Promise<Whole>} */
async function load(what, options, stall, take) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), stall);
  /** @type {Bytes} */
  let body = new Uint8Array();
  try {
    const response = await fetch(what, Object.assign({ signal: abort.signal }, options));
    const reader = response.body && response.body.getReader();
    for (let part = reader && (await reader.read()); reader && part && !part.done; ) {
      clearTimeout(timer);
      body = new Uint8Array([...body, ...part.value]);
      if (take) body = await take(body, response.headers);
      timer = setTimeout(() => abort.abort(), stall);
      part = await reader.read();
    }
    return { response, body };
  } finally {
    clearTimeout(timer);
  }
}

/** Keep what was fetched, if it is the edition's to the last bit.
 * @type {(path: string, body: Bytes, headers: Headers) => Promise<void>} */
async function store(path, body, headers) {
  if (!keyOf(path).endsWith(await hashOf(body))) throw new Error(`wrong bytes: ${path}`);
  const clean = new Headers(headers);
  for (const name of UNCLEAN) clean.delete(name);
  const [, ending = ""] = /\.(\w+)$/.exec(path) || [];
  clean.set("content-type", edition.types[ending] || "");
  await (await caches.open(FILES)).put(keyOf(path), new Response(body, { headers: clean }));
}

/** @type {(path: string) => Promise<Response | undefined>} */
const stored = async (path) => (await caches.open(FILES)).match(keyOf(path));

const storedKeys = async () =>
  (await (await caches.open(FILES)).keys()).map(({ url }) => url.slice(location.origin.length));

/** @type {(paths: string[]) => Promise<string[]>} */
async function missingOf(paths) {
  const keys = new Set(await storedKeys());
  return paths.filter((path) => !keys.has(keyOf(path)));
}

/** @type {(path: string) => string} */
const keyOf = (path) => `${path}?${(listed[path] || [])[0]}`;

/** @type {(code: string) => string[]} */
const core = (code) => Object.keys(Object.assign({}, edition.groups[code], edition.groups.shared));

/** The reader's last choice, or that of an open page. */
async function readersLanguage() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.map(({ url }) => new URL(url).pathname.split("/")[1] || "");
  const known = [(await noted("language")) || ""].concat(open, codes);
  return known.find((code) => codes.includes(code)) || "";
}

/** @type {(name: string) => Promise<string>} */
async function noted(name) {
  const found = await (await caches.open(NOTES)).match(`/${name}`);
  return found ? found.text() : "";
}

/** @type {(name: string, text: string) => Promise<void>} */
const note = async (name, text) => (await caches.open(NOTES)).put(`/${name}`, new Response(text));

/** Tell every page, also those that are not ours yet.
 * @param {Progress | State} news */
async function tell(news) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(news);
}

/** @type {(error: unknown) => State["trouble"]} */
const troubleOf = (error) =>
  error instanceof DOMException && error.name === "QuotaExceededError" ? "space" : "line";

/** SHA-256 cut to 128 bits (sha-256-128 of RFC 6920), in hex.
 * @type {(bytes: Bytes) => Promise<string>} */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => (byte + 256).toString(16).slice(1))
    .join("")
    .slice(0, 32);
}
