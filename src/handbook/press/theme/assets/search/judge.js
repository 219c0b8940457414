// @ts-check
// How well a page answers a query. `search` is where a query comes in and results go out.

/**
 * A title or keyword, judged.
 * @typedef {object} JudgedName
 * @property {number} share  how much of the name was asked for, from 0 to 1
 * @property {number[]} worths  for each term, the worth of its best hit, or 0
 * @property {number} literal  factor for a name that has the query just as it was typed
 *
 * @typedef {object} JudgedSection
 * @property {Section} section
 * @property {number} score  without what the page as a whole is worth
 * @property {number[]} inName  for each term, the worth of its best hit in the title
 * @property {number[]} best  the same in title and text
 * @property {number[]} repeated  for each term, the worth of all hits in the text together
 * @property {{ title: Hit[], text: WeighedHit[] }} marks  hits that results show
 *
 * @typedef {Hit & { weight: number }} WeighedHit  with the weight of its term
 *
 * @typedef {{ score: number, sections: JudgedSection[] }} JudgedPage
 *
 * The parts of a page, from which evidence is put together.
 * @typedef {object} JudgedParts
 * @property {IndexedText} about
 * @property {JudgedName} title
 * @property {JudgedName[]} keywords
 * @property {JudgedSection[]} sections
 *
 * What is known of one term on a page.
 * @typedef {object} Evidence
 * @property {number} weight  of the term
 * @property {boolean} isTitle  it is much of the page's title
 * @property {number} sure  how surely it is on the page, from 0 to 1
 * @property {number} score
 */

/**
 * Return the pages that answer a query, best first, in Material's form.
 * @param {string} query
 * @param {Index} index
 */
function search(query, index) {
  /** @type {Map<IndexedPage, JudgedPage>} */
  const best = new Map()
  const typed = index.expand(foldQuery(query))
  const wordings = [typed, ...index.read(typed)].flatMap(each => wordingsOf(each, index.terms))
  for (const wording of wordings) {
    const terms = termsOf(wording, index.divide).flatMap(term => findTerm(term, index))
    for (const page of index.pages) {
      const judged = judgePage(page, terms, wording)
      if (judged.score > (best.get(page)?.score ?? 0)) best.set(page, judged)
    }
  }
  const found = [...best.values()].sort((a, b) => b.score - a.score).map(showPage)
  return [...findNumber(query, index), ...found]
}

/**
 * Judge a page in four steps:
 *
 * 1. Each section, the page's title and each keyword are judged by themselves.
 * 2. For each term, what was found becomes evidence: is it on the page, does a name have it, what does
 *    it count?
 * 3. A page with too little evidence is no result, however high it would score.
 * 4. The score is that of the best section, plus what the whole page adds, times the share of the query
 *    that the page answers: a page with both of two terms is before one with much of either.
 *
 * @param {IndexedPage} page
 * @param {FoundTerm[]} terms
 * @param {string} wording  the folded query from which the terms come
 * @returns {JudgedPage}
 */
function judgePage(page, terms, wording) {
  const sections = page.sections.map(section => judgeSection(section, terms, wording))
  const title = judgeName(page.sections[0].title, terms, wording)
  const keywords = page.keywords
    .filter(keyword => terms.some(term => term.hits.has(keyword))) // most have none: this saves time
    .map(keyword => judgeName(keyword, terms, wording))

  const parts = { about: page.about, title, keywords, sections }
  const evidence = terms.map((term, nth) => weighEvidence(term, nth, parts))
  if (!isEnough(evidence, terms, shareInOnePlace(terms, parts))) return { score: 0, sections }

  const isKeyword = page.keywords.some(({ folded }) => folded === wording)
  const exact = isKeyword ? WEIGHTS.exactKeyword : 0
  const section = largest(sections.map(each => each.score))
  const whole = sum(evidence.map(({ weight, score }) => weight * score))
  return { score: shareOf(evidence, each => each.sure) * (section + exact + whole), sections }
}

/**
 * Put together what the parts of a page have of one term.
 * @param {FoundTerm} term
 * @param {number} nth  its place in the lists of worths
 * @param {JudgedParts} parts
 * @returns {Evidence}
 */
