// @ts-check
// What can be said of a translation without rendering it: its state, what it has lost or added, and what
// readers are shown of it.

/** Signs that a translation keeps as they are. */
const KEPT = [
  /`+[^`\n]+`+/g, // code
  /(?<=\])\([^()\s]*(?:\s"[^"]*")?\)/g, // the target of a link
  /<(?:https?:|mailto:)[^<>\s]*>/g, // an address
  /\[\^[^\]\s]+\]/g, // a footnote
  /\{[:\s]*[.#][^{}\n]*\}/g, // ids and classes
  /<\/?(?!ruby\b|rt\b|rp\b|wbr\b|bdi\b)[A-Za-z][^<>]*>/g, // HTML
  /\{[a-z_]+\}/g, // fields of interface text
]

/**
 * Return the signs of a text that its translation keeps, each as often as it is there.
 * @param {string} text
 */
function kept(text) {
  /** @type {string[]} */
  const found = []
  let rest = text // without what has been found: code may look like HTML
  for (const pattern of KEPT) {
    rest = rest.replace(pattern, sign => {
      found.push(sign.replace(/\s"[^"]*"\)$/, ")")) // the title of a link may be translated
      return " "
    })
  }
  return found
}

/**
 * Return what a translation has lost and what it has added.
 * @param {string} message
 * @param {string} translation
 */
export function faults(message, translation) {
  const wanted = kept(message)
  /** @type {string[]} */
  const added = []
  for (const sign of kept(translation)) {
    const at = wanted.indexOf(sign)
    if (at < 0) added.push(sign)
    else wanted.splice(at, 1)
  }
  return { lost: translation ? wanted : [], added }
}

/**
 * Return Markdown as a reader sees it: no addresses, signs of emphasis or attributes.
 * @param {string} text
 */
export function visible(text) {
  return text // in this order: a later row takes what an earlier one has left for text
    .replace(/`+([^`\n]+)`+/g, "$1")
    .replace(/<((?:https?:|mailto:)[^<>\s]*)>/g, "$1")
    .replace(/<rt>[^<]*<\/rt>|<\/?[A-Za-z][^<>]*>/g, "")
    .replace(/\[\^[^\]\s]+\]|\{[:\s]*[.#][^{}\n]*\}/g, "")
    .replace(/(?<=\])(?:\([^()\s]*(?:\s"[^"]*")?\)|\[[^[\]]*\])/g, "")
    .replace(/!?\[([^[\]]*)\]/g, "$1")
    .replace(/(?<!\\)(?:[*_]{1,3}|==)(?=\S)|(?<=[^\s\\])(?:\*{1,3}|_{1,3}(?!\w)|==)/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
}

/**
 * Return the translations of a unit: one, or those of a plural, each named by numbers it stands with.
 * @param {import("./po.js").Unit} unit
 * @param {string[]} counts  the numbers for each form that the language has
 * @returns {{ text: string, source: string, counts: string }[]}
 */
export function formsOf(unit, counts) {
  const { plural, message, translation } = unit
  if (plural === null) return [{ text: translation, source: message, counts: "" }]
  return Array.from({ length: Math.max(counts.length, unit.forms.length) }, (_, at) => ({
    text: (at ? unit.forms[at] : translation) ?? "",
    source: /^(?:0, )?1(?:$|, (?!2))/.test(counts[at] ?? "") ? message : plural,
    counts: counts[at] ?? "",
  }))
}

/**
 * Return the state of a unit: how far its translation is. One that would be up to date, but has lost
 * or added something, is "faulty": readers are not shown it. After an edit of its source it may not fit.
 * @param {import("./po.js").Unit} unit
 * @param {string[]} counts
 */
export function stateOf(unit, counts) {
  const forms = formsOf(unit, counts)
  if (forms.some(({ text }) => !text)) return "missing"
  if (!unit.flags.includes("fuzzy")) return forms.some(hasFault) ? "faulty" : "current"
  return unit.previous.message === null ? "suggested" : "changed"
}

/**
 * Tell whether a form of a translation has lost or added something.
 * @param {{ source: string, text: string }} form
 */
function hasFault({ source, text }) {
  const { lost, added } = faults(source, text)
  return lost.length + added.length > 0
}

/**
 * Return the translations of a unit: one, or the forms of a plural.
 * @param {import("./po.js").Unit} unit
 */
export const textsOf = ({ translation, forms }) => [translation, ...forms.slice(1)]

/**
 * Tell whether two units of one message have the same translation, and as good.
 * @param {import("./po.js").Unit} one
 * @param {import("./po.js").Unit} other
 */
export function isSame(one, other) {
  const isFuzzy = one.flags.includes("fuzzy")
  const [own, others] = [one, other].map(textsOf)
  const isAlike = [...own, ...others].every((_, at) => (own[at] ?? "") === (others[at] ?? ""))
  return isAlike && isFuzzy === other.flags.includes("fuzzy")
}

/** Kinds of text that need no translation. */
const GIVEN = /^(?:address|number|short form)/

/**
 * Tell whether there is something to do: to translate, or to mend what readers would not be shown.
 * @param {import("./po.js").Unit} unit
 * @param {string[]} counts
 */
export function isOpen(unit, counts) {
  return !GIVEN.test(unit.notes[0] ?? "") && stateOf(unit, counts) !== "current"
}

/**
 * Return what readers are shown of a unit that is not current, or not fit to be shown; "" of another.
 * @param {import("./po.js").Unit} unit
 * @param {boolean | undefined} isKeyDocument  undefined of a page that is not known
 * @param {string[]} labelled  kinds of text where a label can stand; of HTML, not in attributes
 * @param {string[]} counts
 * @returns {"" | "showsSource" | "showsOlder" | "showsBoth" | "showsEither"}
 */
export function shownOf(unit, isKeyDocument, labelled, counts) {
  const state = stateOf(unit, counts)
  if (state === "current") return ""
  if (state !== "changed" || formsOf(unit, counts).some(hasFault)) return "showsSource"
  const kind = unit.notes[0] ?? ""
  if (isKeyDocument === undefined || kind === "html") return "showsEither"
  if (!labelled.includes(kind)) return "showsSource"
  return isKeyDocument ? "showsBoth" : "showsOlder"
}

/**
 * Return a unit with another translation; a text that somebody has written is no draft any more.
 * @param {import("./po.js").Unit} unit
 * @param {string[]} translations  one, or the forms of a plural
 * @param {boolean} needsWork
 * @returns {import("./po.js").Unit}
 */
export function edited(unit, translations, needsWork) {
  const [head, tail] = [/^\n/.test(unit.message), /\n$/.test(unit.message)]
  const texts = translations.map(translation => {
    const words = translation.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "")
    return words.trim() && `${head ? "\n" : ""}${words}${tail ? "\n" : ""}`
  })
  const text = texts[0]
  const others = unit.flags.filter(flag => flag !== "fuzzy")
  const flags = needsWork && text ? ["fuzzy", ...others] : others
  const forms = unit.plural === null ? [] : texts
  const none = { context: null, message: null, plural: null }
  const previous = needsWork && text ? unit.previous : none
  return { ...unit, translation: text, forms, flags, previous }
}
