// @ts-check
// What Material's search box lacks. It reads the box when a key is let go, and text may come without keys.
// It is silent while the index is fetched, and where nothing is found its panel is empty: ways to go on are
// in it then, and the pages that come nearest to what was asked for.

const field = /** @type {HTMLInputElement} */ (document.querySelector(".md-search__input"))
const told = /** @type {HTMLElement} */ (document.querySelector(".md-search-result__meta"))
const list = /** @type {HTMLElement} */ (document.querySelector(".md-search-result__list"))
const ways = /** @type {HTMLElement} */ (document.querySelector(".search-ways"))
const nearest = /** @type {HTMLElement} */ (ways.querySelector(".search-ways__nearest"))
const { loading = "", failed = "", index = "" } = ways.dataset

/** @type {Promise<boolean> | undefined} */
let fetched
let isThere = false
let isTold = false

/**
 * Fetch the index once, so that it is in the browser's cache when the search worker asks for it.
 * Return whether it came; after a failure, the next call tries again.
 */
function fetchIndex() {
  fetched ??= fetch(index).then(
    async response => response.ok && Boolean(await response.blob()),
    () => false
  )
  return fetched.then(came => {
    isThere = came
    if (!came) fetched = undefined
    return came
  })
}

// Whoever goes to the box will search: the index comes, and the worker reads it, while they think of a
// word. Material hands the worker what is in the box: a space says that a word will follow. That the box
// is empty again is not told: the answer would come behind the first letters, and be shown as theirs.
field.addEventListener("focus", async () => {
  if (!(await fetchIndex()) || isTold || field.value) return
  isTold = true
  field.value = " "
  field.dispatchEvent(new Event("keyup"))
  field.value = ""
})

// Text that is pasted, dictated, dropped or chosen from candidates comes without a key.
field.addEventListener("input", async () => {
  field.dispatchEvent(new Event("keyup"))
  if (!field.value.trim() || isThere) return
  told.textContent = loading
  if (!(await fetchIndex()) && told.textContent === loading) told.textContent = failed
})

// Material tells how much was found, then lists it: by the time an observer is called, it has done both.
new MutationObserver(() => {
  const isWaiting = [loading, failed].includes(told.textContent ?? "")
  ways.hidden = isWaiting || !field.value.trim() || list.childElementCount > 0
}).observe(told, { childList: true, characterData: true, subtree: true })

const address = new URL(index, location.href)

/**
 * Return an item that leads to a page.
 * @param {{ location: string, title: string }} page
 */
function itemOf(page) {
  const link = document.createElement("a")
  link.href = String(new URL(`../${page.location}`, address))
  link.textContent = page.title
  const item = document.createElement("li")
  item.append(link)
  return item
}

// The workers of all windows with this language's index are heard.
if ("BroadcastChannel" in globalThis) {
  new BroadcastChannel(String(address)).onmessage = ({ data: { query, near } }) => {
    if (query !== field.value) return
    nearest.hidden = !near.length
    nearest.querySelector("ul")?.replaceChildren(...near.map(itemOf))
  }
}
