// @ts-check
// Words that a reader has selected can be retyped and sent at once, and seen in their source: in any text
// whose line is known, also one without a number, such as a heading, a footnote or a word in a drawing.
// Nothing is sent but by what the reader presses; the whole text can be looked at before.
import { correct, correctionOf, fit, place as putBelow, send } from "./correct.js"
import { atLine, place } from "./passage.js"
import { holderOf, wordsOf } from "./since.js"

/** @typedef {import("./correct.js").Spot & { line: string }} Spot */

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template.words-menu"))
const menu = /** @type {HTMLElement} */ (template.content.querySelector(".menu"))
const box = /** @type {HTMLTextAreaElement} */ (menu.querySelector("textarea"))
const told = /** @type {HTMLElement} */ (menu.querySelector("[aria-live]"))
const link = /** @type {HTMLAnchorElement | null} */ (menu.querySelector("[data-source]"))
const source = link?.getAttribute("href") ?? ""

/** @type {Spot | null} */
let spot = null
let words = ""
let at = 0 // where the words begin in the text
let isSent = false
let isTouched = false // whether the box has been pressed
let lowest = 0 // where the menu ends on the page, if it stands above the words

/**
 * Return the text that a node is in, if it can be corrected.
 * @param {Node | null} node
 * @returns {Spot | null}
 */
function spotOf(node) {
  let element = node instanceof Element ? node : (node?.parentElement ?? null)
  if (element?.closest("form, .menu, .passage, .pair__other, .since")) return null
  for (; element && !element.matches(".md-content"); element = element.parentElement) {
    const holder = /** @type {HTMLElement} */ (element)
    const number = numberOf(element)
    const line = element.matches("a") ? null : element.getAttribute("data-line")
    if (line !== null) return about(holder, number, line)
    if (number) return about(holderOf(number), number, number.getAttribute("data-line") ?? "")
  }
  return null
}

/**
 * Return the number of a text: of a cell, that of its row.
 * @param {Element} element
 */
function numberOf(element) {
  const whole = element.matches("td, th") ? element.parentElement : element
  return /** @type {HTMLAnchorElement | null} */ (
    whole?.querySelector(":scope > a.number, :scope > td > a.number, :scope > th > a.number") ??
      null
  )
}

/**
 * @param {HTMLElement} holder
 * @param {HTMLAnchorElement | null} number
 * @param {string} line
 * @returns {Spot}
 */
function about(holder, number, line) {
  const id = holder.id || holder.closest("[id]")?.id
  return {
    holder,
    number: number?.textContent ?? "",
    hash: number?.hash ?? (id ? `#${id}` : ""),
    old: holder.getAttribute("data-words") ?? wordsOf(holder),
    back: number,
    line: line === "0" ? "" : line,
  }
}

/**
 * Return where selected words begin in a text: of those that read alike, the ones that were selected.
 * Return -1 if they are not in it as they are, such as when a line of a drawing ends between them.
 * @param {Spot} spot
 * @param {Range} range
 * @param {string} some
 */
