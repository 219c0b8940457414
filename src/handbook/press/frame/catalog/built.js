// @ts-check
// The built page in its frame: the text of a unit is found on it, and shown there as it is now.
import { visible } from "./review.js"

/** @typedef {import("./po.js").Unit} Unit */

const BLOCKS =
  "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, summary, figcaption, .admonition-title"
/** What is in a block beside its own text: what a build adds, and blocks within it. */
const NOT_TEXT =
  "a.number, a.headerlink, sup, .state, .passage, .menu, rt, template, script, ul, ol, dl"
const LISTS = ":scope > :is(ul, ol, dl)"
const MARKED = "data-here" // the block that is shown
const NEW_WORDS = "data-words" // what a block says since it was written over
const STYLE = `[${MARKED}] { outline: 3px solid #c25a00; outline-offset: 4px; }`

/**
 * Let blocks be marked on a page that has been loaded.
 * @param {Document} page
 */
export function prepare(page) {
  const style = page.createElement("style")
  style.append(STYLE)
  page.head.append(style)
}

/**
 * Scroll to a unit on the built page, mark its block, and write into it what it says now. Where its
 * text is not found, scroll to the heading or other place that the catalog names.
 * @param {HTMLIFrameElement} frame
 * @param {Unit} before  as the page may have it
 * @param {Unit} now
 * @param {Unit} [was]  as the page has it where it was not there yet, or the text came from elsewhere
 */
export function showOnPage(frame, before, now, was = before) {
  const page = frame.hidden ? null : frame.contentDocument
  if (!page?.body) return // it is still coming
  for (const each of page.querySelectorAll(`[${MARKED}]`)) each.removeAttribute(MARKED)
  const block = before === now ? blockOf(page, now) : writeOnPage(frame, before, now, was)
  const anchor = now.places[0]?.split("#")[1]
  const target = block ?? (anchor ? page.getElementById(anchor) : null)
  block?.setAttribute(MARKED, "")
  // Not scrollIntoView, which on a small screen would leave the entry for the page below it.
  const view = frame.contentWindow
  if (target && view) view.scrollBy(0, target.getBoundingClientRect().top - view.innerHeight / 3)
}

/**
 * Write into the block of a unit on the built page what it says now; return the block, if it is found.
 * @param {HTMLIFrameElement} frame
 * @param {Unit} before  as the page may have it
 * @param {Unit} now
 * @param {Unit} [was]  see `showOnPage`
 */
export function writeOnPage(frame, before, now, was = before) {
  const page = frame.hidden ? null : frame.contentDocument
  const block = page?.body && (blockOf(page, before) ?? blockOf(page, was))
  if (!block) return undefined
  const words = visible(now.translation || now.message)
  block.replaceChildren(words, ...block.querySelectorAll(LISTS)) // which have blocks of their own
  block.setAttribute(NEW_WORDS, squeezed(words))
  return block
}

/**
 * Return what the block says that was clicked, as `isSaidBy` compares it; "" where that was a link.
 * @param {EventTarget | null} target
 */
export function wordsAt(target) {
  const place = /** @type {Element} */ (target)
  const block = place.closest("a, button, summary") ? null : place.closest(BLOCKS)
  return block ? textOf(block) : ""
}

/**
 * Tell whether a unit says these words, translated or not.
 * @param {Unit} unit
 * @param {string} words
 */
export const isSaidBy = ({ translation, message }, words) =>
  [translation, message].some(each => each && squeezed(visible(each)) === words)

/**
 * Return the block of a page that says what a unit says: its translation, or else its message.
 * @param {Document} page
 * @param {Unit} unit
 */
function blockOf(page, { translation, message }) {
  const wanted = [translation, message].filter(Boolean).map(each => squeezed(visible(each)))
  const content = page.querySelector("article") ?? page.body // not the contents beside it
  return [...content.querySelectorAll(BLOCKS)].find(each => wanted.includes(textOf(each)))
}

/** Return what a block says, without what a build adds. @param {Element} block */
function textOf(block) {
  const written = block.getAttribute(NEW_WORDS)
  if (written !== null) return written
  const copy = /** @type {Element} */ (block.cloneNode(true))
  for (const each of copy.querySelectorAll(NOT_TEXT)) each.remove()
  return squeezed(copy.textContent ?? "")
}

/**
 * Return a text without blanks and places where a line may break: a build adds some.
 * @param {string} text
 */
function squeezed(text) {
  return text.replace(/[\s\u200b\u2060\u00ad]+/g, "")
}
