// Keeps visited pages readable without a connection. A build puts the constant KEPT before this:
// the pages that stand in for others and what they need, or null, and then everything is removed.
// Sites of one host share their caches, so ours carry the address of this one.
const CACHE = `bitext 1 ${registration.scope}`
const HASHED = /[\w-]+\.[0-9a-f]{8}\.min\.(?:css|js)/g // such a file never changes
const FILE = /\.(?:pdf|epub|zip)$/ // what a reader downloads is not kept twice

const isOurs = name => name.startsWith("bitext ") && name.endsWith(` ${registration.scope}`)
const isHashed = url => url.search(HASHED) >= 0
const plain = url => url.replace(/[?#].*/, "")

async function install() {
  const cache = await caches.open(CACHE)
  const urls = [...KEPT.pages, ...KEPT.needs]
  await cache.addAll(urls.map(url => new Request(url, { cache: "no-cache" })))
}

async function forget(isDoomed) {
  const names = await caches.keys()
  await Promise.all(names.filter(name => isOurs(name) && isDoomed(name)).map(name => caches.delete(name)))
}

// Files of older builds stay for as long as a saved page names them.
async function prune() {
  const cache = await caches.open(CACHE)
  const saved = await cache.keys()
  const pages = saved.filter(({ url }) => /(?:\/|\.html)$/.test(url))
  const texts = await Promise.all(pages.map(async page => (await cache.match(page)).text()))
  const named = new Set(texts.flatMap(text => text.match(HASHED) ?? []))
  const unused = saved.filter(({ url }) => isHashed(url) && !named.has(url.split("/").pop()))
  await Promise.all(unused.map(request => cache.delete(request)))
}

// Saved under the address without its search words, so that a page is there once.
async function keep(url, response) {
  const cache = await caches.open(CACHE)
  if (response.ok) await cache.put(plain(url), response)
  else if ([404, 410].includes(response.status)) await cache.delete(plain(url))
}

async function saved(url) {
  return (await caches.open(CACHE)).match(plain(url), { ignoreVary: true })
}

// The network first and without a time limit: who is online never sees an old page. The host is
// asked whether its answer has changed, which costs a few bytes where it has not.
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
    const standIn = request.mode === "navigate" && (await saved(pageInsteadOf(url)))
    return (await saved(url)) || standIn || Response.error()
  }
}

// The default language stands at the root and comes first, every other in a folder of its own.
function pageInsteadOf(url) {
  const pages = KEPT.pages.map(page => new URL(page, registration.scope).href)
  return pages.reverse().find(page => url.startsWith(new URL(".", page).href))
}

// What a page loaded before there was a worker, from the browser's own store.
async function take(urls) {
  for (const url of urls.filter(isKept)) {
    if (!(await saved(url))) await keep(url, await fetch(url, { cache: "force-cache" }))
  }
}

const isKept = url => url.startsWith(registration.scope) && !FILE.test(plain(url))

if (KEPT) {
  addEventListener("install", event => event.waitUntil(install()))
  addEventListener("activate", event => {
    event.waitUntil(forget(name => name !== CACHE).then(prune).then(() => clients.claim()))
  })
  addEventListener("fetch", event => {
    if (event.request.method === "GET" && isKept(event.request.url)) event.respondWith(answer(event))
  })
  addEventListener("message", event => event.waitUntil(take(event.data)))
} else {
  addEventListener("activate", event => {
    event.waitUntil(forget(() => true).then(() => registration.unregister()))
  })
}
addEventListener("install", () => skipWaiting())
