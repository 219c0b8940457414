// @ts-check
// A translator opens a catalog, corrects it beside the built page, and saves it as a file again. Nothing
// is sent anywhere. What is not saved yet is kept in this browser until it is.
import { CatalogError, decode, dump, parse } from "./po.js"
import { edited, faults, isOpen, shownOf, stateOf, visible } from "./review.js"

/** @typedef {import("./po.js").Unit} Unit */
/** @typedef {{ path: string, title: string, url: string, catalog: string, edit: string, source: string,
 *   is_key_document: boolean }} Entry */

const find = /** @type {(selector: string) => HTMLElement} */ (
  selector => /** @type {HTMLElement} */ (document.querySelector(selector))
)
const words = find("main").dataset
const entries = /** @type {Entry[]} */ (JSON.parse(find("#pages").textContent ?? "[]"))
const kinds = /** @type {Record<string, string>} */ (JSON.parse(find("#kinds").textContent ?? "{}"))
const list = find("#units")
const told = find("#told")
const frame = /** @type {HTMLIFrameElement} */ (find("#page"))
const credit = /** @type {HTMLInputElement} */ (find("#credit"))
const onlyOpen = /** @type {HTMLInputElement} */ (find("#only-open"))

/** @type {import("./po.js").Catalog | null} */
let catalog = null
/** @type {Entry | undefined} */
let entry
let name = ""
let isSaved = true

/**
 * @param {string} key
 * @param {Record<string, string | number>} [fields]
 */
function say(key, fields = {}) {
  const text = words[key] ?? ""
  return Object.entries(fields).reduce(
    (t, [field, value]) => t.replace(`{${field}}`, `${value}`),
    text
  )
}

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

// -- opening ------------------------------------------------------------------------------------------

/**
 * @param {ArrayBuffer} data
 * @param {string} file
 * @param {Entry} [asked]  the page whose catalog was fetched
 */
function open(data, file, asked) {
  let read
  try {
    read = parse(decode(data))
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    tell(say("broken", { file, line: error.line, fault: words[error.fault] ?? "" }))
    return
  }
  catalog = read
  const place = catalog.units.find(unit => unit.places.length)?.places[0] ?? ""
  const path = place.split("#")[0]
  entry = asked ?? entries.find(each => each.path === path)
  name = entry ? (entry.catalog.split("/").pop() ?? file) : file
  credit.value = fieldOf("X-Credit")
  tell(isOfAnotherLanguage() ? say("otherLanguage", { code: fieldOf("Language") }) : "")
  if (!entry) tell(say("unknownPage", { path: path || file }))
  restore()
  find("#choose").hidden = true
  find("#work").hidden = false
  showWays()
  find("#work h2").textContent = entry?.title ?? file
  frame.hidden = !entry || location.protocol === "file:"
  if (entry && !frame.hidden) frame.src = entry.url
  show()
}

/** @param {string} field */
const fieldOf = field => catalog?.fields.find(([key]) => key === field)?.[1] ?? ""

function isOfAnotherLanguage() {
  const [here, there] = [words.language, fieldOf("Language")].map(
    code => code?.toLowerCase().split(/[-_.@]/)[0]
  )
  return Boolean(there) && there !== here
}

/** @param {string} path */
async function fetchCatalog(path) {
  const asked = entries.find(each => each.path === path)
  if (!asked) return tell(say("unknownPage", { path }))
  const data = await published(asked)
  if (data) open(data, path, asked)
  else tell(say("unreachable"))
}

/** @param {Entry} page */
async function published(page) {
  const answer = await fetch(page.catalog).catch(() => null)
  return answer?.ok ? answer.arrayBuffer() : null
}

/** @param {FileList | null | undefined} files */
async function take(files) {
  const file = files?.[0]
  if (!file) return
  tell()
  open(await file.arrayBuffer(), file.name)
  await compare()
}

/** Tell how many entries a page has by now that a file made from an older version of it lacks. */
async function compare() {
  const [page, here] = [entry, new Set(catalog?.units.map(keyOf))]
  const data = page && location.protocol !== "file:" ? await published(page) : null
  if (!data || page !== entry) return
  const now = parse(decode(data)).units.filter(unit => !unit.isObsolete)
  const count = now.filter(unit => !here.has(keyOf(unit))).length
  if (count) tell(say("olderPage", { count }))
}

/**
 * Say something below what is said already; without a text, begin anew.
 * @param {string} [text]
 */
function tell(text) {
  if (text === undefined) told.replaceChildren()
  else if (text) told.append(make("p", {}, text))
}

// -- drafts, until they are saved -----------------------------------------------------------------------

