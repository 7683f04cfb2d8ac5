/** Receipts, as `blueprints/questions/receipts.py` makes and reads them. */

import { fold } from "./folding.js";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 130 random bits as 26 digits of Crockford's base 32. */
export function makeReceipt() {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(bytes, (byte) => DIGITS[byte % 32]).join("");
}

/**
 * The receipt that somebody typed, or nothing.
 * @param {string} typed
 */
export function readReceipt(typed) {
  const text = fold(typed)
    .text.replace(/[\s.-]/g, "")
    .toUpperCase();
  const read = text.replace(/O/g, "0").replace(/[IL]/g, "1");
  return new RegExp(`^[${DIGITS}]{26}$`).test(read) ? read : "";
}

/** @param {string} receipt */
export const inGroups = (receipt) => (receipt.match(/.{1,4}/g) ?? []).join(" ");

/** @param {string} receipt */
export async function hashOfReceipt(receipt) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(receipt));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
