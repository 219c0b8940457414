// @ts-check
// What search knows of each language. Data only: no function is in here.

/**
 * @typedef {object} LanguageRules
 * @property {string[]} endings
 *   What is cut off the end of a word to get its stem, so that other forms of the word are found:
 *   parts of a regular expression. Letters are small and without accents, as in folded text.
 * @property {number} shortestStem
 *   Letters that a stem has at least; a word that would have fewer is its own stem.
 * @property {string} questionWords
 *   Words that queries are phrased with, whatever they ask for, separated by white space. Folded, and
 *   without apostrophes.
 */

/** @type {Readonly<Record<string, LanguageRules>>} */
const LANGUAGES = Object.freeze({
  en: {
    endings: ["(?:at)?(?:ions?|ing|ed|ors?|es|e)", "ings|ers?|ments?|ly|ies|ied|s|y"],
    shortestStem: 4,
    questionWords: `a about all also am an and any anyone are arent as at be been but by can cannot cant
      could couldnt did didnt do does doesnt doing done dont each every everyone for from get gets
      getting give go got gotten guy guys had has hasnt have havent having he her here hes his how
      i id if ill im in into is isnt it its ive just let lets like made make me more most much
      must my need needs no not of ok okay on one or our out own please ppl really she shes should
      shouldnt so some somebody someone something such tell than that thats the their them then
      there theres these they theyre thing things this those to too us use used very want wants
      was wasnt we were weve what whats when where wheres which while who whom whos whose why will
      with wont would wouldnt you your youre`,
  },
  es: {
    endings: [
      // nouns and adjectives
      "[aei]?cion(?:es)?|ion(?:es)?|[ai]mient[oa]s?|[ai]?ntes?|[ae]ncias?|[aei]dor(?:[ae]s?)?",
      "(?:a|ia)?mente|[ai]bles?|ad[oa]s?|id[oa]s?",
      // verbs
      "ando|iendo|aron|ieron|[aei]mos|[aei]n|[ai]ba[ns]?|[aei]r(?:[ls][aeo]s?|me|nos)?",
      "[aeo]s?|s",
    ],
    shortestStem: 4,
    questionWords: `a al algo alguien algun alguna algunas alguno algunos ante asi aun cada como con cual
      cuales cualquier cuando cuanta cuantas cuanto cuantos de debe deben debemos deberia debo del
      desde donde e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estan estar
      estas este esto estos fue ha hace hacemos hacen hacer haces hago hay he la las le les lo los
      mas me mi mis mucha mucho muy necesita necesitamos necesito ni no nos nosotras nosotros nuestra
      nuestro o os para pero podemos poder podria por porque puede pueden puedes puedo que queremos
      quien quienes quiero se sea ser si sin sobre son su sus tal tambien tan te tener tenemos tengo
      tiene tienen toda todas todo todos tu tus un una unas uno unos va vamos y ya yo`,
  },
  ja: {
    endings: ["[\u3041-\u3096ー]+"], // hiragana at the end: what changes with the form of a verb
    shortestStem: 1,
    questionWords: `あり ある ありま いい いう いくら いつ いる かた こと さい しな した すか する すれば
      そう それ ため たち だれ つい て でき できる です でも とき とは どう どうして どうすれば どこ どの
      どんな ない なさい なぜ なに なら なる について は ます もの やり方 よい られる わけ 何 何か 誰
      方法 仕方 取り方 使い方 時 事 物 人 良い 必要 知り 教え 場合 くだ ください 他 ほか`,
  },
})

/** The rules for a language that has none: words are found as they are written. @type {LanguageRules} */
const NO_RULES = Object.freeze({ endings: [], shortestStem: 1, questionWords: "" })
