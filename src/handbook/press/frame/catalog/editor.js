// @ts-check
// A translator opens a catalog, corrects it beside the built page, and saves it as a file again. Nothing
// is sent anywhere. What is not saved yet is kept in this browser until it is.
import { isSaidBy, prepare, showOnPage, wordsAt, writeOnPage } from "./built.js"
import { compared } from "./compare.js"
import {
  canKeep,
  creditAt,
  draftAt,
  keep,
  keepDraft,
  keptUnder,
  know,
  takeDrafts,
  wordsOf,
} from "./drafts.js"
import { CatalogError, decode, dump, parse } from "./po.js"
import { edited, faults, formsOf, isOpen, isSame, shownOf, stateOf } from "./review.js"

/** @typedef {import("./po.js").Unit} Unit */
/** @typedef {{ path: string, title: string, url: string, catalog: string, edit: string, source: string,
 *   is_key_document: boolean, was: string[] }} Entry  a page whose translation can be opened */

const find = /** @type {(selector: string) => HTMLElement} */ (
  selector => /** @type {HTMLElement} */ (document.querySelector(selector))
)
/** What is said to the translator, by name, in the language of the page. */
const texts = find("main").dataset
const entries = /** @type {Entry[]} */ (JSON.parse(find("#pages").textContent ?? "[]"))
const kinds = /** @type {Record<string, string>} */ (JSON.parse(find("#kinds").textContent ?? "{}"))
const headerFields = /** @type {import("./po.js").Fields} */ (
  JSON.parse(find("#fields").textContent ?? "{}")
)
/** For each form of a plural, the numbers that it stands with. */
const counts = (texts.counts ?? "").split("|")
const list = find("#units")
const messages = find("#told")
const done = find("#done")
const frame = /** @type {HTMLIFrameElement} */ (find("#page"))
const credit = /** @type {HTMLInputElement} */ (find("#credit"))
const onlyOpen = /** @type {HTMLInputElement} */ (find("#only-open"))

/** @type {import("./po.js").Catalog | null} as it is now */
let catalog = null
/** @type {Map<string, Unit>} what the file has, by the key of a unit */
let inFile = new Map()
/** @type {Map<string, Unit>} what this site has of the page, by the key of a unit */
let onSite = new Map()
/** @type {Entry | undefined} the page of the catalog, if this site has it */
let entry
/** The name of the file, to open and to save. */
let fileName = ""
let isSaved = true

/**
 * Return a text for the translator, with its fields filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [fields]
 */
function say(key, fields = {}) {
  const text = texts[key] ?? ""
  return Object.entries(fields).reduce(
    (t, [field, value]) => t.replace(`{${field}}`, () => `${value}`), // a value may have a $
    text
  )
}

/**
 * Return a new element.
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
 * Open a catalog, or say why it is none.
 * @param {ArrayBuffer} data
 * @param {string} file
 * @param {Entry} [page]  whose catalog was fetched
 */
function openCatalog(data, file, page) {
  let read
  try {
    read = parse(decode(data))
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    tell(say("broken", { file, line: error.line, fault: texts[error.fault] ?? "" }))
    return
  }
  catalog = read
  inFile = new Map(catalog.units.map(unit => [keyOf(unit), unit]))
  const place = catalog.units.find(unit => unit.places.length)?.places[0] ?? ""
  const path = place.split("#")[0]
  entry = page ?? pageOf(path, file)
  onSite = page ? inFile : new Map()
  fileName = entry ? nameOf(entry) : file
  credit.value = fieldOf("X-Credit")
  tell(isOfAnotherLanguage() ? say("otherLanguage", { code: fieldOf("Language") }) : "")
  if (!entry) tell(say("unknownPage", { path: path || file }))
  restoreDrafts()
  showKept(canKeep())
  document.body.classList.add("opened")
  find("#work").hidden = false
  showWays()
  find("#work h2").textContent = entry?.title ?? file
  frame.hidden = !entry || location.protocol === "file:"
  if (entry && !frame.hidden) {
    frame.ariaBusy = "true" // until it is there, a click on it leads nowhere
    frame.src = entry.url
  }
  showUnits()
}

