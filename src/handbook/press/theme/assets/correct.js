// @ts-check
// A reader corrects a paragraph in its place and sends it: as an issue, a mail or a form, whichever this
// copy of the site has, and always as a file. words.js lets selected words be retyped without the form.
// partials/passages.html has the words.
import { here } from "./address.js"

/**
 * What is sent.
 * @typedef {object} Correction
 * @property {string} page  the file of its source
 * @property {string} paragraph  its number; "" where it has none
 * @property {string} language  in which the reader read it
 * @property {string} revision  of the source
 * @property {string} address
 * @property {string} old
 * @property {string} new
 */

/**
 * A text on this page that can be corrected.
 * @typedef {object} Spot
 * @property {HTMLElement} holder
 * @property {string} number  "" where it has none
 * @property {string} hash  of its address, or of that of the nearest text with one
 * @property {string} old
 * @property {HTMLElement | null} back  what gets the focus when the form is closed
 * @property {string} [file]  where it is written, if not in the source of the page
 */

const LONGEST = 7500 // characters of an address that hosts and programs take

const template = /** @type {HTMLTemplateElement | null} */ (
  typeof document === "undefined" ? null : document.querySelector("template.correction")
)

const labels = template?.content.querySelector("form")?.dataset ?? {}

/**
 * Return a correction as lines: what it is about, then both texts.
 * @param {Correction} correction
 * @param {DOMStringMap} labels  of the lines in the reader's language, with a field: `Page: {page}`
 * @param {boolean} [isShort]  whether the old text is left out: its number and revision tell it
 */
export function lines(correction, labels, isShort) {
  /** @param {keyof Correction} field */
  const line = field =>
    (labels[field] ?? `${field}: {${field}}`).replace(`{${field}}`, () => correction[field])
  /** @type {(keyof Correction)[]} */
  const about = ["page", "paragraph", "language", "revision", "address"]
  const texts = isShort ? [line("new")] : [line("old"), line("new")]
  const told = about.filter(field => correction[field]).map(line)
  return `${[told.join("\n"), ...texts].join("\n\n")}\n`
}

/**
 * Return an address with its fields filled in, or "" where it would be too long to be opened.
 * @param {string} address  with {title}, {body} or {paragraph}
 * @param {Correction} correction
 * @param {DOMStringMap} labels
 * @param {number} longest
 */
export function filled(address, correction, labels, longest) {
  const title = `${[correction.page, correction.paragraph].join(" ").trim()} (${correction.language})`
  const isMail = address.startsWith("mailto:")
  for (const isShort of [false, true]) {
    const body = lines(correction, labels, isShort)
    const encoded = encodeURIComponent(isMail ? body.replaceAll("\n", "\r\n") : body)
    const whole = address
      .replace("{title}", encodeURIComponent(title))
      .replace(/{(?:body|paragraph)}/, () => encoded)
    if (whole.length <= longest) return whole
  }
  return ""
}

/**
 * Return a correction as a file.
 * @param {Correction} correction
 */
export function fileOf(correction) {
  const slug = correction.page.replace(/^docs\/[^/]+\/|\.md$/g, "").replaceAll("/", "-")
  const parts = [slug, correction.paragraph, correction.language]
  const name = `${parts.filter(Boolean).join("-")}.json`
  return { name, text: `${JSON.stringify(correction, null, 2)}\n` }
}

/** @param {Correction} correction */
function save(correction) {
  const { name, text } = fileOf(correction)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

const status = /** @type {HTMLElement | null} */ (
  typeof document === "undefined" ? null : document.querySelector(".passages")
)

/**
 * Return a correction of a text on this page.
 * @param {Spot} spot
 * @param {string} text  how it should read
 * @returns {Correction}
 */
export function correctionOf({ number, hash, old, file }, text) {
  return {
    page: file ?? status?.dataset.file ?? "",
    paragraph: number,
    language: status?.dataset.language ?? "",
    revision: file ? "" : (status?.dataset.revision ?? ""),
    address: `${here()}${hash}`,
    old,
    new: text.replace(/\s+/g, " ").trim(),
  }
}

/**
 * Send a correction by the way that was pressed, and say so where the reader would not see it. Return
 * whether there was something to send.
 * @param {Event} event
 * @param {HTMLElement} pressed  a link or a button with data-send
 * @param {Correction} made
 * @param {HTMLElement} form  which has the words in its data, and a place for them
 */
export function send(event, pressed, made, form) {
  const told = /** @type {HTMLElement} */ (form.querySelector("[aria-live]"))
  const { same = "", saved = "" } = form.dataset
  if (made.new === made.old) {
    event.preventDefault()
    told.textContent = same
    return false
  }
  const way = /** @type {"issue" | "mail" | "form" | "file"} */ (pressed.dataset.send)
  const address = way === "file" ? "" : filled(pressed.dataset.address ?? "", made, labels, LONGEST)
  if (address) /** @type {HTMLAnchorElement} */ (pressed).href = address
  else {
    event.preventDefault()
    save(made)
  }
  told.textContent = address ? "" : saved
  return true
}

/** Make a box as high as its text. @param {HTMLTextAreaElement} box */
export function fit(box) {
  box.style.height = "auto"
  box.style.height = `${box.scrollHeight + 4}px`
}

/**
 * Let the reader correct a text in its place.
 * @param {Spot} spot
 * @param {string} selected  words of it that the reader has selected
 * @param {string} [text]  what is written already; the text as it is if it is left out
 */
export function correct(spot, selected, text = spot.old) {
  const copy = template?.content.querySelector("form")?.cloneNode(true)
  if (!status || !copy) return
  const form = /** @type {HTMLFormElement} */ (copy)
  const box = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"))
  const told = /** @type {HTMLElement} */ (form.querySelector("[aria-live]"))
  const close = () => {
    form.remove()
    spot.back?.focus({ preventScroll: true })
  }

  box.value = text
  place(form, spot.holder)
  fit(box)
  box.focus()
  const at = selected ? text.indexOf(selected) : -1
  if (at >= 0) box.setSelectionRange(at, at + selected.length)

  box.addEventListener("input", () => told.replaceChildren())
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("keydown", event => {
    if (event.key === "Escape") close()
  })
  form.addEventListener("click", event => {
    const pressed = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-send]")
    )
    if (pressed?.dataset.send === "close") close()
    else if (pressed && !send(event, pressed, correctionOf(spot, box.value), form)) box.focus()
  })
}

/**
 * Put a form or a menu below a text: into an item or a definition, below the table of a row, the drawing
 * of a word or the tabs of a title.
 * @param {HTMLElement} form
 * @param {Element} holder
 */
export function place(form, holder) {
  const whole = holder.closest(".md-typeset__scrollwrap, table, figure, .tabbed-set, details, dl")
  if (holder.matches("li, dd")) holder.append(form)
  else if (holder.matches("dt")) holder.nextElementSibling?.append(form)
  else if (whole && holder.matches(WITHIN)) whole.after(form)
  else holder.after(form)
}

const WITHIN = "tr, td, th, text, tspan, caption, figcaption, label, summary"
