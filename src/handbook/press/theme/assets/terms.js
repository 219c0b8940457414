// @ts-check
// A glossary term shows its definition: under the pointer, with the keyboard's focus, and on the first
// tap. Escape hides it. Without this script, a term is a link to its entry.
import { idIn } from "./address.js"

const DELAY = 250 // milliseconds before a pointer that moves on opens or closes anything
const HEADER = 60 // pixels at the top of the window that Material's header covers

/**
 * Return where to put a box beside a term, on the page: below it, or above it where there is no room.
 * @param {{ left: number, top: number, bottom: number }} first  line of the term, in the window
 * @param {{ bottom: number }} last
 * @param {{ width: number, height: number }} box
 * @param {{ width: number, height: number, scrollX: number, scrollY: number }} view
 */
export function positionBeside(first, last, box, view) {
  const above = first.top - box.height - 4
  const below = last.bottom + 4
  const top = below + box.height < view.height || above < HEADER ? below : above
  const left = Math.max(8, Math.min(first.left, view.width - box.width - 8))
  return { left: left + view.scrollX, top: top + view.scrollY }
}

/**
 * Have each term of the page show its definition.
 * @param {HTMLElement} definitions
 */
function start(definitions) {
  const box = document.createElement("div")
  const words = document.createElement("div")
  const more = document.createElement("a")
  /** @type {HTMLAnchorElement | null} The term whose definition is shown */
  let shown = null
  let isTouch = false
  let timer = 0

  const definitionOf = (/** @type {HTMLAnchorElement} */ term) =>
    document.getElementById(`definition-${idIn(term.hash)}`)
  const termAt = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element
      ? /** @type {HTMLAnchorElement | null} */ (target.closest("a.term[aria-describedby]"))
      : null
  const isInBox = (/** @type {Event} */ event) => box.contains(/** @type {Node} */ (event.target))

  const show = (/** @type {HTMLAnchorElement} */ term) => {
    hide()
    shown = term
    words.replaceChildren(...(definitionOf(term)?.cloneNode(true).childNodes ?? []))
    more.href = term.href
    term.after(box)
    box.showPopover()
    place(term)
  }

  const hide = () => {
    clearTimeout(timer)
    box.remove()
    shown = null
  }

  const later = (/** @type {() => void} */ act) => {
    clearTimeout(timer)
    timer = setTimeout(act, DELAY)
  }

  const place = (/** @type {HTMLAnchorElement} */ term) => {
    const lines = term.getClientRects()
    const width = document.documentElement.clientWidth
    const view = { width, height: innerHeight, scrollX, scrollY }
    const last = lines[lines.length - 1]
    const { left, top } = positionBeside(lines[0], last, box.getBoundingClientRect(), view)
    box.style.left = `${left}px`
    box.style.top = `${top}px`
  }

  box.className = "definition"
  box.popover = "manual"
  words.role = "tooltip"
  more.textContent = definitions.dataset.more ?? ""
  more.tabIndex = -1 // with a keyboard, the term itself is the way to its entry
  box.append(words, more)
  for (const term of document.querySelectorAll("a.term")) {
    const definition = definitionOf(/** @type {HTMLAnchorElement} */ (term))
    if (definition) term.setAttribute("aria-describedby", definition.id)
  }

  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return
    const term = termAt(event.target)
    if (isInBox(event) || (term && term === shown)) clearTimeout(timer)
    else if (term) later(() => show(term))
    else later(() => shown === document.activeElement || hide())
  })
  document.addEventListener("focusin", event => {
    const term = termAt(event.target)
    if (term?.matches(":focus-visible")) show(term)
    else if (!isInBox(event)) hide()
  })
  document.addEventListener("pointerdown", event => {
    isTouch = event.pointerType === "touch"
    if (!isInBox(event) && termAt(event.target) !== shown) hide()
  })
  document.addEventListener("click", event => {
    const term = termAt(event.target)
    if (!isTouch || !term || term === shown) return
    event.preventDefault()
    show(term)
  })
  document.addEventListener("keydown", event => {
    isTouch = false
    if (event.key === "Escape") hide()
  })
}

const definitions = /** @type {HTMLElement | null} */ (document.querySelector(".definitions"))
if (definitions && "popover" in HTMLElement.prototype) start(definitions)
