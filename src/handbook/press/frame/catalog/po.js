// @ts-check
// Catalogs: gettext's PO files, read into units and written again in the form of `msgcat --no-wrap`.
// What is written has no address of a person, no name of a program and no date.

/**
 * A message and its translation.
 * @typedef {object} Unit
 * @property {string} message
 * @property {string} translation
 * @property {string | null} context
 * @property {string[]} forms  translations of a plural, if there is one
 * @property {string | null} plural
 * @property {string[]} comments  the translators' own
 * @property {string[]} notes  the kind of text, and the author's note
 * @property {string[]} places
 * @property {string[]} flags
 * @property {{ context: string | null, message: string | null, plural: string | null }} previous
 * @property {boolean} isObsolete
 * @property {number} line
 */

/** @typedef {{ header: Unit, fields: [string, string][], units: Unit[] }} Catalog */

/**
 * The names of a header's fields, as the handbook's program writes them.
 * @typedef {object} Fields
 * @property {string[]} gettext  those of gettext, in its order
 * @property {string[]} ours  those that only the handbook reads
 * @property {string[]} blank  those that are left empty: each save would change them, or name somebody
 */

/** @typedef {"noEntries" | "noHeader" | "noString" | "noTranslation" | "twoVersions" | "otherLetters" | "misnumbered"} Fault */

/** Says on which line a file is no catalog, and why; the page has words for each fault. */
export class CatalogError extends Error {
  /**
   * @param {number} line
   * @param {Fault} fault
   */
  constructor(line, fault) {
    super(fault)
    this.line = line
    this.fault = fault
  }
}

const ESCAPES = /** @type {Record<string, string>} */ ({
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
})
const ESCAPED = /** @type {Record<string, string>} */ ({
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\v": "\\v",
})
const STRING = /"((?:[^"\\]|\\.)*)"/g
const STRINGS = /^(?:"(?:[^"\\]|\\.)*"\s*)+$/
const KEYWORD = /^(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*(?=")/
/** The marks of git between two versions of a text. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/
/** Addresses, with what is around them; looked for at the beginnings of blanks and words alone. */
const ADDRESS =
  /(?<!\s)\s*[<(]?(?<![\p{L}\p{N}_.+-])(?:[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_.-]+\.[\p{L}\p{N}_]+)+[>)]?/gu

const UTF_8 = "utf-8"
/** What files of two bytes a character begin with. */
const BYTES = /** @type {[string, number[]][]} */ ([
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  ["utf-16le", [0x6d, 0]], // the m of msgid
  ["utf-16be", [0, 0x6d]],
  ["utf-16le", [0x23, 0]], // the # of a comment
  ["utf-16be", [0, 0x23]],
])

/**
 * Return the text of a file: UTF-8 if it is that, or else in the encoding that it declares. Throws
 * CatalogError where it is neither, for what cannot be read would be saved without its letters; and
 * of a file that has no entries.
 * @param {ArrayBuffer | Uint8Array} data
 */
export function decode(data) {
  const bytes = new Uint8Array(data)
  const wide = BYTES.find(([, start]) => start.every((each, at) => bytes[at] === each))?.[0]
  const raw = new TextDecoder("latin1").decode(bytes)
  if (!raw.replaceAll("\0", "").includes("msgid")) throw new CatalogError(1, "noEntries")
  const head = raw.slice(0, 20000)
  const declared = /charset\s*=\s*([\w.:()-]+)/i.exec(head)?.[1] ?? UTF_8
  const isAscii = bytes.every(each => each < 128) // as ISO-2022-JP is, which is no UTF-8
  const names = wide ? [wide] : isAscii ? [declared, UTF_8] : [UTF_8, declared]
  for (const name of names) {
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes)
    } catch {
      // another encoding, or a name of none
    }
  }
  const lossy = new TextDecoder(names[0]).decode(bytes)
  throw new CatalogError(lossy.split("\ufffd")[0].split("\n").length, "otherLetters")
}

/**
 * Return a unit without a text.
 * @returns {Unit}
 */
function empty() {
  return {
    message: "",
    translation: "",
    context: null,
    forms: [],
    plural: null,
    comments: [],
    notes: [],
    places: [],
    flags: [],
    previous: { context: null, message: null, plural: null },
    isObsolete: false,
    line: 0,
  }
}

/**
 * Read a catalog. Throws CatalogError.
 * @param {string} text
 * @returns {Catalog}
 */
