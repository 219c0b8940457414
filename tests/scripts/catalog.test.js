import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { Script } from "node:vm"
import { compared } from "../../src/handbook/press/frame/catalog/compare.js"
import { keepDraft, takeDrafts } from "../../src/handbook/press/frame/catalog/drafts.js"
import {
  CatalogError,
  decode,
  parse,
  dump as written,
} from "../../src/handbook/press/frame/catalog/po.js"
import {
  edited,
  faults,
  formsOf,
  isOpen,
  isSame,
  shownOf,
  stateOf,
  visible,
} from "../../src/handbook/press/frame/catalog/review.js"

test("the modules can be one script, as they are on the page: no name has two meanings", () => {
  const folder = new URL("../../src/handbook/press/frame/catalog/", import.meta.url)
  const modules = readdirSync(folder).filter(name => name.endsWith(".js"))
  const texts = modules.map(name => readFileSync(new URL(name, folder), "utf8"))
  const script = texts.map(text =>
    text.replace(/^import [^"]+"[^"]+"$/gm, "").replace(/^export /gm, "")
  )
  assert.doesNotThrow(() => new Script(script.join("\n")))
})

/** The names of a header's fields, as the page gets them. */
const FIELDS = JSON.parse(readFileSync(new URL("fields.json", import.meta.url), "utf8"))
const dump = catalog => written(catalog, FIELDS)

const CLIENTS = new URL("../toolkit/clients/", import.meta.url)
const files = readdirSync(CLIENTS, { recursive: true }).filter(name => name.endsWith(".po"))
const OWN =
  /^(?:# .*@|#\. extracted from |"(?:X-Generator|X-Poedit|POT-|PO-Rev|Last-T|Language-T|Content-Type))/
const rows = text =>
  text
    .replaceAll("\r", "")
    .split("\n")
    .filter(row => !OWN.test(row) && !row.startsWith("#|") && row !== "#")

test("what translators' programs have written is written as gettext writes it", () => {
  assert.ok(files.length > 10)
  for (const name of files) {
    const file = new URL(name, CLIENTS)
    const made = dump(parse(decode(readFileSync(file))))
    const wanted = execFileSync("msgcat", ["--no-wrap", "--to-code=UTF-8", file.pathname])
    assert.deepEqual(rows(made), rows(wanted.toString()), name)
    assert.equal(dump(parse(made)), made, name)
    assert.doesNotMatch(made, /\w@\w|X-Generator/, name)
  }
})

const HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Credit: Ana <ana@a.example>\\n"\n'

test("escapes, contexts, plurals, earlier and obsolete messages come back", () => {
  const text = `${HEAD}
# by hand
#. paragraph
#: a.md
#, fuzzy
#| msgid "old"
msgctxt "\\"c\\""
msgid ""
"one\\n"
"two\\ttabs\\\\"
msgstr ""
"uno\\n"
"dos"

msgid "a"
msgid_plural "as"
msgstr[0] "x"
msgstr[1] "y"

#~ msgid "gone"
#~ msgstr "ido"
`
  const catalog = parse(text)
  assert.equal(catalog.units[0].message, "one\ntwo\ttabs\\")
  assert.equal(catalog.units[0].context, '"c"')
  assert.deepEqual(catalog.units[1].forms, ["x", "y"])
  assert.ok(catalog.units[2].isObsolete)
  assert.equal(dump(catalog), text.replace(" <ana@a.example>", ""))
  assert.equal(dump(parse(text.replaceAll("\n", "\r\n"))), dump(catalog))
})

test("all forms of a plural are translated, each beside the text it stands for", () => {
  const text = `${HEAD}\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\n`
  const [unit] = parse(text).units
  const counts = ["1", "2, 3, 4 …", "0, 5, 6 …"]
  assert.deepEqual(
    formsOf(unit, counts).map(form => [form.text, form.source]),
    [
      ["x", "a"],
      ["y", "as"],
      ["", "as"],
    ]
  )
  const short = edited(unit, ["x", "y", ""], false)
  assert.deepEqual(
    [stateOf(unit, ["1", "0, 2, 3 …"]), stateOf(unit, counts)],
    ["current", "missing"]
  )
  assert.deepEqual([stateOf(short, counts), isSame(unit, short)], ["missing", true])
  const whole = edited(short, ["x", "y", "z"], false)
  assert.deepEqual([stateOf(whole, counts), isSame(unit, whole)], ["current", false])
  assert.match(dump({ ...parse(text), units: [whole] }), /msgstr\[2\] "z"\n$/)
  assert.deepEqual(formsOf(parse(`${HEAD}\nmsgid "a"\nmsgstr "x"\n`).units[0], counts).length, 1)
})

test("strings on one line are one, and words at the end of a file stay", () => {
  const text = `#\n${HEAD}\n#\nmsgid "a" "b"\nmsgstr "x""y\\""\n# end\n`
  const wanted = '\n# end\nmsgid "ab"\nmsgstr "xy\\""\n'
  assert.equal(dump(parse(text)), HEAD.replace(" <ana@a.example>", "") + wanted)
})

test("what is no catalog is named with its line", () => {
  const lineOf = text => {
    try {
      parse(text)
    } catch (error) {
      assert.ok(error instanceof CatalogError)
      return error.line
    }
    return 0
  }
  assert.equal(lineOf(`${HEAD}\nmsgid "a\nmsgstr "b"\n`), 6)
  assert.equal(lineOf("<html>\n"), 1)
  assert.equal(lineOf(""), 1)
  assert.equal(lineOf('msgid "a"\nmsgstr "b"\n'), 1)
  assert.equal(lineOf(`${HEAD}\nmsgid "a"\n`), 6)
})

test("why a file is no catalog is told by what stands in its line", () => {
  const faultOf = (/** @type {string} */ text) => {
    try {
      parse(decode(Buffer.from(text, "latin1")))
    } catch (error) {
      assert.ok(error instanceof CatalogError)
      return [error.fault, error.line]
    }
    return []
  }
  assert.deepEqual(faultOf("PK\x03\x04\xff"), ["noEntries", 1])
  const two = '<<<<<<< HEAD\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> theirs\n'
  assert.deepEqual(faultOf(`${HEAD}\n${two}`), ["twoVersions", 6])
  assert.deepEqual(faultOf(`${HEAD}\nmsgid "a"\nmsgstr "b"\n=======\n`), ["twoVersions", 8])
  assert.deepEqual(faultOf(`${HEAD}\nmsgid "a\n`), ["noString", 6])
  assert.deepEqual(faultOf(`${HEAD}\nmsgid "a"\n`), ["noTranslation", 6])
  const plural = `${HEAD}\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\n`
  assert.deepEqual(faultOf(`${plural}msgstr[2] "y"\n`), ["misnumbered", 9])
  assert.deepEqual(faultOf(`${plural}msgstr[0] "y"\n`), ["misnumbered", 9])
  assert.deepEqual(faultOf(plural.replace("[0]", "[1]")), ["misnumbered", 8])
  assert.deepEqual(faultOf('msgid "a"\nmsgstr "b"\n'), ["noHeader", 1])
  assert.deepEqual(faultOf(`${HEAD}\nmsgid "a"\nmsgstr "\xf1"\n`), ["otherLetters", 7])
})

test("a file in another encoding is read as it declares", () => {
  const head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
  const text = Buffer.from(`${head}msgid "a"\nmsgstr "\u00f1"\n`, "latin1")
  assert.equal(parse(decode(text)).units[0].translation, "ñ")
  assert.match(dump(parse(decode(text))), /charset=UTF-8/)
  for (const mark of ["\ufeff", ""]) {
    const wide = Buffer.from(`${mark}${HEAD}`, "utf16le")
    assert.equal(parse(decode(wide)).fields[0][1], "es")
    assert.equal(parse(decode(wide.swap16())).fields[0][1], "es")
  }
  const wrong = Buffer.from(`${head}msgid "a"\nmsgstr "\u00f1"\n`) // UTF-8 all the same
  assert.equal(parse(decode(wrong)).units[0].translation, "ñ")
  const japanese = `${head.replace("8859-1", "2022-JP")}msgid "a"\nmsgstr "\x1b$B$"\x1b(B"\n`
  assert.equal(parse(decode(Buffer.from(japanese))).units[0].translation, "あ")
  const strange = Buffer.from(`${head.replace("ISO-8859-1", "CHARSET")}msgid "a"\nmsgstr "ñ"\n`)
  assert.equal(parse(decode(strange)).units[0].translation, "ñ")
  const old = Buffer.from(text.toString("latin1").replaceAll("\n", "\r"), "latin1")
  assert.equal(parse(decode(old)).units[0].translation, "ñ")
})

test("what a translation lost and added is named", () => {
  const of = (message, translation) => faults(message, translation)
  assert.deepEqual(of("See [it](a.md), `x`[^1].", "Vea [eso](a.md), `x`[^1]."), {
    lost: [],
    added: [],
  })
  assert.deepEqual(of("See [it](a.md) `x`", "Vea [eso](b.md)"), {
    lost: ["`x`", "(a.md)"],
    added: ["(b.md)"],
  })
  assert.deepEqual(of("a", "<b>a</b>").added, ["<b>", "</b>"])
  assert.deepEqual(of("Kept {name}", ""), { lost: [], added: [] })
  assert.deepEqual(of("Kept {name}", "Nada").lost, ["{name}"])
})

test("words are what readers see", () => {
  const text = "**Read** [the *rules*](rules.md#one){ .wide }[^n] `x` <https://a.example> 2 \\* 3"
  assert.equal(visible(text), "Read the rules x https://a.example 2 * 3")
})

/** The numbers for the forms of a plural, in a language that has none. */
const ONE = ["0, 1, 2 …"]

test("what has lost or added something is no text that is up to date, in any form", () => {
  const stateIn = (/** @type {string} */ strings) => {
    const [unit] = parse(`${HEAD}\nmsgid "{n} in [a](a.md)"\n${strings}`).units
    return stateOf(unit, ["1", "0, 2, 3 …"])
  }
  assert.equal(stateIn('msgstr "{n} en [a](a.md)"\n'), "current")
  assert.equal(stateIn('msgstr "{n} en a"\n'), "faulty")
  assert.equal(stateIn('msgstr "{n} <i>en</i> [a](a.md)"\n'), "faulty")
  const plural = 'msgid_plural "{n} of [a](a.md)"\nmsgstr[0] "{n} en [a](a.md)"\n'
  assert.equal(stateIn(`${plural}msgstr[1] "{n} de a"\n`), "faulty")
  assert.equal(stateIn(`${plural}msgstr[1] "{n} de [a](a.md)"\n`), "current")
})

test("an address goes whatever letters it has", () => {
  const text = HEAD.replace("ana@a.example", "josé.núñez@correo.example")
  assert.match(dump(parse(text)), /X-Credit: Ana\\n/)
  const two = HEAD.replace("ana@a.example>", "a@a.example>, <b@b.example-c@c.example")
  assert.match(dump(parse(two)), /X-Credit: Ana,\\n/)
})

test("where no address is, each letter and each blank is read once", () => {
  for (const sign of ["a", " "]) {
    const text = `b${sign.repeat(500_000)}c` // at worst this takes minutes
    assert.ok(dump(parse(`# ${text}\n${HEAD}`)).startsWith(`# ${text}\n`))
  }
})

/** Storage that has as much room as it has at first, and counts what is put into it. */
class Full {
  constructor(values) {
    Object.assign(this, values)
    Object.defineProperty(this, "asked", { value: [] })
  }
  getItem(name) {
    return this[name] ?? null
  }
  setItem(name) {
    this.asked.push(name)
    throw new Error("no room")
  }
  removeItem(name) {
    delete this[name]
  }
}

test("drafts are taken along until there is no room; none is lost", () => {
  const kept = { "old a": "{}", "new a": "{}", "old b": "{}", "old c": "{}" }
  globalThis.localStorage = new Full(kept)
  takeDrafts("old ", "new ")
  assert.deepEqual(localStorage.asked, ["new b"])
  assert.deepEqual(Object.keys(localStorage), ["new a", "old b", "old c"])
})

test("a text of another window stays until the file is saved where it is shown", () => {
  const [was] = parse(`${HEAD}\nmsgid "a"\nmsgstr "x"\n`).units
  const there = JSON.stringify({ ...was, translation: "Hola", was, others: ["Buenas"] })
  const othersAfter = (/** @type {[boolean, string[]]} */ ...[isSaved, shown]) => {
    globalThis.localStorage = {
      getItem: () => there,
      setItem(_, text) {
        this.kept = JSON.parse(text)
      },
    }
    keepDraft("a", { ...was, translation: "y" }, was, isSaved, shown)
    return localStorage.kept.others
  }
  assert.deepEqual(othersAfter(false, ["Buenas", "Hola"]), ["Buenas", "Hola"])
  assert.deepEqual(othersAfter(true, ["Buenas"]), ["Hola"]) // it came while the file was saved
  assert.deepEqual(othersAfter(true, ["Buenas", "Hola"]), [])
})

test("what readers are shown follows the state, the kind of text and the page", () => {
  const labelled = ["html", "paragraph"]
  const of = (
    /** @type {string} */ kind,
    /** @type {string} */ head,
    /** @type {string} */ text,
    /** @type {boolean | undefined} */ isKeyDocument
  ) => {
    const [unit] = parse(`${HEAD}\n#. ${kind}\n${head}msgid "a \`b\`"\nmsgstr "${text}"\n`).units
    return shownOf(unit, isKeyDocument, labelled, ONE)
  }
  const changed = '#, fuzzy\n#| msgid "o"\n'
  assert.equal(of("paragraph", "", "x `b`", false), "")
  assert.equal(of("paragraph", "", "", false), "showsSource")
  assert.equal(of("paragraph", "", "x", false), "showsSource") // `b` is lost
  assert.equal(of("paragraph", "#, fuzzy\n", "x `b`", false), "showsSource")
  assert.equal(of("paragraph", changed, "x `b`", false), "showsOlder")
  assert.equal(of("paragraph", changed, "x `b`", true), "showsBoth")
  assert.equal(of("paragraph", changed, "x `b`", undefined), "showsEither")
  assert.equal(of("html", changed, "x `b`", false), "showsEither")
  assert.equal(of("paragraph", changed, "x", true), "showsSource") // `b` is lost
  for (const kind of ["label", "front matter", "number (paragraph)"]) {
    assert.equal(of(kind, changed, "x `b`", false), "showsSource")
  }
})

test("an edited unit is no draft any more, unless it needs work", () => {
  const [unit] = parse(
    `${HEAD}\n#, fuzzy, c-format\n#| msgid "o"\nmsgid "a\\n"\nmsgstr "b\\n"\n`
  ).units
  assert.equal(stateOf(unit, ONE), "changed")
  assert.equal(stateOf({ ...unit, message: "a `b`" }, ONE), "changed") // what an edit added is not there
  const done = edited(unit, ["c"], false)
  assert.deepEqual(
    [done.translation, done.flags, done.previous.message],
    ["c\n", ["c-format"], null]
  )
  assert.equal(isOpen(done, ONE), false)
  assert.equal(isOpen(edited(unit, ["[c](c.md)"], false), ONE), true) // readers would not be shown it
  assert.equal(stateOf(edited(unit, ["c"], true), ONE), "changed")
  for (const nothing of ["", " ", " \n "]) {
    assert.equal(stateOf(edited(unit, [nothing], true), ONE), "missing")
  }
  assert.ok(isSame(unit, edited(unit, ["b"], true)))
  assert.ok(!isSame(unit, edited(unit, ["b"], false)))
})

test("an edit of a message is shown word by word", () => {
  const told = (before, after, language = "en") =>
    compared(before, after, language)
      .map(({ sign, text }) => (sign ? `[${sign} ${text}]` : text))
      .join("")
  const rows = [
    ["One word.", "One word.", "One word."],
    ["One word.", "One other word.", "One [ins other ]word."],
    ["One other word.", "One word.", "One [del other ]word."],
    [
      "Meet on Monday, early.",
      "Meet on Friday, early.",
      "Meet on [del Monday][ins Friday], early.",
    ],
    ["", "New.", "[ins New.]"],
    ["Old.", "", "[del Old.]"],
    ["a b c", "c b a", "[del a b ]c[ins  b a]"],
  ]
  for (const [before, after, shown] of rows) {
    const parts = compared(before, after, "en")
    const without = sign => parts.filter(each => each.sign !== sign).map(each => each.text)
    assert.equal(without("ins").join(""), before)
    assert.equal(without("del").join(""), after)
    if (before.length > 6) assert.equal(told(before, after), shown)
  }
  assert.equal(
    told("会議は月曜日です。", "会議は金曜日です。", "ja"),
    "会議は[del 月曜日][ins 金曜日]です。"
  )
  const long = "word ".repeat(2000)
  assert.equal(compared(`a ${long}b`, `c ${long.toUpperCase()}d`, "en").length, 2)
})
