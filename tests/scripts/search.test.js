import assert from "node:assert/strict"
import { test } from "node:test"
import { loadSearch, rulesOf } from "./load.js"

const scripts = loadSearch()
const { WEIGHTS, buildIndex, foldQuery, indexText, editsWithin, likeness, makeDivider } = scripts
const {
  weighEvidence,
  findTerm,
  isEnough,
  judgeName,
  mark,
  saturate,
  search,
  teaser,
  termsOf,
  wordingsOf,
} = scripts

const page = (address, title, text, more = {}) => ({
  description: more.description ?? "",
  keywords: more.keywords ?? "",
  sections: [[address, title, text], ...(more.sections ?? [])],
})

const ENGLISH = buildIndex({
  language: rulesOf("en"),
  pages: [
    page("money/", "Money", "Dues and gifts. Who keeps the purse?", {
      keywords: "door to door, bank account",
    }),
    page("meeting/", "The first meeting", "A room, a host, an agenda. Bring some money for tea.", {
      sections: [["meeting/#agenda", "Agenda", "Write the agenda <b>together</b>."]],
    }),
    page("deciding/", "Deciding together", "Consensus, and what to do without it.", {
      description: "How facilitators help a group to decide",
    }),
  ],
  terms: [["mutual aid", "ayuda mutua", "相互扶助"]],
})
const JAPANESE = buildIndex({
  language: rulesOf("ja"),
  pages: [
    page("society/", "参加型社会", "京都の会議で決まらない。"),
    page("tokyo/", "東京都の集まり", "お金の話。"),
  ],
  terms: [],
})

const found = (index, query) => search(query, index).found.map(([best]) => best.location)

test("a section with keywords of its own is found as a page is", () => {
  const interim = page("interim/", "Elections of a committee", "They are in May.")
  const questions = subjects => ({
    ...page("questions/", "Hard questions", "Fourteen of them.", {
      sections: [["questions/#run", "Will you run in elections?", "No."]],
    }),
    subjects,
  })
  const first = (subjects, query = "elections") =>
    found(
      buildIndex({ language: rulesOf("en"), pages: [interim, questions(subjects)], terms: [] }),
      query
    )
  assert.deepEqual(first(undefined), ["interim/", "questions/#run"])
  assert.deepEqual(first([[1, "elections, parties"]]), ["questions/#run", "interim/"])
  assert.deepEqual(first([[1, "elections, parties"]], "parties"), ["questions/#run"])
})

test("where no page answers a query, those come nearest that are about a part of it", () => {
  const nearest = query => search(query, ENGLISH).near.map(({ location }) => location)
  assert.deepEqual(found(ENGLISH, "money dues glorptic brumbled"), [])
  assert.deepEqual(nearest("money dues glorptic brumbled"), ["money/"])
  assert.deepEqual(nearest("purse gifts glorptic brumbled"), []) // a word in passing names nothing
  assert.deepEqual(nearest("money"), []) // what answers is no near one
})

test("a word that is nowhere is looked for as a near one, and one of Japanese before it is divided", () => {
  const rules = { ...rulesOf("en"), nearWords: { cash: "money", tea: "host" } }
  const english = buildIndex({
    language: rules,
    pages: [page("money/", "Money", "Dues."), page("deciding/", "Deciding", "Consensus. Tea.")],
    terms: [],
  })
  assert.deepEqual(found(english, "cash"), ["money/"])
  assert.deepEqual(found(english, "tea"), ["deciding/"])
  const japanese = buildIndex({
    language: { ...rulesOf("ja"), nearWords: { ぼっち: "一人" } },
    pages: [page("alone/", "一人で", "一人で始める。"), page("money/", "お金", "会計。")],
    terms: [],
  })
  assert.deepEqual(found(japanese, "ぼっちでもいい"), ["alone/"])
})

test("a count says little", () => {
  const isPlain = query => findTerm(termsOf(query, ENGLISH.divide)[0], ENGLISH)[0].isPlain
  assert.ok(isPlain("40"))
  assert.ok(!isPlain("money"))
})

test("a title comes before a mention", () => {
  assert.deepEqual(found(ENGLISH, "money"), ["money/", "meeting/"])
})

