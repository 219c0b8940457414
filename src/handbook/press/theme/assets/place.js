// @ts-check
// The place of a reader on a page: the first text that begins below the header and how far down it is.
// Where a text is longer than the screen, it is the one that is being read.
import { box, foldOf, textsOf } from "./texts.js"

/**
 * @typedef {object} Place
 * @property {number} number  of the text on its page
 * @property {number} of  how many texts the page has
 * @property {number} top  of the text, in pixels from the top of the window
 */

const HEADER = 80 // pixels

/**
 * Return the reader's place, or null at the top of the page.
 * @returns {Place | null}
 */
export function place() {
  const texts = textsOf(document)
  const boxes = texts.map(box)
  const begun = boxes.findIndex(({ top }) => top > HEADER && top < innerHeight)
  const number = begun < 0 ? boxes.findIndex(({ bottom }) => bottom > HEADER) : begun
  return scrollY > 0 && number >= 0 ? { number, of: texts.length, top: boxes[number].top } : null
}

/**
 * Scroll to a place. Return false where the page has another number of texts, so that the number of the
 * text means nothing. Not with scrollBy: while a page is loaded, Firefox may take it back.
 * @param {Place} place
 */
export function goTo({ number, of, top }) {
  const texts = textsOf(document)
  if (texts.length !== of) return false
  foldOf(texts[number].element)?.dispatchEvent(new Event("beforematch")) // which opens it
  scrollTo({ top: scrollY + box(texts[number]).top - top, behavior: "instant" })
  return true
}
