// @ts-check
// On a phone, what makes a page long is folded: the years of a timeline that have several rows, and a
// long list of footnotes. It is opened by the button above it, by a link to anything in it, and by the
// browser's own search. On wider screens, on paper and without this script, all is open.
import { idIn } from "./address.js"

const ROWS = 3 // as many in a year are folded
const NOTES = 10 // as many at the foot of a page are folded

/**
 * Return the runs of rows of the same year that are long enough to be folded.
 * @template {{ dataset: DOMStringMap }} Row
 * @param {Row[]} rows
 */
export function years(rows) {
  /** @type {Row[][]} */
  const runs = []
  for (const row of rows) {
    const run = runs[runs.length - 1]
    if (run && run[0].dataset.year === row.dataset.year) run.push(row)
    else runs.push([row])
  }
  return runs.filter(run => run.length >= ROWS)
}

/**
 * Fold elements below a button, and return the button.
 * @param {string} label
 * @param {HTMLElement[]} elements
 */
function fold(label, elements) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "fold"
  button.textContent = label
  const set = (/** @type {boolean} */ isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen))
    for (const each of elements) {
      if (isOpen) each.removeAttribute("hidden")
      else each.setAttribute("hidden", "until-found") // which the browser's search finds
    }
  }
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") === "false"))
  for (const each of elements) {
    each.dataset.folded = ""
    each.addEventListener("beforematch", () => set(true))
  }
  set(false)
  return button
}

/** @param {string} label  with {year} and {count} */
function foldYears(label) {
  for (const table of document.querySelectorAll("table:has(> tbody > [data-year])")) {
    const rows = /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("[data-year]")])
    for (const run of years(rows)) {
      const words = label
        .replace("{year}", run[0].dataset.year ?? "")
        .replace("{count}", `${run.length}`)
      const cell = Object.assign(document.createElement("td"), { colSpan: run[0].cells.length })
      cell.append(fold(words, run))
      const row = Object.assign(document.createElement("tr"), { className: "folds" })
      row.append(cell)
      run[0].before(row)
    }
  }
}

/** @param {string} label  with {count} */
function foldNotes(label) {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("article .footnote > ol"))
  if (!list || list.children.length < NOTES) return
  const around = Object.assign(document.createElement("p"), { className: "folds" })
  around.append(fold(label.replace("{count}", `${list.children.length}`), [list]))
  list.before(around)
}

/**
 * Open what a fragment names, before the browser goes there. Return it if it was folded.
 * @param {string} hash
 */
function reveal(hash) {
  const target = document.getElementById(idIn(hash))
  const folded = target?.closest("[data-folded][hidden]")
  folded?.dispatchEvent(new Event("beforematch"))
  return folded ? target : null
}

const words = /** @type {HTMLElement | null} */ (
  typeof document === "undefined" ? null : document.querySelector(".folding")
)
if (words) {
  foldYears(words.dataset.year ?? "")
  foldNotes(words.dataset.notes ?? "")
  addEventListener("hashchange", () => reveal(location.hash)?.scrollIntoView())
  document.addEventListener(
    "click",
    event => {
      const link = event.target instanceof Element ? event.target.closest("a") : null
      if (link?.hash && link.pathname === location.pathname) reveal(link.hash)
    },
    true
  )
  reveal(location.hash)?.scrollIntoView()
}