test("a beginning, another form and a wrong letter find a word", () => {
  for (const query of ["meet", "meetings", "meetign", "MEETING?"]) {
    assert.equal(found(ENGLISH, query)[0].split("#")[0], "meeting/", query)
  }
})

test("a keyword finds a page on which it is not, and the description likewise", () => {
  assert.deepEqual(found(ENGLISH, "door to door"), ["money/"])
  assert.deepEqual(found(ENGLISH, "facilitator"), ["deciding/"])
})

test("an unknown word finds nothing, nor does punctuation", () => {
  for (const query of ["xylophone", "xylophone recipe", "xylophone tea", "¿?", "…"]) {
    assert.deepEqual(found(ENGLISH, query), [], query)
  }
})

test("words of a question count little beside what it asks for", () => {
  assert.equal(found(ENGLISH, "what should we do with the money")[0], "money/")
})

test("Japanese is found where a word begins, and not within one", () => {
  assert.deepEqual(found(JAPANESE, "社会"), ["society/"])
  assert.deepEqual(found(JAPANESE, "京都"), ["society/"])
  assert.deepEqual(found(JAPANESE, "決まらなかった"), ["society/"])
  assert.deepEqual(found(JAPANESE, "お金"), ["tokyo/"])
})

test("Japanese is found in kana, also on both sides of a particle that browsers do not see", () => {
  const index = buildIndex({
    language: rulesOf("ja"),
    pages: [page("dues/", "会費を集める", "会費。"), page("alone/", "ひとり", "はじめる。")],
    terms: [],
    readings: { 会: "かい", 費: "ひ", 集: "あつ" },
  })
  assert.deepEqual(found(index, "かいひのあつめかた"), ["dues/"])
  assert.deepEqual(found(index, "ひとりではじめる"), ["alone/"])
})

test("kana may be a title of several words, and kana behind kanji that is nowhere says little", () => {
  const index = buildIndex({
    language: rulesOf("ja"),
    pages: [page("society/", "参加型社会", "疲れて働く。"), page("vote/", "多数決", "決める。")],
    terms: [],
    readings: { 参: "さん", 加: "か", 型: "かた", 社: "しゃ", 会: "かい" },
  })
  assert.deepEqual(found(index, "さんかがたしゃかい"), ["society/"])
  assert.deepEqual(found(index, "疲れぎみ"), ["society/"])
})

test("how something is done, and what says little in katakana, asks for nothing more", () => {
  const index = buildIndex({
    language: rulesOf("ja"),
    pages: [page("dues/", "会費", "集める。"), page("vote/", "多数決", "決める。方角。")],
    terms: [],
  })
  assert.deepEqual(found(index, "会費の集め方"), ["dues/"])
  assert.deepEqual(found(index, "多数決はダメ"), ["vote/"])
  assert.deepEqual(found(index, "方角"), ["vote/"])
})

test("short forms may have a slash", () => {
  const words = query => termsOf(ENGLISH.expand(foldQuery(query)), ENGLISH.divide).map(t => t.text)
  assert.deepEqual(words("tea w/o money"), ["tea", "without", "money"])
  assert.deepEqual(words("and/or a/b"), ["and", "or", "a", "b"])
})

test("a section with what was asked for is before its page", () => {
  const [sections] = search("agenda", ENGLISH).found
  assert.deepEqual(
    sections.map(each => each.location),
    ["meeting/#agenda", "meeting/"]
  )
})

test("results are HTML: hits are marked and the text is escaped", () => {
  const [[agenda]] = search("agenda", ENGLISH).found
  assert.equal(agenda.title, "<mark>Agenda</mark>")
  assert.equal(agenda.text, "Write the <mark>agenda</mark> &lt;b&gt;together&lt;/b&gt;.")
})

test("a word that says little is marked only where nothing else was asked for", () => {
  const pages = search("the agenda", ENGLISH).found.flat()
  const titles = pages.map(({ title }) => title)
  assert.ok(titles.includes("The first meeting"), titles.join())
  assert.match(search("the", ENGLISH).found.flat()[0].title, /<mark>The<\/mark>/)
})

