// The search worker: what it answers, and when it loads what.
import assert from "node:assert/strict"
import { test } from "node:test"
import { run } from "./load.js"

const INDEX = {
  language: "en",
  pages: [{ description: "", keywords: "", sections: [["money/", "Money", "Dues."]] }],
  terms: [],
}
const host = { online: true, asked: [] }
const sent = []
let listen

Object.assign(globalThis, {
  location: {
    href: "https://example.org/assets/search.js#search/en.json",
    hash: "#search/en.json",
  },
  addEventListener: (_, listener) => (listen = listener),
  postMessage: message => sent.push(message),
  fetch: async address => {
    if (!host.online) throw new TypeError("no connection")
    host.asked.push(address.href)
    return { json: async () => INDEX }
  },
  importScripts: path => {
    if (!host.online && path.endsWith("find.js")) throw new Error("no connection")
    host.asked.push(path)
    run(`assets/${path}`)
  },
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

test("what failed to load is loaded with the next key", async () => {
  host.online = false
  await assert.rejects(type("mone"))
  host.online = true
  await type("money")
  const [{ type: kind, data }] = sent.splice(0)
  assert.equal(kind, 3)
  assert.equal(data.items[0][0].location, "money/")
})

test("everything is loaded once", async () => {
  await type("dues")
  assert.equal(new Set(host.asked).size, host.asked.length)
  assert.ok(host.asked.includes("https://example.org/search/en.json"))
})
