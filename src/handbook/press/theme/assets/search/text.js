// @ts-check
// From text to words. Text is first *folded*, so that accents, case and width make no difference, and
// then divided into words where the browser divides it, which knows where Japanese words end.

/**
 * What search knows of a language: its record in src/handbook/bitext/languages/, by way of the index.
 * @typedef {object} LanguageRules
 * @property {string} code
 * @property {string[]} endings
 *   What is cut off the end of a word to get its stem, so that other forms of the word are found:
 *   parts of a regular expression. Letters are small and without accents, as in folded text.
 * @property {number} shortestStem
 *   Letters that a stem has at least; a word that would have fewer is its own stem.
 * @property {string} questionWords
 *   Words that queries are phrased with, whatever they ask for, separated by white space. Folded, and
 *   without apostrophes.
 * @property {Record<string, string>} shortForms
 *   What people type for short, and the words it stands for.
 * @property {Record<string, string>} nearWords
 *   What people type where this handbook says it otherwise, and what it says.
 * @property {string} otherSubjects
 *   Words and phrases of what a handbook is seldom about, such as the weather, with commas between.
 * @property {[string, string][]} sounds
 *   Regular expressions and what takes their place, one after the other: words that are alike then sound
 *   alike, and one is often written for the other.
 */

/**
 * A part of a text, by places in it.
 * @typedef {{ start: number, end: number, text: string }} Span
 *
 * @typedef {object} WordFacts
 * @property {string} stem  the word without its ending
 * @property {boolean} isPlain  it says little: grammar, or a word that questions are phrased with
 * @property {boolean} [isGathered]  a browser had cut it into single sounds
 *
 * @typedef {Span & WordFacts} Word
 *
 * A word, or a run of words that are written together (then with its parts).
 * @typedef {{ text: string, stem?: string, isPlain?: boolean, isTail?: boolean, parts?: Word[] }} Term
 *
 * @typedef {(folded: string) => Word[]} Divide
 * @typedef {(words: Word[]) => Word[]} Gather
 *
 * @typedef {object} IndexedText
 * @property {string} text
 * @property {string} folded  as long as the text: a place in one is the same place in the other
 * @property {Word[]} words
 * @property {number} size  letters of all words, see `lettersOf`
 * @property {Set<number>} ends  places where a word ends
 */

const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}々ー]/u
const KATAKANA = /^[\p{sc=Katakana}ー]+$/u
/** Two letters of one word of katakana: ライン is no word in オンライン. */
const KATAKANA_PAIR = /^[\p{sc=Katakana}ー]{2}$/u
/** Scripts in which a letter is a syllable or more. */
const SYLLABLES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u
const GRAMMAR = /^[\u3041-\u3096]{1,2}$/ // one or two hiragana: の, を, から
/** A verb before 方, which then asks how it is done: 集め方, つくり方. */
const BEFORE_WAY = /[いきぎしじちにびみりえけげせてねべめれ]$/u
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/**
 * Return a text in small letters without accents, full-width letters and digits as narrow ones. Each
 * character becomes exactly one, so that places stay valid.
 * @param {string} text
 */
function fold(text) {
  return text.replace(/[^\0-\x7f]/g, foldCharacter).toLowerCase()
}

/** @param {string} character */
function foldCharacter(character) {
  const compatible = character.normalize("NFKC")
  const [base] = compatible.normalize("NFD")
  if (base < "\x7f") return base
  return compatible.length === 1 ? compatible : character
}

/**
 * Return the function that divides folded text of a language into words.
 * @param {LanguageRules} language
 * @returns {Divide}
 */
