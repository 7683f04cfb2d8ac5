/**
 * What people type, in the form in which the server keeps it. The twin of `blueprints/plain_text.py`.
 */

import { isIgnored } from "./folding.js";

const UNWANTED = /(?![\t\n])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;
const THIRTY_MARKS = /(?:(?!\u034f)\p{M}){30}(?=(?!\u034f)\p{M})/gu;

/** @param {string} text */
export function normalise(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(UNWANTED, "");
  return lines.replace(THIRTY_MARKS, "$&\u034f").normalize("NFC").trim();
}

/**
 * How many characters the server will count.
 * @param {string} text
 */
export const length = (text) => [...normalise(text)].length;

/**
 * How many characters can be seen, spaces included; none if there is no letter or digit.
 * @param {string} text
 */
export function shownLength(text) {
  const shown = [...normalise(text)].filter((letter) => !isIgnored(letter));
  return shown.some((letter) => /[\p{L}\p{N}\p{Cn}]/u.test(letter)) ? shown.length : 0;
}
