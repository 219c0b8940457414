// Search, in place of the theme's own script: a worker that speaks the theme's messages. The address
// of the index stands behind the worker's "#"; it is asked for when something is first searched for.
//
// What is asked for is found where it begins a word, as the browser divides words: 社会 is found in
// 参加型社会, and 京都 is not found in 東京都. Accents, case and width make no difference. So every
// different word is looked at for every word that is asked for; at the size of a handbook that takes
// milliseconds.

const [READY, QUERY, RESULT] = [1, 2, 3]
const ENOUGH = 0.4 // how much of what is asked for is surely on a page; in titles and keywords twice
const ENOUGH_BESIDE_UNKNOWN = 0.65, HALF = 0.5 // the same, and how much is there, if some is nowhere
const WHOLE = 1, BEGUN = 0.7, RELATED = 0.7 // found as a word, as its beginning, by its stem
const MISTYPED = 0.6 // found by a word one letter off, or that begins like it
const FAMILY = 0.7 // how much of two words is the same in those that begin alike
const PLAIN = 0.15 // what a word of questions counts, beside one that says what is asked for
const PAGE_TITLE = 12, KEYWORD = 9, HEADING = 2.5, TEXT = 4, ABOUT = 1.5 // what a word counts there
const AS_TYPED = 6 // what a page counts that has all that is asked for as one keyword
const LITERAL = 1.5 // what a section counts that has the words just as they were typed
const TEASER = 160 // characters of a text that are shown

let index

addEventListener("message", async ({ data: { type, data: query } }) => {
  if (type !== QUERY) return
  const items = query.trim() ? search(query, await loaded()) : []
  postMessage({ type: RESULT, data: { items } })
})
postMessage({ type: READY })

function loaded() {
  index ??= load(new URL(`../${location.hash.slice(1)}`, location)).catch(error => {
    index = undefined // the next letter tries again
    throw error
  })
  return index
}

async function load(address) {
  const { language, pages: told, terms } = await (await fetch(address)).json()
  const words = divider(language)
  const pages = told.map(({ description, keywords, sections }) => ({
    about: field(description, words),
    keywords: phrases(keywords).map(phrase => field(phrase, words)),
    sections: sections.map(([location, title, text]) => (
      { location, title: field(title, words), text: field(text, words) }
    )),
  }))
  return {
    words,
    pages,
    vocabulary: vocabulary(pages),
    terms: terms.map(([own, ...others]) => [fold(own), others.map(spelling)]),
  }
}

// Each different word, and where it is, by its first letter.
function vocabulary(pages) {
  const known = new Map()
  for (const page of pages) {
    for (const field of fields(page)) {
      for (const { start, end, ...word } of field.words) {
        const alike = entry(known, word.text[0], () => new Map())
        entry(alike, word.text, () => ({ ...word, at: [] })).at.push({ page, field, start, end })
      }
    }
  }
  return letter => [...known.get(letter)?.values() ?? []]
}

function entry(map, key, fresh) {
  if (!map.has(key)) map.set(key, fresh())
  return map.get(key)
}

function fields({ about, keywords, sections }) {
  return [about, ...keywords, ...sections.flatMap(({ title, text }) => [title, text])]
}

// Text ------------------------------------------------------------------------------------------

const KATAKANA = /^[\p{sc=Katakana}ー]+$/u
const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}々ー]/u
const WORD = /[\p{L}\p{N}]/u
const LEAST = { en: 4, es: 4, ja: 1 } // letters of a stem
const ENDINGS = {
  en: /(?:(?:at)?(?:ions?|ing|ed|ors?|es|e)|ings|ers?|ments?|ly|ies|ied|s|y)$/,
  es: RegExp(`(?:${[
    "[aei]?cion(?:es)?|ion(?:es)?|[ai]mient[oa]s?|[ai]?ntes?|[ae]ncias?|[aei]dor(?:[ae]s?)?", // nouns
    "(?:a|ia)?mente|[ai]bles?|ad[oa]s?|id[oa]s?",
    "ando|iendo|aron|ieron|[aei]mos|[aei]n|[ai]ba[ns]?|[aei]r(?:[ls][aeo]s?|me|nos)?", // verbs
    "[aeo]s?|s",
  ].join("|")})$`),
  ja: /[\u3041-\u3096ー]+$/,
}

