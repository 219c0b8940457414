// @ts-check
// Japanese queries in Latin letters, as a keyboard without its Japanese method types them: gijiroku is
// 議事録. Hepburn's and the government's spellings are both read, long vowels with their u or without.

const VOWELS = ["a", "i", "u", "e", "o"]
const ROWS = {
  "": "あ い う え お",
  k: "か き く け こ",
  s: "さ し す せ そ",
  t: "た ち つ て と",
  n: "な に ぬ ね の",
  h: "は ひ ふ へ ほ",
  m: "ま み む め も",
  r: "ら り る れ ろ",
  g: "が ぎ ぐ げ ご",
  z: "ざ じ ず ぜ ぞ",
  d: "だ ぢ づ で ど",
  b: "ば び ぶ べ ぼ",
  p: "ぱ ぴ ぷ ぺ ぽ",
  y: "や _ ゆ _ よ",
  w: "わ _ _ _ を",
  sh: "しゃ し しゅ しぇ しょ",
  ch: "ちゃ ち ちゅ ちぇ ちょ",
  j: "じゃ じ じゅ じぇ じょ",
  ts: "_ _ つ _ _",
  f: "ふぁ ふぃ ふ ふぇ ふぉ",
}
const SYLLABLES_READ = syllablesRead()

const SHORTEST_ROMAJI = 4 // letters
const MOST_SPELLINGS = 16 // of a word

/** @returns {Map<string, string>} kana by what is typed */
function syllablesRead() {
  const rows = Object.entries(ROWS).map(
    ([consonant, row]) => /** @type {const} */ ([consonant, row.split(" ")])
  )
  const palatal = rows
    .filter(([consonant]) => /^[^ywjf]$/.test(consonant))
    .map(([consonant, row]) => {
      const small = ["ゃ", "_", "ゅ", "_", "ょ"].map(each => (each === "_" ? each : row[1] + each))
      return /** @type {const} */ ([`${consonant}y`, small])
    })
  const all = [...rows, ...palatal].flatMap(([consonant, row]) =>
    row.map((kana, nth) => /** @type {const} */ ([consonant + VOWELS[nth], kana]))
  )
  return new Map(all.filter(([, kana]) => kana !== "_"))
}

/**
 * Return the function that writes in kanji or kana what a folded query has in Latin letters, where the
 * handbook has words that are read so.
 * @param {Set<string>} known  the words of the handbook
 * @param {LookUp} lookUp
 * @returns {Index["read"]}
 */
function makeRomajiReader(known, lookUp) {
  const isKnown = (/** @type {string} */ kana) => kana.length >= SHORTEST_READING && known.has(kana)
  const isBegun = (/** @type {string} */ kana) =>
    [...kana].some((_, nth) => isKnown(kana.slice(0, nth)))
  /** Words on both sides of a particle: no blanks are typed in kaiginosusumekata. */
  const aroundParticle = (/** @type {string} */ kana) =>
    [...kana].flatMap((letter, at) => {
      const heads = at > 1 && PARTICLE.test(letter) ? lookUp(kana.slice(0, at)) : []
      const tails = heads.length ? lookUp(kana.slice(at + 1)) : []
      return heads.flatMap(head => tails.map(tail => head + letter + tail))
    })
  const own = (/** @type {(kana: string) => boolean} */ isOwn) => (/** @type {string} */ kana) =>
    isOwn(kana) ? [kana] : []
  const waysOf = (/** @type {string} */ typed) => {
    const kana = known.has(typed) ? [] : kanaOf(typed)
    const ways = [lookUp, own(isKnown), aroundParticle, own(isBegun)].flatMap(read =>
      kana.map(read)
    )
    return ways.find(words => words.length) ?? []
  }
  return query => {
    let wordings = [""]
    for (const part of query.split(/([a-z']+)/)) {
      const read = part.length < SHORTEST_ROMAJI ? [] : waysOf(part)
      const ways = read.length ? read : [part]
      wordings = wordings.flatMap(before => ways.map(way => before + way)).slice(0, MOST_WORDINGS)
    }
    return wordings.filter(wording => wording !== query)
  }
}

/**
 * Return how a word in Latin letters may be written in hiragana; nothing where it is no Japanese.
 * @param {string} word
 * @returns {string[]}
 */
function kanaOf(word) {
  let ways = [""]
  let rest = word
  while (rest) {
    const { typed, sounds } = soundAt(rest)
    if (!typed) return []
    ways = ways.flatMap(before => sounds.map(sound => before + sound)).slice(0, MOST_SPELLINGS)
    rest = rest.slice(typed.length)
  }
  return ways
}

/**
 * Return what is typed for the first sound of a word, and how it may be written: a syllable, a ん, or what
 * doubles a consonant. A long vowel is also typed as a short one, and んや as にゃ.
 * @param {string} rest
 */
function soundAt(rest) {
  const typed = [3, 2, 1].map(size => rest.slice(0, size)).find(each => SYLLABLES_READ.has(each))
  if (typed) return { typed, sounds: soundsTyped(typed, rest.slice(typed.length)) }
  const [nasal] = rest.match(/^n(?:n(?![aiueoy])|')?/) ?? []
  if (nasal) return { typed: nasal, sounds: ["ん"] }
  const isDouble = /^(?:([kstpgdbzjfhr])\1|tch)/.test(rest)
  return { typed: isDouble ? rest[0] : "", sounds: ["っ"] }
}

/**
 * @param {string} typed
 * @param {string} after  what follows it
 */
function soundsTyped(typed, after) {
  const isShort = /[ou]$/.test(typed) && !/^[aiueo]/.test(after)
  const parted = /^ny/.test(typed) ? [`ん${SYLLABLES_READ.get(typed.slice(1)) ?? ""}`] : []
  const whole = SYLLABLES_READ.get(typed) ?? ""
  return [whole, ...parted].flatMap(kana => (isShort ? [kana, `${kana}う`] : [kana]))
}
