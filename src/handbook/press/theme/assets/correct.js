// @ts-check
// A reader corrects a paragraph in its place and sends it: as an issue, a mail or a form, whichever this
// copy of the site has, and always as a file. partials/passages.html has the words.

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
 */

const LONGEST = { issue: 7500, mail: 7500, form: 7500 } // characters that hosts and programs take

const template = /** @type {HTMLTemplateElement | null} */ (
  typeof document === "undefined" ? null : document.querySelector("template.correction")
)

/**
 * Return a correction as lines: what it is about, then both texts.
 * @param {Correction} correction
 * @param {DOMStringMap} labels  of each line in the reader's language, with a field: `Page: {page}`
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

/**
 * Let the reader correct a text in its place.
 * @param {Spot} spot
 * @param {string} selected  words of it that the reader has selected
 */
export function correct({ holder, number, hash, old, back }, selected) {
  const status = /** @type {HTMLElement | null} */ (document.querySelector(".passages"))
  const copy = template?.content.querySelector("form")?.cloneNode(true)
  if (!status || !copy) return
  const form = /** @type {HTMLFormElement} */ (copy)
  const box = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"))
  const told = /** @type {HTMLElement} */ (form.querySelector("[aria-live]"))

  const correction = () => ({
    page: status.dataset.file ?? "",
    paragraph: number,
    language: status.dataset.language ?? "",
    revision: status.dataset.revision ?? "",
    address: `${location.href.split("#")[0]}${hash}`,
    old,
    new: box.value.replace(/\s+/g, " ").trim(),
  })
  const close = () => {
    form.remove()
    back?.focus({ preventScroll: true })
  }

  box.value = old
  place(form, holder)
  box.style.height = `${Math.max(box.scrollHeight, 60) + 4}px`
  box.focus()
  const at = selected ? old.indexOf(selected) : -1
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
    if (!pressed) return
    const way = /** @type {"issue" | "mail" | "form" | "file" | "close"} */ (pressed.dataset.send)
    if (way === "close") {
      close()
      return
    }
    const made = correction()
    if (made.new === made.old) {
      event.preventDefault()
      told.textContent = form.dataset.same ?? ""
      box.focus()
      return
    }
    if (way === "file") save(made)
    else {
      const address = filled(pressed.dataset.address ?? "", made, form.dataset, LONGEST[way])
      if (address) /** @type {HTMLAnchorElement} */ (pressed).href = address
      else {
        event.preventDefault()
        save(made)
      }
    }
    told.textContent = (way === "file" || event.defaultPrevented ? form.dataset.saved : "") ?? ""
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

const WITHIN = "tr, th, text, caption, figcaption, label, summary"
