// @ts-check
// Results in the form that Material's script shows: HTML with the words found in <mark>.

/**
 * @typedef {object} Result
 * @property {string} location
 * @property {string} title  HTML
 * @property {string} text  HTML
 * @property {number} score
 * @property {Record<string, never>} terms  Material would list terms that are missing; ours lists none
 */

const TEASER = 160 // characters of a text that are shown

/**
 * Return the sections of a page that were found, the one that answers first. Material wants the page itself, its first
 * section, among them.
 * @param {JudgedPage} page
 * @returns {Result[]}
 */
function showPage({ score, sections, answer }) {
  const isAnswer = (/** @type {JudgedSection} */ { section }) => Number(section === answer)
  return sections
    .filter((section, nth) => nth === 0 || section.score || isAnswer(section))
    .sort((a, b) => isAnswer(b) - isAnswer(a) || b.score - a.score)
    .map(({ section, marks, score: own }) => ({
      location: section.location,
      title: mark(section.title.text, marks.title),
      text: teaser(section.text, marks.text),
      score: score + own / 100,
      terms: {},
    }))
}

/**
 * Return some whole words of a text, from a line of it on: those where most of the query is, or the first
 * ones. A footnote, before which a line is blank, stands by itself.
 * @param {IndexedText} text
 * @param {WeighedHit[]} hits
 */
function teaser({ text, words }, hits) {
  const first = answeringHit(text, hits)
  const line = text.lastIndexOf("\n", first) + 1
  const from = Math.max(line, words.find(word => word.start >= first - TEASER / 2)?.start ?? 0)
  const note = text.indexOf("\n\n", from)
  const end = note < 0 ? text.length : note
  const last = words.filter(word => word.start >= from && word.end <= from + TEASER).at(-1)
  const to = end - from <= TEASER ? end : (last?.end ?? from + TEASER)
  return (from > line ? "…" : "") + mark(text.slice(0, to), hits, from) + (to < end ? "…" : "")
}

/**
 * Return where the passage begins that has most of a query: of the hits of one line that a teaser can
 * show together, those that weigh most. Each term counts once, however often it is there.
 * @param {string} text
 * @param {WeighedHit[]} hits
 */
function answeringHit(text, hits) {
  let best = { start: 0, weight: 0 }
  for (const { start } of [...hits].sort((a, b) => a.start - b.start)) {
    const line = text.indexOf("\n", start)
    const end = Math.min(start + TEASER / 2, line < 0 ? text.length : line)
    /** @type {Map<number, number>} */
    const terms = new Map() // by weight: two terms of one weight are as good as one term twice
    for (const hit of hits) {
      if (hit.start < start || hit.end > end) continue
      terms.set(hit.weight, Math.max(hit.worth, terms.get(hit.weight) ?? 0))
    }
    const weight = sum([...terms].map(([each, worth]) => each * worth))
    if (weight > best.weight) best = { start, weight }
  }
  return best.start
}

/**
 * Return a text from a place on as HTML, with each hit in <mark>; of hits that overlap, the first.
 * @param {string} text
 * @param {Hit[]} hits
 */
function mark(text, hits, from = 0) {
  let html = ""
  let at = from
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start)) {
    if (start < at || end > text.length) continue
    html += `${escapeHTML(text.slice(at, start))}<mark>${escapeHTML(text.slice(start, end))}</mark>`
    at = end
  }
  return html + escapeHTML(text.slice(at))
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }

/** @param {string} text */
function escapeHTML(text) {
  return text.replace(/[&<>]/g, character => ENTITIES[character])
}
