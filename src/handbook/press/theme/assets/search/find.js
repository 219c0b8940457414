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
 * @property {Readings} [readings]  of the kanji on these pages
 *
 * @typedef {object} PageFile
 * @property {string} description
 * @property {string} keywords
 * @property {[string, string, string][]} sections
 * @property {[number, string][]} [subjects]  which sections are subjects of their own, with their keywords
 * @property {number[]} [numbers]  of paragraphs in each section, counted as their numbers are
 * @property {string[]} [passages]  how each of these paragraphs begins: on key documents
 *
 * @typedef {{ location: string, title: IndexedText, text: IndexedText }} Section
 *
 * A section that answers for itself, as a page does: one question of many on a page.
 * @typedef {{ section: Section, keywords: IndexedText[] }} Subject
 *
 * The first section is the page itself: its title, and the text before the next heading.
 * @typedef {object} IndexedPage
 * @property {IndexedText} about
 * @property {IndexedText[]} keywords
 * @property {Section[]} sections
 * @property {Subject[]} subjects
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
 * @property {(form: Term) => Form[]} meant  the words that may have been meant by one that is nowhere
 * @property {Set<string>} names  titles of pages and keywords, folded
 * @property {(query: string) => string[]} read  wordings of a query with kanji for its kana
 * @property {(word: string) => boolean} isPlainBySound  it sounds like a word that says little
 * @property {(word: string) => boolean} isPlainMistyped  it is such a word with one letter wrong
 * @property {(word: string) => boolean} isSlip  it is no word: it has letters together that no word has
 * @property {(term: Term) => Form[]} near  the word that the handbook may have instead
 * @property {Gather} gather  join what a browser has cut into single sounds
 * @property {(query: string) => OtherSubject[]} elsewhere  where a query names another subject
 * @property {(folded: string) => string} expand  write what was typed for short in full
 * @property {GlossaryTerm[]} terms
 *
 * A term in the index's language, folded, and what finds it in a query in each other language.
 * @typedef {{ own: string, others: RegExp[] }} GlossaryTerm
 *
 * Where a query names another subject: in one word, or in words that mean it together.
 * @typedef {Span & { isPhrase: boolean }} OtherSubject
 *
 * @typedef {object} Hit
 * @property {number} start
 * @property {number} end
 * @property {number} letters  how many letters of the text it accounts for
 * @property {number} worth  from 0 to 1: how surely this is what was asked for
 * @property {boolean} [isBeginning]  a longer word begins like the form; false where it is the form
 *
 * @typedef {Hit & { page: IndexedPage }} PlacedHit
 *
 * A term of the query with the texts in which it was found.
 * @typedef {object} FoundTerm
 * @property {Map<IndexedText, Hit[]>} hits
 * @property {boolean} isPlain  it says little
 * @property {boolean} isNowhere  no page has it, nor what stands for it, and it is no grammar
 * @property {boolean} isElsewhere  it names another subject than those of the handbook
 * @property {number} weight  what it counts beside the other terms: the rarer, the more
 * @property {number} asks  how much it asks for: ln(pages / pages that have it), less where it says little
 *
 * A form in which a term is looked for: as it was typed, or a word that may have been meant.
 * @typedef {Term & { worth?: number }} Form
 *
 * @typedef {object} Nearness
 * @property {(query: string) => string} exchange  Japanese words that are nowhere for near ones
 * @property {(term: Term) => Form[]} formsOf  the word that the handbook may have instead
 */

// The index ---------------------------------------------------------------------------------------

/**
 * @param {IndexFile} file
 * @returns {Index}
 */
