// @ts-check
// Queries in kana: what browsers cut into single sounds is put together again, and what the handbook has in
// kanji or katakana is read.

/**
 * The readings of kanji, in hiragana, with spaces between them.
 * @typedef {Record<string, string>} Readings
 *
 * The texts that are read as kana say.
 * @typedef {(kana: string) => string[]} LookUp
 *
 * What kana of a query are made of besides what it asks for.
 * @typedef {object} KanaGrammar
 * @property {RegExp} lead  words that say little, from the beginning on: どうやって, もう
 * @property {RegExp} whole  nothing but grammar
 * @property {RegExp} ending  grammar, and what endings of verbs are made of: もめてる, もめちゃった
 */

/**
 * Return the function that gathers what a browser has cut into single sounds because it does not know the
 * word: わ, いふ, ぁ and い are わいふぁい, もめ and てる are もめ with its ending. What grammar is made of
 * stays as it is.
 * @param {KanaGrammar} grammar
 * @param {(text: string) => boolean} isKnown  whether the handbook has it
 * @returns {Gather}
 */
function makeGatherer({ lead, whole, ending }, isKnown) {
  const contentOf = (/** @type {string} */ text) => {
    const heads = [...text].map((_, nth) => text.slice(0, nth + 1)).slice(1)
    const ends = heads.filter(each => ending.test(text.slice(each.length)))
    return isKnown(text) ? text : (ends.find(isKnown) ?? text)
  }
  const gathered = (/** @type {Word[]} */ run) => {
    const all = run.reduce(join, { ...run[0], text: "", end: run[0].start })
    const { length } = all.text
    if (length < SHORTEST_READING || length > LONGEST_GATHERED || whole.test(all.text)) return run
    const said = all.text.replace(lead, "")
    const text = contentOf(said)
    const start = all.end - said.length
    return [{ text, start, end: start + text.length, stem: text, isPlain: false, isGathered: true }]
  }
  return words => kanaRunsOf(words).flatMap(run => (run.every(isGrammar) ? gathered(run) : run))
}

const LONGEST_GATHERED = 20 // letters: no word is longer

/** @param {Word} word */
function isGrammar({ text, isPlain }) {
  return HIRAGANA.test(text) && (isPlain || GRAMMAR.test(text))
}

/**
 * Divide words into runs: each word, with the hiragana that are written behind it.
 * @param {Word[]} words
 */
function kanaRunsOf(words) {
  /** @type {Word[][]} */
  const runs = []
  for (const [nth, word] of words.entries()) {
    const last = runs.at(-1)
    const isJoined = words[nth - 1]?.end === word.start
    if (isJoined && HIRAGANA.test(word.text)) last?.push(word)
    else runs.push([word])
  }
  return runs
}

/**
 * @param {LanguageRules} language
 * @returns {KanaGrammar}
 */
function kanaGrammar({ questionWords }) {
  const known = questionWords.split(/\s+/).filter(word => HIRAGANA.test(word) && word.length > 1)
  const pieces = [...known, ...PARTICLES].sort((one, other) => other.length - one.length).join("|")
  return {
    lead: RegExp(`^(?:${known.join("|")})*`),
    whole: RegExp(`^(?:${pieces})*$`),
    ending: RegExp(`^(?:${pieces}|[${ENDING_SOUNDS}])*$`),
  }
}

const PARTICLES = "のにをはがへでともやかねよなだたてばうん"
const ENDING_SOUNDS = "るれらりせさしちじゃっくまい"

const HAN_OR_KATAKANA = /[\p{sc=Han}\p{sc=Katakana}]/u

/**
 * Return the function that writes in kanji or katakana what a folded query has in kana, as far as words
 * of the handbook are read so: it returns each such wording.
 * @param {Set<string>} known  the words of the handbook
 * @param {Set<string>} titles  which may be of several words: 参加型経済. What is read as one is nothing else.
 * @param {LookUp} lookUp
 * @param {Divide} divide
 * @param {RegExp} lead  what is before what is asked for: どうやって
 * @returns {(query: string) => string[]}
 */
function makeReader(known, titles, lookUp, divide, lead) {
  const saysLittle = (/** @type {string} */ rest) => divide(rest).every(({ isPlain }) => isPlain)
  const isNamed = (/** @type {string} */ way) =>
    [...titles].some(title => title.length >= SHORTEST_READING && way.startsWith(title))
  const waysOf = (/** @type {string} */ kana) => {
    if (known.has(kana)) return []
    const whole = waysOfWord(kana)
    const named = whole.filter(isNamed)
    if (named.length) return named
    const ways = [...waysOfTwo(kana), ...whole]
    const said = kana.replace(lead, "")
    const before = kana.slice(0, kana.length - said.length)
    return ways.length || !before ? ways : waysOfWord(said).map(way => before + way)
  }
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
      if (INSIDE_WORD.test(rest) || !saysLittle(rest)) continue
      if (known.has(read)) return []
      const words = lookUp(read).filter(text => !UNFIT.test(text.at(-1) + rest))
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
    const named = wordings.filter(wording => titles.has(wording))
    return (named.length ? named : wordings).filter(wording => wording !== query)
  }
}

const SHORTEST_READING = 3
const INSIDE_WORD = /^[ぁぃぅぇぉっゃゅょゎんー]/ // no word begins so
const PARTICLE = /^[でとにのはへもをが]/
/** A noun, or a verb as dictionaries have it, with an ending of other verbs: 印刷た for いんすた. */
const UNFIT = /^[\p{sc=Han}うくぐすつぬぶむる][たる]/u
const MOST_WORDINGS = 12
/** Kana of a query that are written by themselves: hiragana behind kanji are its ending. */
const KANA_RUNS =
  /(?:^|[^\p{sc=Han}\u3041-\u3096ー])([\u3041-\u3096ー]{3,})|(\p{sc=Katakana}[\p{sc=Katakana}ー]{2,})/gu

/**
 * Return the function that looks up which of some texts are read as kana say.
 * @param {Iterable<string>} texts
 * @param {Readings} readings
 * @returns {LookUp}
 */
function makeDictionary(texts, readings) {
  /** @type {Map<string, string[]> | undefined} */
  let bySound
  return kana => {
    bySound ??= byFirstSound(new Set(texts), readings)
    return (bySound.get(kana[0]) ?? []).filter(text => isRead(text, kana, readings))
  }
}

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
