/** Receipts, as `blueprints/questions/receipts.py` makes and reads them. */

import { fold } from "./folding.js";
import { inTime } from "./outbox.js";

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

/**
 * The SHA-256 in hex; nothing where the browser makes none, as it does on an address without HTTPS.
 * @param {string} receipt
 */
export async function hashOfReceipt(receipt) {
  try {
    const bytes = new TextEncoder().encode(receipt);
    const digest = new Uint8Array(await inTime(crypto.subtle.digest("SHA-256", bytes)));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return "";
  }
}