/** Return the name of the file that a page's catalog is. @param {Entry} page */
const nameOf = page => decodeURIComponent(page.catalog.split("/").pop() ?? "")

/**
 * Return the page of a catalog: by its entries' places; where a program dropped these, by its name.
 * @param {string} path
 * @param {string} file
 */
function pageOf(path, file) {
  if (path) return entryAt(path)
  const plain = file.replace(/ ?\(\d+\)(?=\.)|\.txt$/g, "") // as browsers and mail change it
  const named = entries.filter(each => nameOf(each) === plain)
  return named.length === 1 ? named[0] : undefined
}

/**
 * Return the page that has a path, or had it before it was given another.
 * @param {string} path
 */
const entryAt = path =>
  entries.find(each => each.path === path) ?? entries.find(each => each.was.includes(path))

/** Return a field of the header; "" if it has none. @param {string} field */
const fieldOf = field => catalog?.fields.find(([key]) => key === field)?.[1] ?? ""

function isOfAnotherLanguage() {
  const [here, there] = [texts.language, fieldOf("Language")].map(
    code => code?.toLowerCase().split(/[-_.@]/)[0]
  )
  return Boolean(there) && there !== here
}

/**
 * Open the catalog of a page of this site.
 * @param {string} path
 */
async function openPublished(path) {
  const page = entryAt(path)
  if (!page) return tell(say("gonePage", { path }))
  const data = await published(page)
  if (data) openCatalog(data, path, page)
  else tell(say("unreachable"))
}

/**
 * Return the catalog of a page as this site has it; null if it cannot be fetched.
 * @param {Entry} page
 */
async function published(page) {
  const answer = await fetch(page.catalog).catch(() => null)
  return answer?.ok ? answer.arrayBuffer() : null
}

/**
 * Open the first of the files that somebody has chosen or dropped.
 * @param {FileList | null | undefined} files
 */
async function openFirst(files) {
  const [file, another] = files ?? []
  if (!file) return
  tell()
  scrollTo(0, 0) // to what is told
  openCatalog(await file.arrayBuffer().catch(() => new ArrayBuffer(0)), file.name) // a folder has no bytes
  if (another) tell(say("onlyOne", { file: file.name }))
  await compareWithSite(file.name)
}

/**
 * Tell how many entries of a file this site has otherwise, and show them; and how many of the page it
 * lacks.
 * @param {string} file
 */
async function compareWithSite(file) {
  const [page, read] = [entry, inFile]
  const data = page && location.protocol !== "file:" ? await published(page) : null
  if (!data || read !== inFile) return
  const now = parse(decode(data)).units.filter(unit => !unit.isObsolete)
  const lacking = now.filter(unit => !read.has(keyOf(unit)))
  if (lacking.length) tell(say("olderPage", { count: lacking.length }))
  onSite = new Map(now.map(unit => [keyOf(unit), unit]))
  const others = shownUnits().filter(isOtherwise)
  tell(say("opened", { file, count: others.length }))
  for (const unit of others) itemOf(unit).dataset.open = "true"
  showOpen()
  writeOthers()
}

/** Tell whether this site has another translation of a unit. @param {Unit} unit */
function isOtherwise(unit) {
  const there = onSite.get(keyOf(unit))
  return there !== undefined && !isSame(unit, there)
}

/** Write what this site has otherwise onto the built page. */
function writeOthers() {
  for (const unit of shownUnits().filter(isOtherwise)) {
    writeOnPage(frame, onSite.get(keyOf(unit)) ?? unit, unit)
  }
}

/**
 * Say something below what is said already; without a text, begin anew.
 * @param {string} [text]
 */
function tell(text) {
  if (text === undefined) messages.replaceChildren()
  else if (text) messages.append(make("p", {}, text))
}

// -- drafts, until they are saved, or in the file that is opened -----------------------------------------

