// Registers the worker that keeps visited pages, and lists those where a page is missing.
{
  const { worker } = document.currentScript.dataset

  const register = async () => {
    const { serviceWorker } = navigator
    const isFirst = !serviceWorker.controller
    await serviceWorker.register(worker, { updateViaCache: "none" })
    const { active } = await serviceWorker.ready
    const loaded = performance.getEntriesByType("resource").map(each => each.name)
    if (isFirst) active.postMessage([location.href, ...loaded])
  }

  const pageOf = async (request, cache) => {
    const [head] = (await (await cache.match(request)).text()).split("</head>")
    const { documentElement } = new DOMParser().parseFromString(head, "text/html")
    const title = documentElement.querySelector("meta[property='og:title']")?.content
    return { url: request.url, title, language: documentElement.lang }
  }

  const savedPages = async () => {
    const { scope } = await navigator.serviceWorker.ready
    const name = (await caches.keys()).find(each => each.endsWith(` ${scope}`))
    const cache = await caches.open(name)
    const requests = (await cache.keys()).filter(({ url }) => /(?:\/|\.html)$/.test(url))
    const pages = await Promise.all(requests.map(request => pageOf(request, cache)))
    return pages.filter(page => page.title)
  }

  const itemOf = page => {
    const link = Object.assign(document.createElement("a"), { href: page.url, lang: page.language })
    link.textContent = page.title
    const item = document.createElement("li")
    item.append(link)
    return item
  }

  // The reader's own language first.
  const list = async element => {
    const { lang } = document.documentElement
    const isForeign = page => page.language !== lang
    const pages = await savedPages()
    pages.sort((a, b) => isForeign(a) - isForeign(b) || a.title.localeCompare(b.title, lang))
    element.querySelector("ul").append(...pages.map(itemOf))
    element.hidden = !pages.length
  }

  // Where workers are not allowed, nothing is saved and nothing is said.
  if ("serviceWorker" in navigator) {
    addEventListener("load", () => register().catch(() => {}))
    document.querySelectorAll("[data-saved]").forEach(element => list(element).catch(() => {}))
  }
}