test("a glossary term of another language is asked for in the index's", () => {
  const wordings = query => wordingsOf(foldQuery(query), ENGLISH.terms)
  assert.deepEqual(wordings("¿Ayuda mutua?"), ["ayuda mutua", "mutual aid"])
  assert.deepEqual(wordings("相互扶助とは"), ["相互扶助とは", "mutual aidとは"])
  assert.deepEqual(wordings("la ayuda mutua hoy")[1], "la mutual aid hoy")
  assert.deepEqual(wordings("ayuda mutuamente"), ["ayuda mutuamente"])
})

test("Japanese words without a particle between them are one term", () => {
  const terms = query => termsOf(query, makeDivider(rulesOf("ja"))).map(term => term.text)
  assert.deepEqual(terms("参加型社会の会議"), ["参加型社会", "会議"])
  assert.deepEqual(terms("会議コラム"), ["会議", "コラム"])
  assert.deepEqual(terms("の"), ["の"])
})

test("a run that is nowhere is looked for in its parts", () => {
  const [run] = termsOf("会議東京", makeDivider(rulesOf("ja")))
  assert.deepEqual(
    findTerm(run, JAPANESE).map(term => term.hits.size > 0),
    [true, true]
  )
})

test("one letter more, less, or two exchanged are one edit; another letter only in long words", () => {
  for (const typed of ["meetting", "meting", "meeitng", "meating"]) {
    assert.equal(editsWithin(typed, "meeting"), 1, typed)
  }
  assert.equal(editsWithin("meeting", "meeting"), 0)
  assert.equal(editsWithin("facilitatoin", "facilitation"), 1)
  assert.equal(editsWithin("facilittaoin", "facilitation"), 2)
  assert.equal(editsWithin("stragety", "strategy"), 2)
  for (const [typed, word] of [
    ["dolar", "color"],
    ["met", "meet"],
    ["acilitatn", "facilitation"],
  ]) {
    assert.equal(editsWithin(typed, word), Infinity, typed)
  }
})

test("likeness is the share of letters from the beginning on", () => {
  assert.equal(likeness("group", "groups"), 5 / 6)
  assert.equal(likeness("same", "same"), 1)
  assert.equal(likeness("one", "two"), 0)
})

test("a name that is all that was asked for counts more than one that says more", () => {
  const divide = makeDivider(rulesOf("en"))
  const hits = new Map()
  const [short, long] = ["money", "money and power"].map(text => indexText(text, divide))
  for (const name of [short, long]) hits.set(name, [{ start: 0, end: 5, letters: 5, worth: 1 }])
  const share = name => judgeName(name, [{ hits, isKnown: true, weight: 1 }], "money").share
  assert.equal(share(short), 1)
  assert.equal(share(long), 5 / (5 + 3 / 2 + 5))
})

const small = (code, pages, more = {}) =>
  buildIndex({ language: rulesOf(code), pages, terms: [], ...more })

const asked = (...words) =>
  words.map(each => ({ isPlain: false, named: 0, sure: 1, asks: each.weight ** 2, ...each }))

test("the more words and the rarer, the more a page has to have", () => {
  const common = asked({ weight: 1 }, { weight: 1 })
  const rare = asked({ weight: 2 }, { weight: 2 })
  assert.ok(isEnough(common, 1))
  assert.ok(!isEnough(rare, 1))
  assert.ok(!isEnough([...rare, ...rare], 49))
  assert.ok(isEnough(rare, 169))
})

test("forms of short words are one word, and words that only begin alike are not", () => {
  const pages = [page("vote/", "Who may vote", "Making rules."), page("song/", "Songs", "Canción.")]
  const index = buildIndex({ language: rulesOf("en"), pages, terms: [] })
  assert.deepEqual(found(index, "voting"), ["vote/"])
  assert.deepEqual(found(index, "rule maker"), ["vote/"])
  const spanish = buildIndex({ language: rulesOf("es"), pages, terms: [] })
  assert.deepEqual(found(spanish, "canadá"), [])
})

test("a rare word that names nothing was mentioned by the way", () => {
  const words = named => asked({ weight: 2, named: 0.5 }, { weight: 2, named })
  const score = 46
  assert.ok(isEnough(words(0.6), score))
  assert.ok(!isEnough(words(0), score))
})

