// @ts-check
// What was written and is in no file yet: kept in this browser, each entry under a name of its own. A
// window does not see at once what another one writes, and would write over a list of them.
import { isSame, textsOf } from "./review.js"

/** @typedef {import("./po.js").Unit} Unit */
/**
 * What somebody wrote, and what the file had.
 * @typedef {Unit & { was: Unit, isSaved?: boolean, others?: string[] }} Draft  `others` are texts that
 *   were written in other windows
 */

/** @type {Map<string, string>} by the name of a draft, its words as this window shows them */
const knownWords = new Map()

/** The words of a unit, for a person. @param {Unit} unit */
export const wordsOf = unit => textsOf(unit).filter(Boolean).join(" / ")

/** Tell whether this browser keeps anything: it may be told not to, or have no room. */
export function canKeep() {
  const name = "handbook: probe"
  try {
    localStorage.setItem(name, name)
    localStorage.removeItem(name)
    return true
  } catch {
    return false
  }
}

/**
 * Return what is kept under the names that begin in one of some ways: drafts, and a name to thank.
 * @param {string[]} prefixes
 * @returns {{ drafts: Draft[], credit?: { was: string, is: string } }}
 */
export function keptUnder(prefixes) {
  const values = prefixes.flatMap(namesUnder).map(name => read(name).value)
  return {
    drafts: values.filter(each => "message" in each),
    credit: values.find(each => "is" in each),
  }
}

/**
 * Return the draft of a name; null if there is none.
 * @param {string} name
 * @returns {Draft | null}
 */
export function draftAt(name) {
  const { value } = read(name)
  return "message" in value ? value : null
}

/**
 * Return the name to thank that is kept under a name, and the one of the file; null if there is none.
 * @param {string} name
 * @returns {{ was: string, is: string } | null}
 */
export function creditAt(name) {
  const { value } = read(name)
  return "is" in value ? value : null
}

/**
 * Remember that this window has what is kept under a name in its box: an edit of that replaces it.
 * @param {string} name
 * @param {Unit} unit
 */
export const know = (name, unit) => knownWords.set(name, wordsOf(unit))

/** @param {string} prefix */
function namesUnder(prefix) {
  try {
    return Object.keys(localStorage).filter(name => name.startsWith(prefix))
  } catch {
    return [] // a browser may refuse to look
  }
}

/**
 * Return what is kept under a name; nothing where it cannot be read.
 * @param {string} name
 * @returns {{ name: string, value: any }}
 */
function read(name) {
  try {
    return { name, value: JSON.parse(localStorage.getItem(name) ?? "{}") ?? {} }
  } catch {
    return { name, value: {} }
  }
}

/**
 * Keep a draft; return whether the browser did. A text that another window has put there stays beside
 * it until it was shown here and the file was saved without it.
 * @param {string} name
 * @param {Unit} unit
 * @param {Unit} was  what the file has
 * @param {boolean} isSaved
 * @param {string[]} shown  texts of other windows that are shown beside the draft
 */
export function keepDraft(name, unit, was, isSaved, shown) {
  const words = wordsOf(unit)
  const { value } = read(name)
  const there = "message" in value ? [...(value.others ?? []), wordsOf(value)] : []
  const own = ["", words, knownWords.get(name), wordsOf(was), ...(isSaved ? shown : [])]
  const others = [...new Set(there)].filter(each => !own.includes(each))
  knownWords.set(name, words)
  if (isSame(unit, was) && !others.length) return keep(name, null)
  return keep(name, { ...unit, was, isSaved, others })
}

/**
 * Keep a value, or nothing, under a name; return whether the browser did.
 * @param {string} name
 * @param {unknown} value
 */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** Tell whether anything is kept under a name. @param {string} name */
function isKept(name) {
  try {
    return localStorage.getItem(name) !== null
  } catch {
    return false // a browser may refuse to look
  }
}

/**
 * Take drafts along that are kept under an earlier path of the page, as long as there is room.
 * @param {string} before
 * @param {string} now
 */
export function takeDrafts(before, now) {
  for (const name of namesUnder(before)) {
    const renamed = now + name.slice(before.length)
    if (!isKept(renamed) && !keep(renamed, read(name).value)) return
    keep(name, null)
  }
}
