// Plain scripts for tests: they share the global scope of the process, as they do that of their worker.
import { readFileSync } from "node:fs"
import { runInThisContext } from "node:vm"

/** The rules of this handbook's languages, as an index has them. */
export const LANGUAGES = JSON.parse(
  readFileSync(new URL("languages.json", import.meta.url), "utf8")
)

/**
 * Return what an index says of a language; of one without a record, what it says of any such.
 * @param {string} code
 */
export const rulesOf = code =>
  LANGUAGES[code] ?? {
    code,
    endings: [],
    shortestStem: 1,
    questionWords: "",
    shortForms: {},
    nearWords: {},
    otherSubjects: "",
    sounds: [],
  }

export const THEME = new URL("../../src/handbook/press/theme/", import.meta.url)

/**
 * Run scripts of the theme, one after the other.
 * @param {...string} paths  relative to the theme
 */
export function run(...paths) {
  for (const path of paths) {
    const file = new URL(path, THEME)
    runInThisContext(readFileSync(file, "utf8"), { filename: file.pathname })
  }
}

/**
 * Run the scripts of the search worker, without the worker itself.
 * @returns {Record<string, any>} what they declare, by name
 */
export function loadSearch() {
  const worker = readFileSync(new URL("assets/search.js", THEME), "utf8")
  const [, listed = ""] = worker.match(/^const SCRIPTS = \[(.*?)\]/ms) ?? []
  run(...[...listed.matchAll(/"(\w+)"/g)].map(([, name]) => `assets/search/${name}.js`))
  const names = `WEIGHTS fold makeDivider indexText phrasesOf buildIndex foldQuery wordingsOf
    termsOf findTerm rejoin weighEvidence editsWithin likeness search judgeName judgePage demandOf
    isPlainlyAsked isEnough saturate teaser mark readNumber findNumber`
  return runInThisContext(`({ ${names.split(/\s+/)} })`)
}