/** @returns {string[]} what the names of drafts begin with: the page's, and those of paths it had before */
const draftPrefixes = () =>
  [entry?.path ?? fileName, ...(entry?.was ?? [])].map(
    path => `handbook: draft ${fieldOf("Language") || texts.language} ${path}\n`
  )
const keyOf = (/** @type {Unit} */ unit) => `${unit.context ?? ""}\u0004${unit.message}`

/** @type {Set<string>} keys of the units that were edited in this browser */
const touched = new Set()
/** @type {Set<string>} keys of those that were edited in this window */
const typed = new Set()
/** @type {Map<string, string[]>} what was written here, and stands in the place of no translation */
const setAside = new Map()

/** Remember what was edited here, and say so where the browser does not. */
function keepDrafts(isInFile = false) {
  isSaved = isInFile
  if (!isSaved) done.textContent = ""
  const [prefix, ...former] = draftPrefixes()
  for (const each of former) takeDrafts(each, prefix)
  const edited = isInFile ? touched : typed
  const units = (catalog?.units ?? []).filter(unit => edited.has(keyOf(unit)))
  const names = { was: fieldOf("X-Credit"), is: credit.value }
  const kept = [
    keep(prefix, names),
    ...units.map(unit => {
      const key = keyOf(unit)
      const was = inFile.get(key) ?? unit
      return keepDraft(prefix + key, unit, was, isSaved, setAside.get(key) ?? [])
    }),
  ]
  showKept(isInFile || kept.every(Boolean))
}

/**
 * Say where what is written is not kept: once, for what is put there anew is read aloud anew.
 * @param {boolean} isKept
 */
function showKept(isKept) {
  const [place, text] = [find("#unkept"), isKept ? "" : (texts.unkept ?? "")]
  if (place.textContent !== text) place.textContent = text
}

/** Put back what was remembered of the page, and say so. */
function restoreDrafts() {
  for (const each of [touched, typed, setAside]) each.clear()
  const { drafts, credit: names } = keptUnder(draftPrefixes())
  restoreCredit(names)
  drafts.forEach(restoreUnit)
  isSaved = !drafts.some(each => touched.has(keyOf(each)) && !each.isSaved)
  if (touched.size) tell(say("restored", { count: touched.size }))
}

/** Put a name to thank in the place of the file's. @param {{ was: string, is: string } | null} [names] */
function restoreCredit(names) {
  if (names?.was === fieldOf("X-Credit")) credit.value = names.is
}

/**
 * Put a unit in the place of the one with its key.
 * @param {Unit} unit
 */
function put(unit) {
  const key = keyOf(unit)
  if (catalog) catalog.units = catalog.units.map(each => (keyOf(each) === key ? unit : each))
}

/**
 * Put a draft in the place of what the file has, unless that is newer. What was written of an entry
 * that is gone is an entry again until it is saved.
 * @param {import("./drafts.js").Draft} draft
 */
function restoreUnit({ was, isSaved: isInFile, others = [], ...draft }) {
  const key = keyOf(draft)
  setAside.set(key, others)
  const unit = inFile.get(key) ?? { ...draft, translation: "", forms: [], flags: [] }
  const isGone = !inFile.has(key) || unit.isObsolete
  if (!catalog || isSame(unit, draft) || (isGone && isInFile)) return
  const name = draftPrefixes()[0] + key
  if (!isGone && !isSame(unit, was)) {
    if (isInFile) know(name, draft)
    else setAside.set(key, [...others, wordsOf(draft)])
    return
  }
  know(name, draft)
  const { translation, forms, flags, previous } = draft
  touched.add(key)
  if (!inFile.has(key)) catalog.units.push(unit)
  inFile.set(key, { ...unit, isObsolete: false }) // what is written in its place is an entry too
  put({ ...unit, translation, forms, flags, previous, isObsolete: false })
}

/**
 * Take in what was written in another window, or taken back there; where this one has another text,
 * show it beside that.
 * @param {string} name
 * @param {string} key
 */