function buildIndex({ language, pages: written, terms, readings = {} }) {
  const divide = makeDivider(language)
  const pages = written.map(page => indexPage(page, divide))
  const vocabulary = buildVocabulary(pages)
  const near = makeNearness(language, divide, vocabulary)
  const soundOf = makeSound(language)
  const questions = language.questionWords.split(/\s+/)
  const plain = new Set(questions.map(soundOf))
  const words = [...vocabulary.values()].flatMap(alike => [...alike.values()])
  const names = new Set(pages.flatMap(namesOf))
  const titles = new Set(pages.flatMap(titlesOf))
  const known = new Set(words.map(({ text }) => text))
  const grammar = kanaGrammar(language)
  const lookUp = makeDictionary([...known, ...titles], readings)
  return {
    divide,
    pages,
    names,
    vocabulary: letter => [...(vocabulary.get(letter)?.values() ?? [])],
    meant: makeGuesser(words, katakanaRuns(pages), titles, readings, soundOf),
    read: eachOf(
      makeReader(known, titles, lookUp, divide, grammar.lead),
      makeRomajiReader(known, lookUp),
      makeJoiner(known, pages)
    ),
    isPlainBySound: word =>
      (language.sounds.length > 0 && plain.has(soundOf(word))) ||
      (KATAKANA.test(word) && plain.has(hiragana(word))), // ダメ
    isPlainMistyped: word =>
      !JAPANESE.test(word) && questions.some(each => editsWithin(word, each) === 1),
    isSlip: makeSlipFinder(words),
    near: near.formsOf,
    gather: makeGatherer(grammar, text => isThere(text, vocabulary)),
    elsewhere: makeSubjectFinder(language, divide, pages),
    expand: makeExpander(language, divide, near),
    terms: terms.map(([own, ...others]) => ({ own: fold(own), others: others.map(termPattern) })),
  }
}

/**
 * @param {PageFile} page
 * @param {Divide} divide
 * @returns {IndexedPage}
 */
function indexPage({ description, keywords, sections, subjects = [], ...numbered }, divide) {
  const indexed = sections.map(([location, title, text]) => ({
    location,
    title: indexText(title, divide),
    text: indexText(text, divide),
  }))
  const words = (/** @type {string} */ said) =>
    phrasesOf(said).map(phrase => indexText(phrase, divide))
  return {
    numbers: numbered.numbers ?? [],
    passages: numbered.passages ?? [],
    about: indexText(description, divide),
    keywords: words(keywords),
    sections: indexed,
    subjects: subjects.map(([nth, said]) => ({ section: indexed[nth], keywords: words(said) })),
  }
}

/**
 * Gather each different word with its places, by its first letter.
 * @param {IndexedPage[]} pages
 * @returns {Map<string, Map<string, VocabularyWord>>}
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
  return byLetter
}

/**
 * Return whether a text stands somewhere from where a word begins.
 * @param {string} text
 * @param {Map<string, Map<string, VocabularyWord>>} vocabulary
 */
function isThere(text, vocabulary) {
  return [...(vocabulary.get(text[0])?.values() ?? [])].some(({ places }) =>
    places.some(({ field, start }) => field.folded.startsWith(text, start))
  )
}

/**
 * Return the words of katakana that are written together, joined: browsers divide them by guessing.
 * @param {IndexedPage[]} pages
 */
function katakanaRuns(pages) {
  const texts = pages.flatMap(fieldsOf).flatMap(({ folded }) => folded.match(KATAKANA_RUN) ?? [])
  return [...new Set(texts)].map(text => ({ text, stem: text, isPlain: false }))
}

const KATAKANA_RUN = /[\p{sc=Katakana}ー]{5,}/gu

const HAN = /\p{sc=Han}/u
const HIRAGANA = /^[\u3041-\u3096ー]+$/

/**
 * Return the function that tells a slip of the fingers, such as “xfqz”, from a word that the handbook does
 * not have: it is short, and some two of its letters are together in no word of the handbook. Longer ones
 * are names, such as “netflix”. Where a browser cannot divide words, a run of hiragana is grammar as a rule.
 * @param {VocabularyWord[]} words
 * @returns {Index["isSlip"]}
 */
function makeSlipFinder(words) {
  /** @type {Set<string> | undefined} */
  let known
  const pairsOf = (/** @type {string} */ word) =>
    [...word].slice(1).map((letter, nth) => word[nth] + letter)
  return word => {
    known ??= new Set(words.flatMap(({ text }) => pairsOf(text)))
    if (HIRAGANA.test(word)) return !Intl.Segmenter
    const isShort = word.length <= WEIGHTS.lettersForOneEdit
    return isShort && !SYLLABLES.test(word) && pairsOf(word).some(pair => !known?.has(pair))
  }
}