function begin({ holder, old }, range, some) {
  const before = document.createRange()
  before.setStart(holder, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const copy = /** @type {Element} */ (holder.cloneNode(false))
  copy.append(before.cloneContents())
  const length = wordsOf(copy).length
  let found = -1
  for (let next = old.indexOf(some); next >= 0; next = old.indexOf(some, next + 1)) {
    if (found < 0 || Math.abs(next - length) < Math.abs(found - length)) found = next
  }
  return found
}

/** Return the text with what is written in the box. */
function text() {
  const old = spot?.old ?? ""
  return `${old.slice(0, at)}${box.value}${old.slice(at + words.length)}`
}

/** Tell whether the reader is retyping: what is written must not be lost. */
function isInUse() {
  const hasFocus = menu.contains(document.activeElement)
  return menu.isConnected && (hasFocus || (box.value !== words && !isSent))
}

/**
 * Offer what can be done with selected words, or withdraw the offer where they are in no one text. What
 * was retyped stays until it is sent or given up.
 * @param {Selection | null} selection
 */
export function offer(selection) {
  if (isInUse()) return
  const found = selection && !selection.isCollapsed ? spotOf(selection.anchorNode) : null
  const other = found && spotOf(selection?.focusNode ?? null)
  const selected = String(selection ?? "")
    .replace(/\s+/g, " ")
    .trim()
  if (!selection || !found || found.holder !== other?.holder || !selected) {
    menu.remove()
    return
  }
  const range = selection.getRangeAt(0)
  const start = begin(found, range, selected)
  show(found, Math.max(0, start), start < 0 ? found.old : selected, atLine(source, found.line))
  placeAt(range.getBoundingClientRect())
}

/**
 * Offer the same for a name in the menus, whose link was pressed.
 * @param {HTMLAnchorElement} name
 */
export function retype(name) {
  if (isInUse()) {
    box.focus()
    return
  }
  const old = (name.textContent ?? "").trim()
  const holder = /** @type {HTMLElement} */ (name.closest(".foot")) // a list in it runs on in a line
  const spot = { holder, number: "", hash: "", old, back: name, file: name.dataset.file }
  show({ ...spot, line: "" }, 0, old, name.href)
  placeAt(name.getBoundingClientRect())
  box.focus()
}

/**
 * Show the menu of some words of a text.
 * @param {Spot} text
 * @param {number} start  where they begin in it
 * @param {string} some
 * @param {string} address  of the line where they are written
 */
function show(text, start, some, address) {
  spot = text
  at = start
  words = some
  box.value = words
  isSent = isTouched = false
  showWays()
  if (link) link.href = address
  putBelow(menu, text.holder)
  menu.showPopover()
  fit(box)
}

/** Show how it can be sent once there is something to send. */
function showWays() {
  const ways = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(".ways")])
  const isOffered = box.value !== words
  const isNew = ways.some(each => each.hidden === isOffered)
  for (const each of ways) each.hidden = !isOffered
  told.replaceChildren()
  if (isNew) keepInSight()
}

/** Keep a menu that has grown in the window, and off the words that it stands above. */
function keepInSight() {
  if (!menu.isConnected) return
  if (lowest) menu.style.top = `${Math.max(scrollY + 60, lowest - menu.offsetHeight)}px`
  else menu.scrollIntoView({ block: "nearest" })
}

/** Put the menu beside the selected words. @param {DOMRect} at */
function placeAt(at) {
  place(menu, at)
  const { bottom } = menu.getBoundingClientRect()
  lowest = bottom <= at.top ? bottom + scrollY : 0
}

function close() {
  menu.remove()
  spot?.back?.focus({ preventScroll: true })
}

// Who types with the words selected writes over them, as in any editor. Not where letters make characters
// by an input method, which begins with a box alone: the first letter would be left over.

const WRITTEN_BY_METHOD = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u

/** Tell whether a key writes or deletes. @param {KeyboardEvent} event */
function isWriting({ key, ctrlKey, metaKey, altKey, isComposing }) {
  if (ctrlKey || metaKey || altKey || isComposing || WRITTEN_BY_METHOD.test(words)) return false
  return ([...key].length === 1 && key !== " ") || key === "Backspace" || key === "Delete"
}

document.addEventListener(
  "keydown",
  event => {
    if (!menu.isConnected || document.activeElement?.closest("input, textarea, .menu")) return
    if (event.key === "Escape") menu.remove()
    else if (isWriting(event) && !getSelection()?.isCollapsed) box.focus({ preventScroll: true })
  },
  { capture: true } // before the shortcuts of the page, which leave alone what is typed in a box
)

// All of it is to be retyped; another press puts the cursor between letters.
box.addEventListener("focus", () => {
  if (box.value === words) box.select()
})
box.addEventListener("click", () => {
  if (!isTouched && box.value === words) box.select()
  isTouched = true
})
box.addEventListener("input", () => {
  isSent = false
  fit(box)
  showWays()
})
menu.addEventListener("pointerdown", event => {
  const isInBox = /** @type {Element} */ (event.target).closest("textarea")
  if (!isInBox) event.preventDefault() // the words stay selected
})
menu.addEventListener("click", event => {
  const pressed = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (event.target).closest("[data-send], [data-do]")
  )
  if (!pressed || !spot) return
  const written = box.value
  if (pressed.dataset.send === "close") close()
  else if (pressed.dataset.send) isSent = send(event, pressed, correctionOf(spot, text()), menu)
  else {
    const whole = text()
    menu.remove()
    correct(spot, written, whole)
  }
})
menu.addEventListener("keydown", event => {
  if (event.key === "Escape") close()
})
