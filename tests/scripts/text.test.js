import assert from "node:assert/strict"
import { test } from "node:test"
import { LANGUAGES, loadSearch, rulesOf } from "./load.js"

const { fold, makeDivider, indexText, phrasesOf, rejoin } = loadSearch()

const wordsOf = (language, text) =>
  makeDivider(rulesOf(language))(fold(text)).map(word => word.text)
const stemOf = (language, word) => makeDivider(rulesOf(language))(fold(word))[0].stem

test("accents, case and width make no difference", () => {
  assert.equal(fold("¿Qué TAL, Ñandú?"), "¿que tal, nandu?")
  assert.equal(fold("ＩＯＰＳ　２０１２"), "iops 2012")
  assert.equal(fold("ﾊﾟ参加型"), "ハ\u309a参加型")
})

test("a place in folded text is the same place in the text", () => {
  for (const text of ["ﬁne", "①②", "straße", "Ａ\u0301é", "👍🏽 ok", "㍿"]) {
    assert.equal(fold(text).length, text.length, text)
  }
})

test("text is divided where words end", () => {
  assert.deepEqual(wordsOf("en", "Don’t panic: 90-day plan."), [
    "don’t",
    "panic",
    "90",
    "day",
    "plan",
  ])
  assert.deepEqual(wordsOf("es", "¿Cuándo? El 3"), ["cuando", "el", "3"])
  assert.deepEqual(wordsOf("ja", "お金の話"), ["お金", "の", "話"])
})

test("katakana that the browser cuts into pieces is one word, two words stay two", () => {
  assert.deepEqual(wordsOf("ja", "コラム"), ["コラム"])
  const joined = (first, second) => {
    const end = first.length
    const word = { start: end, end: end + second.length, text: second }
    return rejoin([{ start: 0, end, text: first }], word).map(({ text }) => text)
  }
  assert.deepEqual(joined("コ", "ラム"), ["コラム"])
  assert.deepEqual(joined("コミュニティ", "グループ"), ["コミュニティ", "グループ"])
  assert.deepEqual(joined("コ", "京都"), ["コ", "京都"])
})

test("forms of a word have one stem", () => {
  assert.equal(stemOf("en", "translations"), stemOf("en", "translate"))
  assert.equal(stemOf("es", "decidimos"), stemOf("es", "decidir"))
  assert.equal(stemOf("ja", "決まらない"), stemOf("ja", "決まる"))
})

test("a short word keeps its ending", () => {
  assert.equal(stemOf("en", "used"), "used")
})

test("words of questions and grammar are plain, others are not", () => {
  const plain = (language, text) =>
    makeDivider(rulesOf(language))(fold(text)).flatMap(word => (word.isPlain ? word.text : []))
  assert.deepEqual(plain("en", "what don't we share"), ["what", "don't", "we"])
  assert.deepEqual(plain("es", "cómo decidir"), ["como"])
  assert.deepEqual(plain("ja", "会議の進行"), ["の"])
})

test("a language without rules is divided, and its words are as they are written", () => {
  assert.deepEqual(wordsOf("pt", "Reunião aberta"), ["reuniao", "aberta"])
  assert.equal(stemOf("pt", "reuniões"), "reunioes")
})

test("a browser without word division divides by script", t => {
  const { Segmenter } = Intl
  t.after(() => Object.assign(Intl, { Segmenter }))
  Intl.Segmenter = undefined
  assert.deepEqual(wordsOf("ja", "お金とIOPSのコラム"), ["お", "金", "と", "iops", "の", "コラム"])
  assert.deepEqual(wordsOf("en", "90-day plan"), ["90", "day", "plan"])
})

test("phrases of a list are between commas of any kind", () => {
  assert.deepEqual(phrasesOf("dues,  who pays、会費，,"), ["dues", "who pays", "会費"])
})

test("words that say little have half their letters", () => {
  assert.equal(indexText("The money", makeDivider(rulesOf("en"))).size, 3 / 2 + 5)
})

test("the data of languages is folded", () => {
  for (const [language, { endings, questionWords, shortestStem }] of Object.entries(LANGUAGES)) {
    assert.equal(fold(questionWords), questionWords, language)
    assert.ok(RegExp(endings.join("|")) && shortestStem > 0, language)
  }
})
