// @ts-check
// Where the terms of a query are in the index. A term is found where it begins a word: 社会 is found in
// 参加型社会, and 京都 is not found in 東京都. So for each term the different words of the handbook that
// have its first letter are gone through; at the size of a handbook that takes milliseconds.

/**
 * What press/search/index.py writes. A section is its address, title and text; a term of the glossary
 * is in the index's language first, then in the others.
 * @typedef {object} IndexFile
 * @property {LanguageRules} language
 * @property {PageFile[]} pages
 * @property {string[][]} terms
 *
 * @typedef {object} PageFile
 * @property {string} description
 * @property {string} keywords
 * @property {[string, string, string][]} sections
 * @property {number[]} [numbers]  of paragraphs in each section, counted as their numbers are
 * @property {string[]} [passages]  how each of these paragraphs begins: on key documents
 *
 * @typedef {{ location: string, title: IndexedText, text: IndexedText }} Section
 *
 * The first section is the page itself: its title, and the text before the next heading.
 * @typedef {object} IndexedPage
 * @property {IndexedText} about
 * @property {IndexedText[]} keywords
 * @property {Section[]} sections
 * @property {number[]} numbers
 * @property {string[]} passages
 *
 * @typedef {{ page: IndexedPage, field: IndexedText, start: number, end: number }} Place
 *
 * A word of the handbook with all places where it is.
 * @typedef {{ text: string, stem: string, isPlain: boolean, places: Place[] }} VocabularyWord
 *
 * @typedef {object} Index
 * @property {Divide} divide
 * @property {IndexedPage[]} pages
 * @property {(letter: string) => VocabularyWord[]} vocabulary  the words that begin with a letter
 * @property {GlossaryTerm[]} terms
 *
 * A term in the index's language, folded, and what finds it in a query in each other language.
 * @typedef {{ own: string, others: RegExp[] }} GlossaryTerm
 *
 * @typedef {object} Hit
 * @property {number} start
 * @property {number} end
 * @property {number} letters  how many letters of the text it accounts for
 * @property {number} worth  from 0 to 1: how surely this is what was asked for
 *
 * A term of the query with the texts in which it was found.
 * @typedef {object} FoundTerm
 * @property {Map<IndexedText, Hit[]>} hits
 * @property {boolean} isKnown  it is on some page, or says so little that this does not matter
 * @property {number} weight  what it counts beside the other terms: the rarer, the more
 *
 * A form in which a term is looked for: as it was typed, or a word that may have been meant.
 * @typedef {Term & { worth?: number }} Form
 */

// The index ---------------------------------------------------------------------------------------

/**
 * @param {IndexFile} file
 * @returns {Index}
 */
function buildIndex({ language, pages: written, terms }) {
  const divide = makeDivider(language)
  const pages = written.map(({ description, keywords, sections, ...rest }) => ({
    numbers: rest.numbers ?? [],
    passages: rest.passages ?? [],
    about: indexText(description, divide),
    keywords: phrasesOf(keywords).map(phrase => indexText(phrase, divide)),
    sections: sections.map(([location, title, text]) => ({
      location,
      title: indexText(title, divide),
      text: indexText(text, divide),
    })),
  }))
  return {
    divide,
    pages,
    vocabulary: buildVocabulary(pages),
    terms: terms.map(([own, ...others]) => ({ own: fold(own), others: others.map(termPattern) })),
  }
}

/**
 * Gather each different word with its places, by its first letter.
 * @param {IndexedPage[]} pages
 * @returns {Index["vocabulary"]}
 */
function buildVocabulary(pages) {
  /** @type {Map<string, Map<string, VocabularyWord>>} */
  const byLetter = new Map()
  for (const page of pages) {
    for (const field of fieldsOf(page)) {
      for (const { start, end, ...word } of field.words) {
        const alike = getOrAdd(byLetter, word.text[0], () => new Map())
        const known = getOrAdd(alike, word.text, () => ({ ...word, places: [] }))
        known.places.push({ page, field, start, end })
      }
    }
  }
  return letter => [...(byLetter.get(letter)?.values() ?? [])]
}

/** @param {IndexedPage} page */
function fieldsOf({ about, keywords, sections }) {
  return [about, ...keywords, ...sections.flatMap(({ title, text }) => [title, text])]
}

/**
 * Return the value of a key; a key that is not there yet is added with a new value.
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 * @param {() => V} create
 */
function getOrAdd(map, key, create) {
  const found = map.get(key)
  if (found !== undefined) return found
  const created = create()
  map.set(key, created)
  return created
}

/**
 * Return what finds a glossary term in a folded query, in the singular or in a plural with s. What is
 * before the term is kept as $1: Safari has no lookbehind before 16.4.
 * @param {string} term
 */
function termPattern(term) {
  const literal = fold(term).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  const pattern = JAPANESE.test(term) ? `()${literal}` : `(^|\\P{L})${literal}(?:e?s)?(?!\\p{L})`
  return RegExp(pattern, "u")
}

// The query ---------------------------------------------------------------------------------------

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu // ¿ and ?
const SCRIPT_CHANGE = /[\p{sc=Katakana}ー]\p{sc=Han}|\p{sc=Han}\p{sc=Katakana}/u

/**
 * Return a query as it is compared with folded text.
 * @param {string} query
 */
function foldQuery(query) {
  return fold(query.normalize("NFKC")).replace(EDGES, "")
}

/**
 * Return a folded query, and each wording of it in which a glossary term that was typed in another
 * language is in the reader's.
 * @param {string} query
 * @param {GlossaryTerm[]} terms
 */
function wordingsOf(query, terms) {
  const translated = terms.flatMap(({ own, others }) =>
    others
      .filter(other => other.test(query))
      .map(other => query.replace(other, (_, before) => before + own))
  )
  return [...new Set([query, ...translated])]
}

