// @ts-check
// What Material lacks for readers who use a keyboard.

// Parts wider than the screen can be scrolled by keyboard, also in browsers that do not see to it.

const overflow = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0")
    else target.removeAttribute("tabindex")
  }
})

document$.subscribe(() => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, figure.diagram")) {
    overflow.observe(wide)
  }
})

// While the drawer is open, nothing behind it can have the focus, and Escape closes it. A window that is
// made wide, as by turning a tablet, has no drawer: what was behind it is in front.

const BEHIND_DRAWER =
  ".md-skip, .md-header, .md-sidebar--secondary, .md-content, .md-top, .md-footer"
const WIDE = "(min-width: 76.25em)" // from where on Material shows what is in the drawer beside the page
const drawer = /** @type {HTMLInputElement} */ (document.getElementById("__drawer"))

drawer.addEventListener("change", () => {
  const behind = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(BEHIND_DRAWER))
  for (const each of behind) each.inert = drawer.checked
})
document.addEventListener("keydown", event => {
  if (event.key === "Escape") shut()
})
matchMedia(WIDE).addEventListener("change", shut)

function shut() {
  if (drawer.checked) drawer.click()
}

// Tab leaves the search and closes it. Material would take the focus away first, and Safari would then
// begin at the top of the page again: nobody could get past.

const search = /** @type {HTMLInputElement} */ (document.getElementById("__search"))

document.addEventListener("keydown", event => {
  if (event.key !== "Tab" || !search.checked) return
  event.stopPropagation()
  search.click()
})

// With the focus in the box, the results are open. Material waits until the focus rests, and takes a
// focus that has left and come back meanwhile (Escape, then "/", on a slow machine) for one that never
// left. Its label presses the switch itself after this event: hence the look a moment later.

const box = document.querySelector(".md-search__input") // null on a site without search

box?.addEventListener("focus", () =>
  setTimeout(() => {
    if (document.activeElement === box && !search.checked) search.click()
  })
)

// The arrow at the head of each panel of the drawer is a button, back to where the panel was opened.

const arrows = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(
    ".md-nav--primary .md-nav__title:is([for^=__nav], [for=__toc]) > .md-nav__icon"
  )
)

for (const arrow of arrows) {
  const title = /** @type {HTMLLabelElement} */ (arrow.parentElement)
  arrow.role = "button"
  arrow.tabIndex = 0
  arrow.ariaLabel = title.textContent.trim()
  arrow.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    event.stopPropagation() // Material would press what then has the focus
    arrow.click()
    document.getElementById(`${title.htmlFor}_label`)?.focus({ preventScroll: true })
  })
}