function takeFromWindow(name, key) {
  const [draft, own] = [draftAt(name), inFile.get(key)]
  if (!draft && !own) return
  if (typed.has(key)) {
    setAside.set(key, draft ? [...(draft.others ?? []), wordsOf(draft)] : [])
  } else {
    setAside.delete(key)
    if (own) {
      put(own)
      know(name, own)
    }
    if (draft) restoreUnit(draft)
  }
  showAgain(key)
}

// -- units ------------------------------------------------------------------------------------------------

/** @type {Map<string, (unit: Unit) => void>} by the key of a unit, what shows it in its entry again */
const shownAgain = new Map()

/** Return the units that have an entry on the page. */
const shownUnits = () => (catalog?.units ?? []).filter(unit => !unit.isObsolete)

/** Show the entries of the catalog. */
function showUnits() {
  shownAgain.clear()
  list.replaceChildren(...shownUnits().map(card))
  showCount()
  showOpen()
}

/** Return the entry of a unit. @param {Unit} unit */
const itemOf = unit => /** @type {HTMLElement} */ (list.children[shownUnits().indexOf(unit)])

/**
 * Lead from the text that was clicked on the built page to its entry.
 * @param {MouseEvent} event
 */
function leadToEntry(event) {
  const words = wordsAt(event.target)
  const unit = words && shownUnits().find(each => isSaidBy(each, words))
  if (!unit) return
  const item = itemOf(unit)
  item.hidden = false
  item.querySelector("textarea")?.focus()
}

/**
 * Show a unit that was written elsewhere. Its entry stays, for the cursor may be in it.
 * @param {string} key
 */
function showAgain(key) {
  const shown = shownUnits()
  const at = shown.findIndex(unit => keyOf(unit) === key)
  if (at < 0) return
  const show = shownAgain.get(key)
  if (show) show(shown[at])
  else list.insertBefore(card(shown[at]), list.children[at] ?? null)
  showCount()
}

function showCount() {
  const shown = shownUnits()
  const open = shown.filter(unit => isOpen(unit, counts)).length
  find("#count").textContent = say("count", { open, whole: shown.length })
}

/** Hide what was not open when the file was opened, nor edited; where nothing was, there is no choice. */
function showOpen() {
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
  const labelled = (texts.labelled ?? "").split(" ")
  const shown = shownOf(unit, entry?.is_key_document, labelled, counts)
  const isHeading = shown === "showsOlder" && unit.notes[0] === "heading"
  return [shown, isHeading ? "menusShow" : ""]
    .map(each => texts[each] ?? "")
    .join(" ")
    .trim()
}

/**
 * Return the entry of a unit: what it is, its source, a box for its translation, and what is wrong.
 * @param {Unit} unit
 */
function card(unit) {
  const item = make("li", { "data-open": `${isOpen(unit, counts) || touched.has(keyOf(unit))}` })
  const forms = formsOf(unit, counts)
  const boxes = forms.map(boxOf)
  const mark = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }))
  const [state, shown, wrong, comments] = [
    make("span", { class: "state" }),
    make("p", { class: "shown" }),
    make("ul", { class: "wrong" }),
    make("div"),
  ]
  mark.checked = unit.flags.includes("fuzzy")
  item.append(aboutOf(unit, state), ...sourceOf(unit))
  forms.forEach(({ counts }, at) => {
    item.append(...(counts ? [make("p", { class: "about" }, counts)] : []), boxes[at])
  })
  item.append(make("label", {}, mark, ` ${texts.needsWork}`), shown, wrong, comments)
  const take = edit(unit, boxes, mark, now => {
    mark.disabled = !now.translation // a mark on nothing says nothing
    item.dataset.state = stateOf(now, counts)
    state.textContent = texts[item.dataset.state] ?? ""
    shown.textContent = shownTo(now)
    wrong.replaceChildren(...faultsOf(now).map(row => make("li", {}, row)))
    comments.replaceChildren(...commentsOf(now))
  })
  shownAgain.set(keyOf(unit), now => {
    item.dataset.open = "true"
    item.hidden = false
    take(now)
  })
  return item
}

/**
 * Return the box for a translation, or for a form of one.
 * @param {{ text: string, source: string, counts: string }} form
 */
