// @ts-check
// What can be told of a translation without a Markdown engine: its words, and what it lost or added.

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
 * Return what stands in a text and must stand in its translation, each as often as it does.
 * @param {string} text
 */
export function kept(text) {
  /** @type {string[]} */
  const found = []
  const rest = KEPT.reduce(
    (left, pattern) =>
      left.replace(pattern, sign => {
        found.push(sign.replace(/\s"[^"]*"\)$/, ")"))
        return " "
      }),
    text
  )
  return { found, rest }
}

/**
 * Return what a translation has lost and what it has added.
 * @param {string} message
 * @param {string} translation
 */
export function faults(message, translation) {
  const wanted = [...kept(message).found]
  /** @type {string[]} */
  const added = []
  for (const sign of kept(translation).found) {
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
  return text
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
    source: /^(?:0, )?1(?:,|$)/.test(counts[at] ?? "") ? message : plural,
    counts: counts[at] ?? "",
  }))
}

/**
 * Return the state of a unit: how far its translation is.
 * @param {import("./po.js").Unit} unit
 */
export function stateOf(unit) {
  if (!unit.translation || unit.forms.some(text => !text)) return "missing"
  if (!unit.flags.includes("fuzzy")) return "current"
  return unit.previous.message === null ? "suggested" : "changed"
}

/**
 * Tell whether two units of one message have the same translation, and as good.
 * @param {import("./po.js").Unit} one
 * @param {import("./po.js").Unit} other
 */
export function isSame(one, other) {
  const isFuzzy = one.flags.includes("fuzzy")
  const [own, others] = [one, other].map(each => [each.translation, ...each.forms.slice(1)])
  const isAlike = [...own, ...others].every((_, at) => (own[at] ?? "") === (others[at] ?? ""))
  return isAlike && isFuzzy === other.flags.includes("fuzzy")
}

/** Kinds of text that need no translation. */
const GIVEN = /^(?:address|number|short form)/

/**
 * Tell whether there is something to do: to translate, or to mend what readers would not be shown.
 * @param {import("./po.js").Unit} unit
 */
export function isOpen(unit) {
  if (GIVEN.test(unit.notes[0] ?? "")) return false
  const { lost, added } = faults(unit.message, unit.translation)
  return stateOf(unit) !== "current" || lost.length + added.length > 0
}

/**
 * Return what readers are shown of a unit that is not current, or not fit to be shown; "" of another.
 * @param {import("./po.js").Unit} unit
 * @param {boolean | undefined} isKeyDocument  undefined of a page that is not known
 * @param {string[]} labelled  kinds of text where a label can stand; of HTML, not in attributes
 * @returns {"" | "showsSource" | "showsOlder" | "showsBoth" | "showsEither"}
 */
export function shownOf(unit, isKeyDocument, labelled) {
  const { lost, added } = faults(unit.message, unit.translation)
  if (lost.length || added.length) return "showsSource"
  const state = stateOf(unit)
  if (state === "current") return ""
  if (state !== "changed") return "showsSource"
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

/** How many pairs of words are compared at most; of longer texts the middle is taken as a whole. */
const MOST = 250000

/**
 * Return two texts in one, word by word: what both have, what was taken out, what was put in.
 * @param {string} before
 * @param {string} after
 * @param {string} language
 * @returns {{sign: "" | "del" | "ins", text: string}[]}
 */
export function compared(before, after, language) {
  const [old, now] = [before, after].map(text => segmentsOf(text, language))
  let start = 0
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++
  let end = 0
  const left = Math.min(old.length, now.length) - start
  while (end < left && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  return joined([
    { sign: "", text: old.slice(0, start).join("") },
    ...between(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    { sign: "", text: old.slice(old.length - end).join("") },
  ]).filter(part => part.text)
}

/**
 * @param {string} text
 * @param {string} language
 */
function segmentsOf(text, language) {
  if (!("Segmenter" in Intl)) return text.split(/(\s+)/) // older browsers
  const segments = new Intl.Segmenter(language, { granularity: "word" }).segment(text)
  return [...segments].map(each => each.segment)
}

/**
 * Return what differs between two runs of words, by their longest common subsequence.
 * @param {string[]} old
 * @param {string[]} now
 */
function between(old, now) {
  /** @type {{sign: "" | "del" | "ins", text: string}[]} */
  const parts = []
  const isShort = old.length * now.length <= MOST
  const common = isShort ? lengths(old, now) : []
  let [i, j] = [0, 0]
  while (isShort && i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      parts.push({ sign: "", text: old[i++] })
      j++
    } else if (common[i + 1][j] >= common[i][j + 1]) parts.push({ sign: "del", text: old[i++] })
    else parts.push({ sign: "ins", text: now[j++] })
  }
  for (const text of old.slice(i)) parts.push({ sign: "del", text })
  for (const text of now.slice(j)) parts.push({ sign: "ins", text })
  return parts
}

/**
 * Return how many words the ends of two runs have in common, from each pair of places on.
 * @param {string[]} old
 * @param {string[]} now
 */
function lengths(old, now) {
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const skipped = Math.max(common[i + 1][j], common[i][j + 1])
      common[i][j] = old[i] === now[j] ? common[i + 1][j + 1] + 1 : skipped
    }
  }
  return common
}

/**
 * Join parts of one sign that follow each other; of a replaced run, what was taken out comes first.
 * @param {{sign: "" | "del" | "ins", text: string}[]} parts
 */
function joined(parts) {
  /** @type {{sign: "" | "del" | "ins", text: string}[]} */
  const runs = []
  for (const part of parts) {
    const last = runs.at(-1)
    const before = runs.at(-2)
    if (last?.sign === part.sign) last.text += part.text
    else if (part.sign === "del" && last?.sign === "ins") {
      if (before?.sign === "del") before.text += part.text
      else runs.splice(-1, 0, { ...part })
    } else runs.push({ ...part })
  }
  return runs
}
