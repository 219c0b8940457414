// @ts-check
// A paragraph asked for by its number: "structure 3.12", 組織のしくみ３．１２, with a version behind it
// where it was quoted from an older one: "structure 3.12 2026-11-28", "structure 3.12 (1f2e3d4)".

const NUMBERED = RegExp(
  [
    "^(?<name>.*?\\D)",
    "(?:\\s+p|#p|\\s*[§#])?\\s*", // "structure p3.12", an address with #p3.12, "structure § 3.12"
    "(?<section>\\d{1,3})(?:[.,](?<place>\\d{1,3}))?",
    "(?:[\\s,،@(]+(?:\\p{L}+\\s+)?", // "(1f2e3d4)", "@1f2e3d4", ", version 1f2e3d4"
    "(?:[^()@]{2,60}[(,،、]\\s*)?", // ", version of November 28, 2026 (1f2e3d4):", as it is copied
    "(?<version>\\d{4}-\\d\\d-\\d\\d|[0-9a-f]{7,40})[\\s):]*)?$",
  ].join(""),
  "u"
)
const LONGEST = 200 // characters of a query that may be a title with a number
const NAME_END = /[\s§#,،:]+$/

/**
 * Return what a query asks for by a number: the folded name of a page, section, place and version.
 * @param {string} query
 */
function readNumber(query) {
  if (query.length > LONGEST) return ""
  const typed = fold(query.normalize("NFKC")).trim()
  const { name = "", section = "", place = "1", version = "" } = typed.match(NUMBERED)?.groups ?? {}
  const page = name.replace(NAME_END, "")
  return page && { page, section: Number(section), place: Number(place), version }
}

/**
 * Return how surely a page is meant by a name: by its title or its address, or the title's beginning.
 * @param {IndexedPage} page
 * @param {string} name  folded
 */
function isCalled({ sections: [{ location, title }] }, name) {
  const slug = slugOf(location)
  if ([title.folded, slug, slug.replaceAll("-", " ")].includes(name)) return 2
  const address = name.split(" ").at(-1) ?? "" // which is copied behind the words
  if (address.includes("/")) return slugOf(address) === slug ? 2 : 0
  return title.folded.startsWith(name) && (JAPANESE.test(name) || title.ends.has(name.length))
    ? 1
    : 0
}

/**
 * Return the last part of an address, which tells pages apart in all languages.
 * @param {string} address
 */
function slugOf(address) {
  const last = address.split("#")[0].split("/").filter(Boolean).at(-1) ?? ""
  return last.replace(/\.html$/, "")
}

/**
 * Return the result for each paragraph that a query may ask for by its number, best first.
 * @param {string} query
 * @param {Index} index
 * @returns {Result[][]}
 */
function findNumber(query, index) {
  const asked = readNumber(query)
  if (!asked) return []
  const { page: name, section, place, version } = asked
  // An older version may have had more paragraphs.
  const isThere = (/** @type {IndexedPage} */ page) =>
    version ? page.passages.length > 0 : place > 0 && place <= (page.numbers[section] ?? 0)
  return index.pages
    .map(page => ({ page, sure: isCalled(page, name) }))
    .filter(({ page, sure }) => sure > 0 && isThere(page))
    .sort((a, b) => b.sure - a.sure || b.page.passages.length - a.page.passages.length)
    .slice(0, 3)
    .map(({ page }) => [numberResult(page, `${section}.${place}`, version)])
}

/**
 * @param {IndexedPage} page
 * @param {string} number
 * @param {string} version
 * @returns {Result}
 */
function numberResult(page, number, version) {
  const { location, title } = page.sections[0]
  const [section, place] = number.split(".").map(Number)
  const before = page.numbers.slice(0, section).reduce((sum, count) => sum + count, 0)
  const excerpt = version ? "" : (page.passages[before + place - 1] ?? "")
  return {
    location: `${location.split("#")[0]}#p${number}${version && `@${version}`}`,
    title: escapeHTML(`${title.text} ${number}${version && ` (${version})`}`) + small(excerpt),
    text: "", // Material shows none with the first of a page's results that is no page
    score: 1e6,
    terms: {},
  }
}

/** @param {string} text */
function small(text) {
  return text && ` <small>${escapeHTML(text)}</small>`
}
