import assert from "node:assert/strict"
import { test } from "node:test"
import { here, idIn } from "../../src/handbook/press/theme/assets/address.js"

test("an id is read from an address, also where it cannot be decoded", () => {
  const read = ["", "#", "#terms", "#%E5%90%88%E6%84%8F", "#合意", "#50%"].map(idIn)
  assert.deepEqual(read, ["", "", "terms", "合意", "合意", "50%"])
})

test("a page has its address whatever was searched for or gone to on it", () => {
  const site = "https://example.org/page/"
  for (const [visited, address] of [
    ["", ""],
    ["#p1.2", ""],
    ["?h=two+words#p1.2", ""],
    ["?with=pt_BR&h=words", "?with=pt_BR"],
  ]) {
    globalThis.location = { href: site + visited }
    assert.equal(here(), site + address)
  }
})
