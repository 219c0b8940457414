// @ts-check
// How much search counts what. The numbers were chosen by hand and kept where they answered the most
// queries: the 180 of tests/texts/search, and sets of 40 a language by authors who had not seen this code.
// `node benchmarks/search/weights.js` changes each weight alone, from a half of it to four times, and
// counts how many of the 180 stay right; a range below is where all do, as far as it was tried.

const WEIGHTS = Object.freeze({
  // How sure a hit is, from 0 to 1.

  /** The word as it was typed; the measure of the others. */
  wholeWord: 1,
  /** A word that begins with what was typed: “facil” may become “facilitation”. Range 0.63 to 1.05. */
  beginning: 0.7,
  /** Another form of the word, by its stem; times the share of letters they have in common. Range 0.7 to
   * 1.05. */
  sameStem: 0.7,
  /** Share of letters that it has at least in common, where letters are no syllables: a “canción” is nothing
   * of “Canadá”. */
  stemLikeness: 0.45,
  /** A word that may have been meant by one that is nowhere. Range 0.3 to 0.9. */
  wordMeant: 0.6,
  /** The same of one in which two letters changed places: “frist” is “first” before it is “fist”. */
  swapMeant: 0.7,
  /** The same of one that is of its family: “participation” stands back where “participatory” is meant by
   * “participatry”. */
  familyMeant: 0.59,
  /** A word that sounds like what was typed, or is read so. */
  soundMeant: 0.8,

  /** A near word, of another stem: money for “cash”. */
  nearWord: 0.5,
  /** Share of pages up to which a word that is there is also looked for as a near word. */
  nearOnPages: 0.03,

  // What makes a word one that may have been meant, or one that says little.

  /** Letters of a word in which one may be wrong. In fewer, other words are taken for it. */
  lettersForOneEdit: 5,
  /** Letters of a word in which one may be another. */
  lettersForAnyEdit: 7,
  /** Letters of a word in which two may be wrong. */
  lettersForTwoEdits: 10,

  /** Share of letters from the beginning on that words of one family have in common. With less, other
   * words are taken for it. Range 0.53 up. */
  familyLikeness: 0.7,
  /** Factor for grammar and for words that questions are phrased with. Range 0.08 to 0.6. */
  plainWord: 0.15,

  // What a term counts on a page, by where it is. Each is multiplied by the weight of the term.

  /** In the title of the page. Range 9 to 18; without it 169 are right. */
  pageTitle: 12,
  /** Among the keywords: what readers call a thing. Range 8.1 to 13.5; without it 173 are right. */
  keyword: 9,
  /** In the description. None of the 180 needs it; it finds pages that have a word only there. Range 0
   * to 3. */
  description: 1.5,
  /** In the text of the whole page: one on the matter is before one that mentions it. Range 3 to 8. */
  wholeText: 4,
  /** So many hits on a page are worth a half of that. Range 2.5 to 7.5. */
  wholeTextHalf: 5,
  /** In the heading of the best section. With more, sections outdo pages. Range 0 to 2.75. */
  heading: 2.5,
  /** So many hits in its text are worth a half of 1: fewer than on a page, since it is short. Range 0.75
   * to 3. */
  sectionTextHalf: 1.5,

  // What a page counts beyond its terms.

  /** The whole query is a keyword of the page. Range 3 up; without it “door to door” goes wrong. */
  exactKeyword: 6,
  /** Factor for a query that is in the text just as it was typed. Range 1.13 to 1.65. */
  literal: 1.5,

  // From when on a page is a result: see isEnough. `node benchmarks/search/calibrate.js` finds the five.

  /** What the square root of a page's score has to grow by for each unit that known words ask for. */
  asked: 1.42,
  /** The same for the rarest of them that names nothing on the page. */
  unnamed: 0.52,
  /** The same for each word that is nowhere. */
  unknownWord: 7.8,
  /** The same where a query names another subject. */
  otherSubject: 18,
  /** How much less is enough. */
  lenience: 6.1,
  /** Share of pages from which on a word of another subject is one of the handbook's own. */
  homeOnPages: 0.08,
  /** How surely each word of a query has to be in what names a page or its sections, to be enough. */
  surelyNamed: 0.55,
  /** Share of the words of a query that a page has to have, to be among those that come nearest where none
   * is a result: a right page is among them for 13 of the 17 queries of sets 4 to 8 that found nothing and
   * should have; and something is for 36 of the 188 that should find nothing. With 0.6, 9 and 17. */
  nearShare: 0.5,
  /** How many of those are shown. */
  mostNear: 3,
  /** The fewest pages as which a handbook counts where a word is nowhere: in a small one too, a word that
   * it does not have says much. */
  fewestPages: 40,

  /** A word meant in place of one that is nowhere is not on more than this share of pages: it would say
   * too little. */
  meantOnPages: 0.5,
})