test("a word that is nowhere is outweighed, one of another subject is not", () => {
  const known = { weight: 1, named: 1 }
  const own = { weight: 2, sure: 0, isNowhere: true }
  const other = { ...own, isElsewhere: true }
  assert.ok(isEnough(asked(known, known, own), 36))
  assert.ok(!isEnough(asked(known, known, own), 4))
  assert.ok(!isEnough(asked(known, known, own, own), 36))
  assert.ok(!isEnough(asked(known, known, other), 36))
})

test("what names each word that says something is what was asked for", () => {
  const plain = { weight: 0.3, isPlain: true }
  const named = { weight: 2, named: 1 }
  assert.ok(isEnough(asked(named, named, named, plain), 0.1))
  assert.ok(!isEnough(asked(named, named, { weight: 2 }), 0.1))
  assert.ok(!isEnough(asked(named, named, { weight: 2, named: 0.5 }), 0.1))
})

/** As many pages as a handbook has, on which none of the words is that a test asks for. */
const OTHERS = [...Array(60).keys()].map(nth => page(`${nth}/`, "The group", "What a group does."))

const SUBJECTS = { ...rulesOf("en"), otherSubjects: "recipe, toast, best man speech, chair" }

test("a word of another subject is told, unless pages are about it", () => {
  const pages = [
    page("food/", "Toast for all", "A toast and a chair.", { keywords: "chair" }),
    page("words/", "What to say", "No recipe, but a speech of the best man you know."),
    ...OTHERS,
  ]
  const index = buildIndex({ language: SUBJECTS, pages, terms: [] })
  const others = query => {
    const spans = index.elsewhere(query)
    const words = termsOf(query, index.divide).flatMap(term => findTerm(term, index, spans))
    return words.map(({ isElsewhere }) => isElsewhere)
  }
  assert.deepEqual(others("recipes say"), [true, false])
  assert.deepEqual(others("toast chair"), [false, false])
  assert.deepEqual(others("the best man speech"), [false, true, true, true])
  assert.deepEqual(others("the best man"), [false, false, false])
  assert.deepEqual(others("the best mans speech"), [false, true, true, true])
  assert.deepEqual(others("the best management speech"), [false, false, false, false])
  assert.deepEqual(found(index, "say recipes"), [])
})

test("a Japanese word of another subject is told within a query, and not within a word", () => {
  const language = { ...rulesOf("ja"), otherSubjects: "確定申告, ライン, 会議" }
  const pages = [page("meeting/", "会議", "会議の話。"), ...OTHERS]
  const index = buildIndex({ language, pages, terms: [] })
  const others = query => index.elsewhere(query).map(({ text }) => text)
  assert.deepEqual(others("確定申告のやり方"), ["確定申告"])
  assert.deepEqual(others("オンライン会議"), [])
})

test("a title of words that are everywhere does not carry rare ones", () => {
  const others = OTHERS.map(({ sections: [[address]] }) => page(address, "Meeting", "A group."))
  const english = small("en", [...others, page("money/", "Money", "For the group.")])
  assert.deepEqual(found(english, "wedding meeting"), [])
  assert.equal(found(english, "meeting")[0], "0/")
})

test("words by the way answer no query, unless it stands there as it was typed", () => {
  const english = small("en", [
    ...OTHERS,
    page("aid/", "Aid", "A lawyer helps.\nNothing is for sale."),
  ])
  assert.deepEqual(found(english, "lawyer sale"), [])
  assert.deepEqual(found(english, "lawyer helps"), ["aid/"])
  assert.deepEqual(found(english, "lawyer"), ["aid/"])
})

test("a short slip of the fingers says little, a longer word is one the handbook does not have", () => {
  const english = small("en", [...OTHERS, page("tea/", "Tea", "Make some.")])
  assert.deepEqual(found(english, "xfqz tea"), ["tea/"])
  assert.ok(english.isSlip("xfqz"))
  for (const word of ["make", "mcdonalds", "ラーメン"]) assert.ok(!english.isSlip(word), word)
})

test("a word that is nowhere does not silence the others", () => {
  assert.equal(found(ENGLISH, "xfqz money")[0], "money/")
  assert.equal(found(ENGLISH, "xfqz agenda room host")[0], "meeting/#agenda")
  assert.deepEqual(found(ENGLISH, "wedding tea"), [])
})