export function parse(text) {
  const reader = new Reader()
  text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .forEach((row, index) => {
      reader.take(row.trim(), index + 1)
    })
  const [header, ...units] = reader.finish()
  if (!header || header.message || header.context !== null || header.isObsolete) {
    throw new CatalogError(1, "noHeader")
  }
  const rows = header.translation.split("\n").filter(row => row.includes(":"))
  const fields = rows.map(row => {
    const at = row.indexOf(":")
    return /** @type {[string, string]} */ ([row.slice(0, at), row.slice(at + 1).trim()])
  })
  return { header, fields, units }
}

/** Reads the rows of a catalog into units. */
class Reader {
  constructor() {
    /** @type {Unit[]} */
    this.units = []
    this.unit = empty()
    /** @type {((text: string) => void) | null} adds a string to what it belongs to */
    this.add = null
    this.hasTranslation = false
  }

  /**
   * Read a row. A unit ends where a comment or a keyword follows its translation.
   * @param {string} row
   * @param {number} line
   */
  take(row, line) {
    const isComment = row.startsWith("#") && !/^#[~|]/.test(row)
    if (isComment && this.hasTranslation) this.end()
    if (!row) return
    if (isComment) this.comment(row)
    else this.string(row, line)
  }

  /** @param {string} row */
  comment(row) {
    const rest = row.slice(2).trim()
    const unit = this.unit
    switch (row[1]) {
      case ":":
        unit.places.push(...rest.split(/\s+/).filter(Boolean))
        break
      case ".":
        unit.notes.push(rest)
        break
      case ",":
      case "=":
        unit.flags.push(...rest.split(/\s*,\s*/).filter(Boolean))
        break
      default:
        if (row === "#" && !unit.comments.length) break // what a program left above nothing
        unit.comments.push(row[1] === " " ? row.slice(2).trimEnd() : row.slice(1).trim())
    }
  }