function boxOf({ text, source, counts }) {
  const label = [texts.translation, counts].filter(Boolean).join(" · ")
  const attributes = { lang: texts.tag ?? "", "aria-label": `${label}: ${source}` }
  const box = /** @type {HTMLTextAreaElement} */ (make("textarea", attributes))
  box.value = text
  box.rows = Math.min(12, Math.max(2, Math.ceil(source.length / 60)))
  return box
}

/**
 * Return the line that says what a unit is, behind its state.
 * @param {Unit} unit
 * @param {HTMLElement} state
 */
function aboutOf(unit, state) {
  const about = [kindOf(unit), unit.context, ...unit.notes.slice(1)].filter(Boolean).join(" · ")
  return make("p", { class: "about" }, state, about ? ` · ${about}` : "")
}

/**
 * Return the text to translate, with its plural; below it what an edit has changed in it, if any.
 * @param {Unit} unit
 */
function sourceOf({ message, plural, previous }) {
  const attributes = { class: "source", lang: entry?.source ?? "", dir: "auto" }
  const said = plural === null ? [message] : [message, plural]
  const sources = said.map(text => make("p", attributes, text))
  if (previous.message === null) return sources
  const changes = make("span", { dir: "auto" }, ...redline(previous.message, message))
  return [...sources, make("p", { class: "before" }, `${texts.before} `, changes)]
}

/**
 * Return the comments on a unit, and what somebody wrote here that the file has otherwise by now.
 * @param {Unit} unit
 */
function commentsOf(unit) {
  const written = setAside.get(keyOf(unit)) ?? []
  const rows = [
    ...written.filter(each => each !== wordsOf(unit)).map(each => `${texts.written} ${each}`),
    ...unit.comments,
  ]
  return rows.map(row => make("p", { class: "comment", dir: "auto" }, row))
}

/**
 * Return what a translation has lost and added, in words.
 * @param {Unit} unit
 */
function faultsOf(unit) {
  const forms = formsOf(unit, counts)
  const isBegun = forms.some(({ text }) => text)
  return forms.flatMap(({ text, source, counts: numbers }) => {
    if (isBegun && !text) return [say("noForm", { numbers })]
    const { lost, added } = faults(source, text)
    const missing = lost.map(sign => say("lost", { sign }))
    return [...missing, ...added.map(sign => say("added", { sign }))]
  })
}

/**
 * Let a unit be edited: what is typed is in the catalog at once, and on the built page. Return what
 * shows a unit in its place that was edited elsewhere.
 * @param {Unit} unit
 * @param {HTMLTextAreaElement[]} boxes  one, or one for each form of a plural
 * @param {HTMLInputElement} mark  of a text that needs work
 * @param {(unit: Unit) => void} refresh  shows the unit as it is now
 */
function edit(unit, boxes, mark, refresh) {
  const was = inFile.get(keyOf(unit)) ?? unit
  let now = unit
  let isMarkedByHand = false
  const written = () => boxes.map(box => box.value)
  const change = () => {
    const before = now
    now = edited(was, written(), mark.checked)
    takeFromHere(before, now)
    refresh(now)
  }
  const type = () => {
    // What is typed is work done; what is undone is as it was.
    const wasMarked = was.flags.includes("fuzzy")
    if (!isMarkedByHand) mark.checked = wasMarked && isSame(edited(was, written(), true), was)
    change()
  }
  mark.addEventListener("change", () => {
    isMarkedByHand = true
    change()
  })
  for (const box of boxes) {
    box.addEventListener("input", type)
    box.addEventListener("focus", () => showOnPage(frame, now, now))
  }
  refresh(now)
  return (/** @type {Unit} */ unit) => {
    if (!typed.has(keyOf(unit))) fillIn(unit, boxes, mark)
    now = unit
    refresh(now)
  }
}

/**
 * Take in what was written in this window.
 * @param {Unit} before
 * @param {Unit} now
 */
