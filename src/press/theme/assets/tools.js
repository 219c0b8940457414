// At the foot of a page: share it, and say in a report of a mistake which paragraph is meant.
{
  const tools = document.querySelector(".tools")
  const share = tools?.querySelector("button")
  const report = tools?.querySelector("[data-report]")

  const send = async ({ title, text, address, done }) => {
    if (navigator.share) return navigator.share({ title, text, url: address }).catch(() => {}) // changed their mind
    await navigator.clipboard.writeText(`${text}\n${address}`)
    tools.querySelector("[aria-live]").textContent = done
  }

  if (share && (navigator.share || navigator.clipboard)) {
    share.closest("li").hidden = false
    share.addEventListener("click", () => send(share.dataset))
  }

  // The paragraph that was selected or tapped last; else the one in the middle of the screen.
  const BLOCKS = ":is(p, li, dt, dd, td, th, h1, h2, h3, h4, figcaption, summary)"
  const ASIDE = "aside, .md-content__button, .headerlink"
  let chosen, selected

  const nearest = () => {
    const blocks = [...document.querySelectorAll(`.md-content ${BLOCKS}`)]
    const distance = each => {
      const { top, bottom } = each.getBoundingClientRect()
      return Math.abs((top + bottom - innerHeight) / 2)
    }
    return blocks
      .filter(each => !each.closest(ASIDE))
      .reduce((a, b) => (distance(b) < distance(a) ? b : a))
  }

  const choose = (node, words = "") => {
    const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node
    const block = element?.closest(`.md-content ${BLOCKS}`)
    if (!block || block.closest(ASIDE)) return
    chosen = block
    selected = words
  }

  const begin = text => {
    const letters = [...text.replace(/\s+/g, " ").trim()]
    return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : letters.join("")
  }

  const wordsOf = block => {
    const copy = block.cloneNode(true)
    copy.querySelectorAll(".headerlink, .state, sup").forEach(each => each.remove())
    return begin(copy.textContent)
  }

  document.addEventListener("pointerdown", event => choose(event.target))
  document.addEventListener("selectionchange", () => {
    const selection = getSelection()
    if (!selection.isCollapsed) choose(selection.anchorNode, begin(`${selection}`))
  })
  report?.addEventListener("click", () => {
    const words = `“${wordsOf(chosen ?? nearest())}”` + (selected ? ` → “${selected}”` : "")
    report.href = report.dataset.report.replace("{paragraph}", encodeURIComponent(words))
  })
}
