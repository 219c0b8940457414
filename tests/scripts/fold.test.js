// What is folded on a phone: which years of a timeline.
import assert from "node:assert/strict"
import { test } from "node:test"

const { years } = await import("../../src/handbook/press/theme/assets/fold.js")

const rows = (...years) => years.map(year => ({ dataset: { year } }))

test("a year of three rows and more is folded, and only rows that follow each other", () => {
  const found = years(rows("2011", "2011", "2012", "2012", "2012", "2013"))
  assert.deepEqual(
    found.map(run => run.map(row => row.dataset.year)),
    [["2012", "2012", "2012"]]
  )
  assert.deepEqual(years(rows("2011", "2012", "2011")), [])
  assert.deepEqual(years([]), [])
})
