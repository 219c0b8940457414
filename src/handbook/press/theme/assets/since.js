// @ts-check
// Since you last read: the browser remembers, here and nowhere else, which text of a page it showed, as
// a short number for each paragraph; it says next time what has changed. Readers can switch it off, which
// forgets everything. Browsers may refuse to remember; then nothing is said. A page that has moved is
// known by the addresses it had before.

/**
 * What is remembered of a page: the day, and the number of the text of each paragraph.
 * @typedef {{ day: string, texts: string[] }} Memory
 */

const READ = "handbook: read "
const REFUSED = "handbook: do not remember"
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
    return memory && Array.isArray(memory.texts) ? memory : null
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
 * @param {HTMLAnchorElement[]} numbers
 * @param {Memory} memory
 * @param {string[]} texts
 */
function tell(line, numbers, memory, texts) {
  const { changed, gone } = compare(memory.texts, texts)
  if (!changed.length && !gone) return
  const { changed: message = "", gone: lost = "" } = line.dataset
  const language = line.closest("[lang]")?.getAttribute("lang") ?? undefined
  const day = new Date(memory.day).toLocaleDateString(language, { dateStyle: "long" })
  for (const at of changed) holderOf(numbers[at]).classList.add("since-read")
  const links = changed.slice(0, MOST).map(at => {
    const link = document.createElement("a")
    link.href = numbers[at].hash
    link.textContent = numbers[at].textContent
    return link
  })
  if (changed.length) line.append(message.replace("{date}", day))
  for (const link of links) line.append(" ", link)
  if (changed.length > MOST) line.append(" …")
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
  const numbers = /** @type {HTMLAnchorElement[]} */ ([
    ...document.querySelectorAll(".md-content a.number"),
  ])
  if (!line || !choice || !numbers.length || !storage()) return
  const page = location.pathname
  const former = (line.dataset.former ?? "").split(" ").filter(Boolean)
  const names = [page, ...former.map(each => new URL(each, location.href).pathname)]
  const texts = numbers.map(number => digest(textOf(number)))
  const memory = names.map(recall).find(Boolean)
  if (memory && !isRefused()) tell(line, numbers, memory, texts)
  offer(choice)
  let begun = document.hidden ? Infinity : Date.now() // what waits in another tab is not read yet
  const leave = () => {
    if (Date.now() - begun < LONG_ENOUGH || isRefused()) return
    for (const name of names.slice(1)) storage()?.removeItem(READ + name)
    keep(READ + page, JSON.stringify({ day: new Date().toISOString(), texts }))
  }
  addEventListener("pagehide", leave)
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave()
    else begun = Math.min(begun, Date.now())
  })
}

if (typeof document !== "undefined") start()
