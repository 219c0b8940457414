// @ts-check
// The words that may have been meant by one that is on no page: it was mistyped, it is written as it
// sounds, it begins like them, or it is written in kana where the handbook has kanji.

/**
 * The readings of kanji, in hiragana, with spaces between them.
 * @typedef {Record<string, string>} Readings
 *
 * A word that may be meant; its places do not matter.
 * @typedef {Pick<VocabularyWord, "text" | "stem" | "isPlain">} KnownWord
 */

const HAN_OR_KATAKANA = /[\p{sc=Han}\p{sc=Katakana}]/u

/**
 * Return the function that guesses which words may have been meant.
 * @param {VocabularyWord[]} vocabulary
 * @param {KnownWord[]} runs  of words that are written together
 * @param {(word: string) => string} soundOf
 * @returns {Index["meant"]}
 */
function makeGuesser(vocabulary, runs, soundOf) {
  /** @type {{ word: KnownWord, sound: string }[] | undefined} */
  let known
  return ({ text, stem = text, parts = [] }) => {
    if (JAPANESE.test(text) && !KATAKANA.test(text)) return []
    known ??= [...vocabulary, ...runs].map(word => ({ word, sound: soundOf(word.text) }))
    const typed = { text, sound: soundOf(text), stem: parts.length ? text : stem }
    const guesses = known
      .map(({ word, sound }) => ({ word, worth: worthOfGuess(typed, word, sound) }))
      .filter(({ worth }) => worth > 0)
    const best = largest(guesses.map(({ worth }) => worth))
    return guesses
      .filter(({ worth }) => worth === best)
      .map(({ word, worth }) => ({ text: word.text, stem: word.stem, worth }))
  }
}

/**
 * Return how surely a word was meant, from 0 to 1.
 * @param {{ text: string, sound: string, stem: string }} typed
 * @param {KnownWord} word
 * @param {string} sound
 */
function worthOfGuess(typed, word, sound) {
  const { text, stem } = typed
  if (word.isPlain) return 0
  if (text.length > 2 && typed.sound === sound) return WEIGHTS.soundMeant
  if (typed.sound[0] !== sound[0] || KATAKANA.test(text) !== KATAKANA.test(word.text)) return 0
  const edits = Math.min(editsWithin(text, word.text), editsWithin(typed.sound, sound))
  if (edits < Infinity) return WEIGHTS.wordMeant / Math.max(1, edits)
  const isOfFamily =
    !JAPANESE.test(text) &&
    Math.min(text.length, word.text.length) > WEIGHTS.lettersForOneEdit &&
    likeness(text, word.text) >= WEIGHTS.familyLikeness
  if (isOfFamily || (stem.length > 5 && editsWithin(stem, word.stem) < 2)) return WEIGHTS.wordMeant
  return 0
}

/**
 * Return by how many letters a word differs from one that was typed, or infinity where that are too many.
 * None may be wrong in a short word, and in a longer one only one too many or too few, or two that changed
 * places: another letter there is another word. Two only in a long one that begins alike.
 * @param {string} typed
 * @param {string} word
 */
function editsWithin(typed, word) {
  const { lettersForOneEdit, lettersForAnyEdit, lettersForTwoEdits } = WEIGHTS
  const letters = JAPANESE.test(typed) ? Math.max(typed.length, word.length) : typed.length
  if (letters < lettersForOneEdit) return Infinity
  const edits = editsBetween(typed, word, typed.length < lettersForTwoEdits ? 1 : 2)
  if (edits === 0) return 0
  if (edits === 1) {
    const isOther = typed.length === word.length && !isSwapped(typed, word)
    return isOther && typed.length < lettersForAnyEdit && !JAPANESE.test(typed) ? Infinity : 1
  }
  const isNear = typed.length >= lettersForTwoEdits && typed.slice(0, 3) === word.slice(0, 3)
  return edits === 2 && isNear ? 2 : Infinity
}

/**
 * Return whether two words have the same letters.
 * @param {string} one
 * @param {string} other
 */
function isSwapped(one, other) {
  return [...one].sort().join("") === [...other].sort().join("")
}

/**
 * Return by how many letters two words differ: one more, one less, another one, or two that changed
 * places (the distance of Damerau and Levenshtein). More than `most` are not counted.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
function editsBetween(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1
  /** @type {number[]} */
  let before = []
  let last = [...Array(other.length + 1).keys()]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(!isSame))
      const hasSwapped =
        i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (hasSwapped) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[other.length]
}

/**
 * Return the function that writes in kanji or katakana what a folded query has in kana, as far as words
 * of the handbook are read so: it returns each such wording.
 * @param {VocabularyWord[]} vocabulary
 * @param {string[]} titles  which may be of several words: 参加型経済
 * @param {Readings} readings
 * @param {Divide} divide
 * @returns {(query: string) => string[]}
 */
