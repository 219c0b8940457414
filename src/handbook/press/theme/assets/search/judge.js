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
 * @property {JudgedName} name  its heading
 * @property {number[]} best  for each term, the worth of its best hit in heading and text
 * @property {number[]} repeated  for each term, the worth of all hits in the text together
 * @property {{ title: Hit[], text: WeighedHit[] }} marks  hits that results show
 *
 * @typedef {Hit & { weight: number }} WeighedHit  with the weight of its term
 *
 * @typedef {object} JudgedPage
 * @property {IndexedPage} page
 * @property {number} score  0 where the page is no result
 * @property {number} nearness  how near one that is no result comes to being one; 0 where it may not be shown
 * @property {JudgedSection[]} sections
 * @property {Section} [answer]  the section that answers, where that is a subject of its own
 *
 * The parts of what may be an answer, from which evidence is put together.
 * @typedef {object} Parts
 * @property {IndexedText} [about]
 * @property {JudgedName} name
 * @property {JudgedSection[]} sections
 *
 * @typedef {Parts & { keywords: JudgedName[] }} JudgedParts
 *
 * What is known of one term on a page.
 * @typedef {Omit<FoundTerm, "hits"> & OnPage} Evidence
 *
 * @typedef {object} OnPage
 * @property {number} sure  how surely it is on the page, from 0 to 1
 * @property {number} named  the same in what names the page or a section of it
 * @property {number} score
 *
 * @typedef {object} Answer
 * @property {Result[][]} found  the pages that answer a query, best first, in Material's form
 * @property {{ location: string, title: string }[]} near  those that come nearest, where none does
 */

/**
 * Answer a query.
 * @param {string} query
 * @param {Index} index
 * @returns {Answer}
 */
function search(query, index) {
  const judged = judgePages(query, index)
  const best = judged.filter(({ score }) => score).sort((a, b) => b.score - a.score)
  const found = [...findNumber(query, index), ...best.map(showPage)]
  return { found, near: found.length ? [] : nearestOf(judged) }
}

/** @param {JudgedPage[]} judged */
function nearestOf(judged) {
  return judged
    .filter(({ nearness }) => nearness)
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, WEIGHTS.mostNear)
    .map(({ page }) => ({
      location: page.sections[0].location,
      title: page.sections[0].title.text,
    }))
}

/**
 * Judge all pages by each wording of a query: of each page, the best that it is worth.
 * @param {string} query
 * @param {Index} index
 * @returns {JudgedPage[]}
 */
function judgePages(query, index) {
  /** @type {Map<IndexedPage, JudgedPage>} */
  const best = new Map()
  const typed = index.expand(foldQuery(query))
  // The name of another subject is not read as a word of this handbook: ダイエット is no 大会.
  const read = index.elsewhere(typed).length ? [] : index.read(typed)
  const wordings = [typed, ...read].flatMap(each => wordingsOf(each, index.terms))
  for (const wording of wordings) {
    const elsewhere = index.elsewhere(wording)
    const terms = termsOf(wording, index.divide, index.gather).flatMap(term =>
      findTerm(term, index, elsewhere)
    )
    for (const page of index.pages) {
      const judged = judgePage(page, terms, wording)
      const { score, nearness } = best.get(page) ?? { score: 0, nearness: 0 }
      if (judged.score > score || (!score && judged.nearness > nearness)) best.set(page, judged)
    }
  }
  return [...best.values()]
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
  const whole = { about: page.about, name: sections[0].name, sections }
  const asPage = judgeAnswer(keywordsOf(page), whole, terms, wording)
  const subjects = page.subjects.map(({ section, keywords }) => {
    const [own] = sections.filter(each => each.section === section)
    return {
      ...judgeAnswer(keywords, { name: own.name, sections: [own] }, terms, wording),
      section,
    }
  })
  // Where several words stand just as they were typed, they are meant, however little a page scores.
  const isLiteral = terms.length > 1 && isWritten(wording, page)
  const enough = [asPage, ...subjects].filter(each => isLiteral || each.isEnough)
  const score = largest(enough.map(each => each.score))
  const nearness = !enough.length && asPage.isNear ? asPage.score : 0
  // A page has all that its subjects have: one that has half of it is what was asked for.
  const [best] = subjects
    .filter(each => each.isEnough)
    .sort((one, other) => other.score - one.score)
  const answer = best && best.score >= score / 2 ? best.section : undefined
  return { page, score, nearness, sections, answer }
}

