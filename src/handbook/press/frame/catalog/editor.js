// @ts-check
// A translator opens a catalog, corrects it beside the built page, and saves it as a file again. Nothing
// is sent anywhere. What is not saved yet is kept in this browser until it is.
import { CatalogError, decode, dump, parse } from "./po.js"
import {
  compared,
  edited,
  faults,
  formsOf,
  isOpen,
  isSame,
  shownOf,
  stateOf,
  visible,
} from "./review.js"

/** @typedef {import("./po.js").Unit} Unit */
/** @typedef {{ path: string, title: string, url: string, catalog: string, edit: string, source: string,
 *   is_key_document: boolean, was: string[] }} Entry */

const find = /** @type {(selector: string) => HTMLElement} */ (
  selector => /** @type {HTMLElement} */ (document.querySelector(selector))
)
const words = find("main").dataset
const entries = /** @type {Entry[]} */ (JSON.parse(find("#pages").textContent ?? "[]"))
const kinds = /** @type {Record<string, string>} */ (JSON.parse(find("#kinds").textContent ?? "{}"))
const counts = (words.counts ?? "").split("|")
const list = find("#units")
const told = find("#told")
const frame = /** @type {HTMLIFrameElement} */ (find("#page"))
const credit = /** @type {HTMLInputElement} */ (find("#credit"))
const onlyOpen = /** @type {HTMLInputElement} */ (find("#only-open"))

const done = find("#done")

/** @type {import("./po.js").Catalog | null} */
let catalog = null
/** @type {Map<string, Unit>} what the file has, by the key of a unit */
let opened = new Map()
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

/**
 * Return what an edit has taken out of a message, and what it has put in.
 * @param {string} before
 * @param {string} after
 */
function redline(before, after) {
  const parts = compared(before, after, entry?.source || "en")
  return parts.map(({ sign, text }) => (sign ? make(sign, {}, text) : text))
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
  opened = new Map(catalog.units.map(unit => [keyOf(unit), unit]))
  const place = catalog.units.find(unit => unit.places.length)?.places[0] ?? ""
  const path = place.split("#")[0]
  entry = asked ?? pageOf(path, file)
  name = entry ? (entry.catalog.split("/").pop() ?? file) : file
  credit.value = fieldOf("X-Credit")
  tell(isOfAnotherLanguage() ? say("otherLanguage", { code: fieldOf("Language") }) : "")
  if (!entry) tell(say("unknownPage", { path: path || file }))
  restore()
  document.body.classList.add("opened")
  find("#work").hidden = false
  showWays()
  find("#work h2").textContent = entry?.title ?? file
  frame.hidden = !entry || location.protocol === "file:"
  if (entry && !frame.hidden) frame.src = entry.url
  show()
}

/**
 * Return the page of a catalog: by its entries' places; where a program dropped these, by its name.
 * @param {string} path
 * @param {string} file
 */
function pageOf(path, file) {
  if (path) return entryAt(path)
  const plain = file.replace(/ ?\(\d+\)(?=\.)|\.txt$/g, "") // as browsers and mail change it
  const named = entries.filter(each => each.catalog.split("/").pop() === plain)
  return named.length === 1 ? named[0] : undefined
}

/**
 * Return the page that has a path, or had it before it was given another.
 * @param {string} path
 */
const entryAt = path =>
  entries.find(each => each.path === path) ?? entries.find(each => each.was.includes(path))

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
  const asked = entryAt(path)
  if (!asked) return tell(say("gonePage", { path }))
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
  const [file, another] = files ?? []
  if (!file) return
  tell()
  scrollTo(0, 0) // to what is told
  open(await file.arrayBuffer().catch(() => new ArrayBuffer(0)), file.name) // a folder has no bytes
  if (another) tell(say("onlyOne", { file: file.name }))
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

// -- drafts, until they are saved, or in the file that is opened -----------------------------------------

/** @typedef {Unit & { was: Unit, isSaved?: boolean }} Draft  what somebody wrote, and what the file had */

/** @returns {string[]} where drafts are kept: under the path of the page, and those that it had before */
const draftKeys = () =>
  [entry?.path ?? name, ...(entry?.was ?? [])].map(
    path => `handbook: draft ${fieldOf("Language") || words.language} ${path}`
  )
const keyOf = (/** @type {Unit} */ unit) => `${unit.context ?? ""}\u0004${unit.message}`