test("what is typed for short is what it stands for", () => {
  const english = small("en", [page("people/", "People", "Who comes.")])
  assert.deepEqual(found(english, "ppl"), ["people/"])
  const spanish = small("es", [page("reunion/", "La reunión", "Para decidir.")])
  assert.deepEqual(found(spanish, "q es la reunion"), ["reunion/"])
  assert.deepEqual(found(spanish, "xq una reunion"), ["reunion/"])
})

test("what is written as it sounds is found", () => {
  const pages = ["decisión", "bienvenida", "quorum", "hacer ruido", "llave"]
  const spanish = small(
    "es",
    pages.map(each => page(each, each, "Texto."))
  )
  const typed = ["desicion", "bienbenida", "kuorum", "aser ruido", "yabe"]
  assert.deepEqual(
    typed.map(query => found(spanish, query)[0]),
    pages
  )
  assert.deepEqual(found(spanish, "kien decisión"), ["decisión"])
})

test("katakana may have one letter wrong, and kana stand for kanji", () => {
  const pages = [
    page("a/", "ミーティング", "話す。"),
    page("b/", "コンセンサス", "話す。"),
    page("c/", "警察", "話す。"),
    page("d/", "オンライン会議", "話す。"),
  ]
  const japanese = small("ja", pages, { readings: { 警: "けい", 察: "さつ" } })
  for (const [query, address] of [
    ["ミーテング", "a/"],
    ["コンセサス", "b/"],
    ["けいさつ", "c/"],
    ["けいさつについて", "c/"],
    ["ｹｲｻﾂ", "c/"],
    ["オンラインMTG", "d/"],
  ]) {
    assert.equal(found(japanese, query)[0], address, query)
  }
  assert.deepEqual(found(japanese, "けいさい"), [])
})

test("hiragana stand for katakana, and each word of a query is read", () => {
  const pages = [page("a/", "ハラスメント", "話す。"), page("b/", "警察とデモ", "ハラスメント。")]
  const japanese = small("ja", pages, { readings: { 警: "けい", 察: "さつ" } })
  assert.equal(found(japanese, "はらすめんと")[0], "a/")
  assert.equal(found(japanese, "けいさつ はらすめんと")[0], "b/")
})

test("a word is found by its sound though other forms of it are somewhere", () => {
  const pages = [
    page("a/", "Tired organizer", "Rest."),
    page("b/", "Meetings", "To organise them."),
  ]
  assert.ok(found(small("en", pages), "organiser").includes("a/"))
})

test("letters that changed places are meant first, then one wrong, then a word of the family", () => {
  const pages = [page("a/", "First steps", "Begin."), page("b/", "The fist", "A sign.")]
  assert.equal(found(small("en", pages), "frist steps")[0], "a/")
  const family = ["Participatory society", "Participation", "Participants", "Participate"]
  const english = small(
    "en",
    family.map(each => page(each, each, "Text."))
  )
  assert.deepEqual(found(english, "participatry society"), [family[0]])
})

test("two words may be one of the handbook, and one word two that stand together there", () => {
  const pages = [page("a/", "Burnout", "Rest."), page("b/", "Hand signals", "Signs.")]
  const english = small("en", [
    ...pages,
    page("c/", "Burn", "Signals out of hand. A pass, a word."),
  ])
  assert.ok(found(english, "burn out").includes("a/"))
  assert.equal(found(english, "handsignals")[0], "b/")
  assert.deepEqual(found(english, "password"), [])
})

test("nothing but words that say little and some that are nowhere asks for nothing", () => {
  const pages = [page("a/", "Whether to meet", "The day and what to do with it.")]
  assert.deepEqual(found(small("en", pages), "whats the wether tmrw"), [])
})

test("Japanese that a browser cuts into single sounds is one word, with its grammar cut off", () => {
  const pages = [page("a/", "もめごと", "もめごとが起きたら。"), page("b/", "会議", "あいさつ。")]
  const japanese = small("ja", pages, { language: { ...rulesOf("ja"), nearWords: {} } })
  assert.equal(found(japanese, "もめてる どうしたら")[0], "a/")
  assert.equal(found(japanese, "もうもめたい")[0], "a/")
  assert.equal(found(japanese, "もめごとだけど何したらいい")[0], "a/")
  assert.deepEqual(found(japanese, "わいふぁい 会議"), [])
  assert.deepEqual(found(japanese, "らーめん"), [])
})

