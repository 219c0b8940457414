import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { CatalogError, decode, dump, parse } from "../../src/handbook/press/frame/catalog/po.js"
import {
  edited,
  faults,
  isOpen,
  stateOf,
  visible,
} from "../../src/handbook/press/frame/catalog/review.js"

const CLIENTS = new URL("../toolkit/clients/", import.meta.url)
const files = readdirSync(CLIENTS, { recursive: true }).filter(name => name.endsWith(".po"))
const OWN = /^(?:# .*@|"(?:X-Generator|X-Poedit|POT-|PO-Rev|Last-T|Language-T|Content-Type))/
const rows = text =>
  text
    .replaceAll("\r", "")
    .split("\n")
    .filter(row => !OWN.test(row) && !row.startsWith("#|"))

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

test("a file in another encoding is read as it declares", () => {
  const head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
  const text = Buffer.from(`${head}msgid "a"\nmsgstr "\u00f1"\n`, "latin1")
  assert.equal(parse(decode(text)).units[0].translation, "ñ")
  assert.match(dump(parse(decode(text))), /charset=UTF-8/)
  const wide = Buffer.from(`\ufeff${HEAD}`, "utf16le")
  assert.equal(parse(decode(wide)).fields[0][1], "es")
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

test("an edited unit is no draft any more, unless it needs work", () => {
  const [unit] = parse(
    `${HEAD}\n#, fuzzy, c-format\n#| msgid "o"\nmsgid "a\\n"\nmsgstr "b\\n"\n`
  ).units
  assert.equal(stateOf(unit), "changed")
  const done = edited(unit, "c", false)
  assert.deepEqual(
    [done.translation, done.flags, done.previous.message],
    ["c\n", ["c-format"], null]
  )
  assert.equal(isOpen(done), false)
  assert.equal(stateOf(edited(unit, "c", true)), "changed")
  assert.equal(stateOf(edited(unit, " ".trim(), true)), "missing")
})