/** @type {Set<string>} keys of the units that were edited here */
const touched = new Set()
/** @type {Map<string, string>} what was written here, where the file has got another text since */
const aside = new Map()

/** @returns {{ drafts: Draft[], credit?: { was: string, is: string } }} */
function drafted() {
  try {
    const kept = draftKeys().map(key => JSON.parse(localStorage.getItem(key) ?? "{}"))
    const credit = kept.find(each => each.credit)?.credit
    return { drafts: kept.flatMap(each => each.drafts ?? []), credit }
  } catch {
    return { drafts: [] } // what cannot be read is no draft
  }
}

/** Keep what was edited here, beside what another window has kept of the same page. */
function keep(isInFile = false) {
  isSaved = isInFile
  if (!isSaved) done.textContent = ""
  const others = drafted().drafts.filter(each => !touched.has(keyOf(each)))
  const own = (catalog?.units ?? [])
    .filter(unit => touched.has(keyOf(unit)))
    .map(unit => ({ ...unit, was: opened.get(keyOf(unit)) ?? unit, isSaved }))
    .filter(draft => !isSame(draft, draft.was))
  const names = { was: fieldOf("X-Credit"), is: credit.value }
  try {
    const [key, ...former] = draftKeys()
    localStorage.setItem(key, JSON.stringify({ drafts: [...others, ...own], credit: names }))
    for (const each of former) localStorage.removeItem(each)
  } catch {
    // a browser may refuse to remember; the page asks before it is left
  }
}

function restore() {
  touched.clear()
  aside.clear()
  const { drafts, credit: names } = drafted()
  if (names?.was === credit.value) credit.value = names.is
  drafts.forEach(restoreUnit)
  isSaved = !drafts.some(each => touched.has(keyOf(each)) && !each.isSaved)
  if (touched.size) tell(say("restored", { count: touched.size }))
}

/**
 * Put a draft in the place of what the file has, unless that is newer. What was written of an entry
 * that is gone is an entry again until it is saved.
 * @param {Draft} draft
 */
function restoreUnit({ was, isSaved: isInFile, ...draft }) {
  const key = keyOf(draft)
  const unit = opened.get(key) ?? { ...draft, translation: "", forms: [], flags: [] }
  const isGone = !opened.has(key) || unit.isObsolete
  if (!catalog || isSame(unit, draft) || (isGone && isInFile)) return
  if (!isGone && !isSame(unit, was)) {
    if (!isInFile) aside.set(key, draft.translation)
    return
  }
  const { translation, forms, flags, previous } = draft
  const made = { ...unit, translation, forms, flags, previous, isObsolete: false }
  touched.add(key)
  if (!opened.has(key)) catalog.units.push(unit)
  opened.set(key, unit)
  catalog.units = catalog.units.map(each => (each === unit ? made : each))
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

/** Hide what was not open when the file was opened, nor edited; where nothing was, there is no choice. */
function filter() {
  const items = /** @type {HTMLElement[]} */ ([...list.children])
  const isEmpty = !items.some(item => item.dataset.open === "true")
  find("#choice").hidden = isEmpty
  for (const item of items) {
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
  const key = keyOf(unit)
  const was = opened.get(key) ?? unit
  const item = make("li", { "data-open": `${isOpen(unit) || touched.has(key)}` })
  const attributes = { class: "source", lang: entry?.source ?? "", dir: "auto" }
  const sources = [unit.message, ...(unit.plural === null ? [] : [unit.plural])]
  const boxes = formsOf(unit, counts).map(boxOf)
  const mark = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }))
  const state = make("span", { class: "state" })
  const wrong = make("ul", { class: "wrong" })
  mark.checked = unit.flags.includes("fuzzy")
  const shown = make("p", { class: "shown" })
  const about = [kindOf(unit), unit.context, ...unit.notes.slice(1)].filter(Boolean).join(" · ")
  item.append(make("p", { class: "about" }, state, about ? ` · ${about}` : ""))
  item.append(...sources.map(text => make("p", attributes, text)))
  if (unit.previous.message !== null) {
    item.append(
      make(
        "p",
        { class: "before" },
        `${words.before} `,
        make("span", { dir: "auto" }, ...redline(unit.previous.message, unit.message))
      )
    )
  }
  for (const { box, counts } of boxes) {
    item.append(...(counts ? [make("p", { class: "about" }, counts)] : []), box)
  }
  item.append(make("label", {}, mark, ` ${words.needsWork}`), shown, wrong)
  const notes = aside.has(key) ? [`${words.written} ${aside.get(key)}`] : []
  for (const row of [...notes, ...unit.comments]) {
    item.append(make("p", { class: "comment", dir: "auto" }, row))
  }

  let now = unit
  const refresh = () => {
    mark.disabled = !now.translation // a mark on nothing says nothing
    state.textContent = words[stateOf(now)] ?? ""
    item.dataset.state = stateOf(now)
    shown.textContent = shownTo(now)
    const rows = formsOf(now, counts).flatMap(({ text, source }) => {
      const { lost, added } = faults(source, text)
      const missing = lost.map(sign => say("lost", { sign }))
      return [...missing, ...added.map(sign => say("added", { sign }))]
    })
    wrong.replaceChildren(...rows.map(row => make("li", {}, row)))
  }
  const texts = () => boxes.map(each => each.box.value)
  const change = () => {
    const before = now
    now = edited(was, texts(), mark.checked)
    if (!catalog) return
    catalog.units = catalog.units.map(each => (each === before ? now : each))
    touched.add(key)
    keep()
    refresh()
    count()
    place(before, now)
  }
  let isMarkedByHand = false
  const type = () => {
    // What is typed is work done; what is undone is as it was.
    const wasMarked = was.flags.includes("fuzzy")
    const isUndone = wasMarked && isSame(edited(was, texts(), true), was)
    if (!isMarkedByHand) mark.checked = isUndone
    change()
  }
  mark.addEventListener("change", () => {
    isMarkedByHand = true
    change()
  })
  for (const { box } of boxes) {
    box.addEventListener("input", type)
    box.addEventListener("focus", () => place(now, now))
  }
  refresh()
  return item
}

