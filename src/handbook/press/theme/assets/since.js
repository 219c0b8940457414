// @ts-check
// Since you last read: the browser remembers, here and nowhere else, which text of a page it showed, as
// a short number for each paragraph; it says next time what has changed. Readers can switch it off, which
// forgets everything. Browsers may refuse to remember; then nothing is said. A page that has moved is
// known by the addresses it had before.

/**
 * What is remembered of a page: the day, and the digest of each of its texts. What was remembered in an
 * older form, without headings and notes, is of no use.
 * @typedef {{ form: number, day: string, texts: string[] }} Memory
 */

/**
 * A text on a page: its element, the address to lead to, and what to call it there.
 * @typedef {{ holder: Element, link: string, name: string }} Place
 */

const READ = "handbook: read "
const REFUSED = "handbook: do not remember"
const FORM = 2
const LONG_ENOUGH = 4000 // milliseconds after which a page counts as read
const MOST = 24 // links in a line

/**
 * Return a short number of a text (FNV-1a, 32 bits).
 * @param {string} text
 */
export function digest(text) {
  let value = 0x811c9dc5
  for (const character of text) {
    value = Math.imul(value ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193)
  }
  return (value >>> 0).toString(36)
}

/**
 * Return which texts are new or changed, and how many are gone. A text that has only moved is neither.
 * @param {string[]} before
 * @param {string[]} now
 */
export function compare(before, now) {
  /** @type {Map<string, number>} */
  const left = new Map()
  for (const text of before) left.set(text, (left.get(text) ?? 0) + 1)
  const changed = now.flatMap((text, at) => {
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count > 0 ? [] : [at]
  })
  const lost = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0)
  return { changed, gone: Math.max(0, lost - changed.length) }
}

/**
 * Return the element that a number belongs to.
 * @param {Element} number
 */
export function holderOf(number) {
  const parent = /** @type {HTMLElement} */ (number.parentElement)
  return parent.matches("td, th") ? (parent.closest("tr") ?? parent) : parent
}

const OWN = ":scope > .number, :scope > td > .number, :scope > th > .number"
const ADDED =
  ".state, .passage, .pair__other, .menu, .correct, .headerlink, .footnote-backref, sup:has(> .footnote-ref), template, script"

/**
 * Return the text of a numbered paragraph, without the paragraphs within it and what a build adds.
 * @param {Element} number
 */
export function textOf(number) {
  return wordsOf(holderOf(number))
}

/**
 * Return the text of an element that holds a text, likewise.
 * @param {Element} holder
 */
export function wordsOf(holder) {
  const copy = /** @type {Element} */ (holder.cloneNode(true))
  copy.querySelector(OWN)?.remove()
  for (const other of copy.querySelectorAll(".number")) other.parentElement?.remove()
  for (const each of copy.querySelectorAll(ADDED)) each.remove()
  const cells = copy.matches("tr") ? [...copy.children] : [copy]
  const texts = cells.map(cell =>
    (cell.textContent ?? "").replace(/[\s\u200b\u2060]+/g, " ").trim()
  )
  return texts.join(" | ")
}

const CONTENT = ".md-content .md-typeset"
const OTHERS = `h1, h2, h3, h4, h5, h6, dt, figcaption, thead tr, .admonition-title, details[class] > summary,
  .tabbed-labels label, .footnote > ol > li`
const FURNITURE = ".foot *, .tools *, .since *"

/**
 * Return the texts of a page, from its first to its last. What has no address of its own, such as the
 * title of a box, leads to the next paragraph.
 * @returns {Place[]}
 */
function places() {
  const found = document.querySelectorAll(`${CONTENT} :is(a.number, ${OTHERS}):not(${FURNITURE})`)
  /** @type {Place[]} */
  const made = []
  let next = { link: "", name: "" }
  for (const each of [...found].reverse()) {
    if (each.matches("a.number")) {
      next = addressOf(each, each.textContent ?? "")
      made.push({ ...next, holder: holderOf(each) })
    } else if (!each.querySelector("a.number")) {
      made.push({ ...(ownAddress(each) ?? next), holder: each })
    }
  }
  return made.reverse()
}

/** @param {Element} element @param {string} name */
function addressOf(element, name) {
  return { link: `#${element.id}`, name }
}

