// @ts-check
// Words that a reader has selected can be corrected at once, and seen in their source: in any text whose
// line is known, also one without a number, such as a heading, a footnote or a word in a drawing.
import { correct, place as putBelow } from "./correct.js"
import { atLine, place } from "./passage.js"
import { holderOf, wordsOf } from "./since.js"

/** @typedef {import("./correct.js").Spot & { line: string }} Spot */

const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template.words-menu"))
const menu = /** @type {HTMLElement} */ (template.content.querySelector(".menu"))
const link = menu.querySelector("a")
const source = link?.getAttribute("href") ?? ""

/** @type {Spot | null} */
let spot = null
let words = ""

/**
 * Return the text that a node is in, if it can be corrected.
 * @param {Node | null} node
 * @returns {Spot | null}
 */
function spotOf(node) {
  let element = node instanceof Element ? node : (node?.parentElement ?? null)
  if (element?.closest("form, .menu, .passage, .since")) return null
  for (; element && !element.matches(".md-content"); element = element.parentElement) {
    const number = /** @type {HTMLAnchorElement | null} */ (
      element.querySelector(":scope > a.number, :scope > td > a.number")
    )
    if (number && (!element.matches("td") || !element.closest("tr[data-line]"))) {
      return about(/** @type {HTMLElement} */ (holderOf(number)), number)
    }
    const line = element.getAttribute("data-line")
    if (line !== null && !element.matches("a")) return about(/** @type {HTMLElement} */ (element))
  }
  return null
}

/**
 * @param {HTMLElement} holder
 * @param {HTMLAnchorElement} [number]
 * @returns {Spot}
 */
function about(holder, number) {
  const id = holder.id || holder.closest("[id]")?.id
  return {
    holder,
    number: number?.textContent ?? "",
    hash: number?.hash ?? (id ? `#${id}` : ""),
    old: holder.getAttribute("data-words") ?? wordsOf(holder),
    back: number ?? null,
    line: (number ?? holder).getAttribute("data-line") ?? "",
  }
}

/**
 * Offer what can be done with selected words, or withdraw the offer where they are in no one text.
 * @param {Selection | null} selection
 */
export function offer(selection) {
  const found = selection && !selection.isCollapsed ? spotOf(selection.anchorNode) : null
  const other = found && spotOf(selection?.focusNode ?? null)
  words = String(selection ?? "")
    .replace(/\s+/g, " ")
    .trim()
  if (!selection || !found || found.holder !== other?.holder || !words) {
    withdraw()
    return
  }
  spot = found
  if (link) link.href = atLine(source, found.line === "0" ? "" : found.line)
  putBelow(menu, found.holder)
  menu.showPopover()
  place(menu, selection.getRangeAt(0).getBoundingClientRect())
}

function withdraw() {
  if (menu.isConnected && !menu.contains(document.activeElement)) menu.remove()
}

menu.addEventListener("pointerdown", event => event.preventDefault()) // the words stay selected
menu.addEventListener("click", event => {
  if (!(/** @type {Element} */ (event.target).closest("button")) || !spot) return
  menu.remove()
  correct(spot, words)
})
menu.addEventListener("keydown", event => {
  if (event.key === "Escape") menu.remove()
})
