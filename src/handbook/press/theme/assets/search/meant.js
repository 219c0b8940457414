// @ts-check
// The words that may have been meant by one that is on no page: it was mistyped, it is written as it
// sounds, it begins like them, it is in kanji that are read alike, or it is two words or half of one.

/**
 * A word that may be meant; its places do not matter.
 * @typedef {Pick<VocabularyWord, "text" | "stem" | "isPlain">} KnownWord
 */

/**
 * Return the function that guesses which words may have been meant.
 * @param {VocabularyWord[]} vocabulary
 * @param {KnownWord[]} runs  of words that are written together
 * @param {Set<string>} titles
 * @param {Readings} readings
 * @param {(word: string) => string} soundOf
 * @returns {Index["meant"]}
 */
function makeGuesser(vocabulary, runs, titles, readings, soundOf) {
  /** @type {{ word: KnownWord, sound: string }[] | undefined} */
  let known
  return ({ text, stem = text, parts = [] }) => {
    if (HAN_RUN.test(text)) return likeConverted(text, titles, readings)
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

const HAN_RUN = /^\p{sc=Han}{3,}$/u

/**
 * Return the titles that a run of kanji is but for one that is read alike: 学習会 for 学習解, as a keyboard
 * that turns kana into kanji may have chosen it.
 * @param {string} text
 * @param {Set<string>} titles
 * @param {Readings} readings
 */
function likeConverted(text, titles, readings) {
  const areReadAlike = (/** @type {string} */ one, /** @type {string} */ other) => {
    const ways = readings[other]?.split(" ") ?? []
    return readings[one]?.split(" ").some(way => ways.includes(way))
  }
  const isAlike = (/** @type {string} */ title) => {
    const [at, ...more] = [...title].flatMap((each, nth) => (each === text[nth] ? [] : [nth]))
    return title.length === text.length && !more.length && areReadAlike(title[at], text[at])
  }
  return [...titles]
    .filter(isAlike)
    .map(title => ({ text: title, stem: title, worth: WEIGHTS.soundMeant }))
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
  if (edits === 1 && isSwapped(text, word.text)) return WEIGHTS.swapMeant
  if (edits < Infinity) return WEIGHTS.wordMeant / Math.max(1, edits)
  const isOfFamily =
    !JAPANESE.test(text) &&
    Math.min(text.length, word.text.length) > WEIGHTS.lettersForOneEdit &&
    likeness(text, word.text) >= WEIGHTS.familyLikeness
  if (isOfFamily || (stem.length > 5 && editsWithin(stem, word.stem) < 2))
    return WEIGHTS.familyMeant
  return 0
}

/**
 * Return by how many letters a word differs from one that was typed, or infinity where that are too many.
 * None may be wrong in a short word, and in a longer one only one too many or too few, or two that changed
 * places: another letter there is another word. Two only in a long one that begins alike, or where the
 * letters are the same.
 * @param {string} typed
 * @param {string} word
 */
function editsWithin(typed, word) {
  const { lettersForOneEdit, lettersForAnyEdit, lettersForTwoEdits } = WEIGHTS
  const letters = JAPANESE.test(typed) ? Math.max(typed.length, word.length) : typed.length
  if (letters < lettersForOneEdit) {
    const isSlipped = letters === lettersForOneEdit - 1 && isSwapped(typed, word) // “slef”
    const isOne = isSlipped && !JAPANESE.test(typed) && editsBetween(typed, word, 1) === 1
    return isOne ? 1 : Infinity
  }
  const isLong = typed.length >= lettersForTwoEdits
  const isMixed = letters >= lettersForAnyEdit && isSwapped(typed, word) // “stragety”
  const edits = editsBetween(typed, word, isLong || isMixed ? 2 : 1)
  if (edits === 0) return 0
  if (edits === 1) {
    const isOther = typed.length === word.length && !isSwapped(typed, word)
    return isOther && typed.length < lettersForAnyEdit && !JAPANESE.test(typed) ? Infinity : 1
  }
  const isNear = isMixed || (isLong && typed.slice(0, 3) === word.slice(0, 3))
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
 * Return the function that gives the wordings of several.
 * @param {...Index["read"]} readers
 * @returns {Index["read"]}
 */
function eachOf(...readers) {
  return query => readers.flatMap(read => read(query))
}

/**
 * Return the function that writes in one word what a query has in two, or in two what it has in one, where
 * the handbook does: “burn out” is “burnout”, and “healthcheck” is “health check”.
 * @param {Set<string>} known  the words of the handbook
 * @param {IndexedPage[]} pages
 * @returns {Index["read"]}
 */
function makeJoiner(known, pages) {
  const isTogether = (/** @type {string} */ text) => pages.some(page => isWritten(text, page))
  const inTwo = (/** @type {string} */ word) =>
    [...word]
      .map((_, at) => [word.slice(0, at), word.slice(at)])
      .filter(parts => parts.every(part => part.length > 2 && known.has(part)))
      .map(parts => parts.join(" "))
      .find(isTogether)
  return query => {
    if (JAPANESE.test(query)) return []
    const words = query.split(" ")
    const [joined] = words.slice(1).flatMap((word, nth) => {
      const both = words[nth] + word
      return both.length >= SHORTEST_JOINED && known.has(both)
        ? [[`${words[nth]} ${word}`, both]]
        : []
    })
    const [divided] = words.flatMap(word => {
      const two = word.length >= SHORTEST_JOINED && !known.has(word) && inTwo(word)
      return two ? [[word, two]] : []
    })
    return [joined, divided].flatMap(found => (found ? [query.replace(found[0], found[1])] : []))
  }
}

const SHORTEST_JOINED = 7 // letters
