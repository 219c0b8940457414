// @ts-check
// A page side by side with itself in another language: each text is followed by the same text of the
// other page.
import { goTo, place } from "./place.js"
import { textsOf } from "./texts.js"

/** @type {HTMLButtonElement | null} The button of the language that was asked for last */
let wanted = null
/** @type {(() => void)[]} What takes the other language away again */
let undo = []

/**
 * Show the language of a button, in place of any other; hide it where it is shown already.
 * @param {HTMLButtonElement} button
 */
export async function toggle(button) {
  const at = place()
  wanted = wanted === button ? null : button
  end()
  if (wanted) await begin(button)
  if (at) goTo(at)
}

function end() {
  for (const step of undo) step()
  undo = []
}

/** @param {HTMLButtonElement} button */
async function begin(button) {
  const status = /** @type {HTMLElement} */ (document.querySelector(".beside"))
  const { failed, paired, apart } = /** @type {Record<string, string>} */ (status.dataset)
  const page = await load(button.dataset.url ?? "").catch(() => null)
  if (wanted !== button) return
  if (!page) {
    wanted = null
    status.textContent = named(failed, button)
    return
  }
  const isAlike = showPairs(page)
  if (!isAlike) showColumns(page, status)
  setAddress(button)
  announce(status, named(isAlike ? paired : apart, button), button)
}

/**
 * @param {string} sentence
 * @param {HTMLButtonElement} button
 */
function named(sentence, button) {
  return sentence.replace("{language}", button.dataset.name ?? "")
}

/**
 * Fetch the other page and make it fit to be put into this one: no id is there twice, and links lead
 * where they led. The explanations of its terms are left out.
 * @param {string} url
 */
async function load(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  for (const each of page.querySelectorAll(
    ".headerlink, .number, .passage, aside, [role=status]"
  )) {
    each.remove()
  }
  for (const term of page.querySelectorAll("a.term")) term.replaceWith(...term.childNodes)
  for (const name of ["id", "name", "aria-labelledby"]) {
    for (const each of page.querySelectorAll(`article [${name}]`)) each.removeAttribute(name)
  }
  for (const name of ["href", "src"]) {
    for (const each of page.querySelectorAll(`article [${name}]:not([href^="#"])`)) {
      each.setAttribute(name, whole(each.getAttribute(name) ?? "", answer.url))
    }
  }
  return page
}

/**
 * Return an address of a page in full; one that is none, such as “http://[”, as it is.
 * @param {string} address
 * @param {string} base  the address of the page
 */
function whole(address, base) {
  try {
    return new URL(address, base).href
  } catch {
    return address
  }
}

/**
 * Put each text and drawing of the other page beside ours. Return false, having done nothing, where the
 * pages are not built alike.
 * @param {Document} page
 */
function showPairs(page) {
  const [ours, theirs] = [textsOf(document), textsOf(page)]
  const [drawings, others] = [document, page].map(each => each.querySelectorAll("article .diagram"))
  const isAlike =
    ours.length === theirs.length &&
    drawings.length === others.length && // one may be drawn in one language alone
    ours.every(({ element }, number) => element.localName === theirs[number].element.localName)
  if (!isAlike) return false
  for (const [number, { nodes }] of ours.entries()) {
    pair(nodes, theirs[number].nodes, page, "span")
  }
  for (const [number, drawing] of drawings.entries()) {
    const copy = /** @type {HTMLElement} */ (document.importNode(others[number], true))
    const other = markLanguage(copy, page)
    drawing.after(other)
    undo.push(() => other.remove())
  }
  return true
}

/**
 * Put the whole other page beside ours.
 * @param {Document} page
 * @param {HTMLElement} status  which stays above both
 */
function showColumns(page, status) {
  const ours = [...(status.parentNode?.childNodes ?? [])].filter(node => node !== status)
  pair(ours, [...(page.querySelector("article")?.childNodes ?? [])], page, "div")
}

/**
 * @param {ChildNode[]} nodes
 * @param {ChildNode[]} others
 * @param {Document} page  of the others
 * @param {"div" | "span"} tag
 */
function pair(nodes, others, page, tag) {
  const [both, own, other] = ["pair", "pair__own", "pair__other"].map(name =>
    Object.assign(document.createElement(tag), { className: name })
  )
  nodes[0].before(both)
  both.append(own, other)
  own.append(...nodes)
  own.lang = document.documentElement.lang
  markLanguage(other, page).append(...others.map(node => document.importNode(node, true)))
  undo.push(() => both.replaceWith(...nodes))
}

/**
 * Give an element the language and direction of a page.
 * @param {HTMLElement} element
 * @param {Document} page
 */
function markLanguage(element, page) {
  element.lang = page.documentElement.lang
  element.dir = page.body.dir
  return element
}

/**
 * Name the language in the address of the page, so that it can be shared, and mark the button.
 * @param {HTMLButtonElement} button
 */
function setAddress(button) {
  const mark = (/** @type {string | undefined} */ language) => {
    const address = new URL(location.href)
    if (language) address.searchParams.set("with", language)
    else address.searchParams.delete("with")
    history.replaceState(history.state, "", address)
    button.ariaPressed = String(Boolean(language))
    document.body.toggleAttribute("data-beside", Boolean(language))
  }
  mark(button.dataset.with)
  undo.push(() => mark(undefined))
}

/**
 * Say what is shown, with a button that ends it.
 * @param {HTMLElement} status
 * @param {string} sentence
 * @param {HTMLButtonElement} button
 */
function announce(status, sentence, button) {
  const stop = document.createElement("button")
  stop.textContent = status.dataset.end ?? ""
  stop.addEventListener("click", () => {
    toggle(button)
    const languages = /** @type {HTMLElement} */ (document.querySelector(".languages"))
    languages.focus()
  })
  status.replaceChildren(sentence, " ", stop)
  undo.push(() => status.replaceChildren())
  if (document.activeElement === button) stop.focus({ preventScroll: true })
}