test("what is read as a title whole is that title, and no word is read from its middle on", () => {
  const readings = {
    参: "さん",
    加: "か",
    型: "かた",
    田: "た",
    舎: "しゃ",
    大: "だい",
    会: "え かい",
  }
  const pages = [
    page("a/", "参加が田舎", "参加が田舎だ。"),
    page("b/", "参加型", "参加型の話。"),
    page("c/", "大会", "大会の話。"),
  ]
  const japanese = small("ja", pages, { readings })
  assert.equal(found(japanese, "さんかがた")[0], "b/")
  assert.equal(found(japanese, "さんかがたってなに")[0], "b/")
  assert.equal(found(japanese, "どうやってだいかい")[0], "c/")
  assert.deepEqual(found(japanese, "ダイエット"), [])
  assert.deepEqual(found(japanese, "だいかいた"), []) // no noun has this ending
})

test("kanji that are read alike are taken for those of a title", () => {
  const readings = { 学: "がく", 習: "しゅう", 会: "かい", 解: "かい", 絵: "え" }
  const pages = [page("a/", "学習会", "集まって学ぶ。"), page("b/", "絵", "学習絵を解く。")]
  const japanese = small("ja", pages, { readings })
  assert.deepEqual(found(japanese, "学習解"), ["a/"])
})

test("British and American spellings are the same word", () => {
  const pages = ["Color", "Center", "Program", "Catalog", "Neighborhood", "Theater"]
  const english = small(
    "en",
    pages.map(each => page(each, each, "Text."))
  )
  const typed = ["colour", "centre", "programme", "catalogue", "neighbourhood", "theatre"]
  assert.deepEqual(
    typed.map(query => found(english, query)[0]),
    pages
  )
})

test("a question's word with one letter wrong says little", () => {
  const pages = [page("a/", "Dues", "What each gives."), page("b/", "Money", "Keep it.")]
  assert.deepEqual(found(small("en", pages), "what shoud dues be"), ["a/"])
})

test("a short word is of no family, and one letter is another word in a short stem", () => {
  const pages = [page("a/", "Chest", "A chest."), page("b/", "Comparar", "Comparar precios.")]
  assert.deepEqual(found(small("en", pages), "chess"), [])
  assert.deepEqual(found(small("es", pages), "compatir"), [])
})

test("Korean words of two syllables are found with their particles and without", () => {
  const korean = small("ko", [
    page("a/", "안내", "회의는 저녁에 열립니다."),
    page("b/", "돈", "회비."),
  ])
  for (const query of ["회의", "회의는", "회의를", "회의에서는"]) {
    assert.deepEqual(found(korean, query), ["a/"], query)
  }
})

test("the name of something is not meant where a longer word begins like it", () => {
  const spanish = small("es", [
    page("dinero/", "Dinero", "Cuotas.", { keywords: "plata" }),
    page("sitio/", "Plataforma", "La plataforma."),
  ])
  assert.deepEqual(found(spanish, "plata"), ["dinero/"])
  assert.deepEqual(found(spanish, "plataf"), ["sitio/"])
})

test("a teaser shows the passage that has most of a query", () => {
  const text = indexText("I begin.\nI keep the purse.", makeDivider(rulesOf("en")))
  const [light, heavy] = [0.1, 2].map(weight => ({ worth: 1, weight }))
  const hits = [
    { start: 0, end: 1, ...light },
    { start: 9, end: 10, ...light },
    { start: 20, end: 25, ...heavy },
  ]
  assert.match(teaser(text, hits), /keep the <mark>purse<\/mark>/)
})

test("half a keyword is a quarter of a match", () => {
  const about = indexText("", makeDivider(rulesOf("en")))
  const name = (share, worth) => ({ share, worths: [worth], literal: 1 })
  const parts = { about, name: name(0, 0), keywords: [name(0.5, 1)], sections: [] }
  const { score, named } = weighEvidence({ weight: 1, hits: new Map() }, 0, parts)
  assert.equal(score, WEIGHTS.keyword / 4)
  assert.equal(named, 1)
})

