// What each weight of search is good for: changes one at a time and counts how many of the queries in
// tests/texts/search still have the right page first. The site must be built: it asks its indexes.
//
//     node benchmarks/search/weights.js

import { readFileSync } from "node:fs"

import { loadSearch } from "../../tests/scripts/load.js"

const ROOT = new URL("../../", import.meta.url)
const LANGUAGES = ["en", "es", "ja"]
const FACTORS = [0, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 4]
const NOTHING = "—"

const read = path => readFileSync(new URL(path, ROOT), "utf8")

Object.freeze = each => each // or the weights could not be changed
const { WEIGHTS, buildIndex, search } = loadSearch()

/** The queries of a language with the address that has to come first, and its index. */
function table(language) {
  const rows = read(`tests/texts/search/${language}.txt`)
    .split("\n")
    .filter(line => line && !line.startsWith("#"))
    .map(line => line.split(/\s{2,}/))
  return { language, rows, index: buildIndex(JSON.parse(read(`site/search/${language}.json`))) }
}

const tables = LANGUAGES.map(table)

/** The address of the first result for a query, as the tables write it. */
function first(query, { language, index }) {
  const [page] = search(query, index).found
  if (!page) return NOTHING
  const [path] = page[0].location.split("#")
  return (path.startsWith(`${language}/`) ? path.slice(language.length + 1) : path) || "/"
}

function right() {
  return tables.reduce((total, each) => {
    return total + each.rows.filter(([query, page]) => first(query, each) === page).length
  }, 0)
}

console.log("".padEnd(20), ...FACTORS.map(factor => `×${factor}`.padStart(6)))
for (const [name, weight] of Object.entries(WEIGHTS)) {
  const counts = FACTORS.map(factor => {
    WEIGHTS[name] = weight * factor
    return right()
  })
  WEIGHTS[name] = weight
  console.log(name.padEnd(20), ...counts.map(count => String(count).padStart(6)))
}
