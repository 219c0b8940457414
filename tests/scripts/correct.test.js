import assert from "node:assert/strict"
import { test } from "node:test"
import { fileOf, filled, lines } from "../../src/handbook/press/theme/assets/correct.js"

const correction = {
  page: "docs/en/toolkit/roles.md",
  paragraph: "3.12",
  language: "es",
  revision: "1f2e3d4",
  address: "https://site.example/es/toolkit/roles/#p3.12",
  old: "Old & $& words?",
  new: "New “words” 一",
}
const labels = {
  page: "Page: {page}",
  paragraph: "Paragraph: {paragraph}",
  language: "Language: {language}",
  revision: "Revision: {revision}",
  address: "Address: {address}",
  old: "Old text: {old}",
  new: "New text: {new}",
}
const fieldOf = (address, name) => new URL(address).searchParams.get(name)

test("an issue has page, paragraph, language, revision and both texts", () => {
  const address = filled(
    "https://host.example/o/r/issues/new?title={title}&body={body}",
    correction,
    labels,
    7500
  )
  assert.equal(fieldOf(address, "title"), "docs/en/toolkit/roles.md 3.12 (es)")
  assert.equal(fieldOf(address, "body"), lines(correction, labels))
  for (const value of Object.values(correction))
    assert.ok(lines(correction, labels).includes(value), value)
})

test("a mail has the lines of a mail, and a form has them in its field", () => {
  const mail = filled("mailto:a@b.example?subject={title}&body={body}", correction, labels, 7500)
  assert.ok(mail.includes("%0D%0A") && !mail.includes("+"))
  const form = filled("https://form.example/?p={paragraph}&l=es", correction, labels, 7500)
  assert.equal(fieldOf(form, "p"), lines(correction, labels))
  assert.equal(fieldOf(form, "l"), "es")
})

test("a long one goes without its old text, and a very long one not by an address", () => {
  const address = "https://host.example/?title={title}&body={body}"
  const long = filled(address, { ...correction, old: "一".repeat(800) }, labels, 7500)
  assert.ok(long && !fieldOf(long, "body").includes("Old text"))
  assert.equal(filled(address, { ...correction, new: "一".repeat(900) }, labels, 7500), "")
})

test("a file has all of it, under a name that says what it is", () => {
  const { name, text } = fileOf(correction)
  assert.equal(name, "toolkit-roles-3.12-es.json")
  assert.deepEqual(JSON.parse(text), correction)
})

test("a text without a number is told without one", () => {
  const note = { ...correction, paragraph: "" }
  const about =
    "Page: docs/es/a/b.md\nLanguage: es\nRevision: 1f2e3d4\nAddress: https://x.example/#a"
  const form = { ...note, page: "docs/es/a/b.md", language: "es", revision: "1f2e3d4" }
  const texts = { old: "one", new: "two", address: "https://x.example/#a" }
  assert.equal(lines({ ...form, ...texts }, labels), `${about}\n\nOld text: one\n\nNew text: two\n`)
  assert.equal(fileOf({ ...form, ...texts }).name, "a-b-es.json")
})

test("a reader sends the lines of the language of the page", () => {
  const spanish = { ...labels, page: "Página: {page}", new: "Texto nuevo: {new}" }
  const said = lines(correction, spanish, true)
  assert.ok(said.startsWith("Página: docs/en/toolkit/roles.md\n"))
  assert.ok(said.endsWith("\n\nTexto nuevo: New “words” 一\n"))
})
