// The service worker, over caches in memory.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { runInThisContext } from "node:vm"
import { run } from "./load.js"

const SITE = "https://example.org/handbook/"

class MemoryCache {
  saved = new Map()
  async keys() {
    return [...this.saved.keys()].map(url => ({ url }))
  }
  async match(request) {
    const found = this.saved.get(request.url ?? request)
    return found && Object.defineProperty(found.clone(), "redirected", { value: found.redirected })
  }
  async put(url, response) {
    this.saved.set(url, response)
  }
  async delete(request) {
    return this.saved.delete(request.url ?? request)
  }
}

const stores = new Map()
const host = { online: true, pages: new Map() }
Object.assign(globalThis, {
  KEPT: { version: "1", pages: ["503.html", "es/503.html"], needs: [] },
  registration: { scope: SITE },
  addEventListener() {},
  fetch: async request => {
    if (!host.online) throw new TypeError("no connection")
    const url = (request.url ?? request).replace(/[?#].*/, "")
    return host.pages.has(url)
      ? new Response(host.pages.get(url))
      : new Response("", { status: 404 })
  },
})
Object.defineProperty(globalThis, "caches", {
  value: {
    open: async name => stores.get(name) ?? stores.set(name, new MemoryCache()).get(name),
    keys: async () => [...stores.keys()],
    delete: async name => stores.delete(name),
  },
})
run("worker.js")
const worker = runInThisContext(
  "({ CACHE, answer, forget, isKept, keep, prune, saved, standInFor, take })"
)

beforeEach(() => {
  stores.clear()
  host.online = true
  host.pages = new Map([[`${SITE}page/`, "the page"]])
})

/** Ask the worker as a browser does; returns the text of its answer. */
async function ask(address, mode = "navigate") {
  const waiting = []
  const request = { url: SITE + address, mode }
  const response = await worker.answer({ request, waitUntil: each => waiting.push(each) })
  await Promise.all(waiting)
  return response.type === "error" ? "error" : response.text()
}

test("downloads and other sites are not kept", () => {
  assert.ok(worker.isKept(`${SITE}page/?from=a-friend`))
  assert.ok(!worker.isKept(`${SITE}books/handbook.pdf`))
  assert.ok(!worker.isKept(`${SITE}books/handbook.epub?new#1`))
  assert.ok(!worker.isKept("https://example.org/other/"))
})

test("a visited page is there without a connection, whatever its query", async () => {
  assert.equal(await ask("page/?from=a-friend"), "the page")
  host.online = false
  assert.equal(await ask("page/"), "the page")
  assert.equal(await ask("page/#heading"), "the page")
})

test("a reader who is online sees the newest page", async () => {
  await ask("page/")
  host.pages.set(`${SITE}page/`, "a newer page")
  assert.equal(await ask("page/"), "a newer page")
})

test("a file whose name has its hash is not asked for again", async () => {
  const file = "assets/main.0123abcd.min.css"
  host.pages.set(SITE + file, "style")
  await ask(file, "no-cors")
  host.pages.set(SITE + file, "another")
  assert.equal(await ask(file, "no-cors"), "style")
})

test("a page that is gone is forgotten", async () => {
  await ask("page/")
  host.pages.clear()
  await ask("page/")
  assert.equal(await worker.saved(`${SITE}page/`), undefined)
})

test("where a page is missing, one of its language stands in; where a file is, nothing does", async () => {
  for (const page of KEPT.pages) await worker.keep(SITE + page, new Response(page))
  host.online = false
  assert.equal(await ask("unvisited/"), "503.html")
  assert.equal(await ask("es/unvisited/"), "es/503.html")
  assert.equal(await ask("image.png", "no-cors"), "error")
  assert.equal(worker.standInFor(`${SITE}estimate/`), `${SITE}503.html`)
})

test("what a host has led to another address is answered as if it had not", async () => {
  const led = new Response("503", { headers: { "Content-Type": "text/html" } })
  await worker.keep(`${SITE}503.html`, Object.defineProperty(led, "redirected", { value: true }))
  const found = await worker.saved(`${SITE}503.html`)
  assert.deepEqual([found.redirected, found.headers.get("Content-Type")], [false, "text/html"])
  assert.equal(await found.text(), "503")
})

test("hashed files stay for as long as a saved page names them", async () => {
  await worker.keep(`${SITE}page/`, new Response("<link href=../assets/main.0123abcd.min.css>"))
  await worker.keep(`${SITE}assets/main.0123abcd.min.css`, new Response("old, named"))
  await worker.keep(`${SITE}assets/main.ffffffff.min.css`, new Response("old, not named"))
  await worker.keep(`${SITE}assets/look.css`, new Response("not hashed"))
  await worker.prune()
  const left = (await (await caches.open(worker.CACHE)).keys()).map(({ url }) =>
    url.slice(SITE.length)
  )
  assert.deepEqual(left, ["page/", "assets/main.0123abcd.min.css", "assets/look.css"])
})

test("only this site's caches are deleted", async () => {
  const older = worker.CACHE.replace(" 1 ", " 0 ")
  const others = [worker.CACHE.replace(SITE, "https://example.org/other/"), `another one ${SITE}`]
  for (const name of [worker.CACHE, older, ...others]) await caches.open(name)
  await worker.forget(name => name !== worker.CACHE)
  assert.deepEqual(await caches.keys(), [worker.CACHE, ...others])
})

test("what a page loaded before there was a worker is saved once", async () => {
  await worker.take([`${SITE}page/`, "https://example.org/other/"])
  host.pages.set(`${SITE}page/`, "a newer page")
  await worker.take([`${SITE}page/`])
  assert.equal(await (await worker.saved(`${SITE}page/`)).text(), "the page")
})
