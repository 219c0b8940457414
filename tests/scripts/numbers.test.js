import assert from "node:assert/strict"
import { test } from "node:test"
import { findVersion, follow, readHash } from "../../src/handbook/press/theme/assets/versions.js"
import { loadSearch, rulesOf } from "./load.js"

const { buildIndex, findNumber, readNumber, search } = loadSearch()

const page = (address, title, numbers, passages = []) => ({
  description: "",
  keywords: "",
  sections: [[address, title, "Words of the page."]],
  numbers,
  passages,
})
const INDEX = buildIndex({
  language: rulesOf("en"),
  pages: [
    page("structure/", "Structure", [1, 2], ["Beginning.", "One.", "<Two>."]),
    page("toolkit/structure-of-talks/", "Structure of talks", [4]),
    page("mission/", "Mission and values", [1, 3], ["a", "b", "c", "d"]),
    page("es/estructura.html", "組織のしくみ", [2, 2]),
    page("plain/", "Structure", []),
    page("map/", "Map", [1]),
  ],
  terms: [],
})
const addresses = query => findNumber(query, INDEX).map(([{ location }]) => location)

test("a number is found however it is typed", () => {
  for (const query of [
    "structure 1.2",
    "Structure 1.2",
    "STRUCTURE §1.2",
    "structure p1.2",
    "structure, 1,2",
    "Structure １．２",
  ]) {
    assert.equal(addresses(query)[0], "structure/#p1.2", query)
  }
  assert.deepEqual(addresses("組織のしくみ1.2"), ["es/estructura.html#p1.2"])
  assert.deepEqual(addresses("組織 1.1"), ["es/estructura.html#p1.1"])
  assert.deepEqual(addresses("estructura 1.1"), ["es/estructura.html#p1.1"])
  assert.deepEqual(addresses("map 0.1"), ["map/#p0.1"])
  assert.deepEqual(addresses("map p0.1"), ["map/#p0.1"])
  assert.deepEqual(addresses("mission 1"), ["mission/#p1.1"])
})

test("a number that no page has, and a query that names none, find nothing", () => {
  for (const query of [
    "structure 1.3",
    "structure 9",
    "structures 1.2",
    "talks 0.1",
    "1.2",
    "",
    "§",
    "structure",
  ]) {
    assert.deepEqual(addresses(query), [], query)
  }
})

test("a key document comes before a page with a longer title", () => {
  assert.deepEqual(addresses("structure 0.1"), [
    "structure/#p0.1",
    "toolkit/structure-of-talks/#p0.1",
  ])
})

test("a version goes with the address", () => {
  for (const version of ["2026-11-28", "1f2e3d4"]) {
    for (const query of [
      `structure 1.2 ${version}`,
      `structure 1.2@${version}`,
      `structure 1.2 (${version})`,
      `structure 1.2, version ${version}`,
    ]) {
      assert.deepEqual(addresses(query), [`structure/#p1.2@${version}`], query)
    }
  }
  for (const query of [
    "Structure 1.2, version of November 28, 2026 (1f2e3d4):",
    "Structure 1.2, version 1f2e3d4:",
    "Structure 1.2، نسخة 28 نوفمبر 2026 (1f2e3d4):",
    "https://site.example/handbook/structure/#p1.2@1f2e3d4",
    "Structure 1.2, version 1f2e3d4: https://site.example/structure.html#p1.2@1f2e3d4",
    "Структура 1.2, version 1f2e3d4: https://site.example/ru/structure/#p1.2@1f2e3d4",
  ]) {
    assert.deepEqual(addresses(query), ["structure/#p1.2@1f2e3d4"], query)
  }
  assert.deepEqual(readNumber("組織 1.2（2026年11月28日の版、1f2e3d4）："), {
    page: "組織",
    section: 1,
    place: 2,
    version: "1f2e3d4",
  })
  assert.deepEqual(addresses("structure 1.9 2026-11-28"), ["structure/#p1.9@2026-11-28"])
})

test("what is shown of a paragraph is text, and comes before what else was found", () => {
  const [[{ title }]] = search("structure 1.2", INDEX).found
  assert.equal(title, "Structure 1.2 <small>&lt;Two&gt;.</small>")
})

test("long queries are read in no time", () => {
  const begun = process.cpuUsage()
  for (const query of [
    "a ".repeat(1e5),
    "§".repeat(1e5),
    `x${" ".repeat(1e5)}1.x`,
    "1 ".repeat(1e5),
  ]) {
    readNumber(query)
  }
  assert.ok(process.cpuUsage(begun).user < 2e6)
})

const VERSIONS = [
  {
    id: "aaaaaaa",
    commit: "c0ffee1",
    day: "2026-01-10",
    counts: [1, 3],
    moved: { 1.1: "1.2" },
    gone: ["1.2"],
  },
  {
    id: "bbbbbbb",
    commit: "c0ffee2",
    day: "2026-03-01",
    counts: [1, 2],
    edited: ["1.2"],
    rewritten: ["1.1"],
  },
  { id: "ccccccc", counts: [1, 2] },
]

test("an address names a number and a version", () => {
  assert.deepEqual(readHash("#p3.12"), { number: "3.12", version: "" })
  assert.deepEqual(readHash("#p3.12@1f2e3d4"), { number: "3.12", version: "1f2e3d4" })
  for (const hash of [
    "#p3.12%401f2e3d4",
    "#P3.12@1F2E3D4",
    "#p3.12@1f2e3d4.",
    "#p3.12@1f2e3d4%E3%80%82",
  ])
    assert.deepEqual(readHash(hash), { number: "3.12", version: "1f2e3d4" }, hash)
  for (const hash of ["", "#p3", "#p3.12@", "#p3.12@<b>", "#values"])
    assert.equal(readHash(hash), null)
})

test("a version is known by its revision, its commit, or a day on which it was the newest", () => {
  const names = ["aaaaaaa", "aaaaaaaa0123", "c0ffee2", "2026-01-10", "2026-02-28", "2027-01-01"]
  const found = names.map(name => findVersion(VERSIONS, name)?.id)
  assert.deepEqual(found, ["aaaaaaa", "aaaaaaa", "bbbbbbb", "aaaaaaa", "aaaaaaa", "bbbbbbb"])
  assert.equal(findVersion(VERSIONS, "2026-01-09"), undefined)
})

test("a passage is where it was, elsewhere, in other words, written anew, or gone", () => {
  const fates = {
    "0.1 aaaaaaa": ["same", "0.1"],
    "1.1 aaaaaaa": ["moved", "1.2"],
    "1.2 aaaaaaa": ["gone", ""],
    "1.2 bbbbbbb": ["edited", "1.2"],
    "1.1 bbbbbbb": ["rewritten", "1.1"],
    "1.3 bbbbbbb": ["never", ""],
    "1.0 bbbbbbb": ["never", ""],
    "1.2 ddddddd": ["unknown", "1.2"],
    "1.2 a": ["unknown", "1.2"],
    "1.2 2020-01-01": ["unknown", "1.2"],
  }
  for (const [asked, [fate, now]] of Object.entries(fates)) {
    assert.deepEqual(follow(VERSIONS, ...asked.split(" ")), { fate, now }, asked)
  }
  assert.deepEqual(follow([], "1.2", "aaaaaaa"), { fate: "unknown", now: "1.2" })
})
