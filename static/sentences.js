/** Cutting the text of a block into sentences, in scripts that end them with a danda or a stop. */

const SENTENCE = /[^।॥.?!]+[।॥.?!]*[”’)\]]*\s*/gu;

/**
 * The sentences of `block`, each as a range over its text.
 * @param {Element} block
 * @returns {Range[]}
 */
export function sentencesOf(block) {
  const nodes = textNodesOf(block);
  const text = nodes.map((node) => node.data).join("");
  return [...text.matchAll(SENTENCE)]
    .filter(([words]) => /[\p{L}\p{N}]/u.test(words))
    .map(({ 0: words, index }) => rangeOver(nodes, index, index + words.trimEnd().length));
}

/**
 * @param {Element} block
 * @returns {Text[]}
 */
function textNodesOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes;
}

/**
 * @param {Text[]} nodes
 * @param {number} start in UTF-16 units over all nodes
 * @param {number} end
 */
function rangeOver(nodes, start, end) {
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.length;
    if (before <= start && start <= after) range.setStart(node, start - before);
    if (before < end && end <= after) range.setEnd(node, end - before);
    before = after;
  }
  return range;
}