/**
 * Return the field for a translation, and the numbers that it stands with if it is a plural's.
 * @param {{ text: string, source: string, counts: string }} form
 */
function boxOf({ text, source, counts }) {
  const label = [words.translation, counts].filter(Boolean).join(" · ")
  const attributes = { lang: words.tag ?? "", "aria-label": `${label}: ${source}` }
  const box = /** @type {HTMLTextAreaElement} */ (make("textarea", attributes))
  box.value = text
  box.rows = Math.min(12, Math.max(2, Math.ceil(source.length / 60)))
  return { box, counts }
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
  // Not scrollIntoView, which on a small screen would leave the entry for the page below it.
  const view = frame.contentWindow
  if (target && view) view.scrollBy(0, target.getBoundingClientRect().top - view.innerHeight / 3)
}

frame.addEventListener("load", () => {
  const page = frame.contentDocument
  if (!page) return
  acceptFiles(page)
  page.head.append(
    make("style", {}, "[data-here] { outline: 3px solid #c25a00; outline-offset: 4px; }")
  )
})

// -- saving -------------------------------------------------------------------------------------------------

/** Return the text of the file as it is now. */
function fileText() {
  if (!catalog) return ""
  const fields = new Map(catalog.fields)
  fields.set("X-Credit", credit.value.trim())
  if (!fields.get("X-Credit")) fields.delete("X-Credit")
  if (!fields.get("Language")) fields.set("Language", words.language ?? "") // a template has none
  return dump({ ...catalog, fields: [...fields] })
}

async function copy() {
  await navigator.clipboard.writeText(fileText())
  finish(find("#copy").dataset.done ?? "")
}

function save() {
  const text = fileText()
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: name }))
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-gettext-translation" }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // a phone asks first
  keep(true)
  finish(say("saved", { file: name }))
}

/** @param {string} text  what was done; below it the way on, which stands far above by then */
function finish(text) {
  done.replaceChildren(`${text} `, make("a", { href: "#return" }, words.giveBack ?? ""))
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
credit.addEventListener("input", () => keep())
find("#file").addEventListener("change", event => {
  const input = /** @type {HTMLInputElement} */ (event.target)
  take(input.files)
  input.value = "" // so that a file can be chosen again once it was mended
})
addEventListener("keydown", event => {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  if (!catalog || !isShortcut || event.key.toLowerCase() !== "s") return
  event.preventDefault()
  save()
})

/**
 * Open the files that are dropped on a document. Text may be dropped into a field.
 * @param {Document} page
 */
function acceptFiles(page) {
  for (const name of /** @type {const} */ (["dragover", "drop"])) {
    page.addEventListener(name, event => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      if (name === "drop") take(event.dataTransfer.files)
    })
  }
}
acceptFiles(document)
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
