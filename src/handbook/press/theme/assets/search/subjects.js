// @ts-check
// Where a query names another subject than those of a handbook: the weather, a recipe, football scores.
// The record of a language has words of such subjects. On a handbook that is about one of them, which its
// titles or many of its pages say, the word is at home and counts as any other.

const MOST_WORDS = 4 // of a phrase such as “best man speech”
const CUT_WORDS = [KATAKANA_PAIR, /^[a-z0-9]{2}$/]

/**
 * Return the function that finds where a folded query names another subject.
 * @param {LanguageRules} language
 * @param {Divide} divide
 * @param {IndexedPage[]} pages
 * @returns {Index["elsewhere"]}
 */
function makeSubjectFinder({ otherSubjects }, divide, pages) {
  const keyOf = (/** @type {Word[]} */ words) => words.map(({ stem }) => stem).join(" ")
  const subjects = phrasesOf(otherSubjects)
  const undivided = subjects.filter(each => JAPANESE.test(each))
  /** @type {Map<string, Word[][]> | undefined} */
  let known
  const isKnown = (/** @type {Word[]} */ words) => {
    known ??= grouped(subjects.map(divide), keyOf)
    return (known.get(keyOf(words)) ?? []).some(subject => isPhrase(words, subject))
  }
  return query => [
    ...runsOf(divide(query))
      .filter(run => !JAPANESE.test(run[0].text) && isKnown(run))
      .map(run => ({ span: spanOf(query, run[0].start, run[run.length - 1].end), run }))
      .filter(({ span, run }) => run.length === 1 || !isSubjectOf(span.text, pages))
      .map(({ span, run }) => ({ ...span, isPhrase: run.length > 1 })),
    ...undivided
      .map(text => ({ text, start: placeOf(query, text) }))
      .filter(({ text, start }) => start >= 0 && !isCut(query, start, start + text.length))
      .filter(({ text }) => !isSubjectOf(text, pages))
      .map(({ text, start }) => ({ ...spanOf(query, start, start + text.length), isPhrase: true })),
  ]
}

/**
 * Return where a text is in a query, or -1; one of katakana also where it is written in hiragana.
 * @param {string} query
 * @param {string} text
 */
function placeOf(query, text) {
  const at = query.indexOf(text)
  const isLong = KATAKANA.test(text) && text.length > SHORTEST_READING
  return at < 0 && isLong ? query.indexOf(hiragana(text)) : at
}

/**
 * Gather runs of words by a key.
 * @param {Word[][]} runs
 * @param {(words: Word[]) => string} keyOf
 */
function grouped(runs, keyOf) {
  /** @type {Map<string, Word[][]>} */
  const byKey = new Map()
  for (const run of runs) getOrAdd(byKey, keyOf(run), () => []).push(run)
  return byKey
}

/**
 * Return whether words of the same stems are a phrase: “two factions” are not “two factor”. Of one word the
 * stem is enough, since it is at home where the handbook has it.
 * @param {Word[]} words
 * @param {Word[]} phrase
 */
function isPhrase(words, phrase) {
  const isAlike = (/** @type {Word} */ { text }, /** @type {number} */ nth) =>
    likeness(text, phrase[nth].text) >= WEIGHTS.familyLikeness
  return words.length === 1 || words.every(isAlike)
}

/**
 * Return whether a term is part of another subject. One word is at home where the handbook has any form of
 * it, so that is told from what was found of the term; longer words that begin like it are others.
 * @param {Partial<Span>} term
 * @param {OtherSubject[]} elsewhere
 * @param {Map<IndexedText, PlacedHit[]>} hits  of the term
 * @param {Index} index
 */
function isElsewhere({ start = -1, end = -1, text = "" }, elsewhere, hits, index) {
  const named = elsewhere.filter(each => each.start < end && start < each.end)
  const isAtHome = () => {
    const whole = [...hits].filter(([, each]) => each.some(({ isBeginning }) => !isBeginning))
    const texts = new Set(whole.map(([field]) => field))
    const pages = new Set(whole.flatMap(([, each]) => each.map(({ page }) => page)))
    return (
      index.names.has(text) ||
      pages.size > index.pages.length * WEIGHTS.homeOnPages ||
      [...pages].some(({ sections }) => sections.some(({ title }) => texts.has(title)))
    )
  }
  return named.some(({ isPhrase }) => isPhrase) || (named.length > 0 && !isAtHome())
}

/**
 * Return whether pages have a text in a title, or a title or keyword is that text, or many pages have it.
 * @param {string} text  folded
 * @param {IndexedPage[]} pages
 */
function isSubjectOf(text, pages) {
  const isTitled = (/** @type {IndexedPage} */ { sections }) =>
    sections.some(({ title }) => title.folded.includes(text))
  return (
    pages.some(page => isTitled(page) || namesOf(page).includes(text)) ||
    pages.filter(page => isWritten(text, page)).length > pages.length * WEIGHTS.homeOnPages
  )
}

/**
 * Return each run of a few words.
 * @param {Word[]} words
 */
function runsOf(words) {
  return words.flatMap((_, from) =>
    words.slice(from, from + MOST_WORDS).map((_, nth) => words.slice(from, from + nth + 1))
  )
}

/**
 * @param {string} query
 * @param {number} start
 * @param {number} end
 */
function spanOf(query, start, end) {
  return { start, end, text: query.slice(start, end) }
}

/**
 * Return whether a part of a text is cut out of a longer word.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function isCut(text, start, end) {
  const edges = [text.slice(Math.max(0, start - 1), start + 1), text.slice(end - 1, end + 1)]
  return edges.some(edge => CUT_WORDS.some(pattern => pattern.test(edge)))
}