/** Return the address of a heading, called by its words, or of a note, by its number. @param {Element} text */
function ownAddress(text) {
  if (text.matches(":is(h1, h2, h3, h4, h5, h6)[id]")) return addressOf(text, wordsOf(text))
  if (!text.matches(".footnote > ol > li")) return null
  return addressOf(text, `[${[...(text.parentElement?.children ?? [])].indexOf(text) + 1}]`)
}

/** Return the reader's storage, or nothing. */
function storage() {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** @param {string} page */
function recall(page) {
  try {
    /** @type {Memory | null} */
    const memory = JSON.parse(storage()?.getItem(READ + page) ?? "null")
    return memory?.form === FORM && Array.isArray(memory.texts) ? memory : null
  } catch {
    return null
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function keep(key, value) {
  try {
    storage()?.setItem(key, value)
  } catch {} // full, or refused
}

/** Return whether nothing is to be remembered: the reader wants it so, or there is no storage. */
function isRefused() {
  return storage()?.getItem(REFUSED) !== null
}

/** Forget every page. */
function forget() {
  const store = storage()
  for (const key of Object.keys(store ?? {})) if (key.startsWith(READ)) store?.removeItem(key)
}

// On a page ---------------------------------------------------------------------------------------

/**
 * Say what has changed, at the head of the page and beside each paragraph.
 * @param {HTMLElement} line
 * @param {Place[]} places
 * @param {Memory} memory
 * @param {string[]} texts
 */
function tell(line, places, memory, texts) {
  const { changed, gone } = compare(memory.texts, texts)
  if (!changed.length && !gone) return
  const { changed: message = "", gone: lost = "" } = line.dataset
  const language = line.closest("[lang]")?.getAttribute("lang") ?? undefined
  const day = new Date(memory.day).toLocaleDateString(language, { dateStyle: "long" })
  for (const at of changed) places[at].holder.classList.add("since-read")
  const names = new Map(changed.map(at => [places[at].link, places[at].name]))
  const links = [...names].slice(0, MOST).map(([address, name]) => {
    const link = document.createElement("a")
    link.href = address
    link.textContent = name
    return link
  })
  if (changed.length) line.append(message.replace("{date}", day))
  for (const link of links) line.append(" ", link)
  if (names.size > MOST) line.append(" …")
  if (gone && changed.length) line.append(document.createElement("br"))
  if (gone) line.append(lost.replace("{count}", String(gone)).replace("{date}", day))
  line.hidden = false
  document.querySelector(".md-content h1")?.after(line)
}

/**
 * Let readers switch it off and on.
 * @param {HTMLElement} choice
 */
function offer(choice) {
  const button = /** @type {HTMLButtonElement} */ (choice.querySelector("button"))
  const words = /** @type {HTMLElement} */ (choice.querySelector("span"))
  const show = () => {
    const isOff = isRefused()
    words.textContent = (isOff ? choice.dataset.off : choice.dataset.on) ?? ""
    button.textContent = (isOff ? choice.dataset.start : choice.dataset.stop) ?? ""
  }
  button.addEventListener("click", () => {
    if (isRefused()) storage()?.removeItem(REFUSED)
    else {
      forget() // which makes room for the next, where there was none
      keep(REFUSED, "yes")
    }
    show()
  })
  show()
  choice.hidden = false
}

function start() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector(".since"))
  const choice = /** @type {HTMLElement | null} */ (document.querySelector(".remember"))
  const shown = places()
  if (!line || !choice || !shown.length || !storage()) return
  const page = location.pathname
  const former = (line.dataset.former ?? "").split(" ").filter(Boolean)
  const names = [page, ...former.map(each => new URL(each, location.href).pathname)]
  const texts = shown.map(each => digest(wordsOf(each.holder)))
  const memory = names.map(recall).find(Boolean)
  if (memory && !isRefused()) tell(line, shown, memory, texts)
  offer(choice)
  let begun = document.hidden ? Infinity : Date.now() // what waits in another tab is not read yet
  const leave = () => {
    if (Date.now() - begun < LONG_ENOUGH || isRefused()) return
    for (const name of names.slice(1)) storage()?.removeItem(READ + name)
    keep(READ + page, JSON.stringify({ form: FORM, day: new Date().toISOString(), texts }))
  }
  addEventListener("pagehide", leave)
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave()
    else begun = Math.min(begun, Date.now())
  })
}

if (typeof document !== "undefined") start()
