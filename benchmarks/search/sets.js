// The sets of queries, and how answers to them are counted.

import { readdirSync, readFileSync } from "node:fs"

const FOLDER = new URL("sets/", import.meta.url)
const NOTHING = "—"

/** Each set of each language: rows of a query and its right pages, none where nothing may be found. */
export const SETS = readdirSync(FOLDER)
  .filter(name => name.endsWith(".txt"))
  .sort()
  .map(name => {
    const [set, language] = name.split(".")
    return { set, language, rows: rowsOf(readFileSync(new URL(name, FOLDER), "utf8")) }
  })

/** @param {string} text */
function rowsOf(text) {
  return text
    .split("\n")
    .filter(line => line && !line.startsWith("#"))
    .map(line => {
      const [query, pages] = line.split(/ {2,}/)
      return [query, pages === NOTHING ? [] : pages.split(" | ")]
    })
}

/** The page of an address, as the sets write it. */
export function pageOf(address, language) {
  const path = address
    .split("#")[0]
    .replace(/^\/+/, "")
    .replace(/index\.html$/, "")
  return (path.startsWith(`${language}/`) ? path.slice(language.length + 1) : path) || "/"
}

/** Whether the first answer is right, and one of the first three. */
export function judged(addresses, pages, language) {
  const found = [...new Set(addresses.map(each => pageOf(each, language)))]
  const isRight = page => pages.includes(page)
  if (!pages.length) return { first: !found.length, three: !found.length }
  return { first: found.slice(0, 1).some(isRight), three: found.slice(0, 3).some(isRight) }
}

/** How many queries of a set were answered how. */
export function tableOf(rows, found, language) {
  const results = rows.map(([, pages], nth) => [pages, judged(found[nth], pages, language)])
  const asked = results.filter(([pages]) => pages.length)
  const absent = results.filter(([pages]) => !pages.length)
  return {
    asked: asked.length,
    first: asked.filter(([, { first }]) => first).length,
    three: asked.filter(([, { three }]) => three).length,
    absent: absent.length,
    false: absent.filter(([, { first }]) => !first).length,
  }
}
