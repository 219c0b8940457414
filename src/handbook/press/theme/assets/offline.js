// @ts-check
// Registers the service worker that keeps visited pages, and lists those pages where one is missing.

/** @typedef {{ url: string, title: string, language: string }} SavedPage */

/**
 * Register the worker, and tell it what this page has loaded before there was a worker.
 * @param {string} address
 */
async function register(address) {
  const { serviceWorker } = navigator
  const isFirst = !serviceWorker.controller
  await serviceWorker.register(address, { updateViaCache: "none" })
  const { active } = await serviceWorker.ready
  const loaded = performance.getEntriesByType("resource").map(each => each.name)
  if (isFirst) active?.postMessage([location.href, ...loaded])
}

/** Return the saved pages that have a title. */
async function savedPages() {
  const { scope } = await navigator.serviceWorker.ready
  const name = (await caches.keys()).find(each => each.endsWith(` ${scope}`))
  if (!name) return []
  const cache = await caches.open(name)
  const requests = (await cache.keys()).filter(({ url }) => /(?:\/|\.html)$/.test(url))
  const pages = await Promise.all(requests.map(request => readPage(request, cache)))
  return pages.filter(page => page.title)
}

/**
 * Read title and language of a saved page.
 * @param {Request} request
 * @param {Cache} cache
 * @returns {Promise<SavedPage>}
 */
async function readPage(request, cache) {
  const response = await cache.match(request)
  const [head] = ((await response?.text()) ?? "").split("</head>")
  const { documentElement } = new DOMParser().parseFromString(head, "text/html")
  const title = documentElement.querySelector("meta[property='og:title']")?.getAttribute("content")
  return { url: request.url, title: title ?? "", language: documentElement.lang }
}

/**
 * Return pages by title, those in the reader's own language first.
 * @param {SavedPage[]} pages
 * @param {string} language
 */
export function inOrder(pages, language) {
  const isForeign = (/** @type {SavedPage} */ page) => Number(page.language !== language)
  return [...pages].sort(
    (a, b) => isForeign(a) - isForeign(b) || a.title.localeCompare(b.title, language)
  )
}

/** @param {SavedPage} page */
function itemOf({ url, title, language }) {
  const link = document.createElement("a")
  Object.assign(link, { href: url, lang: language, textContent: title })
  const item = document.createElement("li")
  item.append(link)
  return item
}

/** @param {HTMLElement} element  with an empty list, hidden until there is something in it */
async function list(element) {
  const pages = inOrder(await savedPages(), document.documentElement.lang)
  element.querySelector("ul")?.append(...pages.map(itemOf))
  element.hidden = !pages.length
}

// Where workers are not allowed, nothing is saved and nothing is said.
const script = /** @type {HTMLElement | null} */ (document.querySelector("script[data-worker]"))
if (script && "serviceWorker" in navigator) {
  const { worker = "" } = script.dataset
  addEventListener("load", () => register(worker).catch(() => {}))
  const lists = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-saved]"))
  for (const element of lists) list(element).catch(() => {})
}
