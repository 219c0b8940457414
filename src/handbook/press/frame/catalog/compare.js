// @ts-check
// Two versions of a text in one, word by word.

/**
 * Words that both versions have, that were taken out, or that were put in.
 * @typedef {{ sign: "" | "del" | "ins", text: string }} Part
 */

/** How many pairs of words are compared at most; of longer texts the middle is taken as a whole. */
const MOST_PAIRS = 250000

/**
 * Return two texts in one, word by word: what both have, what was taken out, what was put in.
 * @param {string} before
 * @param {string} after
 * @param {string} language
 * @returns {Part[]}
 */
export function compared(before, after, language) {
  const [old, now] = [before, after].map(text => wordsIn(text, language))
  let start = 0 // what both begin with, and then what both end with, is not compared
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++
  let end = 0
  const left = Math.min(old.length, now.length) - start
  while (end < left && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  return joined([
    { sign: "", text: old.slice(0, start).join("") },
    ...between(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    { sign: "", text: old.slice(old.length - end).join("") },
  ]).filter(part => part.text)
}

/**
 * Return the words of a text and what is between them, as its language divides these.
 * @param {string} text
 * @param {string} language
 */
function wordsIn(text, language) {
  if (!("Segmenter" in Intl)) return text.split(/(\s+)/) // older browsers
  const segments = new Intl.Segmenter(language, { granularity: "word" }).segment(text)
  return [...segments].map(each => each.segment)
}

/**
 * Return what differs between two runs of words, by their longest common subsequence.
 * @param {string[]} old
 * @param {string[]} now
 */
function between(old, now) {
  /** @type {Part[]} */
  const parts = []
  const isShort = old.length * now.length <= MOST_PAIRS
  const common = isShort ? lengths(old, now) : []
  let [i, j] = [0, 0]
  while (isShort && i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      parts.push({ sign: "", text: old[i++] })
      j++
    } else if (common[i + 1][j] >= common[i][j + 1]) parts.push({ sign: "del", text: old[i++] })
    else parts.push({ sign: "ins", text: now[j++] })
  }
  for (const text of old.slice(i)) parts.push({ sign: "del", text })
  for (const text of now.slice(j)) parts.push({ sign: "ins", text })
  return parts
}

/**
 * Return how many words the ends of two runs have in common, from each pair of places on.
 * @param {string[]} old
 * @param {string[]} now
 */
function lengths(old, now) {
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const skipped = Math.max(common[i + 1][j], common[i][j + 1])
      common[i][j] = old[i] === now[j] ? common[i + 1][j + 1] + 1 : skipped
    }
  }
  return common
}

/**
 * Join parts of one sign that follow each other; of a replaced run, what was taken out comes first.
 * @param {Part[]} parts
 */
function joined(parts) {
  /** @type {Part[]} */
  const runs = []
  for (const part of parts) {
    const last = runs.at(-1)
    const before = runs.at(-2)
    if (last?.sign === part.sign) last.text += part.text
    else if (part.sign === "del" && last?.sign === "ins") {
      if (before?.sign === "del") before.text += part.text
      else runs.splice(-1, 0, { ...part })
    } else runs.push({ ...part })
  }
  return runs
}