/**
 * Judge what may be an answer: a whole page, or a section that is a subject of its own.
 * @param {IndexedText[]} keywords
 * @param {Parts} parts
 * @param {FoundTerm[]} terms
 * @param {string} wording
 */
function judgeAnswer(keywords, parts, terms, wording) {
  const found = keywords
    .filter(keyword => terms.some(term => term.hits.has(keyword))) // most have none: this saves time
    .map(keyword => judgeName(keyword, terms, wording))
  const evidence = terms.map((term, nth) => weighEvidence(term, nth, { ...parts, keywords: found }))
  const exact = keywords.some(({ folded }) => folded === wording) ? WEIGHTS.exactKeyword : 0
  const section = largest(parts.sections.map(each => each.score))
  const whole = sum(evidence.map(({ weight, score }) => weight * score))
  const score = shareFound(evidence) * (section + exact + whole)
  return { score, isEnough: isEnough(evidence, score), isNear: isNear(evidence) }
}

/**
 * Put together what the parts of a page have of one term.
 * @param {FoundTerm} term
 * @param {number} nth  its place in the lists of worths
 * @param {JudgedParts} parts
 * @returns {Evidence}
 */
function weighEvidence({ hits, ...term }, nth, { about, name, keywords, sections }) {
  const inTitle = name.worths[nth]
  // Squared, so that half a keyword is a quarter of a match: long lists must not outdo a page's title.
  const inKeyword = largest(keywords.map(({ share, worths }) => share ** 2 * worths[nth]))
  // A description says the title over again, which must not count twice.
  const aboutIt = about ? bestWorth(hits.get(about)) : 0
  const inAbout = inTitle ? 0 : aboutIt
  const inText = sum(sections.map(section => section.repeated[nth]))
  const score =
    WEIGHTS.pageTitle * (nameScore(name, nth) * name.literal) +
    WEIGHTS.keyword * inKeyword +
    WEIGHTS.description * inAbout +
    WEIGHTS.wholeText * saturate(inText, WEIGHTS.wholeTextHalf)
  const inKeywords = keywords.map(({ worths }) => worths[nth])
  const inHeadings = sections.map(({ name }) => name.worths[nth])
  const named = largest([inTitle, aboutIt, ...inKeywords, ...inHeadings])
  const sure = largest([named, ...sections.map(({ best }) => best[nth])])
  return { ...term, sure, named, score }
}

/**
 * Return whether a page answers so much of a query that it may be shown. What was asked for is worth more
 * the more words there are and the rarer they are; what the page has of it, its score, has to keep up. A
 * rare word that stands in a text and names nothing there was mentioned by the way: “diet” in a sentence
 * on food for guests answers no “balanced diet plan”. A word that is nowhere may be the reader's own: it
 * counts against a page, and silences it only with others. A word of another subject counts far more. Of
 * one word alone, every place is shown. Words that say little ask for nothing where one of them is nowhere.
 * @param {Evidence[]} evidence
 * @param {number} score  of the page
 */
function isEnough(evidence, score) {
  if (isPlainlyAsked(evidence)) return true
  const telling = evidence.filter(({ isPlain }) => !isPlain)
  const isSaid = telling.length
    ? telling.some(({ sure }) => sure)
    : evidence.every(each => !each.isNowhere)
  if (!isSaid) return false
  const { asked, unnamed, unknown, other } = demandOf(evidence)
  const demand =
    WEIGHTS.asked * asked +
    WEIGHTS.unnamed * unnamed +
    WEIGHTS.unknownWord * unknown +
    WEIGHTS.otherSubject * other
  return Math.sqrt(score) > demand - WEIGHTS.lenience
}

/**
 * Return whether a page is what was asked for, whatever it scores: there is but one word, or each word that
 * says something is in what names the page or a section of it, and none is of another subject.
 * @param {Evidence[]} evidence
 */
function isPlainlyAsked(evidence) {
  const telling = evidence.filter(({ isPlain }) => !isPlain)
  const isNamed = telling.every(each => each.named >= WEIGHTS.surelyNamed && !each.isElsewhere)
  return evidence.length === 1 || (telling.length > 1 && isNamed)
}