  /**
   * Read a string, with the keyword before it, if there is one.
   * @param {string} row
   * @param {number} line
   */
  string(row, line) {
    const isObsolete = row.startsWith("#~")
    const isPrevious = /^#(?:~\s*)?\|/.test(row)
    const content = row.replace(/^#(?:~\s*)?\|?\s*/, "")
    const keyword = KEYWORD.exec(content)
    const found = keyword ? content.slice(keyword[0].length) : content
    if (!STRINGS.test(found) || (!keyword && !this.add)) {
      throw new CatalogError(line, CONFLICT.test(row) ? "twoVersions" : "noString")
    }
    if (keyword) this.begin(keyword, isPrevious, isObsolete, line)
    const value = [...found.matchAll(STRING)].map(each => each[1]).join("")
    this.add?.(value.replace(/\\(.)/g, (_, sign) => ESCAPES[sign] ?? sign))
  }

  /**
   * Begin what a keyword names; the strings up to the next one are added to it.
   * @param {RegExpExecArray} keyword
   * @param {boolean} isPrevious
   * @param {boolean} isObsolete
   * @param {number} line
   */
  begin(keyword, isPrevious, isObsolete, line) {
    const name = keyword[1]
    const begins = isPrevious || name === "msgctxt" || name === "msgid"
    if (begins && this.hasTranslation) this.end()
    const unit = this.unit
    if (isPrevious) {
      const key = name === "msgctxt" ? "context" : name === "msgid" ? "message" : "plural"
      this.add = text => {
        unit.previous[key] = (unit.previous[key] ?? "") + text
      }
      return
    }
    unit.isObsolete ||= isObsolete
    if (name === "msgid") unit.line = line
    if (name.startsWith("msgstr")) this.hasTranslation = true
    // A form that is left out, or comes twice, would be another one than it says.
    if (keyword[2] !== undefined && Number(keyword[2]) !== unit.forms.length) {
      throw new CatalogError(line, "misnumbered")
    }
    this.add = adder(unit, name, keyword[2])
  }

  end() {
    this.units.push(this.unit)
    this.unit = empty()
    this.add = null
    this.hasTranslation = false
  }

  finish() {
    if (this.hasTranslation) this.end()
    else if (this.unit.message) throw new CatalogError(this.unit.line, "noTranslation")
    else this.units.at(-1)?.comments.push(...this.unit.comments) // words at the end of the file
    return this.units
  }
}

/**
 * Return the function that adds a string to the part of a unit that a keyword names.
 * @param {Unit} unit
 * @param {string} name
 * @param {string | undefined} index
 * @returns {(text: string) => void}
 */
function adder(unit, name, index) {
  if (index !== undefined) {
    const at = Number(index)
    unit.forms[at] = ""
    return text => {
      unit.forms[at] += text
      unit.translation = unit.forms[0] ?? ""
    }
  }
  if (name === "msgctxt") {
    return text => {
      unit.context = (unit.context ?? "") + text
    }
  }
  if (name === "msgid_plural") {
    return text => {
      unit.plural = (unit.plural ?? "") + text
    }
  }
  const key = name === "msgid" ? "message" : "translation"
  return text => {
    unit[key] += text
  }
}

/**
 * Write a catalog as the handbook's program writes it.
 * @param {Catalog} catalog
 * @param {Fields} names  those that its header may have
 */
export function dump({ header, fields, units }, names) {
  const words = header.comments.filter(row => row.search(ADDRESS) < 0).join("\n")
  const comments = words.trim() ? words.replace(/^\n+|\n+$/g, "").split("\n") : []
  const head = { ...empty(), comments, translation: headerText(new Map(fields), names) }
  const order = [...units.filter(unit => !unit.isObsolete), ...units.filter(u => u.isObsolete)]
  return [head, ...order].map(written).join("\n")
}

/**
 * Return the text of a header: the fields that it may have, put in order.
 * @param {Map<string, string>} known
 * @param {Fields} names
 */
function headerText(known, { gettext, ours, blank }) {
  const kept = [...gettext, ...[...known.keys()].filter(name => ours.includes(name))]
  return kept
    .filter(name => known.has(name))
    .map(name => {
      const value = blank.includes(name) ? "" : (known.get(name) ?? "").replace(ADDRESS, "")
      return `${name}: ${name === "Content-Type" ? "text/plain; charset=UTF-8" : value}\n`
    })
    .join("")
}

/**
 * Return a unit as it is written: comments, then what was the message before an edit, then its strings.
 * @param {Unit} unit
 */
function written(unit) {
  const mark = unit.isObsolete ? "#~ " : ""
  const isFuzzy = unit.flags.includes("fuzzy")
  const flags = [...(isFuzzy ? ["fuzzy"] : []), ...unit.flags.filter(each => each !== "fuzzy")]
  const { context, message, plural } = unit.previous
  const rows = [
    ...unit.comments.map(row => `# ${row}`.trimEnd()),
    ...unit.notes.map(row => `#. ${row}`.trimEnd()),
    ...(unit.isObsolete ? [] : references(unit.places)),
    ...(flags.length ? [`#, ${flags.join(", ")}`] : []),
  ].map(row => `${row}\n`)
  if (isFuzzy) {
    const before = unit.isObsolete ? "#~| " : "#| "
    if (context !== null) rows.push(strings("msgctxt", context, before))
    if (message !== null) rows.push(strings("msgid", message, before))
    if (plural !== null) rows.push(strings("msgid_plural", plural, before))
  }
  if (unit.context !== null) rows.push(strings("msgctxt", unit.context, mark))
  rows.push(strings("msgid", unit.message, mark))
  if (unit.plural === null) return rows.join("") + strings("msgstr", unit.translation, mark)
  rows.push(strings("msgid_plural", unit.plural, mark))
  const forms = [unit.translation, ...unit.forms.slice(1)]
  return (
    rows.join("") + forms.map((text, at) => strings(`msgstr[${at}]`, text ?? "", mark)).join("")
  )
}

/**
 * Return a keyword and its text, with a line for each line of a text that has several.
 * @param {string} keyword
 * @param {string} text
 * @param {string} mark  what each line begins with, such as `#| `
 */
function strings(keyword, text, mark) {
  const rows = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map(quoted)
  const isOne = rows.length < 2
  return isOne
    ? `${mark}${keyword} ${rows[0] ?? '""'}\n`
    : `${mark}${keyword} ""\n${rows.map(row => `${mark}${row}\n`).join("")}`
}

/** @param {string} text */
function quoted(text) {
  return `"${[...text].map(sign => ESCAPED[sign] ?? sign).join("")}"`
}

/**
 * Return the comments that name the places of a message, filled up to 79 letters.
 * @param {string[]} places
 */
function references(places) {
  /** @type {string[]} */
  const rows = []
  for (const place of places) {
    const last = rows.length - 1
    if (rows.length && rows[last].length + 1 + place.length <= 79) rows[last] += ` ${place}`
    else rows.push(`#: ${place}`)
  }
  return rows
}
