import assert from "node:assert/strict"
import { test } from "node:test"
import { compare, digest } from "../../src/handbook/press/theme/assets/since.js"

test("texts have numbers that tell them apart", () => {
  assert.equal(digest("Same words."), digest("Same words."))
  const texts = ["", "a", "b", "ab", "ba", "一", "二", "😀", "😁", "Same words", "Same words."]
  assert.equal(new Set(texts.map(digest)).size, texts.length)
})

test("an edit, a new text and a lost one are told; a move is not", () => {
  assert.deepEqual(compare(["a", "b", "c"], ["a", "b", "c"]), { changed: [], gone: 0 })
  assert.deepEqual(compare(["a", "b", "c"], ["c", "a", "b"]), { changed: [], gone: 0 })
  assert.deepEqual(compare(["a", "b", "c"], ["a", "x", "c"]), { changed: [1], gone: 0 })
  assert.deepEqual(compare(["a", "c"], ["a", "b", "c"]), { changed: [1], gone: 0 })
  assert.deepEqual(compare(["a", "b", "c"], ["a", "c"]), { changed: [], gone: 1 })
  assert.deepEqual(compare(["a", "b", "c"], ["x"]), { changed: [0], gone: 2 })
  assert.deepEqual(compare(["a", "a"], ["a", "a", "a"]), { changed: [2], gone: 0 })
})
