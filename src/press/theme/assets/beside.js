// A page beside itself in another language: each text is followed by the same text of the other page.
import { goTo, place } from "./place.js"
import { textsOf } from "./texts.js"

let asked = null // the button that was pressed last, while its language is to be shown
let undo = []

// The button of the language that is shown ends it, any other takes its place.
export async function toggle(button) {
  const at = place()
  asked = asked === button ? null : button
  end()
  if (asked) await begin(button)
  if (at) goTo(at)
}

function end() {
  undo.forEach(step => step())
  undo = []
}

async function begin(button) {
  const told = document.querySelector(".beside")
  const page = await load(button.dataset.url).catch(() => null)
  if (asked !== button) return
  if (!page) {
    asked = null
    told.textContent = said(told.dataset.failed, button)
    return
  }
  const isAlike = inPairs(page)
  if (!isAlike) inColumns(page, told)
  set(button)
  tell(told, said(isAlike ? told.dataset.paired : told.dataset.apart, button), button)
}

const said = (sentence, button) => sentence.replace("{language}", button.dataset.name)

// The other page, fit to be put into this one: no id stands twice, and links lead where they led.
// What explains its terms stays there.
async function load(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(answer.status)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  page.querySelectorAll(".headerlink, .passage, aside, [role=status]").forEach(each => each.remove())
  page.querySelectorAll("a.term").forEach(each => each.replaceWith(...each.childNodes))
  for (const name of ["id", "name", "aria-labelledby"]) {
    page.querySelectorAll(`article [${name}]`).forEach(each => each.removeAttribute(name))
  }
  for (const name of ["href", "src"]) {
    for (const each of page.querySelectorAll(`article [${name}]:not([href^="#"])`)) {
      each.setAttribute(name, new URL(each.getAttribute(name), answer.url))
    }
  }
  return page
}

// Whether the pages are built alike; then each text and drawing has its other beside it.
function inPairs(page) {
  const [ours, theirs] = [textsOf(document), textsOf(page)]
  const isAlike =
    ours.length === theirs.length &&
    ours.every(({ element }, number) => element.localName === theirs[number].element.localName)
  if (!isAlike) return false
  ours.forEach(({ nodes }, number) => pair(nodes, theirs[number].nodes, page, "span"))
  const [drawings, others] = [document, page].map(each => each.querySelectorAll("article .diagram"))
  drawings.forEach((drawing, number) => {
    const other = speaking(document.importNode(others[number], true), page)
    drawing.after(other)
    undo.push(() => other.remove())
  })
  return true
}

function inColumns(page, told) {
  const nodes = [...told.parentNode.childNodes].filter(node => node !== told)
  pair(nodes, [...page.querySelector("article").childNodes], page, "div")
}

function pair(nodes, others, page, tag) {
  const [both, own, other] = ["pair", "pair__own", "pair__other"].map(name => {
    return Object.assign(document.createElement(tag), { className: name })
  })
  nodes[0].before(both)
  both.append(own, other)
  own.append(...nodes)
  own.lang = document.documentElement.lang
  speaking(other, page).append(...others.map(node => document.importNode(node, true)))
  undo.push(() => both.replaceWith(...nodes))
}

function speaking(element, page) {
  element.lang = page.documentElement.lang
  element.dir = page.body.dir
  return element
}

// The address says it too, so that it can be shared.
function set(button) {
  const mark = language => {
    const address = new URL(location)
    if (language) address.searchParams.set("with", language)
    else address.searchParams.delete("with")
    history.replaceState(history.state, "", address)
    button.ariaPressed = String(Boolean(language))
    document.body.toggleAttribute("data-beside", Boolean(language))
  }
  mark(button.dataset.with)
  undo.push(() => mark(null))
}

function tell(told, sentence, button) {
  const stop = Object.assign(document.createElement("button"), { textContent: told.dataset.end })
  stop.addEventListener("click", () => {
    toggle(button)
    document.querySelector(".languages").focus()
  })
  told.replaceChildren(sentence, " ", stop)
  undo.push(() => told.replaceChildren())
  if (document.activeElement === button) stop.focus({ preventScroll: true })
}
