// The scripts of pages, with as much of a page as they need: no browser.
import assert from "node:assert/strict"
import { test } from "node:test"

// An empty page for the scripts to start on.
globalThis.navigator ??= {}
globalThis.document = {
  addEventListener() {},
  querySelector: () => null,
  querySelectorAll: () => [],
}

const { texts } = await import("../../src/handbook/press/theme/assets/texts.js")
const { goTo, place } = await import("../../src/handbook/press/theme/assets/place.js")
const { excerpt, quote } = await import("../../src/handbook/press/theme/assets/tools.js")
const { positionBeside } = await import("../../src/handbook/press/theme/assets/terms.js")
const { inOrder } = await import("../../src/handbook/press/theme/assets/offline.js")

const text = words => ({ nodeType: 3, textContent: words, childNodes: [] })
const element = (localName, ...childNodes) => ({
  nodeType: 1,
  localName,
  childNodes,
  get textContent() {
    return childNodes.map(each => each.textContent).join("")
  },
  matches: selector => selector.split(/,\s*/).includes(localName),
  closest: () => null,
  attributes: {},
  hasAttribute(name) {
    return name in this.attributes
  },
  getAttribute(name) {
    return this.attributes[name] ?? null
  },
})
/** Give an element attributes. */
const having = (attributes, made) => Object.assign(made, { attributes })

test("a text is what is written in one element, up to a block in it", () => {
  const article = element(
    "article",
    element("h1", text("Title")),
    element("p", text("One "), element("em", text("two")), text(" three")),
    text("\n  "),
    element(
      "ul",
      element("li", text("four"), element("ul", element("li", text("five"))), text("six"))
    ),
    element("aside", element("p", text("added by a build"))),
    { nodeType: 8, textContent: "a comment", childNodes: [] }
  )
  const read = [...texts(article)].map(({ element, nodes }) => [
    element.localName,
    nodes.map(each => each.textContent).join(""),
  ])
  assert.deepEqual(read, [
    ["h1", "Title"],
    ["p", "One two three"],
    ["li", "four"],
    ["li", "five"],
    ["li", "six"],
  ])
})

test("the items of a sorted list are read as they stand in the source", () => {
  const item = (place, words) => having({ "data-place": place }, element("li", text(words)))
  const list = having({ "data-sorted": "" }, element("ul", item("1", "a"), item("0", "b")))
  assert.deepEqual(
    [...texts(list)].map(({ nodes }) => nodes[0].textContent),
    ["b", "a"]
  )
})

/** Show a page whose paragraphs have these tops and bottoms in a window 600 high. */
function show(boxes, scrollY) {
  const paragraphs = boxes.map(([top, bottom]) => {
    const words = { ...text("words"), box: { top, bottom } }
    return element("p", words)
  })
  const article = element("article", ...paragraphs)
  const range = () => ({
    setStartBefore(node) {
      this.node = node
    },
    setEndAfter() {},
    getBoundingClientRect() {
      return this.node.box
    },
  })
  const page = { ...document, querySelector: () => article, createRange: range }
  Object.assign(globalThis, { document: page, innerHeight: 600, scrollY })
}

test("a reader is at the first text that begins below the header", () => {
  show(
    [
      [-200, 40],
      [60, 90],
      [120, 200],
      [210, 300],
    ],
    500
  )
  assert.deepEqual(place(), { number: 2, of: 4, top: 120 })
})

test("where none begins on the screen, a reader is in the one that fills it", () => {
  show(
    [
      [-300, -100],
      [-90, 900],
      [910, 1000],
    ],
    500
  )
  assert.deepEqual(place(), { number: 1, of: 3, top: -90 })
})

test("at the top of a page there is no place", () => {
  show([[100, 200]], 0)
  assert.equal(place(), null)
})

test("a place is gone to on a page with as many texts, and on no other", () => {
  const asked = []
  globalThis.scrollTo = where => asked.push(where)
  show(
    [
      [0, 50],
      [400, 500],
    ],
    30
  )
  assert.equal(goTo({ number: 1, of: 3, top: 100 }), false)
  assert.equal(goTo({ number: 1, of: 2, top: 100 }), true)
  assert.deepEqual(asked, [{ top: 330, behavior: "instant" }])
})

test("a report quotes the beginning of a paragraph and what was selected", () => {
  assert.equal(excerpt("  two\n   lines "), "two lines")
  assert.equal(excerpt("👍".repeat(61)), `${"👍".repeat(60)}…`)
  assert.equal(quote("A paragraph", ""), "“A paragraph”")
  assert.equal(quote("A paragraph", "graph"), "“A paragraph” → “graph”")
})

test("a definition is below its term, above it at the foot of the window, and never outside", () => {
  const view = { width: 360, height: 600, scrollX: 0, scrollY: 1000 }
  const box = { width: 200, height: 100 }
  const at = (left, top) =>
    positionBeside({ left, top, bottom: top + 20 }, { bottom: top + 20 }, box, view)
  assert.deepEqual(at(20, 100), { left: 20, top: 1124 })
  assert.deepEqual(at(20, 550), { left: 20, top: 1446 })
  assert.deepEqual(at(300, 100), { left: 152, top: 1124 })
  assert.deepEqual(at(0, 100), { left: 8, top: 1124 })
  const low = { ...view, height: 150 }
  const under = positionBeside({ left: 20, top: 100, bottom: 120 }, { bottom: 120 }, box, low)
  assert.deepEqual(under, { left: 20, top: 1124 }) // no room above either: the header is there
})

test("saved pages are listed by title, the reader's language first", () => {
  const page = (language, title) => ({ url: "", language, title })
  const pages = [page("en", "B"), page("es", "Ánimo"), page("es", "Zeta"), page("en", "A")]
  const titles = language => inOrder(pages, language).map(each => each.title)
  assert.deepEqual(titles("es"), ["Ánimo", "Zeta", "A", "B"])
  assert.deepEqual(titles("en"), ["A", "B", "Ánimo", "Zeta"])
})
