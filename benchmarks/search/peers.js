// How Pagefind and Material's own search answer the sets of queries in sets/, beside ours: one table.
//
//     node benchmarks/search/peers.js PAGEFIND MATERIAL
//
// The site must be built. PAGEFIND is the folder that Pagefind made of a copy of it, MATERIAL the folder
// assets/javascripts of the theme. Either may be "-", and is then left out.

import { readdirSync, readFileSync } from "node:fs"
import { createContext, runInContext } from "node:vm"

import { loadSearch } from "../../tests/scripts/load.js"
import { SETS, tableOf } from "./sets.js"

const ROOT = new URL("../../", import.meta.url)
const read = path => readFileSync(new URL(path, ROOT), "utf8")
const indexOf = language => JSON.parse(read(`site/search/${language}.json`))
const { buildIndex, search } = loadSearch()
const [pagefind = "-", material = "-"] = process.argv.slice(2)

/** Ours, as the worker runs it. */
async function ours(language) {
  const index = buildIndex(indexOf(language))
  return async query => search(query, index).found.map(([best]) => best.location)
}

/** Material's worker with lunr and the language's stemmer, and the sections that our index has. */
async function materials(language) {
  const waiting = []
  const context = createContext({
    addEventListener: (_, listener) => {
      context.listener = listener
    },
    postMessage: message => waiting.shift()?.(message),
    importScripts: (...paths) => {
      for (const path of paths) run(`workers/${path}`)
    },
    console: { ...console, warn: () => {} },
  })
  context.self = context
  const run = path => runInContext(readFileSync(`${material}/${path}`, "utf8"), context)
  const worker = readdirSync(`${material}/workers`).find(name => name.endsWith(".js"))
  run(`workers/${worker}`)
  const ask = data =>
    new Promise(resolve => {
      waiting.push(resolve)
      context.listener({ data })
    })
  const docs = indexOf(language).pages.flatMap(({ sections }) =>
    sections.map(([location, title, text]) => ({ location, title, text }))
  )
  const lang = language === "en" ? ["en"] : [language]
  const separator = language === "ja" ? "[\\s\\-　、。，．]+" : "[\\s\\-]+"
  const config = {
    lang,
    separator,
    pipeline: language === "ja" ? ["stemmer"] : ["stopWordFilter"],
    fields: { title: { boost: 1000 }, text: { boost: 1 } },
  }
  await ask({ type: 0, data: { config, docs, options: { suggest: false } } })
  return async query => {
    const { data } = await ask({ type: 2, data: query })
    return data.items.map(([best]) => best.location)
  }
}

/** Pagefind as a page of the language loads it. */
async function pagefinds(language) {
  globalThis.document = {
    querySelector: () => ({ getAttribute: () => language }),
    currentScript: null,
  }
  globalThis.window = { location: { origin: "https://handbook.example" } }
  globalThis.fetch = async address => {
    const path = String(address)
      .replace(/^.*?\/pagefind\//, "")
      .replace(/\?.*$/, "")
    return new Response(readFileSync(`${pagefind}/${path}`))
  }
  const made = await import(`${pagefind}/pagefind.js?${language}`)
  await made.options({ basePath: "/pagefind/", baseUrl: "/" })
  await made.init(language)
  return async query => {
    const { results } = await made.search(query)
    const shown = await Promise.all(results.slice(0, 3).map(result => result.data()))
    return shown.map(({ url }) => url)
  }
}

const engines = {
  ours,
  Material: material === "-" ? null : materials,
  Pagefind: pagefind === "-" ? null : pagefinds,
}
for (const [engine, load] of Object.entries(engines)) {
  if (!load) continue
  for (const { set, language, rows } of SETS) {
    const ask = await load(language)
    const found = []
    for (const [query] of rows) found.push(await ask(query))
    console.log(JSON.stringify({ engine, set, language, ...tableOf(rows, found, language) }))
  }
}
