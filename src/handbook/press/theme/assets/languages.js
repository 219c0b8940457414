// @ts-check
// Languages of a page: the switcher keeps the reader's place, readers are offered their own language
// once, and a page can be read side by side with itself in another language. Without scripts, the
// switcher is a list of links.
import { goTo, place } from "./place.js"

const PLACE = "handbook: place"
const CHOSEN = "handbook: language chosen"

// Storage. Browsers may refuse it.

/**
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @param {string} value
 */
function store(storage, key, value) {
  try {
    window[storage].setItem(key, value)
  } catch {}
}

/**
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 */
function stored(storage, key) {
  try {
    return window[storage].getItem(key)
  } catch {
    return null
  }
}

// The switcher. Headings have the same ids in every language, so the address of the other page names
// the heading; that page then finds the very paragraph.

/** Return the address of the last heading above the reader's place, or nothing. */
function headingAddress() {
  const headings = document.querySelectorAll(".md-content :is(h2, h3, h4)[id]")
  const passed = [...headings].filter(each => each.getBoundingClientRect().top < 140)
  const last = passed.at(-1)
  return last ? `#${last.id}` : ""
}

/**
 * Remember the place before the reader follows a link of the switcher. In another tab the heading has to
 * do: what this one remembers would be found here, at a later visit of that page.
 * @param {HTMLAnchorElement} link
 * @param {MouseEvent} click
 */
function leave(link, { altKey, ctrlKey, metaKey, shiftKey }) {
  link.hash = headingAddress()
  store("localStorage", CHOSEN, "yes")
  if (altKey || ctrlKey || metaKey || shiftKey) return
  store("sessionStorage", PLACE, JSON.stringify({ ...place(), path: link.pathname }))
}

/**
 * Go to the remembered place. While the page is loaded, its address has no heading: Safari would go to
 * the heading some time after that.
 */
function arrive() {
  const kept = JSON.parse(stored("sessionStorage", PLACE) ?? "null")
  store("sessionStorage", PLACE, "null")
  if (kept?.path !== location.pathname || !kept.of) return
  const { hash, pathname, search } = location
  const setAddress = (/** @type {string} */ address) =>
    history.replaceState(history.state, "", address)
  setAddress(pathname + search)
  addEventListener("load", () => {
    if (goTo(kept)) setAddress(pathname + search + hash)
    else location.hash = hash
  })
}

arrive()

// The offer of a reader's own language, on a first page in the site's default language.

/** Return the offer in the reader's preferred language, unless the page is in it. */
function preferredOffer() {
  const offers = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".offer")])
  const languages = [document.documentElement.lang, ...offers.map(each => each.lang)]
  const isKin = (/** @type {string} */ one, /** @type {string} */ other) =>
    one.split("-")[0] === other.split("-")[0]
  // Brazilian Portuguese for who reads it, or else for who reads any Portuguese.
  const language = navigator.languages
    .map(tag => languages.find(each => each === tag) ?? languages.find(each => isKin(each, tag)))
    .find(each => each !== undefined)
  return offers.find(each => each.lang === language)
}

/** @param {HTMLElement} offer */
function dismiss(offer) {
  store("localStorage", CHOSEN, "yes")
  offer.hidden = true
}

// Side by side: the script for it is loaded when somebody asks for it.

/** @param {HTMLButtonElement} button */
async function readBeside(button) {
  const { toggle } = await import("./beside.js")
  if (!button.matches(":focus-visible")) button.blur() // its menu would stay over the page
  toggle(button)
}

const language = new URLSearchParams(location.search).get("with")
const requested = /** @type {HTMLButtonElement | null} */ (
  language && document.querySelector(`button[data-with="${CSS.escape(language)}"]`)
)
const isFirstPage = !document.referrer.startsWith(location.origin)
if (requested) readBeside(requested)
else if (isFirstPage && !stored("localStorage", CHOSEN)) preferredOffer()?.removeAttribute("hidden")

document.addEventListener(
  "click",
  event => {
    const target = /** @type {Element} */ (event.target)
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".md-select a[hreflang]"))
    const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[data-with]"))
    const offer = /** @type {HTMLElement | null} */ (target.closest(".offer"))
    if (link) leave(link, event)
    if (offer && target.closest(".offer :is(a, button)")) dismiss(offer)
    if (button) readBeside(button)
  },
  { capture: true }
)
