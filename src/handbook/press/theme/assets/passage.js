// @ts-check
// What can be done with one paragraph: copy a link to it, quote it with its version, see it in another
// language, see its source, edit it. partials/passages.html has the words.

import { here } from "./address.js"
import { holderOf, textOf } from "./since.js"

const template = /** @type {HTMLTemplateElement} */ (
  document.querySelector("template.passage-menu")
)
const menu = /** @type {HTMLElement} */ (template.content.querySelector(".menu"))
const name = /** @type {HTMLElement} */ (menu.querySelector("b"))
const told = /** @type {HTMLElement} */ (menu.querySelector("[aria-live]"))
/** Not every browser lets pages copy. @type {Partial<Pick<Navigator, "clipboard">>} */
const device = navigator

/** @type {HTMLAnchorElement | undefined} The number whose menu is open */
let opened
let selected = ""

document.addEventListener("selectionchange", () => {
  const words = String(getSelection() ?? "")
    .replace(/\s+/g, " ")
    .trim()
  if (words) selected = words
})

/**
 * Return the address of a source with the line where a paragraph is.
 * @param {string} address
 * @param {string} line
 */
export function atLine(address, line) {
  return line ? `${address.split("#")[0]}#L${line}` : address
}

/** @param {HTMLElement} button */
async function copy(button) {
  if (!opened) return
  const number = opened.textContent ?? ""
  const { quoted = "", done = "" } = button.dataset
  const version = document.querySelector(".passages")?.getAttribute("data-version")
  const text = quoted
    ? `${quoted.replace("{number}", number)} ${here()}#p${number}@${version}`
    : `${here()}#p${number}`
  try {
    await device.clipboard?.writeText(text)
    told.textContent = device.clipboard ? done : text
  } catch {
    told.textContent = text // to be copied by hand
  }
}

/**
 * Open the menu of a number.
 * @param {HTMLAnchorElement} number
 */
export function open(number) {
  opened = number
  name.textContent = number.textContent
  told.textContent = ""
  number.after(menu) // in a template, links have no addresses
  for (const link of menu.querySelectorAll("a")) {
    if (link.hreflang) link.hash = number.hash
    if ("source" in link.dataset) link.href = atLine(link.href, number.dataset.line ?? "")
  }
  menu.showPopover()
  number.setAttribute("aria-expanded", "true")
  place(menu, number.getBoundingClientRect())
  menu.querySelector("button")?.focus()
}

/**
 * Put a menu below a place in the window, or above it where there is no room.
 * @param {HTMLElement} menu
 * @param {DOMRect} at
 */
export function place(menu, { top, bottom, left }) {
  const { width, height } = menu.getBoundingClientRect()
  const fits = bottom + height + 4 < innerHeight
  const wide = document.documentElement.clientWidth
  menu.style.left = `${Math.max(8, Math.min(left, wide - width - 8)) + scrollX}px`
  menu.style.top = `${(fits ? bottom + 4 : Math.max(60, top - height - 4)) + scrollY}px`
}

menu.addEventListener("click", async event => {
  const button = /** @type {Element} */ (event.target).closest("button")
  if (button?.dataset.do === "correct" && opened) {
    const number = opened
    menu.hidePopover()
    const { correct } = await import("./correct.js")
    const { hash } = number
    const spot = { hash, holder: holderOf(number), number: number.textContent ?? "" }
    correct({ ...spot, old: textOf(number), back: number }, selected)
  }
  if (button?.dataset.do === "copy" || button?.dataset.do === "quote") copy(button)
})
menu.addEventListener("toggle", event => {
  if (/** @type {ToggleEvent} */ (event).newState !== "closed") return
  opened?.removeAttribute("aria-expanded")
  const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body
  menu.remove()
  if (hadFocus) opened?.focus({ preventScroll: true })
})
