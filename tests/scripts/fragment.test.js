import assert from "node:assert/strict"
import { test } from "node:test"
import { idIn } from "../../src/handbook/press/theme/assets/fragment.js"

test("an id is read from an address, also where it cannot be decoded", () => {
  const read = ["", "#", "#terms", "#%E5%90%88%E6%84%8F", "#合意", "#50%"].map(idIn)
  assert.deepEqual(read, ["", "", "terms", "合意", "合意", "50%"])
})
