// Folds texts in Node: JSON in on standard input, JSON out.

import { readFileSync } from "node:fs";
import { fold } from "../../static/ask/folding.js";

const ignorable = /\p{DI}/u;
const { texts, letters } = JSON.parse(readFileSync(0, "utf8"));
const told = {
  texts: texts.map(fold),
  ignorable: [...letters].filter((letter) => ignorable.test(letter)),
};
process.stdout.write(JSON.stringify(told));