const draftKey = () => `handbook: draft ${words.language} ${entry?.path ?? name}`
const keyOf = (/** @type {Unit} */ unit) => `${unit.context ?? ""}\u0004${unit.message}`

function keep() {
  isSaved = false
  try {
    const units = (catalog?.units ?? []).filter(unit => changed.has(keyOf(unit)))
    localStorage.setItem(draftKey(), JSON.stringify(units))
  } catch {
    // a browser may refuse to remember; the page asks before it is left
  }
}

/** @type {Set<string>} */
const changed = new Set()

function restore() {
  changed.clear()
  isSaved = true
  try {
    const drafts = /** @type {Unit[]} */ (JSON.parse(localStorage.getItem(draftKey()) ?? "[]"))
    const known = new Map(drafts.map(unit => [keyOf(unit), unit]))
    if (!catalog || !known.size) return
    catalog.units = catalog.units.map(unit => {
      const draft = known.get(keyOf(unit))
      if (!draft || draft.translation === unit.translation) return unit
      changed.add(keyOf(unit))
      const { translation, forms, flags, previous } = draft
      return { ...unit, translation, forms, flags, previous }
    })
    isSaved = changed.size === 0
    if (!isSaved) tell(say("restored", { count: changed.size }))
  } catch {
    // what cannot be read is no draft
  }
}

// -- units ------------------------------------------------------------------------------------------------

function show() {
  if (!catalog) return
  const shown = catalog.units.filter(unit => !unit.isObsolete)
  list.replaceChildren(...shown.map(unit => card(unit)))
  count()
  filter()
}

function count() {
  const shown = (catalog?.units ?? []).filter(unit => !unit.isObsolete)
  const open = shown.filter(isOpen).length
  find("#count").textContent = say("count", { open, whole: shown.length })
}

function filter() {
  const isEmpty = !(catalog?.units ?? []).some(isOpen)
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li"))) {
    item.hidden = onlyOpen.checked && !isEmpty && item.dataset.open !== "true"
  }
}

/**
 * Return what kind of text a unit is, in the language of the page.
 * @param {Unit} unit
 */
function kindOf(unit) {
  const kind = unit.notes[0] ?? ""
  const number = /^number \((.+)\)$/.exec(kind)
  const names = number ? ["number", number[1]] : [kind]
  return names.map(each => kinds[each] ?? each).join(" · ")
}

/**
 * Return what readers are shown of a unit as it stands.
 * @param {Unit} unit
 */
function shownTo(unit) {
  const shown = shownOf(unit, entry?.is_key_document, (words.labelled ?? "").split(" "))
  const isHeading = shown === "showsOlder" && unit.notes[0] === "heading"
  return [shown, isHeading ? "menusShow" : ""]
    .map(each => words[each] ?? "")
    .join(" ")
    .trim()
}

/** @param {Unit} unit */
function card(unit) {
  const item = make("li", { "data-open": `${isOpen(unit)}` })
  const source = make("p", { class: "source", lang: entry?.source ?? "" }, unit.message)
  const box = /** @type {HTMLTextAreaElement} */ (
    make("textarea", {
      lang: words.tag ?? "",
      "aria-label": `${words.translation}: ${unit.message}`,
    })
  )
  const mark = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }))
  const state = make("span", { class: "state" })
  const wrong = make("ul", { class: "wrong" })
  box.value = unit.translation
  box.rows = Math.min(12, Math.max(2, Math.ceil(unit.message.length / 60)))
  mark.checked = unit.flags.includes("fuzzy")
  const shown = make("p", { class: "shown" })
  const about = [kindOf(unit), unit.context, ...unit.notes.slice(1)].filter(Boolean).join(" · ")
  item.append(make("p", { class: "about" }, state, about ? ` · ${about}` : ""), source)
  if (unit.previous.message !== null) {
    item.append(
      make("p", { class: "before" }, `${words.before} `, make("del", {}, unit.previous.message))
    )
  }
  item.append(box, make("label", {}, mark, ` ${words.needsWork}`), shown, wrong)
  for (const row of unit.comments) item.append(make("p", { class: "comment" }, row))

  let now = unit
  const refresh = () => {
    state.textContent = words[stateOf(now)] ?? ""
    item.dataset.state = stateOf(now)
    shown.textContent = shownTo(now)
    const { lost, added } = faults(now.message, now.translation)
    const rows = [
      ...lost.map(sign => say("lost", { sign })),
      ...added.map(sign => say("added", { sign })),
    ]
    wrong.replaceChildren(...rows.map(row => make("li", {}, row)))
  }
  const change = (/** @type {boolean} */ needsWork) => {
    const before = now
    now = edited(unit, box.value, needsWork)
    if (!catalog) return
    catalog.units = catalog.units.map(each => (each === before ? now : each))
    changed.add(keyOf(now))
    keep()
    refresh()
    count()
    place(before, now)
  }
  box.addEventListener("input", () => {
    mark.checked = false
    change(false)
  })
  mark.addEventListener("change", () => change(mark.checked))
  box.addEventListener("focus", () => place(now, now))
  refresh()
  return item
}