function weighEvidence({ weight, hits }, nth, { about, title, keywords, sections }) {
  const inTitle = title.worths[nth]
  // Squared, so that half a keyword is a quarter of a match: long lists must not outdo a page's title.
  const inKeyword = largest(keywords.map(({ share, worths }) => share ** 2 * worths[nth]))
  // A description says the title over again, which must not count twice.
  const inAbout = inTitle ? 0 : bestWorth(hits.get(about))
  const inText = sum(sections.map(section => section.repeated[nth]))
  const score =
    WEIGHTS.pageTitle * (nameScore(title, nth) * title.literal) +
    WEIGHTS.keyword * inKeyword +
    WEIGHTS.description * inAbout +
    WEIGHTS.wholeText * saturate(inText, WEIGHTS.wholeTextHalf)
  const isTitle = inTitle > 0 && title.share >= WEIGHTS.titleAskedFor
  const inKeywords = keywords.map(({ worths }) => worths[nth])
  const sure = largest([inAbout, ...inKeywords, ...sections.map(({ best }) => best[nth])])
  return { weight, isTitle, sure, score }
}

/**
 * Return the largest share of a query's words that one place of a page has: a section, or what names the
 * page, with which its whole text is a place too. Words that stand far apart on a page say nothing
 * together: a lawyer here and a sale there are no lawyer for sales. Words that say little are left out
 * where there are others.
 * @param {FoundTerm[]} terms
 * @param {JudgedParts} parts
 */
function shareInOnePlace(terms, { about, title, keywords, sections }) {
  const counted = tellingOf(terms)
  const promised = keywords.filter(
    ({ share, worths }) =>
      share >= WEIGHTS.keywordAskedFor || counted.every(({ nth }) => worths[nth])
  )
  const isIn = (/** @type {number} */ nth, /** @type {number[][]} */ ...places) =>
    places.some(worths => worths[nth])
  const inAbout = terms.map(({ hits }) => bestWorth(hits.get(about)))
  const names = [title.worths, inAbout, ...promised.map(({ worths }) => worths)]
  const isNamed = counted.some(({ nth }) => isIn(nth, ...names))
  const places = sections.flatMap(({ section, inName }) =>
    linesOf(section.text, terms).map(line => [title.worths, inName, line])
  )
  const counts = places.map(place => counted.filter(({ nth }) => isIn(nth, ...place)).length)
  if (!isNamed) return largest(counts) / counted.length
  // In the whole text, a rare word says more than a common one.
  const anywhere = [...names, ...sections.map(({ best }) => best)]
  const found = counted.filter(({ nth }) => isIn(nth, ...anywhere))
  return Math.max(
    largest(counts) / counted.length,
    (weightOf(found, terms) * WEIGHTS.anywhere) / weightOf(counted, terms)
  )
}

/**
 * Return what some of the terms of a query weigh together.
 * @param {{ nth: number }[]} some
 * @param {FoundTerm[]} terms
 */
function weightOf(some, terms) {
  return sum(some.map(({ nth }) => terms[nth].weight))
}

/**
 * Return for each line of a text that has terms of a query the worths of their best hits, and one empty
 * line for what stands above the text.
 * @param {IndexedText} field
 * @param {FoundTerm[]} terms
 */
function linesOf(field, terms) {
  /** @type {Map<number, number[]>} */
  const lines = new Map([[-1, []]])
  for (const [nth, { hits }] of terms.entries()) {
    for (const { start, worth } of hits.get(field) ?? []) {
      const line = getOrAdd(lines, field.text.indexOf("\n", start), () => [])
      line[nth] = Math.max(worth, line[nth] ?? 0)
    }
  }
  return [...lines.values()]
}

/**
 * Return the terms that say something, or all where none does, with their places among the terms.
 * @param {FoundTerm[]} terms
 */
function tellingOf(terms) {
  const all = terms.map(({ isPlain }, nth) => ({ isPlain, nth }))
  const telling = all.filter(({ isPlain }) => !isPlain)
  return telling.length ? telling : all
}

/**
 * Return whether a page has so much of a query that it may be shown: most of it in one place, or less
 * where the title of the page is what was asked for. So a word that is nowhere silences no other, and
 * of two words one is not enough. A title of words that are everywhere does not carry rare ones: a
 * meeting for a wedding is not asked for by “First meeting”.
 * @param {Evidence[]} evidence
 * @param {FoundTerm[]} terms
 * @param {number} inOnePlace
 */
