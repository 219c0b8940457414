// Finds the five weights that say from when on a page is a result (see isEnough in judge.js), and how
// they would do on queries that nobody has learned from: each set of sets/ is left out once.
//
//     node benchmarks/search/calibrate.js
//
// The site must be built. Of the set that is left out neither the weights nor the words know anything:
// keywords, words of questions and near words are those of git's history before that set was learned from.
// Words of other subjects are those of today: whoever wrote them had read sets 4 and 5, and not sets 1 to 3.

import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"

import { loadSearch } from "../../tests/scripts/load.js"
import { SETS, pageOf, tableOf } from "./sets.js"

const ROOT = new URL("../../", import.meta.url)
/** The commits that learned words from the sets. One that is not here has taught none yet. */
const LEARNED = {
  1: "b9dddfb",
  2: "b9dddfb",
  3: "b9dddfb",
  4: "a86c987",
  5: "c444452",
  6: "65849eb",
}
/** What a false find costs, in pages that are not found. */
const FALSE_FIND = 3
const read = path => readFileSync(new URL(path, ROOT), "utf8")

const { WEIGHTS, buildIndex, search, judgePage, demandOf, isPlainlyAsked } = loadSearch()

/** What a file said before a commit; commits before the folders moved had them elsewhere. */
function before(commit, path) {
  const options = { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }
  return execFileSync("git", ["show", `${commit}^:${path}`], options)
}

/** The record of a language before a commit, in the folder that it had then. */
function recordBefore(commit, language) {
  const path = `bitext/languages/${language}.toml`
  try {
    return before(commit, `src/handbook/${path}`)
  } catch {
    return before(commit, `src/${path}`)
  }
}

/** The index of a language with the words of a time before a commit; of today without one. */
function earlierIndex(language, commit) {
  const file = JSON.parse(read(`site/search/${language}.json`))
  if (!commit) return buildIndex(file)
  const listed = before(commit, `docs/${language}/keywords.yml`).split(/^(?=\S+\.md: )/m)
  const keywords = new Map(
    listed.map(entry => entry.split(/\.md: (?:>-)?/)).map(([page, words = ""]) => [page, words])
  )
  for (const page of file.pages) {
    const path = pageOf(page.sections[0][0], language).replace(/\/$/, "") || "index"
    page.keywords = (keywords.get(path) ?? keywords.get(`${path}/index`) ?? "").replace(/\s+/g, " ")
  }
  const record = recordBefore(commit, language)
  const words = record.match(/^question_words = """(.*?)"""/ms)?.[1] ?? ""
  file.language.questionWords = words.replace(/\s+/g, " ").trim()
  if (!/^near_words/m.test(record)) file.language.nearWords = {}
  return buildIndex(file)
}

/** For each page that a query finds at all: its address, its score and what isEnough looks at. */
function answersOf(query, index, language) {
  const found = []
  globalThis.judgePage = (page, terms, wording) => {
    let judged
    globalThis.isEnough = (evidence, score) => {
      const isAlone = evidence.length === 1
      const isSure = isPlainlyAsked(evidence)
      const answer = { score, ...demandOf(evidence), isSure, isAlone }
      if (!judged || score > judged.score) judged = answer
      return true
    }
    const result = judgePage(page, terms, wording)
    judged ??= {
      score: result.score,
      asked: 0,
      unnamed: 0,
      unknown: 0,
      other: 0,
      isSure: true,
      isAlone: true,
    }
    const address = pageOf(page.sections[0].location, language)
    if (result.score > 0) found.push({ ...judged, address })
    return result
  }
  search(query, index)
  return found
}

// What a page has for and against it: the square root of its score, and what isEnough takes from that.
const factsOf = ({ score, asked, unnamed, unknown, other }) => [
  1,
  Math.sqrt(score) / 5,
  asked / 5,
  unnamed / 5,
  unknown,
  other,
]
const worthOf = (weights, answer) =>
  factsOf(answer).reduce((sum, fact, nth) => sum + fact * weights[nth], 0)
const isShown = (weights, answer) => answer.isSure || worthOf(weights, answer) > 0

/** The weights that best tell the nearest right page of each query from the nearest wrong one of those
 * that have none: a logistic regression, by steps down the slope. */
function fit(rows) {
  let weights = [0, 1, -1, -1, -1, -1]
  for (let round = 0; round < 12; round++) {
    const examples = rows.flatMap(({ pages, answers }) => {
      const fit = answers.filter(
        answer => !answer.isAlone && (!pages.length || pages.includes(answer.address))
      )
      const values = fit.map(answer => worthOf(weights, answer))
      const best = fit[values.indexOf(Math.max(...values))]
      return best ? [[factsOf(best), pages.length > 0]] : []
    })
    for (let step = 0; step < 1500; step++) {
      const slope = weights.map((weight, nth) => (nth ? 0.3 * weight : 0))
      for (const [facts, isRight] of examples) {
        const value = facts.reduce((sum, fact, nth) => sum + fact * weights[nth], 0)
        const error = 1 / (1 + Math.exp(-value)) - Number(isRight)
        for (const nth of facts.keys()) {
          slope[nth] += (isRight ? 1 : FALSE_FIND) * error * facts[nth]
        }
      }
      weights = weights.map((weight, nth) => weight - (slope[nth] / examples.length) * 0.7)
    }
  }
  return weights
}

/** The addresses of the pages shown for a query, best first. */
function shown(answers, weights) {
  const best = new Map()
  for (const answer of answers.filter(each => isShown(weights, each))) {
    best.set(answer.address, Math.max(answer.score, best.get(answer.address) ?? 0))
  }
  return [...best].sort(([, one], [, other]) => other - one).map(([address]) => address)
}

if (!existsSync(new URL("site/search", ROOT))) throw new Error("no site/search; build the site")
const indexes = new Map()
const tables = SETS.map(({ set, language, rows }) => {
  const key = `${LEARNED[set]} ${language}`
  if (!indexes.has(key)) indexes.set(key, earlierIndex(language, LEARNED[set]))
  const judged = rows.map(([query, pages]) => {
    return { pages, answers: answersOf(query, indexes.get(key), language) }
  })
  return { set, language, rows, judged }
})
const rowsOf = some => some.flatMap(({ judged }) => judged)
for (const left of new Set(SETS.map(({ set }) => set))) {
  const weights = fit(rowsOf(tables.filter(({ set }) => set !== left)))
  for (const { set, language, rows, judged } of tables.filter(each => each.set === left)) {
    const found = judged.map(({ answers }) => shown(answers, weights))
    console.log(JSON.stringify({ leftOut: set, language, ...tableOf(rows, found, language) }))
  }
}
const [bias, have, asked, unnamed, unknown, other] = fit(rowsOf(tables))
const inScript = {
  asked: -asked / have,
  unnamed: -unnamed / have,
  unknownWord: (-5 * unknown) / have,
  otherSubject: (-5 * other) / have,
  lenience: (5 * bias) / have,
}
const { asked: a, unnamed: u, unknownWord: w, otherSubject: o, lenience: l } = WEIGHTS
console.log("of all sets:", inScript, "in weights.js:", a, u, w, o, l)