function makeReader(vocabulary, titles, readings, divide) {
  /** @type {Map<string, string[]> | undefined} */
  let written
  const known = new Set(vocabulary.map(({ text }) => text))
  const saysLittle = (/** @type {string} */ rest) => divide(rest).every(({ isPlain }) => isPlain)
  const waysOf = (/** @type {string} */ kana) =>
    known.has(kana) ? [] : [...waysOfTwo(kana), ...waysOfWord(kana)]
  /** Words on both sides of a particle: zoomでみーてぃんぐ, かいひのあつめかた. */
  const waysOfTwo = (/** @type {string} */ kana) =>
    [...kana].flatMap((letter, at) => {
      const [before, after] = [kana.slice(0, at), kana.slice(at + 1)]
      if (!PARTICLE.test(letter) || after.length < SHORTEST_READING) return []
      const heads = !before || known.has(before) ? [before] : waysOfWord(before)
      const tails = heads.length ? waysOfWord(after) : []
      return heads.flatMap(head => tails.map(tail => head + letter + tail))
    })
  const waysOfWord = (/** @type {string} */ kana) => {
    if (known.has(kana)) return []
    for (let length = kana.length; length >= SHORTEST_READING; length--) {
      const [read, rest] = [kana.slice(0, length), kana.slice(length)]
      if (!saysLittle(rest)) continue
      if (known.has(read)) return []
      written ??= byFirstSound(new Set([...known, ...titles]), readings)
      const words = (written.get(read[0]) ?? []).filter(text => isRead(text, read, readings))
      if (words.length) return words.map(text => text + rest)
    }
    return []
  }
  return query => {
    let wordings = [query]
    for (const [, own, katakana = ""] of query.matchAll(KANA_RUNS)) {
      const kana = own ?? katakana
      const ways = known.has(kana) ? [] : waysOf(hiragana(kana))
      if (!ways.length) continue
      const read = wordings.flatMap(wording => ways.map(way => wording.replace(kana, way)))
      wordings = read.slice(0, MOST_WORDINGS) // each is a search of its own
    }
    return wordings.filter(wording => wording !== query)
  }
}

const SHORTEST_READING = 3
const PARTICLE = /^[でとにのはへもをが]/
const MOST_WORDINGS = 12
/** Kana of a query that are written by themselves: hiragana behind kanji are its ending. */
const KANA_RUNS =
  /(?:^|[^\p{sc=Han}\u3041-\u3096ー])([\u3041-\u3096ー]{3,})|(\p{sc=Katakana}[\p{sc=Katakana}ー]{2,})/gu

/**
 * Gather the texts that have kanji or katakana by the letters that their readings may begin with.
 * @param {Set<string>} texts
 * @param {Readings} readings
 */
function byFirstSound(texts, readings) {
  /** @type {Map<string, string[]>} */
  const bySound = new Map()
  for (const text of [...texts].filter(each => HAN_OR_KATAKANA.test(each))) {
    const [character] = text
    const sounds = new Set(waysToRead(character, readings).map(([sound]) => sound))
    for (const sound of sounds) getOrAdd(bySound, sound, () => []).push(text)
  }
  return bySound
}

/**
 * @param {string} character
 * @param {Readings} readings
 */
function waysToRead(character, readings) {
  return readings[character]?.split(" ").flatMap(soundsOf) ?? [hiragana(character)]
}

/**
 * Return whether a word may be read as a text in hiragana.
 * @param {string} word
 * @param {string} kana
 * @param {Readings} readings
 * @returns {boolean}
 */
function isRead(word, kana, readings) {
  const [character = ""] = word
  if (!character) return !kana
  const rest = word.slice(character.length)
  return waysToRead(character, readings).some(
    way => kana.startsWith(way) && isRead(rest, kana.slice(way.length), readings)
  )
}

/**
 * Return how a reading sounds inside a word: 会 かい in 大会 may be がい, 学 がく in 学校 is がっ.
 * @param {string} reading
 */
function soundsOf(reading) {
  const [first] = reading
  const voiced = ["\u3099", "\u309a"]
    .map(mark => (first + mark).normalize("NFC"))
    .filter(sound => sound.length === 1)
    .map(sound => sound + reading.slice(1))
  const all = [reading, ...voiced]
  return all.concat(
    all
      .filter(each => each.length > 1 && /[きくちつ]$/.test(each))
      .map(each => `${each.slice(0, -1)}っ`)
  )
}

/** @param {string} katakana */
function hiragana(katakana) {
  return katakana.replace(/[\u30a1-\u30f6]/g, letter =>
    String.fromCharCode(letter.charCodeAt(0) - 0x60)
  )
}
