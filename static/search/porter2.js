/**
 * English stems: Snowball's "english" stemmer, also called Porter 2.
 * M. F. Porter, "Snowball: a language for stemming algorithms" (2001), as revised in Snowball 3.
 * Words come without apostrophes, so the steps that remove them are left out.
 */

const EXCEPTIONS = new Map(
  Object.entries({
    skis: "ski",
    skies: "sky",
    idly: "idl",
    gently: "gentl",
    ugly: "ugli",
    early: "earli",
    only: "onli",
    singly: "singl",
  }),
);
const UNCHANGED = /^(?:andes|atlas|bias|cosmos|howe|news|sky)$/;

const FIRST_REGION =
  /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers|[^aeiouy]*[aeiouy]+[^aeiouy])/;
const NEXT_REGION = /^[^aeiouy]*[aeiouy]+[^aeiouy]/;
const VOWEL = /[aeiouy]/;
const SHORT_SYLLABLE = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;

/** Suffixes with what stands in their place, if they lie in the first region. */
const STEP_2 = {
  anci: "ance",
  enci: "ence",
  bli: "ble",
  abli: "able",
  alli: "al",
  fulli: "ful",
  lessli: "less",
  ousli: "ous",
  entli: "ent",
  aliti: "al",
  biliti: "ble",
  iviti: "ive",
  tional: "tion",
  ational: "ate",
  alism: "al",
  ation: "ate",
  ization: "ize",
  izer: "ize",
  ator: "ate",
  iveness: "ive",
  fulness: "ful",
  ousness: "ous",
  ogist: "og",
};
const STEP_3 = {
  icate: "ic",
  alize: "al",
  iciti: "ic",
  ical: "ic",
  tional: "tion",
  ational: "ate",
  ful: "",
  ness: "",
};
const SUFFIX_2 = longestFirst([...Object.keys(STEP_2), "ogi", "li"]);
const SUFFIX_3 = longestFirst([...Object.keys(STEP_3), "ative"]);
const SUFFIX_4 = longestFirst(
  "ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement".split(" "),
);

/**
 * @param {string} word in small letters
 * @returns {string}
 */
export function stemEnglish(word) {
  const exception = EXCEPTIONS.get(word);
  if (exception) return exception;
  if (UNCHANGED.test(word) || [...word].length < 3) return word;
  // A y that stands for a consonant is written Y until the end.
  const marked = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const first = FIRST_REGION.exec(marked)?.[0].length ?? marked.length;
  const further = NEXT_REGION.exec(marked.slice(first))?.[0].length;
  const second = further === undefined ? marked.length : first + further;
  let stem = past(plural(marked), first);
  stem = stem.replace(/(.[^aeiouy])[yY]$/u, "$1i");
  stem = step2(stem, first);
  stem = step3(stem, first, second);
  stem = step4(stem, second);
  return step5(stem, first, second).replace(/Y/g, "y");
}

/** @param {string} word */
function plural(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/(?:ied|ies)$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return word.endsWith("s") && VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

/**
 * @param {string} word
 * @param {number} first where the first region begins
 */
function past(word, first) {
  const suffix = /(?:eedly|eed|edly|ed|ingly|ing)$/.exec(word)?.[0];
  if (!suffix) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix.startsWith("ee")) {
    return stem.length >= first && !/^(?:succ|proc|exc)$/.test(stem) ? `${stem}ee` : word;
  }
  if (suffix === "ing") {
    if (/^[^aeiouy]y$/.test(stem)) return `${stem[0]}ie`;
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(stem)) return word;
  }
  if (!VOWEL.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) {
    return /^[aeo]..$/.test(stem) ? stem : stem.slice(0, -1);
  }
  return stem.length === first && SHORT_SYLLABLE.test(stem) ? `${stem}e` : stem;
}

/**
 * @param {string} word
 * @param {number} first
 */
function step2(word, first) {
  const suffix = SUFFIX_2.exec(word)?.[0];
  if (!suffix || word.length - suffix.length < first) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix === "ogi") return stem.endsWith("l") ? `${stem}og` : word;
  if (suffix === "li") return /[cdeghkmnrt]$/.test(stem) ? stem : word;
  return stem + STEP_2[/** @type {keyof typeof STEP_2} */ (suffix)];
}

/**
 * @param {string} word
 * @param {number} first
 * @param {number} second where the second region begins
 */
function step3(word, first, second) {
  const suffix = SUFFIX_3.exec(word)?.[0];
  if (!suffix || word.length - suffix.length < first) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix === "ative") return stem.length >= second ? stem : word;
  return stem + STEP_3[/** @type {keyof typeof STEP_3} */ (suffix)];
}

/**
 * @param {string} word
 * @param {number} second
 */
function step4(word, second) {
  const suffix = SUFFIX_4.exec(word)?.[0];
  if (!suffix || word.length - suffix.length < second) return word;
  const stem = word.slice(0, -suffix.length);
  return suffix === "ion" && !/[st]$/.test(stem) ? word : stem;
}

/**
 * @param {string} word
 * @param {number} first
 * @param {number} second
 */
function step5(word, first, second) {
  const stem = word.slice(0, -1);
  if (word.endsWith("e")) {
    const goes = stem.length >= second || (stem.length >= first && !SHORT_SYLLABLE.test(stem));
    return goes ? stem : word;
  }
  return word.endsWith("ll") && stem.length >= second ? stem : word;
}

/** @param {string[]} suffixes */
function longestFirst(suffixes) {
  suffixes.sort((one, other) => other.length - one.length);
  return new RegExp(`(?:${suffixes.join("|")})$`);
}