/** @param {IndexedPage} page */
function namesOf(page) {
  return [...keywordsOf(page), page.sections[0].title].map(({ folded }) => folded)
}

/** @param {IndexedPage} page */
function titlesOf(page) {
  return [...keywordsOf(page), ...page.sections.map(({ title }) => title)].map(
    ({ folded }) => folded
  )
}

/** @param {IndexedPage} page */
function keywordsOf({ keywords, subjects }) {
  return [...keywords, ...subjects.flatMap(subject => subject.keywords)]
}

/** @param {IndexedPage} page */
function fieldsOf(page) {
  const { about, sections } = page
  return [about, ...keywordsOf(page), ...sections.flatMap(({ title, text }) => [title, text])]
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
 * Return the function that writes in full what a folded query has for short. Japanese words that are nowhere
 * are exchanged for near ones too, before browsers divide by guessing what they do not know.
 * @param {LanguageRules} language
 * @param {Divide} divide
 * @param {Nearness} near
 * @returns {Index["expand"]}
 */
function makeExpander({ shortForms }, divide, near) {
  const isShort = (/** @type {string} */ word) => Object.hasOwn(shortForms, word)
  return query => {
    const known = near.exchange(query).replace(SLASHED, (typed, before, one, other) => {
      return isShort(one + other) ? before + one + other : typed
    })
    let full = ""
    let at = 0
    for (const { start, end, text } of divide(known)) {
      full += known.slice(at, start) + (isShort(text) ? shortForms[text] : text)
      at = end
    }
    return full + known.slice(at)
  }
}

/** What is typed for short with a slash: w/o, b/c. */
const SLASHED = /(^|[^\p{L}\p{N}])(\p{L})\/(\p{L}?)(?![\p{L}\p{N}])/gu
const HAN_PAIR = /^\p{sc=Han}{2}$/u

/**
 * Return what knows the words that a handbook may say where others are typed: money for “cash”.
 * @param {LanguageRules} language
 * @param {Divide} divide
 * @param {Map<string, Map<string, VocabularyWord>>} vocabulary
 * @returns {Nearness}
 */
function makeNearness({ nearWords }, divide, vocabulary) {
  const near = new Map(
    Object.entries(nearWords).map(([word, other]) => {
      const [{ stem }] = JAPANESE.test(word) ? [{ stem: word }] : divide(word)
      return /** @type {const} */ ([stem, other])
    })
  )
  const keys = [...near.keys()].filter(key => JAPANESE.test(key))
  keys.sort((one, other) => other.length - one.length)
  const isWhole = (/** @type {string} */ key, /** @type {string} */ query) => {
    const start = query.indexOf(key)
    const before = (query[start - 1] ?? "") + key[0]
    const after = key.at(-1) + (query[start + key.length] ?? "")
    const isCut = [before, after].some(pair => KATAKANA_PAIR.test(pair)) || HAN_PAIR.test(before)
    return start >= 0 && !isCut
  }
  return {
    exchange: query =>
      keys
        .filter(key => isWhole(key, query) && !isThere(key, vocabulary))
        .reduce((text, key) => text.replace(key, near.get(key)?.split(" ")[0] ?? key), query),
    formsOf: ({ text, stem = text }) => {
      const others = near.get(JAPANESE.test(text) ? text : stem)?.split(" ") ?? []
      return others.map(other => {
        return { text: other, stem: divide(other).at(-1)?.stem, worth: WEIGHTS.nearWord }
      })
    },
  }
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
 * @param {Gather} [gather]
 * @returns {Term[]}
 */
function termsOf(query, divide, gather = words => words) {
  const words = gather(divide(query)).map((word, nth, all) => {
    return { ...word, isTail: isTail(word, all[nth - 1]) }
  })
  const telling = words.filter(
    (word, nth) => (word.isGathered || !GRAMMAR.test(word.text)) && !isWay(word, words[nth - 1])
  )
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

/**
 * Return whether a word is what follows kanji in kana, as endings do: 働いてる, 自分ばっかり.
 * @param {Word} word
 * @param {Word | undefined} before
 */
function isTail({ text, start }, before) {
  return before?.end === start && HIRAGANA.test(text) && HAN.test(before.text)
}

/**
 * Return whether a word asks how the one before it is done: 集め方 looks for 集める.
 * @param {Word} word
 * @param {Word | undefined} before
 */
function isWay({ text, start }, before) {
  return text === "方" && before?.end === start && BEFORE_WAY.test(before.text)
}

// Finding -----------------------------------------------------------------------------------------

/** Browsers cut ひとりではじめる before で, and make one word of the rest. */
const BEHIND_PARTICLE = /^[でとにのはへもをが][\u3041-\u3096]{2,}$/u
const COUNT = /^\p{N}{1,3}$/u // how many there are of what is asked for; not a year
const OKURIGANA = /^\p{sc=Han}[\u3041-\u3096]$/u // browsers cut 決まらない after 決

/**
 * Find a term. A run that is nowhere is looked for as a word that may have been meant, then in its parts,
 * so that one term may become several; so is a word that is nowhere.
 * @param {Term & Partial<Span>} term
 * @param {Index} index
 * @param {OtherSubject[]} elsewhere  the other subjects that the query names
 * @returns {FoundTerm[]}
 */
function findTerm(term, index, elsewhere = []) {
  const { parts = [] } = term
  const exact = findForms([term], index)
  const isRun = parts.length > 1 && !parts.every(({ text }) => GRAMMAR.test(text))
  const isPlain = isPlainTerm(term) || (!exact.pages.size && index.isPlainBySound(term.text))
  const isOther = isElsewhere(term, elsewhere, exact.hits, index)
  // What says little is not worth other words, and a word of another subject must not find one of ours.
  const found = isPlain || isOther ? exact : findAlike(term, exact, index)
  if (!found.pages.size && isRun) return parts.flatMap(part => findTerm(part, index, elsewhere))
  if (!found.pages.size && BEHIND_PARTICLE.test(term.text))
    return findTerm(withoutFirst(term), index, elsewhere)
  const isNowhere = !found.pages.size
  const saysLittle =
    isPlain ||
    COUNT.test(term.text) ||
    (isNowhere && (term.isTail || index.isPlainMistyped(term.text) || index.isSlip(term.text)))
  const weighed = weighTerm(found.pages.size, saysLittle, index.pages.length)
  return [
    {
      hits: found.hits,
      isPlain: saysLittle,
      isNowhere: isNowhere && !isPlainTerm(term),
      isElsewhere: isOther,
      ...weighed,
    },
  ]
}

/**
 * Return a term without its first letter.
 * @param {Term & Partial<Span>} term
 * @returns {Term & Partial<Span>}
 */
function withoutFirst({ text, start = 0, end = 0 }) {
  return { text: text.slice(1), start: start + 1, end }
}

/**
 * Return what a term counts beside the others of its query, and how much it asks for: its inverse document
 * frequency, which may be summed up over terms. The weight is the square root of that, so that one rare
 * word does not outdo all others of the query.
 * @param {number} pagesWithIt
 * @param {boolean} saysLittle
 * @param {number} allPages
 * @returns {Pick<FoundTerm, "weight" | "asks">}
 */
function weighTerm(pagesWithIt, saysLittle, allPages) {
  const isNowhere = !pagesWithIt
  const counted = isNowhere ? Math.max(allPages, WEIGHTS.fewestPages) : allPages
  const rarity = Math.sqrt(Math.log((counted + 1) / (pagesWithIt || 1)))
  const weight = rarity * (saysLittle ? WEIGHTS.plainWord : 1)
  // In a handbook of a few pages, each word is on few, and that says little of how rare it is.
  const known = isNowhere ? 1 : Math.min(1, allPages / WEIGHTS.fewestPages)
  return { weight, asks: weight ** 2 * known }
}

/**
 * Return what was found of a term and what stands for it: a near word where it is on hardly a page, a word
 * that sounds like it, or where it is nowhere one that may have been meant.
 * @param {Term} term
 * @param {ReturnType<typeof findForms>} exact
 * @param {Index} index
 */
function findAlike(term, exact, index) {
  const isRare = exact.pages.size <= index.pages.length * WEIGHTS.nearOnPages
  const near = isRare ? index.near(term) : []
  const found = near.length ? findForms([term, ...near], index) : exact
  if (found.pages.size > exact.pages.size) return found
  return exact.pages.size ? withSounds(term, exact, index) : findMeant(term, index)
}

/**
 * Return what was found of a term, and words that sound like it where only its other forms and longer
 * words are there: an “organiser” is an “organizer”, though “organise” is somewhere.
 * @param {Term} term
 * @param {ReturnType<typeof findForms>} exact
 * @param {Index} index
 */
function withSounds(term, exact, index) {
  const isThere = [...exact.hits.values()].flat().some(({ isBeginning }) => isBeginning === false)
  if (isThere || JAPANESE.test(term.text) || isPlainTerm(term)) return exact
  const alike = index.meant(term).filter(({ worth }) => worth === WEIGHTS.soundMeant)
  return alike.length ? findForms([term, ...alike], index) : exact
}

/**
 * Find the words that may have been meant by a term that is nowhere; not many different ones that are
 * everywhere.
 * @param {Term} term
 * @param {Index} index
 */
function findMeant(term, index) {
  const forms = index.meant(term)
  const found = findForms(forms, index)
  const areAlike = new Set(forms.map(({ stem }) => stem)).size < 3
  const isTelling =
    areAlike || found.pages.size <= Math.max(1, index.pages.length * WEIGHTS.meantOnPages)
  return isTelling ? found : findForms([], index)
}

/**
 * Find the pages that have a form of a term, and its hits in each of their texts.
 * @param {Form[]} forms
 * @param {Index} index
 */
function findForms(forms, index) {
  /** @type {Set<IndexedPage>} */
  const pages = new Set()
  /** @type {Map<IndexedText, PlacedHit[]>} */
  const hits = new Map()
  for (const form of forms) {
    for (const word of index.vocabulary(form.text[0]).filter(word => isCandidate(form, word))) {
      for (const place of word.places) {
        const hit = match(form, word, place)
        if (!hit) continue
        pages.add(place.page)
        getOrAdd(hits, place.field, () => []).push({ ...hit, page: place.page })
      }
    }
  }
  return forms.some(({ text }) => index.names.has(text))
    ? withoutBeginnings({ pages, hits })
    : { pages, hits }
}

/**
 * Leave out words that only begin like a term which is the name of something: “plata” is not meant
 * where “plataforma” is. Japanese words are not divided so surely.
 * @param {{ pages: Set<IndexedPage>, hits: Map<IndexedText, PlacedHit[]> }} found
 */
function withoutBeginnings({ pages, hits }) {
  const all = [...hits.values()].flat()
  if (!all.some(({ isBeginning }) => isBeginning === false)) return { pages, hits }
  const kept = [...hits].flatMap(([field, each]) => {
    const whole = each.filter(({ isBeginning }) => !isBeginning)
    return whole.length ? [/** @type {const} */ ([field, whole])] : []
  })
  const left = new Set(kept.flatMap(([, each]) => each.map(({ page }) => page)))
  return { pages: left, hits: new Map(kept) }
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
    const shortest = SYLLABLES.test(text) ? 2 : 3 // letters that may be the beginning of a word
    const isRoot = OKURIGANA.test(field.folded.slice(end - 1, end + 1))
    if (!isWhole && !isRoot && text.length < shortest) return undefined
    const sure = isWhole ? WEIGHTS.wholeWord : WEIGHTS.beginning
    if (isWhole || form.stem !== word.stem)
      return {
        start,
        end,
        letters: lettersOf(form),
        worth: worth * sure,
        isBeginning: JAPANESE.test(text) ? undefined : !isWhole,
      }
  }
  if (form.stem !== word.stem) return undefined
  const alike = likeness(text, word.text)
  if (alike < WEIGHTS.stemLikeness && !SYLLABLES.test(text)) return undefined
  const sure = WEIGHTS.sameStem * alike
  return { start, end: wordEnd, letters: lettersOf(word), worth: worth * sure }
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