function takeFromHere(before, now) {
  if (!catalog) return
  catalog.units = catalog.units.map(each => (each === before ? now : each))
  touched.add(keyOf(now))
  typed.add(keyOf(now))
  keepDrafts()
  showCount()
  showOnPage(frame, before, now, inFile.get(keyOf(now)))
}

/**
 * Put the translations of a unit into their boxes.
 * @param {Unit} unit
 * @param {HTMLTextAreaElement[]} boxes
 * @param {HTMLInputElement} mark
 */
function fillIn(unit, boxes, mark) {
  const forms = formsOf(unit, counts)
  boxes.forEach((box, at) => {
    box.value = forms[at]?.text ?? ""
  })
  mark.checked = unit.flags.includes("fuzzy")
}

// -- saving -------------------------------------------------------------------------------------------------

/** Return the text of the file as it is now. */
function fileText() {
  if (!catalog) return ""
  const fields = new Map(catalog.fields)
  fields.set("X-Credit", credit.value.trim())
  if (!fields.get("X-Credit")) fields.delete("X-Credit")
  if (!fields.get("Language")) fields.set("Language", texts.language ?? "") // a template has none
  return dump({ ...catalog, fields: [...fields] }, headerFields)
}

/** Tell whether the catalog is still as it was fetched: to give that back would change nothing. */
function isAsFetched() {
  const isThanked = credit.value.trim() === fieldOf("X-Credit")
  return onSite === inFile && isThanked && !shownUnits().some(isOtherwise)
}

async function copyText() {
  const { done, same, refused } = find("#copy").dataset
  const told = await navigator.clipboard.writeText(fileText()).then(
    () => (isAsFetched() ? same : done),
    () => refused
  )
  reportDone(told ?? "")
}

/** Hand the file to the browser, which asks where to put it or has a folder for it. */
function saveFile() {
  const text = fileText()
  const link = /** @type {HTMLAnchorElement} */ (make("a", { download: fileName }))
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-gettext-translation" }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // a phone asks first
  keepDrafts(true)
  reportDone(say("saved", { file: fileName }))
}

/**
 * Say what was done, and lead on: what to do with the file is far above by then.
 * @param {string} text
 */
function reportDone(text) {
  tell() // what was said of a file that was opened is done with
  done.replaceChildren(`${text} `, make("a", { href: "#return" }, texts.giveBack ?? ""))
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
    const subject = encodeURIComponent(`${fileName} (${texts.language})`)
    mail.href = `${mail.href.split("?")[0]}?subject=${subject}`
  }
}

// -- what the translator does -------------------------------------------------------------------------------

find("#save").addEventListener("click", saveFile)
if (navigator.clipboard) find("#copy").addEventListener("click", copyText)
else find("#copy").hidden = true
onlyOpen.addEventListener("change", showOpen)
credit.addEventListener("input", () => keepDrafts())
find("#file").addEventListener("change", event => {
  const input = /** @type {HTMLInputElement} */ (event.target)
  openFirst(input.files)
  input.value = "" // so that a file can be chosen again once it was mended
})
addEventListener("keydown", event => {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  if (!catalog || !isShortcut || event.key.toLowerCase() !== "s") return
  event.preventDefault()
  saveFile()
})

/**
 * Open the files that are dropped on a document. Text may be dropped into a field.
 * @param {Document} page
 */
function acceptFiles(page) {
  for (const type of /** @type {const} */ (["dragover", "drop"])) {
    page.addEventListener(type, event => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      if (type === "drop") openFirst(event.dataTransfer.files)
    })
  }
}
acceptFiles(document)
frame.addEventListener("load", () => {
  const page = frame.contentDocument
  if (!page) return
  acceptFiles(page)
  prepare(page)
  page.addEventListener("click", leadToEntry)
  writeOthers()
  frame.ariaBusy = "false"
})
addEventListener("storage", ({ key }) => {
  const [prefix] = catalog ? draftPrefixes() : []
  if (!key || !prefix || !key.startsWith(prefix)) return
  if (key === prefix) restoreCredit(creditAt(key))
  else takeFromWindow(key, key.slice(prefix.length))
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
if (asked) openPublished(asked)
