// Between languages: the switcher keeps the reader's place, readers are offered their own language
// once, and a page can be read beside itself in another language. Without a script there are links.
import { goTo, place } from "./place.js"

const PLACE = "handbook: place"
const CHOSEN = "handbook: language chosen"

// Browsers may refuse to keep anything.
function keep(storage, key, value) {
  try {
    window[storage].setItem(key, value)
  } catch {}
}

function take(storage, key) {
  try {
    return window[storage].getItem(key)
  } catch {
    return null
  }
}

// The switcher. Headings have the same ids in every language, so the address has the heading;
// the page it leads to finds the very paragraph.

function heading() {
  const headings = document.querySelectorAll(".md-content :is(h2, h3, h4)[id]")
  const passed = [...headings].filter(each => each.getBoundingClientRect().top < 140)
  return passed.length ? "#" + passed.at(-1).id : ""
}

function leave(link) {
  link.hash = heading()
  keep("sessionStorage", PLACE, JSON.stringify({ ...place(), path: link.pathname }))
  keep("localStorage", CHOSEN, "yes")
}

// While the page is loaded, its address has no heading: Safari would go there some time after that.
function arrive() {
  const kept = JSON.parse(take("sessionStorage", PLACE))
  keep("sessionStorage", PLACE, "null")
  if (kept?.path !== location.pathname || !kept.of) return
  const { hash, pathname, search } = location
  const name = address => history.replaceState(history.state, "", address)
  name(pathname + search)
  addEventListener("load", () => {
    if (goTo(kept)) name(pathname + search + hash)
    else location.hash = hash
  })
}

arrive()

// The offer of a reader's own language, on a first page of the site's default language.

function offered() {
  const offers = [...document.querySelectorAll(".offer")]
  const languages = new Set([document.documentElement.lang, ...offers.map(each => each.lang)])
  const asked = navigator.languages.map(tag => tag.split("-")[0])
  const wanted = asked.find(language => languages.has(language))
  return offers.find(each => each.lang === wanted)
}

function answer(offer) {
  keep("localStorage", CHOSEN, "yes")
  offer.hidden = true
}

// Side by side: what it takes is loaded once it is asked for.

async function readBeside(button) {
  const { toggle } = await import("./beside.js")
  toggle(button)
}

const language = new URLSearchParams(location.search).get("with")
const asked = language && document.querySelector(`button[data-with="${CSS.escape(language)}"]`)
const isFirst = !document.referrer.startsWith(location.origin)
if (asked) readBeside(asked)
else if (isFirst && !take("localStorage", CHOSEN)) offered()?.removeAttribute("hidden")

document.addEventListener(
  "click",
  ({ target }) => {
    const at = selector => target.closest(selector)
    if (at(".md-select a[hreflang]")) leave(at(".md-select a[hreflang]"))
    if (at(".offer :is(a, button)")) answer(at(".offer"))
    if (at("button[data-with]")) readBeside(at("button[data-with]"))
  },
  { capture: true }
)
