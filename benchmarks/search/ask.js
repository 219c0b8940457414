// How the search answers the sets of queries in sets/: of those that the site can answer, how often a
// right page comes first and among the first three; of the others, how often something is found.
//
//     node benchmarks/search/ask.js [-v] [SET…]
//
// The site must be built, in site/ or the folder HANDBOOK_SITE: its indexes are asked. -v also prints each query that was answered wrongly.

import { readFileSync } from "node:fs"

import { loadSearch } from "../../tests/scripts/load.js"
import { SETS, judged, tableOf } from "./sets.js"

const ROOT = new URL("../../", import.meta.url)
const { buildIndex, search } = loadSearch()

/** The search of a language: the addresses of the pages it finds. */
function engine(language) {
  const site = process.env.HANDBOOK_SITE ?? new URL("site", ROOT).pathname
  const index = buildIndex(JSON.parse(readFileSync(`${site}/search/${language}.json`, "utf8")))
  return query => search(query, index).found.map(([best]) => best.location)
}

const options = process.argv.slice(2)
const wanted = options.filter(option => option !== "-v")
for (const { set, language, rows } of SETS) {
  if (wanted.length && !wanted.includes(set)) continue
  const ask = engine(language)
  ask("a") // what is made with the first query of all
  const start = performance.now()
  const found = rows.map(([query]) => ask(query))
  const milliseconds = Math.round((performance.now() - start) / rows.length)
  console.log(JSON.stringify({ set, language, ...tableOf(rows, found, language), milliseconds }))
  if (!options.includes("-v")) continue
  for (const [nth, [query, pages]] of rows.entries()) {
    const { first } = judged(found[nth], pages, language)
    if (!first) console.log(" ", query, "→", found[nth].slice(0, 4).join(" "), "/", pages.join(" "))
  }
}