// What questions are made of, whatever they ask for.
const QUESTIONS = {
  en: `a about all also am an and any anyone are arent as at be been but by can cannot cant
    could couldnt did didnt do does doesnt doing done dont each every everyone for from get gets
    getting give go got gotten guy guys had has hasnt have havent having he her here hes his how
    i id if ill im in into is isnt it its ive just let lets like made make me more most much
    must my need needs no not of ok okay on one or our out own please ppl really she shes should
    shouldnt so some somebody someone something such tell than that thats the their them then
    there theres these they theyre thing things this those to too us use used very want wants
    was wasnt we were weve what whats when where wheres which while who whom whos whose why will
    with wont would wouldnt you your youre`,
  es: `a al algo alguien algun alguna algunas alguno algunos ante asi aun cada como con cual cuales
    cualquier cuando cuanta cuantas cuanto cuantos de debe deben debemos deberia debo del desde donde
    e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estan estar estas este esto
    estos fue ha hace hacemos hacen hacer haces hago hay he la las le les lo los mas me mi mis mucha
    mucho muy necesita necesitamos necesito ni no nos nosotras nosotros nuestra nuestro o os para
    pero podemos poder podria por porque puede pueden puedes puedo que queremos quien quienes quiero
    se sea ser si sin sobre son su sus tal tambien tan te tener tenemos tengo tiene tienen toda todas
    todo todos tu tus un una unas uno unos va vamos y ya yo`,
  ja: `あり ある ありま いい いう いくら いつ いる かた こと さい しな した すか する すれば そう それ
    ため たち だれ つい て でき できる です でも とき とは どう どうして どうすれば どこ どの どんな
    ない なさい なぜ なに なら なる について は ます もの やり方 よい られる わけ 何 何か 誰 方法 仕方
    取り方 使い方 時 事 物 人 良い 必要 知り 教え 場合 くだ ください 他 ほか`,
}

function phrases(list) {
  return list.split(/[,、，]/).map(phrase => phrase.trim()).filter(phrase => phrase)
}

function field(text, words) {
  const folded = fold(text), divided = words(folded), size = sum(divided.map(letters))
  return { text, folded, words: divided, size, ends: new Set(divided.map(({ end }) => end)) }
}

// Letters of a word; half of them in one that says little.
function letters(word) {
  return word.text.length / (plain(word) ? 2 : 1)
}

function plain({ isPlain = false, parts = [] }) {
  return isPlain || parts.length > 0 && parts.every(plain)
}

// One character for one: a place in the folded text is the same place in the text.
function fold(text) {
  return text.replace(/[^\0-\x7f]/g, folded).toLowerCase()
}

function folded(character) {
  const plain = character.normalize("NFKC")
  const [base] = plain.normalize("NFD")
  return base < "\x7f" ? base : plain.length === 1 ? plain : character
}