function makeDivider({ code, endings, shortestStem, questionWords }) {
  const segment = makeSegmenter(code)
  const questions = new Set(questionWords.split(/\s+/))
  const ending = RegExp(`(?:${endings.join("|")})$`)
  const stemOf = (/** @type {string} */ word) => {
    const stem = word.replace(ending, "")
    return stem.length < shortestStem ? word : stem
  }
  const isPlain = (/** @type {string} */ word) =>
    GRAMMAR.test(word) || questions.has(word.replace(/['’]/g, ""))
  return folded =>
    segment(folded)
      // Not `isWordLike`: for Firefox お金 is not a word, for Safari 2012 is not.
      .filter(({ text }) => LETTER_OR_DIGIT.test(text))
      .reduce(rejoin, /** @type {Span[]} */ ([]))
      .map(span => ({ ...span, stem: stemOf(span.text), isPlain: isPlain(span.text) }))
}

/**
 * Return the function that writes a folded word as it sounds.
 * @param {LanguageRules} language
 * @returns {(word: string) => string}
 */
function makeSound({ sounds }) {
  const rules = sounds.map(
    ([pattern, sound]) => /** @type {const} */ ([RegExp(pattern, "g"), sound])
  )
  return word => rules.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word)
}

/**
 * Return the function that cuts a text into words and what is between them.
 *
 * Firefox before 125 has no `Intl.Segmenter`. There a word is what is written together in one script,
 * and each kanji is one: a word of kanji is then found wherever it is written, in other words too.
 * @param {string} language
 * @returns {(text: string) => Span[]}
 */
function makeSegmenter(language) {
  const span = (/** @type {string} */ text, start = 0) => ({
    start,
    end: start + text.length,
    text,
  })
  if (!Intl.Segmenter) {
    return text => [...text.matchAll(ONE_SCRIPT)].map(({ 0: found, index }) => span(found, index))
  }
  const segmenter = new Intl.Segmenter(language, { granularity: "word" })
  return text => [...segmenter.segment(text)].map(({ segment, index }) => span(segment, index))
}

const ONE_SCRIPT = RegExp(
  [
    "\\p{sc=Han}",
    "\\p{sc=Hiragana}+",
    "[\\p{sc=Katakana}ー]+",
    `(?:(?!${JAPANESE.source})[\\p{L}\\p{N}])+`,
  ].join("|"),
  "gu"
)

/**
 * Add a word to the words before it, or join the two where a browser has cut one: it guesses at
 * katakana it does not know, and makes of コラム the words コ and ラム, and of らーめん ら, ー and めん.
 * @param {Span[]} words
 * @param {Span} word
 */
function rejoin(words, word) {
  const last = words.at(-1)
  const isCut =
    last?.end === word.start &&
    (word.text[0] === "ー" ||
      (KATAKANA.test(last.text) &&
        KATAKANA.test(word.text) &&
        Math.min(last.text.length, word.text.length) < 3))
  if (isCut) words.splice(-1, 1, join(last, word))
  else words.push(word)
  return words
}

/**
 * @param {Span} first
 * @param {Span} second  which begins where the first ends
 * @returns {Span}
 */
function join(first, second) {
  return { start: first.start, end: second.end, text: first.text + second.text }
}

/**
 * @param {string} text
 * @param {Divide} divide
 * @returns {IndexedText}
 */
function indexText(text, divide) {
  const folded = fold(text)
  const words = divide(folded)
  const ends = new Set(words.map(({ end }) => end))
  return { text, folded, words, size: sum(words.map(lettersOf)), ends }
}

/**
 * Return the phrases of a list with commas, Western or Japanese.
 * @param {string} list
 */
function phrasesOf(list) {
  return list
    .split(/[,、，]/)
    .map(phrase => phrase.trim())
    .filter(phrase => phrase)
}

/**
 * Return how many letters a word counts for: half of them where it says little.
 * @param {Term} word
 */
function lettersOf(word) {
  return word.text.length / (isPlainTerm(word) ? 2 : 1)
}

/**
 * Return whether a word says little, or each word of a run.
 * @param {Term} word
 * @returns {boolean}
 */
function isPlainTerm({ isPlain = false, parts = [] }) {
  return isPlain || (parts.length > 0 && parts.every(isPlainTerm))
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}
