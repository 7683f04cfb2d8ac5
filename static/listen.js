/**
 * Reading aloud with a voice that lives on the phone, so that it works without a network.
 *
 * Sentence by sentence: long utterances are cut off by some browsers, and on Android
 * `speechSynthesis.pause()` acts as `cancel()`. Pause therefore cancels and remembers
 * the sentence.
 */

import { language } from "./keep.js";
import { sentencesOf } from "./sentences.js";

/** @typedef {{ block: Element, range: Range }} Sentence */
/** @typedef {{ button: HTMLElement, sentences: Sentence[], next: number }} Reading */

const READABLE = "h1, h2, h3, p:not(.way), li";
const NOT_READ = "nav, .actions, .emergency a";

/** When to look for voices: none is told of everywhere. */
const LOOKS_MS = [250, 1000, 3000, 8000];
/** A voice that has neither begun nor ended for so long will not. */
const PATIENCE_MS = 4000;
const SLOWEST_LETTER_MS = 250;

/** What is said of a voice that does not speak, and where; it is fetched by the first tap.
 * @type {Promise<string> | undefined} */
let silence;
const silent = document.createElement("p");
silent.className = "notice";
silent.setAttribute("role", "alert");
let patience = 0;

/** @type {SpeechSynthesisVoice | undefined} */
let voice;
/** @type {Reading | undefined} */
let reading;
/** Kept here, because browsers forget an utterance nobody holds and then never end it.
 * @type {SpeechSynthesisUtterance | undefined} */
let speaking;

/** Show the Listen buttons as soon as the phone has a voice for this page's language. */
export function offerListening() {
  const whole = document.querySelector("[data-listen=whole]");
  const isPossible = window.speechSynthesis && window.SpeechSynthesisUtterance;
  if (!(whole instanceof HTMLElement) || !isPossible) return;
  const offer = () => {
    if (voice) return;
    voice = voices().find(suits);
    if (voice) showButtons(whole);
  };
  // Older iPhones tell nobody when their voices have come.
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  for (const wait of LOOKS_MS) setTimeout(offer, wait);
  offer();
  addEventListener("pagehide", pause);
}

function voices() {
  try {
    return speechSynthesis.getVoices() ?? [];
  } catch {
    return [];
  }
}

/** @param {SpeechSynthesisVoice} candidate */
function suits(candidate) {
  // Android writes hi_IN, others hi-IN.
  return candidate.localService && candidate.lang.split(/[-_]/)[0] === language.split("-")[0];
}

/** @param {HTMLElement} whole */
function showButtons(whole) {
  whole.hidden = false;
  start(whole, () => document.querySelector("article"));
  const template = document.querySelector("#listen-button");
  if (!(template instanceof HTMLTemplateElement)) return;
  for (const heading of document.querySelectorAll("section > h2")) {
    const copy = document.importNode(template.content, true);
    const button = copy.querySelector("button");
    if (!button) continue;
    button.dataset.listen = button.dataset.listen?.replace("{}", heading.textContent ?? "") ?? "";
    label(button, button.dataset.listen);
    start(button, () => heading.parentElement);
    heading.after(button);
  }
}

/**
 * @param {HTMLElement} button
 * @param {() => Element | null} part what the button reads
 */
function start(button, part) {
  const listen = button.querySelector("span")?.textContent ?? button.dataset.listen ?? "";
  button.dataset.idle = listen;
  button.addEventListener("click", () => {
    if (reading?.button === button && speaking) return pause();
    takeBackSilence();
    if (reading?.button !== button) {
      pause();
      reading = { button, sentences: collect(part()), next: 0 };
    }
    label(button, button.dataset.pause ?? "");
    button.classList.add("playing");
    speakNext();
  });
}

/**
 * @param {Element | null} part
 * @returns {Sentence[]}
 */
function collect(part) {
  const blocks = [...(part?.querySelectorAll(READABLE) ?? [])];
  return blocks
    .filter((block) => !block.closest(NOT_READ) && speaksOurLanguage(block))
    .flatMap((block) => sentencesOf(block).map((range) => ({ block, range })));
}

/** @param {Element} block */
function speaksOurLanguage(block) {
  const part = block.closest("body [lang]");
  return !part || part.getAttribute("lang") === language;
}

function speakNext() {
  const sentence = reading?.sentences[reading.next];
  if (!reading || !voice || !sentence) return finish();
  const utterance = new SpeechSynthesisUtterance(sentence.range.toString());
  utterance.voice = voice;
  utterance.lang = voice.lang.replace("_", "-");
  utterance.onstart = () => {
    if (speaking === utterance) expectWord(utterance.text.length * SLOWEST_LETTER_MS);
  };
  utterance.onend = () => {
    if (speaking !== utterance || !reading) return;
    reading.next += 1;
    speakNext();
  };
  utterance.onerror = ({ error }) => {
    // Another tab or a screen reader has taken the voice: then it does speak.
    const isTaken = ["interrupted", "canceled"].includes(error);
    if (speaking === utterance && isTaken) pause();
    else if (speaking === utterance) fallSilent();
  };
  speaking = utterance;
  mark(sentence);
  expectWord(0);
  try {
    speechSynthesis.speak(utterance);
  } catch {
    fallSilent();
  }
}

/**
 * Wait for the next event of the voice: some phones name a voice that never speaks.
 * @param {number} duration of what it speaks meanwhile
 */
function expectWord(duration) {
  clearTimeout(patience);
  patience = setTimeout(fallSilent, PATIENCE_MS + duration);
}

async function fallSilent() {
  const button = reading?.button;
  pause();
  const words = await silence;
  if (!button || !words || speaking) return;
  takeBackSilence();
  silent.textContent = words;
  (button.closest(".actions") ?? button).after(silent);
}

function takeBackSilence() {
  silent.remove();
  silence =
    silence ||
    fetch(`/${language}/hints.json`)
      .then((answer) => answer.json())
      .then(({ silent: words }) => words)
      .catch(() => "");
}

function pause() {
  if (!reading) return;
  clearTimeout(patience);
  mark(undefined);
  label(reading.button, reading.button.dataset.idle ?? "");
  reading.button.classList.remove("playing");
  if (!speaking) return;
  speaking = undefined;
  try {
    speechSynthesis.cancel();
  } catch {
    // It has not spoken either.
  }
}

function finish() {
  pause();
  reading = undefined;
}

/** @param {Sentence | undefined} sentence the one being spoken */
function mark(sentence) {
  document.querySelector(".speaking")?.classList.remove("speaking");
  sentence?.block.classList.add("speaking");
  if (!("highlights" in CSS)) return;
  if (sentence) CSS.highlights.set("sentence", new Highlight(sentence.range));
  else CSS.highlights.delete("sentence");
}

/**
 * @param {HTMLElement} button
 * @param {string} text
 */
function label(button, text) {
  const words = button.querySelector("span");
  if (words) words.textContent = text;
  else button.setAttribute("aria-label", text);
}
