// Reads texts as the phone does, in Node: JSON in on standard input, JSON out.

import { readFileSync } from "node:fs";
import { length, normalise, shownLength } from "../../static/ask/plain.js";
import { readReceipt } from "../../static/ask/receipt.js";

const told = JSON.parse(readFileSync(0, "utf8")).map((text) => ({
  text: normalise(text),
  length: length(text),
  shown: shownLength(text),
  receipt: readReceipt(text),
}));
process.stdout.write(JSON.stringify(told));
