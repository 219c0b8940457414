// @ts-check
// The tools at the foot of a page: share it, and name the paragraph in a report of a mistake.

const tools = document.querySelector(".tools")
const share = tools?.querySelector("button")
const report = /** @type {HTMLAnchorElement | null} */ (
  tools?.querySelector("[data-report]") ?? null
)

/** Not every browser has all of it. @type {Partial<Pick<Navigator, "clipboard" | "share">>} */
const device = navigator

// Sharing ---------------------------------------------------------------------------------------

/** @param {HTMLButtonElement} button */
async function send(button) {
  const { title, text, address, done } = button.dataset
  if (device.share) {
    await device.share({ title, text, url: address }).catch(() => {}) // readers may change their mind
    return
  }
  const shared = `${text}\n${address}`
  const status = tools?.querySelector("[aria-live]")
  const tell = (/** @type {string} */ words) => status?.replaceChildren(words)
  await device.clipboard?.writeText(shared).then(
    () => tell(done ?? ""),
    () => tell(shared) // to be copied by hand
  )
}

if (share && (device.share || device.clipboard)) {
  share.closest("li")?.removeAttribute("hidden")
  share.addEventListener("click", () => send(share))
}

// Reporting -------------------------------------------------------------------------------------

const BLOCKS = ".md-content :is(p, li, dt, dd, td, th, h1, h2, h3, h4, figcaption, summary)"
const NOT_TEXT = "aside, .md-content__button, .headerlink, .pair__other"
const ADDED = ".headerlink, .number, .state, .pair__other, sup"
const LONGEST = 60 // characters of a paragraph that a report quotes

/** @type {Element | undefined} The paragraph that was selected or tapped last */
let chosen
let selection = ""

/**
 * Return the beginning of a text on one line.
 * @param {string} text
 */
export function excerpt(text) {
  const characters = [...text.replace(/\s+/g, " ").trim()]
  const begin = characters.slice(0, LONGEST).join("")
  return characters.length > LONGEST ? `${begin}…` : begin
}

/**
 * Return how a report names a paragraph, and the words in it that were selected.
 * @param {string} paragraph
 * @param {string} words
 */
export function quote(paragraph, words) {
  return words ? `“${paragraph}” → “${words}”` : `“${paragraph}”`
}

/**
 * Return an element's paragraph, where it is in one that can be reported.
 * @param {Element | null | undefined} element
 */
function paragraphOf(element) {
  const block = element?.closest(BLOCKS)
  return block && !block.closest(NOT_TEXT) ? block : undefined
}

/** Return the paragraph in the middle of the window. */
function nearest() {
  const distance = (/** @type {Element} */ block) => {
    const { top, bottom } = block.getBoundingClientRect()
    return Math.abs((top + bottom - innerHeight) / 2)
  }
  return [...document.querySelectorAll(BLOCKS)]
    .filter(block => !block.closest(NOT_TEXT))
    .reduce((a, b) => (distance(b) < distance(a) ? b : a))
}

/** @param {Element} block */
function textOf(block) {
  const copy = /** @type {Element} */ (block.cloneNode(true))
  for (const each of copy.querySelectorAll(ADDED)) each.remove()
  return excerpt(copy.textContent ?? "")
}

document.addEventListener("pointerdown", event => {
  const block = paragraphOf(/** @type {Element} */ (event.target))
  if (!block) return
  chosen = block
  selection = ""
})
document.addEventListener("selectionchange", () => {
  const selected = getSelection()
  if (!selected || selected.isCollapsed) return
  const { anchorNode } = selected
  const block = paragraphOf(anchorNode instanceof Element ? anchorNode : anchorNode?.parentElement)
  if (!block) return
  chosen = block
  selection = excerpt(String(selected))
})
report?.addEventListener("click", () => {
  const quoted = quote(textOf(chosen ?? nearest()), selection)
  report.href = (report.dataset.report ?? "").replace("{paragraph}", encodeURIComponent(quoted))
})