function isEnough(evidence, terms, inOnePlace) {
  const counted = tellingOf(terms)
  const titled = counted.filter(({ nth }) => evidence[nth].isTitle)
  if (titled.length && weightOf(titled, terms) > WEIGHTS.enoughOfTitle * weightOf(counted, terms))
    return true
  const isLong = counted.length > 3 && counted.every(({ nth }) => terms[nth].isKnown)
  return inOnePlace > (isLong ? WEIGHTS.enoughOfMany : WEIGHTS.enough)
}

/**
 * @param {Section} section
 * @param {FoundTerm[]} terms
 * @param {string} wording
 * @returns {JudgedSection}
 */
function judgeSection(section, terms, wording) {
  const { title, text } = section
  const heading = judgeName(title, terms, wording)
  const inText = terms.map(({ hits }) => hits.get(text) ?? [])
  const repeated = inText.map(hits => sum(hits.map(hit => hit.worth)))
  const score = sum(
    terms.map(({ weight }, nth) => {
      const named = WEIGHTS.heading * nameScore(heading, nth)
      return weight * (named + saturate(repeated[nth], WEIGHTS.sectionTextHalf))
    })
  )
  const best = heading.worths.map((worth, nth) => Math.max(worth, bestWorth(inText[nth])))
  const literal = Math.max(heading.literal, literalFactor(text, wording))
  const marked = tellingTerms(terms, best)
  const marks = {
    title: marked.flatMap(({ hits }) => hits.get(title) ?? []),
    text: marked.flatMap(({ hits, weight }) =>
      (hits.get(text) ?? []).map(hit => ({ ...hit, weight }))
    ),
  }
  return { section, score: score * literal, inName: heading.worths, best, repeated, marks }
}

/**
 * Return the terms to mark in a section: those that weigh more than half of the heaviest one there. Of
 * “deal with money”, “with” is not marked where “money” is.
 * @param {FoundTerm[]} terms
 * @param {number[]} best  for each term, 0 where it is not in the section
 */
function tellingTerms(terms, best) {
  const heaviest = largest(terms.filter((_, nth) => best[nth]).map(({ weight }) => weight))
  return terms.filter(({ weight }) => weight > heaviest / 2)
}

/**
 * Judge a title or keyword.
 * @param {IndexedText} name
 * @param {FoundTerm[]} terms
 * @param {string} wording
 * @returns {JudgedName}
 */
function judgeName(name, terms, wording) {
  const found = terms.map(({ hits }) => hits.get(name) ?? [])
  const letters = sum(found.map(hits => largest(hits.map(hit => hit.letters))))
  const share = name.folded === wording ? 1 : Math.min(1, letters / name.size)
  return { share, worths: found.map(bestWorth), literal: literalFactor(name, wording) }
}

/**
 * Return what a term counts in a name: its worth where the name is all that was asked for, towards half
 * of it where the name says much besides.
 * @param {JudgedName} name
 * @param {number} nth
 */
function nameScore({ share, worths }, nth) {
  return (worths[nth] * (1 + share)) / 2
}

/**
 * Return the share of a query, from 0 to 1, that something holds for; each term counts by its weight.
 * @param {Evidence[]} evidence
 * @param {(evidence: Evidence) => number} howFar  from 0 to 1
 */
function shareOf(evidence, howFar) {
  const total = sum(evidence.map(({ weight }) => weight))
  return sum(evidence.map(each => each.weight * howFar(each))) / total
}

/** @param {Hit[] | undefined} hits */
function bestWorth(hits = []) {
  return largest(hits.map(hit => hit.worth))
}

/**
 * @param {IndexedText} text
 * @param {string} wording
 */
function literalFactor({ folded }, wording) {
  return folded.includes(wording) ? WEIGHTS.literal : 1
}

/**
 * Return what many hits count together, from 0 towards 1: each says less than the one before.
 * @param {number} count
 * @param {number} half  the count that is worth a half
 */
function saturate(count, half) {
  return count / (count + half)
}

/**
 * Return the largest of numbers that are not negative, or 0 where there are none.
 * @param {number[]} numbers
 */
function largest(numbers) {
  return Math.max(0, ...numbers)
}
