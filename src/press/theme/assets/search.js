// @ts-check
// The search worker. It takes the place of Material's own and answers the same messages, but reads an
// index of one language: its address follows the "#" in the worker's own address.
//
// Material starts it as a classic worker, and Firefox before 114 knows no other kind: importScripts is
// what all browsers have, so the files of search/ are plain scripts that share one global scope. They
// and the index are loaded with the first query; a page on which nobody searches pays for this file only.

/**
 * Material's messages: `query` carries what was typed, `result` what was found.
 * @typedef {{ type: number, data?: unknown }} Message
 */
const MESSAGES = Object.freeze({ ready: 1, query: 2, result: 3 })

const SCRIPTS = ["languages", "weights", "text", "find", "judge", "show"].map(
  name => `search/${name}.js`
)

/** @type {Promise<Index> | undefined} */
let loading

addEventListener("message", async (/** @type {MessageEvent<Message>} */ { data: message }) => {
  if (message.type !== MESSAGES.query) return
  const query = String(message.data)
  const items = query.trim() ? await answer(query) : []
  postMessage({ type: MESSAGES.result, data: { items } })
})
postMessage({ type: MESSAGES.ready })

/**
 * Return the results for a query, in Material's form.
 * @param {string} query
 */
async function answer(query) {
  const index = await loadOnce()
  return search(query, index)
}

/** Load scripts and index with the first query; after a failure the next key pressed tries again. */
function loadOnce() {
  loading ??= load(new URL(`../${location.hash.slice(1)}`, location.href)).catch(error => {
    loading = undefined
    throw error
  })
  return loading
}

/**
 * Load the scripts while the index is on its way.
 * @param {URL} address of the index
 */
async function load(address) {
  const response = fetch(address)
  response.catch(() => {}) // where the scripts fail first, this failure is not awaited
  importRest()
  return buildIndex(await (await response).json())
}

/** Import the scripts that are not there yet: one that ran twice would declare its constants twice. */
function importRest() {
  while (SCRIPTS.length) {
    importScripts(SCRIPTS[0])
    SCRIPTS.shift()
  }
}
