// The search worker: what it answers, and when it loads what.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { runInThisContext } from "node:vm"
import { run, THEME, rulesOf } from "./load.js"

const INDEX = {
  language: rulesOf("en"),
  pages: [{ description: "", keywords: "", sections: [["money/", "Money", "Dues."]] }],
  terms: [],
}
const host = { isOnline: true, index: "search/en.json", asked: [] }
const sent = []
/** What other scripts hear of the worker, by the name of the channel. */
const heard = []
let listen

/** Answer as a host does: with the index, or with a script of the theme. */
async function fetchFile(address) {
  if (!host.isOnline) throw new TypeError("no connection")
  const path = address.pathname.slice(1)
  host.asked.push(path)
  if (path === host.index) return new Response(JSON.stringify(INDEX))
  if (!path.endsWith(".js")) return new Response("", { status: 404 })
  return new Response(readFileSync(new URL(path, THEME)))
}

// A script that was fetched is handed from one to the other as it is.
URL.createObjectURL = script => script
URL.revokeObjectURL = () => {}
Object.assign(globalThis, {
  location: {
    href: "https://example.org/assets/search.js#search/en.json",
    hash: "#search/en.json",
  },
  addEventListener: (_, listener) => {
    listen = listener
  },
  postMessage: message => sent.push(message),
  fetch: fetchFile,
  BroadcastChannel: class {
    constructor(name) {
      this.name = name
    }
    postMessage(message) {
      heard.push([this.name, message])
    }
  },
  Blob: class {
    constructor([text]) {
      this.script = text
    }
  },
  importScripts: ({ script }) => runInThisContext(script),
})
run("assets/search.js")

const type = data => listen({ data: { type: 2, data } })

test("it says that it is ready and loads nothing before the first query", async () => {
  assert.deepEqual(sent.splice(0), [{ type: 1 }])
  await listen({ data: { type: 0, data: {} } })
  assert.deepEqual(sent, [])
  await type("  ")
  assert.deepEqual(sent.splice(0), [{ type: 3, data: { items: [] } }])
  assert.deepEqual(host.asked, [])
})

test("what failed to load is loaded with the next key, and only that", async () => {
  host.isOnline = false
  await assert.rejects(type("mone"), /no connection/)
  host.isOnline = true
  host.index = "moved.json"
  await assert.rejects(type("mone"), /404/)
  host.index = "search/en.json"
  await type("money")
  const [{ type: kind, data }] = sent.splice(0)
  assert.equal(kind, 3)
  assert.equal(data.items[0][0].location, "money/")
  const scripts = host.asked.filter(path => path.endsWith(".js"))
  assert.equal(new Set(scripts).size, scripts.length)
})

test("nothing more is loaded for the next query", async () => {
  host.asked.length = 0
  await type("dues")
  assert.deepEqual(host.asked, [])
})

test("for a query that nothing answers, the nearest pages are told to the search box", async () => {
  heard.length = 0
  await type("money")
  await type("money dues glorptic brumbled")
  await type(" ")
  const near = [{ location: "money/", title: "Money" }]
  const channel = "https://example.org/search/en.json"
  assert.deepEqual(heard, [
    [channel, { query: "money", near: [] }],
    [channel, { query: "money dues glorptic brumbled", near }],
  ])
})
