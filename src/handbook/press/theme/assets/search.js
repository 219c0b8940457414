// @ts-check
// The search worker. It takes the place of Material's own and answers the same messages, but reads an
// index of one language: its address follows the "#" in the worker's own address.
//
// Material starts it as a classic worker, in which Firefox before 114 cannot import modules. So the files
// of search/ are plain scripts that share one global scope. They and the index are loaded when
// somebody goes to the box: a page on which nobody searches pays for this file only.

/**
 * Material's messages: `query` carries what was typed, `result` what was found.
 * @typedef {{ type: number, data?: unknown }} Message
 */
const MESSAGES = Object.freeze({ ready: 1, query: 2, result: 3 })

const SCRIPTS = [
  "weights",
  "text",
  "subjects",
  "find",
  "kana",
  "romaji",
  "meant",
  "judge",
  "show",
  "number",
].map(name => `search/${name}.js`)

let isAsked = false

addEventListener("message", async (/** @type {MessageEvent<Message>} */ { data: message }) => {
  if (message.type !== MESSAGES.query) return
  const query = String(message.data)
  if (query === " " && !isAsked) {
    // A word will follow: see searchbox.js. An answer would be shown as one to that word.
    void loadIndex().catch(() => {})
    return
  }
  isAsked ||= query !== ""
  const { found, near } = query.trim() ? await answer(query) : { found: [], near: [] }
  postMessage({ type: MESSAGES.result, data: { items: found } })
  if (query.trim()) nearest?.postMessage({ query, near })
})
postMessage({ type: MESSAGES.ready })

/**
 * To searchbox.js, since Material's script hands on nothing but results; other windows hear it too.
 * @type {BroadcastChannel | undefined}
 */
const nearest =
  "BroadcastChannel" in globalThis
    ? new BroadcastChannel(String(addressOf(indexPath())))
    : undefined

/** @param {string} query */
async function answer(query) {
  const index = await loadIndex()
  return search(query, index)
}

const loadScripts = once(async () => {
  const texts = await Promise.all(SCRIPTS.map(async path => (await get(path)).text()))
  // As one: importScripts would fetch each only after the one before. A host that sends a
  // Content-Security-Policy has to allow blob: in script-src.
  const address = URL.createObjectURL(new Blob([texts.join("\n")], { type: "text/javascript" }))
  importScripts(address)
  URL.revokeObjectURL(address)
})

const loadIndex = once(async () => {
  const loading = get(indexPath())
  const [response] = await Promise.all([loading, loadScripts()])
  return buildIndex(await response.json())
})

/**
 * Return a function that does a task once; where it fails, the next call tries again.
 * @template T
 * @param {() => Promise<T>} task
 * @returns {() => Promise<T>}
 */
function once(task) {
  /** @type {Promise<T> | undefined} */
  let result
  return () => {
    result ??= task().catch(error => {
      result = undefined
      throw error
    })
    return result
  }
}

function indexPath() {
  return `../${location.hash.slice(1)}`
}

/**
 * Return the address of a file of the site.
 * @param {string} path  relative to this script
 */
function addressOf(path) {
  return new URL(path, location.href)
}

/**
 * Fetch a file of the site.
 * @param {string} path  relative to this script
 */
async function get(path) {
  const response = await fetch(addressOf(path))
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
  return response
}