test("a description that says the title over again adds nothing", () => {
  const about = indexText("Money", makeDivider(rulesOf("en")))
  const hits = new Map([[about, [{ start: 0, end: 5, letters: 5, worth: 1 }]]])
  const score = worth => {
    const title = { share: worth, worths: [worth], literal: 1 }
    const parts = { about, name: title, keywords: [], sections: [] }
    return weighEvidence({ weight: 1, hits }, 0, parts).score
  }
  assert.equal(score(0), WEIGHTS.description)
  assert.equal(score(1), WEIGHTS.pageTitle)
})

test("a query that is a keyword counts as one, and more", () => {
  const pages = [page("dues/", "Giving", "", { keywords: "dues" })]
  const [[{ score }]] = search(
    "dues",
    buildIndex({ language: rulesOf("en"), pages, terms: [] })
  ).found
  assert.equal(score, WEIGHTS.exactKeyword + WEIGHTS.keyword * Math.sqrt(Math.log(2)))
})

test("more hits count more, each less than the one before, never more than one", () => {
  const counts = [0, 1, 2, 3, 1000].map(count => saturate(count, 1.5))
  const steps = counts.slice(1).map((count, nth) => count - counts[nth])
  assert.ok(steps.every(step => step > 0) && steps[0] > steps[1] && steps[1] > steps[2])
  assert.equal(saturate(1.5, 1.5), 0.5)
  assert.ok(counts.at(-1) < 1)
})

test("of hits that overlap, the first is marked", () => {
  const hits = [
    { start: 2, end: 6 },
    { start: 0, end: 4 },
  ]
  assert.equal(mark("money & gifts", hits), "<mark>mone</mark>y &amp; gifts")
})

test("a teaser is whole words of one line, around the first hit", () => {
  const line = "word ".repeat(60)
  const text = indexText(`Another line\n${line}purse ${line}`, makeDivider(rulesOf("en")))
  const start = text.text.indexOf("purse")
  const html = teaser(text, [{ start, end: start + 5, worth: 1, weight: 1 }])
  assert.match(html, /^…word (word )*<mark>purse<\/mark> (word )*word…$/)
  assert.ok(html.length < 200)
  const lines = indexText("Another line\nThe purse is here", makeDivider(rulesOf("en")))
  assert.equal(
    teaser(lines, [{ start: 17, end: 22, worth: 1, weight: 1 }]),
    "The <mark>purse</mark> is here"
  )
  assert.equal(teaser(indexText("Short.", makeDivider(rulesOf("en"))), []), "Short.")
})

test("a teaser neither runs into a footnote nor is longer than others where no word ends", () => {
  const text = indexText("The end.\n\nA note of it.\n\nAnother.", makeDivider(rulesOf("en")))
  const at = (/** @type {number} */ start) => [{ start, end: start + 3, worth: 1, weight: 1 }]
  assert.equal(teaser(text, []), "The end.")
  assert.equal(teaser(text, at(4)), "The <mark>end</mark>.")
  assert.equal(teaser(text, at(20)), "A note of <mark>it.</mark>")
  const endless = indexText(`${"a".repeat(400)} end`, makeDivider(rulesOf("en")))
  assert.equal(teaser(endless, []), `${"a".repeat(160)}…`)
})

test("Japanese in Latin letters is read as words of the handbook, with blanks or without", () => {
  const index = buildIndex({
    language: rulesOf("ja"),
    pages: [
      page("minutes/", "議事録", "会議の記録。翻訳する。"),
      page("flow/", "会議の進め方", "チラシを配る。支部を作る。"),
    ],
    terms: [],
    readings: {
      議: "ぎ",
      事: "じ",
      録: "ろく",
      会: "かい",
      進: "すす",
      方: "かた",
      翻: "ほん",
      訳: "やく",
    },
  })
  for (const [typed, read] of [
    ["gijiroku", "議事録"],
    ["kaigi no susumekata", "会議 no 進め方"],
    ["kaiginosusumekata", "会議の進め方"],
    ["honyaku", "翻訳"], // ほにゃく is nothing
    ["tirasi", "チラシ"],
    ["chirashi", "チラシ"],
  ]) {
    assert.ok(index.read(typed).includes(read), `${typed}: ${index.read(typed)}`)
  }
  for (const other of ["made", "netflix", "toyota", "photo"])
    assert.deepEqual(index.read(other), [])
})
