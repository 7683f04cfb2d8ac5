// Asks the browser's half of the screening, in Node: JSON in on standard input, JSON out.

import { readFileSync } from "node:fs";
import { Screening } from "../../static/ask/screening.js";

const { rules, texts } = JSON.parse(readFileSync(0, "utf8"));
const screening = new Screening(rules);

const told = texts.map((text) => ({
  personal: screening.personal(text),
  urgent: screening.isUrgent(text),
}));
process.stdout.write(JSON.stringify(told));
