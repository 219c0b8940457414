// @ts-check
// The numbers of paragraphs. One of them can be reached with Tab, the others from it with the arrow keys;
// pressed, it offers what can be done with its paragraph. A link that names a version leads to where the
// paragraph is now.
import { follow, readHash } from "./versions.js"

const status = /** @type {HTMLElement | null} */ (document.querySelector(".passages"))
const numbers = /** @type {HTMLAnchorElement[]} */ ([
  ...document.querySelectorAll(".md-content a.number"),
])

// Keyboard ----------------------------------------------------------------------------------------

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 }

/** Let one number be reached with Tab. @param {HTMLAnchorElement} number */
function makeReachable(number) {
  for (const each of numbers) each.tabIndex = each === number ? 0 : -1
}

/** @param {EventTarget | null} target */
function numberAt(target) {
  return target instanceof Element
    ? /** @type {HTMLAnchorElement | null} */ (target.closest("a.number"))
    : null
}

document.addEventListener("keydown", event => {
  const number = numberAt(event.target)
  if (!number) return
  if (event.key === " ") number.click()
  else if (event.key in STEPS) numbers[numbers.indexOf(number) + STEPS[event.key]]?.focus()
  else return
  event.preventDefault()
})
document.addEventListener("focusin", event => {
  const number = numberAt(event.target)
  if (number) makeReachable(number)
})

// Menus: their scripts come when somebody asks for them -------------------------------------------

document.addEventListener("click", async event => {
  const number = numberAt(event.target)
  const name = /** @type {HTMLAnchorElement | null} */ (
    /** @type {Element} */ (event.target).closest(".foot a[data-file]")
  )
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)
  if (!(number || name) || !isPlain || !("popover" in HTMLElement.prototype)) return
  event.preventDefault()
  if (name) {
    const { retype } = await import("./words.js")
    retype(name)
  } else if (number) {
    history.replaceState(history.state, "", number.hash)
    const { open } = await import("./passage.js")
    open(number)
  }
})

// Selected words: they can be corrected ----------------------------------------------------------------

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting
let isLoaded = false

document.addEventListener("selectionchange", () => {
  clearTimeout(waiting)
  waiting = setTimeout(async () => {
    const selection = getSelection()
    if (!("popover" in HTMLElement.prototype) || !(isLoaded || String(selection ?? "").trim()))
      return
    isLoaded = true
    const { offer } = await import("./words.js")
    offer(selection)
  }, SETTLED)
})

const SETTLED = 300 // milliseconds after which a reader has selected what was to be selected

// Versions ----------------------------------------------------------------------------------------

/** Go to the passage that the address names, where it names one with a version. */
async function arrive() {
  const named = readHash(location.hash)
  if (!named || !status) return
  const { number, version } = named
  if (!version) {
    const target = document.getElementById(`p${number}`)
    if (target) reveal(target)
    target?.scrollIntoView() // the page has found its form by now
    return
  }
  const { fate, now } = follow(await versionsOf(status), number, version)
  say(status, fate, { number, version, now })
  const target = now && document.getElementById(`p${now}`)
  if (target) location.replace(`#p${now}`)
}

/** Open the tabs that a passage is in. @param {Element} target */
function reveal(target) {
  const block = target.closest(".tabbed-block")
  const set = block?.closest(".tabbed-set")
  if (!block || !set) return
  const nth = [...(block.parentElement?.children ?? [])].indexOf(block)
  const tabs = /** @type {NodeListOf<HTMLInputElement>} */ (set.querySelectorAll(":scope > input"))
  if (tabs[nth] && !tabs[nth].checked) tabs[nth].click()
  if (set.parentElement) reveal(set.parentElement)
}

/** Return the versions of the page; none where there is no history or no connection.
 * @param {HTMLElement} status
 */
async function versionsOf({ dataset: { page = "", versions } }) {
  if (!versions) return [] // those of this page are not followed
  try {
    const known = await (await fetch(versions)).json()
    return known[page] ?? []
  } catch {
    return []
  }
}

/**
 * Say what has become of a passage.
 * @param {HTMLElement} status
 * @param {string} fate
 * @param {Record<string, string>} words
 */
function say(status, fate, words) {
  const text = (status.dataset[fate] ?? "").replace(
    /{(\w+)}/g,
    (field, name) => words[name] ?? field
  )
  const line = document.createElement("p")
  line.textContent = text
  status.replaceChildren(line)
}

// What is said stands over the page until the reader goes on.
document.addEventListener("pointerdown", () => status?.replaceChildren())

if (numbers.length) makeReachable(numbers[0])
addEventListener("hashchange", arrive)
arrive()
