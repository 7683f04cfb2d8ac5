// Answers queries with MiniSearch and lunr. Standard input: {"documents": {"<language>":
// [{"id", "title", "text"}]}, "queries": [{"language", "text"}]}. Standard output, by engine: the ids
// found for each query, best first.

import { readFileSync } from "node:fs";
import lunr from "lunr";
import hindi from "lunr-languages/lunr.hi.js";
import stemmers from "lunr-languages/lunr.stemmer.support.js";
import MiniSearch from "minisearch";

stemmers(lunr);
// lunr's Hindi asks for a segmenter that the package does not bring; ours are words between spaces.
lunr.wordcut = { init() {}, cut: (text) => text.split(" ").join("|") };
hindi(lunr);

const { documents, queries } = JSON.parse(readFileSync(0, "utf8"));

function miniSearch(language, options) {
  const engine = new MiniSearch({ fields: ["title", "text"] });
  engine.addAll(documents[language]);
  return (text) => engine.search(text, options).map((hit) => hit.id);
}

function lunrOf(language) {
  const engine = lunr(function () {
    if (language === "hi") this.use(lunr.hi);
    this.ref("id");
    this.field("title");
    this.field("text");
    for (const document of documents[language]) this.add(document);
  });
  // The words alone: what is typed is no query language.
  return (text) =>
    engine
      .query((query) => {
        for (const word of text.toLowerCase().split(/\s+/)) query.term(lunr.tokenizer(word), {});
      })
      .map((hit) => hit.ref);
}

const engines = {
  "MiniSearch 7.2": (language) => miniSearch(language, {}),
  "MiniSearch 7.2, prefix and fuzzy 0.2": (language) =>
    miniSearch(language, { prefix: true, fuzzy: 0.2 }),
  "lunr 2.3.9 with lunr-languages": lunrOf,
};

const found = {};
for (const [name, make] of Object.entries(engines)) {
  const searches = { en: make("en"), hi: make("hi") };
  found[name] = queries.map(({ language, text }) => searches[language](text));
}
process.stdout.write(JSON.stringify(found));
