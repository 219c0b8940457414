// A term of the glossary shows its definition: under the pointer, with the keyboard's focus, and on
// the first tap. Escape puts it away. Without this, a term is a link to its entry.
{
  const definitions = document.querySelector(".definitions")
  const box = document.createElement("div")
  const words = document.createElement("div")
  const more = document.createElement("a")
  let shown = null // the term beside which the box is
  let waiting, touched

  const definition = term => document.getElementById(`definition-${term.hash.slice(1)}`)
  const termAt = node => node.closest?.("a.term")

  const show = term => {
    hide()
    shown = term
    words.replaceChildren(...definition(term).cloneNode(true).childNodes)
    more.href = term.href
    term.after(box)
    box.showPopover()
    place()
  }

  const hide = () => {
    clearTimeout(waiting)
    box.remove()
    shown = null
  }

  const soon = act => {
    clearTimeout(waiting)
    waiting = setTimeout(act, 250)
  }

  const place = () => {
    const lines = shown.getClientRects()
    const { width, height } = box.getBoundingClientRect()
    const above = lines[0].top - height - 4
    const below = lines[lines.length - 1].bottom + 4
    const fits = below + height < innerHeight || above < 60 // the head of the page
    const right = document.documentElement.clientWidth - width - 8
    box.style.left = `${scrollX + Math.max(8, Math.min(lines[0].left, right))}px`
    box.style.top = `${scrollY + (fits ? below : above)}px`
  }

  const watch = () => {
    document.addEventListener("pointerover", event => {
      if (event.pointerType === "touch") return
      const term = termAt(event.target)
      if (box.contains(event.target) || (term && term === shown)) clearTimeout(waiting)
      else if (term) soon(() => show(term))
      else soon(() => shown === document.activeElement || hide())
    })
    document.addEventListener("focusin", event => {
      const term = termAt(event.target)
      if (term?.matches(":focus-visible")) show(term)
      else if (!box.contains(event.target)) hide()
    })
    document.addEventListener("pointerdown", event => {
      touched = event.pointerType === "touch"
      if (!box.contains(event.target) && termAt(event.target) !== shown) hide()
    })
    document.addEventListener("click", event => {
      const term = termAt(event.target)
      if (!touched || !term || term === shown) return
      event.preventDefault()
      show(term)
    })
    document.addEventListener("keydown", event => {
      touched = false
      if (event.key === "Escape") hide()
    })
  }

  if (definitions && box.showPopover) {
    box.className = "definition"
    box.popover = "manual"
    words.role = "tooltip"
    more.textContent = definitions.dataset.more
    more.tabIndex = -1 // with a keyboard the term itself is the way there
    box.append(words, more)
    for (const term of document.querySelectorAll("a.term"))
      term.setAttribute("aria-describedby", definition(term).id)
    watch()
  }
}
