// @ts-check
// Keeps visited pages readable without a connection. A build puts the constant KEPT before this:
// the pages that stand in for others and the files they need, or null. With null, the worker removes
// everything that was saved, and itself.

// Sites of one host share their caches, so the name carries the address of this one.
const CACHE = `bitext 1 ${registration.scope}`
const HASHED = /[\w-]+\.[0-9a-f]{8}\.min\.(?:css|js)/g // such a file never changes
const PAGE = /(?:\/|\.html)$/
const DOWNLOAD = /\.(?:pdf|epub|zip)$/ // readers have it already, so it is not kept twice

/** @param {string} name  of a cache */
function isOurs(name) {
  return name.startsWith("bitext ") && name.endsWith(` ${registration.scope}`)
}

/** @param {string} url */
function isHashed(url) {
  return url.search(HASHED) >= 0
}

/** @param {string} url */
function isKept(url) {
  return url.startsWith(registration.scope) && !DOWNLOAD.test(withoutQuery(url))
}

/** @param {string} url */
function withoutQuery(url) {
  return url.replace(/[?#].*/, "")
}

/** @param {NonNullable<typeof KEPT>} kept */
async function install({ pages, needs }) {
  const cache = await caches.open(CACHE)
  const requests = [...pages, ...needs].map(url => new Request(url, { cache: "no-cache" }))
  await cache.addAll(requests)
}

/**
 * Delete caches of this site.
 * @param {(name: string) => boolean} isOutdated
 */
async function forget(isOutdated) {
  const names = await caches.keys()
  const outdated = names.filter(name => isOurs(name) && isOutdated(name))
  await Promise.all(outdated.map(name => caches.delete(name)))
}

/** Delete hashed files that no saved page names; older builds' files stay as long as one does. */
async function prune() {
  const cache = await caches.open(CACHE)
  const saved = await cache.keys()
  const pages = saved.filter(({ url }) => PAGE.test(url))
  const texts = await Promise.all(pages.map(async page => (await cache.match(page))?.text() ?? ""))
  const named = new Set(texts.flatMap(text => text.match(HASHED) ?? []))
  const unused = saved.filter(({ url }) => isHashed(url) && !named.has(url.split("/").pop() ?? ""))
  await Promise.all(unused.map(request => cache.delete(request)))
}

/**
 * Save a response under its address without the query, so that each page is there once. Delete what the
 * host says is gone.
 * @param {string} url
 * @param {Response} response
 */
async function keep(url, response) {
  const cache = await caches.open(CACHE)
  if (response.ok) await cache.put(withoutQuery(url), response)
  else if ([404, 410].includes(response.status)) await cache.delete(withoutQuery(url))
}

/**
 * Return what is saved of an address. Some hosts lead from “503.html” to “503”; a browser takes no answer
 * for a page that was led elsewhere, so it is answered anew.
 * @param {string} url
 */
async function saved(url) {
  const cache = await caches.open(CACHE)
  const found = await cache.match(withoutQuery(url), { ignoreVary: true })
  return found?.redirected ? new Response(found.body, { headers: found.headers }) : found
}

/**
 * Answer from the network, first and without a time limit: readers who are online never see an old
 * page. The host is asked whether its answer has changed, which costs a few bytes where it has not.
 * @param {FetchEvent} event
 */
async function answer(event) {
  const { request } = event
  const { url } = request
  const hashed = isHashed(url) && (await saved(url))
  if (hashed) return hashed
  try {
    const response = await fetch(request, { cache: "no-cache" })
    event.waitUntil(keep(url, response.clone()).catch(() => {})) // the device may be full
    return response
  } catch {
    const standIn = request.mode === "navigate" && (await saved(standInFor(url)))
    return (await saved(url)) || standIn || Response.error()
  }
}

/**
 * Return the page to show instead of one that is not saved: that of its language. The default language
 * is at the root and comes first in KEPT: it matches every address. Each other one has a folder.
 * @param {string} url
 */
function standInFor(url) {
  const pages = (KEPT?.pages ?? []).map(page => new URL(page, registration.scope).href)
  const standIn = pages.reverse().find(page => url.startsWith(new URL(".", page).href))
  return /** @type {string} */ (standIn)
}

/**
 * Save what a page loaded before there was a worker, from the browser's own cache.
 * @param {string[]} urls
 */
async function take(urls) {
  for (const url of urls.filter(isKept)) {
    if (!(await saved(url))) await keep(url, await fetch(url, { cache: "force-cache" }))
  }
}

async function activate() {
  await forget(name => name !== CACHE)
  await prune()
  await clients.claim()
}

async function remove() {
  await forget(() => true)
  await registration.unregister()
}

addEventListener("install", () => skipWaiting())
if (KEPT) {
  const kept = KEPT
  addEventListener("install", event => event.waitUntil(install(kept)))
  addEventListener("activate", event => event.waitUntil(activate()))
  addEventListener("fetch", event => {
    const { method, url } = event.request
    if (method === "GET" && isKept(url)) event.respondWith(answer(event))
  })
  addEventListener("message", event => event.waitUntil(take(event.data)))
} else {
  addEventListener("activate", event => event.waitUntil(remove()))
}