// -- the built page ---------------------------------------------------------------------------------------

const BLOCKS =
  "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, summary, figcaption, .admonition-title"
const ADDED = "a.number, a.headerlink, sup, .state, .passage, .menu, rt, template, script"

/** @param {string} text */
const bare = text => text.replace(/[\s\u200b\u2060\u00ad]+/g, "") // a build adds blanks, and places to break

/** @param {Element} element */
function wordsOf(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true))
  for (const each of copy.querySelectorAll(`${ADDED}, ul, ol, dl`)) each.remove()
  return bare(copy.textContent ?? "")
}

/**
 * Show where a unit is on the built page, with its words as they are now.
 * @param {Unit} before
 * @param {Unit} now
 */
function place(before, now) {
  const page = frame.hidden ? null : frame.contentDocument
  if (!page) return
  for (const each of page.querySelectorAll("[data-here]")) each.removeAttribute("data-here")
  const wanted = [before.translation, before.message]
    .filter(Boolean)
    .map(each => bare(visible(each)))
  const text = page.querySelector("article") ?? page.body // not the contents beside it
  const blocks = [...text.querySelectorAll(BLOCKS)]
  const here = blocks.find(each =>
    wanted.includes(each.getAttribute("data-words") ?? wordsOf(each))
  )
  const anchor = now.places[0]?.split("#")[1]
  const target = here ?? (anchor ? page.getElementById(anchor) : null)
  if (here) {
    here.setAttribute("data-here", "")
    if (before !== now) {
      here.textContent = visible(now.translation || now.message)
      here.setAttribute("data-words", bare(here.textContent))
    }
  }
  target?.scrollIntoView({ block: "center" })
}

frame.addEventListener("load", () => {
  const page = frame.contentDocument
  page?.head.append(
    make("style", {}, "[data-here] { outline: 3px solid #c25a00; outline-offset: 4px; }")
  )
})

// -- saving -------------------------------------------------------------------------------------------------

/** Return the text of the file as it is now. */
function fileText() {
  if (!catalog) return ""
  const others = catalog.fields.filter(([key]) => key !== "X-Credit")
  const names = credit.value.trim()
  const fields = names ? [...others, /** @type {[string, string]} */ (["X-Credit", names])] : others
  return dump({ ...catalog, fields })
}

async function copy() {
  await navigator.clipboard.writeText(fileText())
  tell()
  tell(find("#copy").dataset.done)
}

function save() {
  const text = fileText()
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: name }))
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-gettext-translation" }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  isSaved = true
  tell()
  tell(say("saved", { file: name }))
}

/** Show how this file is given back, and where it can be fetched for another program. */
function showWays() {
  const link = (/** @type {string} */ id) =>
    /** @type {HTMLAnchorElement | null} */ (document.getElementById(id))
  const [edit, fetched, mail] = [link("edit"), link("fetch"), link("mail")]
  find("#propose").hidden = !entry?.edit
  if (edit) edit.href = entry?.edit ?? ""
  if (fetched) {
    fetched.hidden = !entry
    fetched.href = entry?.catalog ?? ""
  }
  if (mail) {
    const subject = encodeURIComponent(`${name} (${words.language})`)
    mail.href = `${mail.href.split("?")[0]}?subject=${subject}`
  }
}

find("#save").addEventListener("click", save)
if (navigator.clipboard) find("#copy").addEventListener("click", copy)
else find("#copy").hidden = true
onlyOpen.addEventListener("change", filter)
credit.addEventListener("input", () => {
  isSaved = false
})
find("#file").addEventListener("change", event =>
  take(/** @type {HTMLInputElement} */ (event.target).files)
)
addEventListener("dragover", event => event.preventDefault())
addEventListener("drop", event => {
  event.preventDefault()
  take(event.dataTransfer?.files)
})
addEventListener("beforeunload", event => {
  if (!isSaved) event.preventDefault()
})
find("#list").append(
  ...entries.map(each => {
    const link = make("a", { href: `?page=${encodeURIComponent(each.path)}` }, each.title)
    return make("li", {}, link)
  })
)
const asked = new URLSearchParams(location.search).get("page")
if (asked) fetchCatalog(asked)
