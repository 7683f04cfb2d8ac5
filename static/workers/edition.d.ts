/** What the server puts before the service worker (`blueprints/offline/listing.py`). */
type Edition = {
  /** Changes when an edition takes something back. */
  recall: string;
  /** Content types by the ending of a path. */
  types: Record<string, string>;
  languages: string[];
  /** A language's own group and `shared` make it open without a network; `later` follows. */
  groups: Record<string, Files>;
  /** Kept when the reader asks for it. */
  rest: Files;
  packs: Pack[];
};
type Scope = ServiceWorkerGlobalScope & { EDITION: Edition };
type Files = Record<string, [hash: string, kilobytes: number]>;
/** A line that stands in the page `base` too is ¶ and its number there. */
type Pack = { url: string; base: string; groups: string[] };

/** What a page asks of the worker; `saveData` is the reader's wish. */
type Wish = {
  wanted: "audit" | "rest" | "takeover";
  language: string;
  saveData: boolean;
};
/** What the worker tells every page. `whole` are the languages that are kept, `missing` the paths
 * that are not; `wanted` stands in the answer to a wish, `busy` says that more is being fetched. */
type State = {
  whole: string[];
  missing: string[];
  kilobytes: number;
  trouble: "" | "busy" | "line" | "space";
  wanted?: Wish["wanted"];
};

type Bytes = Uint8Array<ArrayBuffer>;
/** Takes what has come of a body, and gives back what it could not use yet. */
type Take = (chunk: Bytes, headers: Headers) => Promise<Bytes>;
type Whole = { response: Response; body: Bytes };

/** Of `static/ask/outbox.js`, which the server puts into the same script. */
declare const all: typeof import("../ask/outbox.js").all;
declare const flush: typeof import("../ask/outbox.js").flush;
interface ServiceWorkerGlobalScopeEventMap {
  sync: ExtendableEvent;
}