/**
 * Return whether a page that is no result may be shown as near to one: it has half of the words that say
 * something, one of them in what names the page or a section, and none is of another subject.
 * @param {Evidence[]} evidence
 */
function isNear(evidence) {
  const telling = evidence.filter(({ isPlain }) => !isPlain)
  const isNamed = telling.some(({ named }) => named >= WEIGHTS.surelyNamed)
  const sure = sum(telling.map(each => each.sure))
  const isElsewhere = evidence.some(each => each.isElsewhere)
  return isNamed && !isElsewhere && sure >= WEIGHTS.nearShare * telling.length
}

/**
 * Return how much a query asks for: of words that the handbook has, all together and the one of them that
 * most of all names nothing on a page; how many words it does not have; and 1 where it names another subject.
 * @param {Evidence[]} evidence
 */
function demandOf(evidence) {
  const own = evidence.filter(({ isElsewhere }) => !isElsewhere)
  const known = own.filter(({ isNowhere }) => !isNowhere)
  return {
    asked: sum(known.map(({ asks }) => asks)),
    unnamed: largest(known.map(({ asks, named }) => asks * (1 - named))),
    unknown: own.filter(({ isNowhere, isPlain }) => isNowhere && !isPlain).length,
    other: own.length < evidence.length ? 1 : 0,
  }
}

/**
 * Return whether a query stands on a page just as it was typed.
 * @param {string} wording
 * @param {IndexedPage} page
 */
function isWritten(wording, page) {
  return fieldsOf(page).some(({ folded }) => folded.includes(wording))
}

/**
 * Judge a section by its heading and its text. For each term the text counts less than 1, since all hits
 * of a page's texts count once more, as `wholeText`.
 * @param {Section} section
 * @param {FoundTerm[]} terms
 * @param {string} wording
 * @returns {JudgedSection}
 */
function judgeSection(section, terms, wording) {
  const { title, text } = section
  const name = judgeName(title, terms, wording)
  const inText = terms.map(({ hits }) => hits.get(text) ?? [])
  const repeated = inText.map(hits => sum(hits.map(hit => hit.worth)))
  const score = sum(
    terms.map(({ weight }, nth) => {
      const named = WEIGHTS.heading * nameScore(name, nth)
      return weight * (named + saturate(repeated[nth], WEIGHTS.sectionTextHalf))
    })
  )
  const best = name.worths.map((worth, nth) => Math.max(worth, bestWorth(inText[nth])))
  const literal = Math.max(name.literal, literalFactor(text, wording))
  const marked = tellingTerms(terms, best)
  const marks = {
    title: marked.flatMap(({ hits }) => hits.get(title) ?? []),
    text: marked.flatMap(({ hits, weight }) =>
      (hits.get(text) ?? []).map(hit => ({ ...hit, weight }))
    ),
  }
  return { section, score: score * literal, name, best, repeated, marks }
}

/**
 * Return the terms to mark in a section: those that weigh more than half of the heaviest one there. Of
 * “deal with money”, “with” is not marked where “money” is, nor where it is not; that only a query of
 * nothing else has marked.
 * @param {FoundTerm[]} terms
 * @param {number[]} best  for each term, 0 where it is not in the section
 */
function tellingTerms(terms, best) {
  const heaviest = largest(terms.filter((_, nth) => best[nth]).map(({ weight }) => weight))
  const saysMore = terms.some(({ isPlain }) => !isPlain)
  return terms.filter(({ isPlain, weight }) => weight > heaviest / 2 && !(saysMore && isPlain))
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
  // Letters and not words, because Japanese is divided by guessing.
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
 * Return the share of a query, from 0 to 1, that is surely on a page; each term counts by its weight.
 * @param {Evidence[]} evidence
 */
function shareFound(evidence) {
  const total = sum(evidence.map(({ weight }) => weight))
  return sum(evidence.map(({ weight, sure }) => weight * sure)) / total
}

/** @param {Hit[] | undefined} hits */
function bestWorth(hits = []) {
  return largest(hits.map(hit => hit.worth))
}

/**
 * Return the factor for a text that has the query just as it was typed, in its order: 1 for any other.
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