function divider(language) {
  const segments = segmented(language)
  const questions = new Set(QUESTIONS[language]?.split(/\s+/))
  const stem = word => {
    const cut = word.replace(ENDINGS[language], "")
    return cut.length < LEAST[language] ? word : cut
  }
  const isPlain = text => GRAMMAR.test(text) || questions.has(text.replace(/['’]/g, ""))
  return folded => [...segments(folded)]
    .filter(({ segment }) => WORD.test(segment)) // to Firefox お金 is not "word-like", to Safari 2012
    .map(({ index: start, segment: text }) => ({ start, end: start + text.length, text }))
    .reduce(rejoined, [])
    .map(word => ({ ...word, stem: stem(word.text), isPlain: isPlain(word.text) }))
}

// Where a browser divides no words (Firefox before 125), what is written together is one. Of kanji
// each stands alone: a word of them is then found wherever it is written, in other words too.
function segmented(language) {
  if (!Intl.Segmenter) return text => [...text.matchAll(WRITTEN)].map(asSegment)
  const segmenter = new Intl.Segmenter(language, { granularity: "word" })
  return text => segmenter.segment(text)
}

const WRITTEN = RegExp([
  "\\p{sc=Han}", "\\p{sc=Hiragana}+", "[\\p{sc=Katakana}ー]+",
  `(?:(?!${JAPANESE.source})[\\p{L}\\p{N}])+`,
].join("|"), "gu")

const asSegment = ({ 0: segment, index }) => ({ segment, index })

// Browsers guess at katakana they do not know: there is no コ and no ラム in コラム.
function rejoined(words, word) {
  const last = words.at(-1)
  const guessed = last?.end === word.start && KATAKANA.test(last.text) && KATAKANA.test(word.text)
    && Math.min(last.text.length, word.text.length) < 3
  if (guessed) words.splice(-1, 1, joined(last, word))
  else words.push(word)
  return words
}

function joined(first, second) {
  return { start: first.start, end: second.end, text: first.text + second.text }
}

// Asking ----------------------------------------------------------------------------------------

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu // ¿ and ?
const GRAMMAR = /^[\u3041-\u3096]{1,2}$/ // の, を, から
const OKURIGANA = /^\p{sc=Han}[\u3041-\u3096]$/u // browsers cut 決まらない after 決
const TURN = /[\p{sc=Katakana}ー]\p{sc=Han}|\p{sc=Han}\p{sc=Katakana}/u

// The query, and the query with a glossary term of another language said in the reader's.
function wordings(query, terms) {
  const said = terms.flatMap(([own, others]) => others
    .filter(other => other.test(query))
    .map(other => query.replace(other, (_, before) => before + own)))
  return [...new Set([query, ...said])]
}

// What stands before it is kept as $1: Safari can look back only since 16.4.
function spelling(term) {
  const literal = fold(term).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  const pattern = JAPANESE.test(term) ? `()${literal}` : `(^|\\P{L})${literal}(?:e?s)?(?!\\p{L})`
  return new RegExp(pattern, "u")
}

// Words; in Japanese, runs of words between grammar.
function asked(query, words) {
  const terms = []
  const every = words(query), telling = every.filter(({ text }) => !GRAMMAR.test(text))
  for (const word of telling.length ? telling : every) {
    const last = terms.at(-1)
    const runs = last?.end === word.start && JAPANESE.test(word.text)
    if (runs && !TURN.test(last.text.at(-1) + word.text[0])) {
      terms.splice(-1, 1, { ...joined(last, word), parts: [...last.parts, word] })
    } else {
      terms.push({ ...word, parts: [word] })
    }
  }
  return terms
}

// Where a term is, and its weight: the rarer, the more. A run that is nowhere is sought in parts that
// say something, and a word that is nowhere by the words that may have been meant.
function sought(term, index) {
  const { parts = [], forms = [term] } = term
  const { pages, hits } = found(forms, index.vocabulary)
  const isRun = parts.length > 1 && !parts.every(({ text }) => GRAMMAR.test(text))
  if (!pages.size && isRun) return parts.flatMap(part => sought(part, index))
  const others = pages.size || term.forms ? [] : meant(term, index.vocabulary)
  if (others.length) return sought({ ...term, forms: others }, index)
  const rare = Math.sqrt(Math.log((index.pages.length + 1) / (pages.size || 1)))
  return [{ hits, known: pages.size > 0 || plain(term), weight: rare * (plain(term) ? PLAIN : 1) }]
}

// The words that may have been meant by one that is on no page: mistyped, or of the same family.
function meant({ text, stem }, vocabulary) {
  if (JAPANESE.test(text) || text.length < 5) return []
  return vocabulary(text[0])
    .filter(word => isNear(text, word.text) || likeness(text, word.text) >= FAMILY
      || stem.length > 5 && isNear(stem, word.stem))
    .map(word => ({ ...word, worth: MISTYPED }))
}

// One letter more, less or another, or two that changed places; the first letter is as it is typed.
function isNear(one, other) {
  const at = [...one].findIndex((letter, at) => letter !== other[at])
  const [a, b] = [one.slice(at), other.slice(at)]
  return at > 0 && (
    a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
    || a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  )
}

// The pages that have a form of a term, and its places in each of their fields.
function found(forms, vocabulary) {
  const pages = new Set(), hits = new Map()
  for (const form of forms) {
    for (const word of vocabulary(form.text[0]).filter(word => isAlike(form, word))) {
      for (const { page, field, start, end } of word.at) {
        const hit = met(form, { ...word, start, end }, field)
        if (!hit) continue
        pages.add(page)
        entry(hits, field, () => []).push(hit)
      }
    }
  }
  return { pages, hits }
}

function isAlike({ text, stem }, word) {
  return word.text.startsWith(text) || text.startsWith(word.text) || stem === word.stem
}

function met(form, word, field) {
  const { text, worth = 1 } = form, { start } = word, end = start + text.length
  if (field.folded.startsWith(text, start)) {
    const whole = field.ends.has(end)
    const least = JAPANESE.test(text) ? 2 : 3 // letters that may be the beginning of a word
    const isRoot = OKURIGANA.test(field.folded.slice(end - 1, end + 1))
    if (!whole && !isRoot && text.length < least) return
    return { start, end, letters: letters(form), worth: worth * (whole ? WHOLE : BEGUN) }
  }
  if (form.stem === word.stem) {
    const alike = RELATED * likeness(text, word.text)
    return { start, end: word.end, letters: letters(word), worth: worth * alike }
  }
}

// How much of two words is the same from their beginning on: a plural is nearer than a verb.
function likeness(one, other) {
  const differs = [...one].findIndex((letter, at) => letter !== other[at])
  return (differs < 0 ? one.length : differs) / Math.max(one.length, other.length)
}

// Judging ---------------------------------------------------------------------------------------

function search(query, index) {
  const best = new Map()
  for (const wording of wordings(fold(query.normalize("NFKC")).replace(EDGES, ""), index.terms)) {
    const wanted = asked(wording, index.words).flatMap(term => sought(term, index))
    for (const page of index.pages) {
      const judged = judge(page, wanted, wording)
      if (judged.score > (best.get(page)?.score ?? 0)) best.set(page, judged)
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score).map(shown)
}

// A page is as good as its title, what it says of itself and its best section, and better if all of
// it is on the matter. What the description says over again of the title is not counted twice, and
// half a keyword is a quarter of the match.
function judge({ about, keywords, sections }, wanted, wording) {
  const places = field => wanted.map(term => term.hits.get(field) ?? [])
  const found = sections.map(section => (
    { section, ...judged(section, wanted, wording, places(section.title), places(section.text)) }
  ))
  const [{ title }] = sections, entitled = named(title, places(title), wording)
  const phrases = keywords
    .filter(phrase => wanted.some(term => term.hits.has(phrase)))
    .map(phrase => named(phrase, places(phrase), wording))
  const terms = wanted.map(({ weight }, nth) => {
    const keyword = Math.max(0, ...phrases.map(({ share, worths }) => share ** 2 * worths[nth]))
    const told = sum(found.map(each => each.told[nth]))
    const description = entitled.worths[nth] ? 0 : most(places(about)[nth])
    const isNamed = entitled.worths[nth] > 0 || keyword > MISTYPED
      || found.some(each => each.named[nth])
    const sure = Math.max(description, ...[...phrases, ...found].map(each => each.worths[nth]))
    const inTitle = entitled.worths[nth] * (1 + entitled.share) / 2 * literal(title, wording)
    const score = PAGE_TITLE * inTitle + KEYWORD * keyword + ABOUT * description
      + TEXT * often(told, 5)
    return { weight, isNamed, sure, score }
  })
  const share = part(terms, each => each.sure), twice = share + part(terms, each => each.isNamed)
  const isEnough = wanted.every(term => term.known) ? twice > ENOUGH
    : twice > ENOUGH_BESIDE_UNKNOWN && share >= HALF
  if (!isEnough) return { score: 0, found }
  const best = Math.max(...found.map(each => each.score))
    + (keywords.some(({ folded }) => folded === wording) ? AS_TYPED : 0)
  return { score: share * (best + sum(terms.map(({ weight, score }) => weight * score))), found }
}

function judged({ title, text }, wanted, wording, inTitle, inText) {
  const heading = named(title, inTitle, wording)
  const told = inText.map(hits => sum(hits.map(hit => hit.worth)))
  const score = sum(wanted.map(({ weight }, nth) => (
    weight * (HEADING * heading.worths[nth] * (1 + heading.share) / 2 + often(told[nth], 1.5))
  )))
  const worths = heading.worths.map((worth, nth) => Math.max(worth, most(inText[nth])))
  const heaviest = Math.max(...wanted.map(({ weight }, nth) => worths[nth] ? weight : 0))
  const telling = hits => hits.filter((_, nth) => wanted[nth].weight > heaviest / 2).flat()
  const literally = Math.max(literal(title, wording), literal(text, wording))
  return {
    told,
    named: heading.worths,
    worths,
    score: score * literally,
    inTitle: telling(inTitle),
    inText: telling(inText),
  }
}

// How much of a title or keyword is asked for, and what each term is worth there.
function named({ folded, size }, places, wording) {
  const letters = places.map(hits => Math.max(0, ...hits.map(hit => hit.letters)))
  return { share: folded === wording ? 1 : Math.min(1, sum(letters) / size), worths: places.map(most) }
}

function part(terms, howFar) {
  return sum(terms.map(term => term.weight * howFar(term))) / sum(terms.map(term => term.weight))
}

function most(hits) {
  return Math.max(0, ...hits.map(hit => hit.worth))
}

function literal({ folded }, wording) {
  return folded.includes(wording) ? LITERAL : 1
}

// From 0 towards 1: the second time says less than the first.
function often(count, half) {
  return count / (count + half)
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}

// Showing ---------------------------------------------------------------------------------------

// The theme wants the page itself among the sections that were found.
function shown({ score, found }) {
  return found
    .filter((each, nth) => !nth || each.score)
    .sort((a, b) => b.score - a.score)
    .map(({ section, inTitle, inText, score: own }) => ({
      location: section.location,
      title: marked(section.title.text, inTitle),
      text: teaser(section.text, inText),
      score: score + own / 100,
      terms: {},
    }))
}

// Whole words from one line of the text on: around the first hit, or from the beginning.
function teaser({ text, words }, hits) {
  const first = hits.length ? Math.min(...hits.map(hit => hit.start)) : 0
  const line = text.lastIndexOf("\n", first) + 1
  const from = Math.max(line, words.find(word => word.start >= first - TEASER / 2)?.start ?? 0)
  const whole = words.filter(word => word.end <= from + TEASER).at(-1)
  const to = from + TEASER < text.length && whole ? whole.end : text.length
  return (from > line ? "…" : "") + marked(text.slice(0, to), hits, from) + (to < text.length ? "…" : "")
}

function marked(text, hits, from = 0) {
  let html = "", at = from
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start)) {
    if (start < at || end > text.length) continue
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`
    at = end
  }
  return html + escaped(text.slice(at))
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }

function escaped(text) {
  return text.replace(/[&<>]/g, character => ENTITIES[character])
}
