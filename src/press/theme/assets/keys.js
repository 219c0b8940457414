// What a keyboard needs and the theme does not bring.

// What is wider than the screen is scrolled by keyboard too, in browsers that do not see to it.
const reach = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})

document$.subscribe(() => {
  const wide = document.querySelectorAll(".md-typeset__scrollwrap, figure.diagram")
  wide.forEach(each => reach.observe(each))
})

// While the drawer is open, nothing behind it takes the focus, and Escape shuts it.
const drawer = document.getElementById("__drawer")
drawer.addEventListener("change", () => {
  const behind = ".md-skip, .md-header, .md-sidebar--secondary, .md-content, .md-top, .md-footer"
  document.querySelectorAll(behind).forEach(each => each.inert = drawer.checked)
})
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && drawer.checked) drawer.click()
})

// The tabulator leaves the search and shuts it. The theme would take the focus away first, and Safari
// would then begin at the top of the page again: nobody could pass.
const search = document.getElementById("__search")
document.addEventListener("keydown", event => {
  if (event.key !== "Tab" || !search.checked) return
  event.stopPropagation()
  search.click()
})

// Whoever is in the box sees what is found. The theme waits until the focus rests, and takes one that
// has left and come back meanwhile (Escape, then "/", on a slow machine) for one that never left. The
// label that leads here presses the switch itself after this, so we look when that is done.
const box = document.querySelector(".md-search__input")
box.addEventListener("focus", () => setTimeout(() => {
  if (document.activeElement === box && !search.checked) search.click()
}))

// The arrow at the head of each panel of the drawer leads back to where it was opened.
const arrows = document.querySelectorAll(".md-nav--primary .md-nav__title[for^=__nav] > .md-nav__icon")
arrows.forEach(arrow => {
  arrow.role = "button"
  arrow.tabIndex = 0
  arrow.ariaLabel = arrow.parentElement.textContent.trim()
  arrow.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    event.stopPropagation() // the theme would press what then has the focus
    arrow.click()
    document.getElementById(`${arrow.parentElement.htmlFor}_label`).focus({ preventScroll: true })
  })
})
