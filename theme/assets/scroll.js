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
