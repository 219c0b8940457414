// Where a reader is on a page: the first text that begins below the header, and how far down. Of a
// text longer than the screen, the one being read.
import { box, textsOf } from "./texts.js"

const HEADER = 80

export function place() {
  const texts = textsOf(document)
  const boxes = texts.map(box)
  const begun = boxes.findIndex(({ top }) => top > HEADER && top < innerHeight)
  const number = begun < 0 ? boxes.findIndex(({ bottom }) => bottom > HEADER) : begun
  return scrollY > 0 && number >= 0 ? { number, of: texts.length, top: boxes[number].top } : null
}

// Returns whether it can: where there are more texts, or fewer, their numbers mean nothing. No scrollBy:
// while a page is loaded, Firefox may take it back.
export function goTo({ number, of, top }) {
  const texts = textsOf(document)
  const isAlike = texts.length === of
  if (isAlike) scrollTo({ top: scrollY + box(texts[number]).top - top, behavior: "instant" })
  return isAlike
}