/**
 * Return the terms of a folded query: its words, without Japanese particles where it has other words.
 * Japanese words without a particle between them are one term, up to a change between kanji and
 * katakana.
 * @param {string} query
 * @param {Divide} divide
 * @returns {Term[]}
 */
function termsOf(query, divide) {
  const words = divide(query)
  const telling = words.filter(({ text }) => !GRAMMAR.test(text))
  /** @type {(Span & Term & { parts: Word[] })[]} */
  const terms = []
  for (const word of telling.length ? telling : words) {
    const last = terms.at(-1)
    const continues =
      last?.end === word.start &&
      JAPANESE.test(word.text) &&
      !SCRIPT_CHANGE.test(last.text.at(-1) + word.text[0])
    if (continues) terms.splice(-1, 1, { ...join(last, word), parts: [...last.parts, word] })
    else terms.push({ ...word, parts: [word] })
  }
  return terms
}

// Finding -----------------------------------------------------------------------------------------

const OKURIGANA = /^\p{sc=Han}[\u3041-\u3096]$/u // browsers cut 決まらない after 決

/**
 * Find a term. A run that is nowhere is looked for in its parts, so that one term may become several;
 * a word that is nowhere is looked for as the words that may have been meant.
 * @param {Term} term
 * @param {Index} index
 * @returns {FoundTerm[]}
 */
function findTerm(term, index) {
  const { parts = [] } = term
  const exact = findForms([term], index)
  const isRun = parts.length > 1 && !parts.every(({ text }) => GRAMMAR.test(text))
  if (!exact.pages.size && isRun) return parts.flatMap(part => findTerm(part, index))
  const { pages, hits } = exact.pages.size ? exact : findForms(formsMeant(term, index), index)
  const isPlain = isPlainTerm(term)
  const rarity = Math.sqrt(Math.log((index.pages.length + 1) / (pages.size || 1)))
  const weight = rarity * (isPlain ? WEIGHTS.plainWord : 1)
  return [{ hits, isKnown: pages.size > 0 || isPlain, weight }]
}

/**
 * Find the pages that have a form of a term, and its hits in each of their texts.
 * @param {Form[]} forms
 * @param {Index} index
 */
function findForms(forms, index) {
  /** @type {Set<IndexedPage>} */
  const pages = new Set()
  /** @type {FoundTerm["hits"]} */
  const hits = new Map()
  for (const form of forms) {
    for (const word of index.vocabulary(form.text[0]).filter(word => isCandidate(form, word))) {
      for (const place of word.places) {
        const hit = match(form, word, place)
        if (!hit) continue
        pages.add(place.page)
        getOrAdd(hits, place.field, () => []).push(hit)
      }
    }
  }
  return { pages, hits }
}

/**
 * Return whether a form may be found at the places of a word. A run of words begins with the word.
 * @param {Form} form
 * @param {VocabularyWord} word
 */
function isCandidate({ text, stem }, word) {
  return word.text.startsWith(text) || text.startsWith(word.text) || stem === word.stem
}

/**
 * Match a form with the text at a place of a word: whole, as the beginning of a word, or by the stem.
 * @param {Form} form
 * @param {VocabularyWord} word
 * @param {Place} place
 * @returns {Hit | undefined}
 */
function match(form, word, { field, start, end: wordEnd }) {
  const { text, worth = 1 } = form
  const end = start + text.length
  if (field.folded.startsWith(text, start)) {
    const isWhole = field.ends.has(end)
    const shortest = JAPANESE.test(text) ? 2 : 3 // letters that may be the beginning of a word
    const isRoot = OKURIGANA.test(field.folded.slice(end - 1, end + 1))
    if (!isWhole && !isRoot && text.length < shortest) return undefined
    const sure = isWhole ? WEIGHTS.wholeWord : WEIGHTS.beginning
    return { start, end, letters: lettersOf(form), worth: worth * sure }
  }
  if (form.stem !== word.stem) return undefined
  const alike = WEIGHTS.sameStem * likeness(text, word.text)
  return { start, end: wordEnd, letters: lettersOf(word), worth: worth * alike }
}

/**
 * Return the words that may have been meant by one that is on no page: it was mistyped, or begins like
 * them. Not for short words, and not for Japanese, where one character more is another word.
 * @param {Term} term
 * @param {Index} index
 * @returns {Form[]}
 */
function formsMeant({ text, stem = text }, index) {
  if (JAPANESE.test(text) || text.length < 5) return []
  return index
    .vocabulary(text[0])
    .filter(
      word =>
        isOneEditApart(text, word.text) ||
        likeness(text, word.text) >= WEIGHTS.familyLikeness ||
        (stem.length > 5 && isOneEditApart(stem, word.stem))
    )
    .map(word => ({ ...word, worth: WEIGHTS.wordMeant }))
}

/**
 * Return whether two words differ by one letter more, less or another, or by two that changed places
 * (Damerau and Levenshtein's distance is 1). The first letter has to be the same.
 * @param {string} one
 * @param {string} other
 */
function isOneEditApart(one, other) {
  const at = [...one].findIndex((letter, at) => letter !== other[at])
  const [a, b] = [one.slice(at), other.slice(at)]
  return (
    at > 0 &&
    (a.slice(1) === b.slice(1) ||
      a.slice(1) === b ||
      a === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)))
  )
}

/**
 * Return how much of two words is the same from their beginning on, from 0 to 1: a plural is nearer to
 * a word than a verb of the same stem.
 * @param {string} one
 * @param {string} other
 */
function likeness(one, other) {
  const at = [...one].findIndex((letter, at) => letter !== other[at])
  return (at < 0 ? one.length : at) / Math.max(one.length, other.length)
}
