// keys.js on a page of event targets: which keys do what, and when.
import assert from "node:assert/strict"
import { test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"

const element = (properties = {}) => Object.assign(new EventTarget(), properties)
const toggle = () =>
  element({
    checked: false,
    click() {
      this.checked = !this.checked
      this.dispatchEvent(new Event("change"))
    },
  })

const [drawer, search, box] = [toggle(), toggle(), element()]
const [content, scrollable] = [element(), element()]
const title = element({ textContent: " Toolkit ", htmlFor: "__nav_3" })
const arrow = element({ parentElement: title, clicks: 0, click: () => (arrow.clicks += 1) })
const label = element({ focus: () => (label.isFocused = true) })
const elements = { __drawer: drawer, __search: search, __nav_3_label: label }
const lists = [
  [".md-nav__icon", [arrow]],
  [".md-content", [content]],
  ["figure.diagram", [scrollable]],
]

const width = element()
let observer
Object.assign(globalThis, {
  document: element({
    getElementById: id => elements[id],
    querySelector: () => box,
    querySelectorAll: selector => lists.find(([part]) => selector.includes(part))[1],
  }),
  document$: { subscribe: next => next() },
  matchMedia: () => width,
  ResizeObserver: class {
    constructor(look) {
      observer = this
      this.look = look
      this.observed = []
    }
    observe(target) {
      this.observed.push(target)
    }
  },
})

await import("../../src/handbook/press/theme/assets/keys.js")

/** Press a key; returns the event. */
function press(key, target = document) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key })
  event.stopPropagation = () => (event.isStopped = true)
  target.dispatchEvent(event)
  return event
}

test("a window that is made wide has no drawer that keeps the focus from the page", () => {
  drawer.click()
  width.dispatchEvent(new Event("change"))
  assert.deepEqual([drawer.checked, content.inert], [false, false])
  width.dispatchEvent(new Event("change"))
  assert.equal(drawer.checked, false)
})

test("Escape closes the drawer, and does not open it", () => {
  drawer.click()
  assert.equal(content.inert, true)
  press("Escape")
  assert.equal(drawer.checked, false)
  assert.equal(content.inert, false)
  press("Escape")
  assert.equal(drawer.checked, false)
})

test("Tab closes the search, and otherwise does what it does", () => {
  assert.ok(!press("Tab").isStopped)
  assert.equal(search.checked, false)
  search.click()
  assert.ok(press("Tab").isStopped)
  assert.equal(search.checked, false)
})

test("the focus in the box opens the search, unless it has left meanwhile", async () => {
  document.activeElement = null
  box.dispatchEvent(new Event("focus"))
  await wait(5)
  assert.equal(search.checked, false)
  document.activeElement = box
  box.dispatchEvent(new Event("focus"))
  await wait(5)
  assert.equal(search.checked, true)
})

test("the arrow of a panel is a button with a name", () => {
  assert.deepEqual([arrow.role, arrow.tabIndex, arrow.ariaLabel], ["button", 0, "Toolkit"])
  assert.ok(!press("a", arrow).defaultPrevented)
  assert.equal(arrow.clicks, 0)
  assert.ok(press("Enter", arrow).defaultPrevented)
  assert.equal(arrow.clicks, 1)
  assert.ok(label.isFocused)
})

test("what is wider than its place can have the focus, for as long as it is", () => {
  assert.deepEqual(observer.observed, [scrollable])
  const target = { attributes: {}, clientWidth: 100 }
  target.setAttribute = (name, value) => (target.attributes[name] = value)
  target.removeAttribute = name => delete target.attributes[name]
  observer.look([{ target: Object.assign(target, { scrollWidth: 300 }) }])
  assert.deepEqual(target.attributes, { tabindex: "0" })
  observer.look([{ target: Object.assign(target, { scrollWidth: 100 }) }])
  assert.deepEqual(target.attributes, {})
})
