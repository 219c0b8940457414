// @ts-check
// Where a passage of an older version of a page is now. press/frame/versions.py has found it out.

/**
 * A version of a page. Of its passages those are named that are now elsewhere, gone, in other words, or
 * written anew.
 * @typedef {object} Version
 * @property {string} id  the revision: what git calls its text
 * @property {string} [commit]
 * @property {string} [day]
 * @property {number[]} counts  of the passages in each section
 * @property {Record<string, string>} [moved]
 * @property {string[]} [gone]
 * @property {string[]} [edited]
 * @property {string[]} [rewritten]  or replaced: only its place tells of its successor
 *
 * @typedef {"same" | "edited" | "moved" | "both" | "rewritten" | "gone" | "never" | "unknown"} Fate
 */

const HASH = /^#p(\d+\.\d+)(?:(?:@|%40)([\w-]+))?(?:[.,;:)]|%E3%80%8[12]|%EF%BC%89)*$/i
const DAY = /^\d{4}-\d\d-\d\d$/

/**
 * Return the number and the version that an address names: `#p3.12`, `#p3.12@1f2e3d4`,
 * `#p3.12@2026-11-28`. Programs for mail and chat may write `%40`, and take the end of a sentence along.
 * @param {string} hash
 */
export function readHash(hash) {
  const [, number = "", version = ""] = hash.match(HASH) ?? []
  return number ? { number, version: version.toLowerCase() } : null
}

/**
 * Return the version that is meant by a revision, or by a day: the last one of that day or before.
 * @param {Version[]} versions  the oldest first
 * @param {string} name
 */
export function findVersion(versions, name) {
  if (DAY.test(name)) return versions.filter(({ day }) => day && day <= name).at(-1)
  const isMeant = (/** @type {string} */ id) => id.startsWith(name) || name.startsWith(id)
  return versions.filter(({ id, commit }) => isMeant(id) || (commit && isMeant(commit))).at(-1)
}

/**
 * Return what has become of a passage, and its number now; "" where it is nowhere.
 * @param {Version[]} versions
 * @param {string} number
 * @param {string} name  of the version
 * @returns {{ fate: Fate, now: string }}
 */
export function follow(versions, number, name) {
  const version = name.length >= 6 ? findVersion(versions, name) : undefined
  if (!version) return { fate: "unknown", now: number }
  const { counts, moved = {}, gone = [], edited = [], rewritten = [] } = version
  const [section, place] = number.split(".").map(Number)
  if (place < 1 || place > (counts[section] ?? 0)) return { fate: "never", now: "" }
  if (gone.includes(number)) return { fate: "gone", now: "" }
  const now = moved[number] ?? number
  if (rewritten.includes(number)) return { fate: "rewritten", now }
  const isEdited = edited.includes(number)
  if (now !== number) return { fate: isEdited ? "both" : "moved", now }
  return { fate: isEdited ? "edited" : "same", now }
}
