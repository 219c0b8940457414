// The language switcher keeps the reader's place: headings have the same ids in every language.
function place() {
  const headings = document.querySelectorAll(".md-content :is(h2, h3, h4)[id]")
  const passed = [...headings].filter(each => each.getBoundingClientRect().top < 140)
  return passed.length ? "#" + passed.at(-1).id : ""
}

document.addEventListener("click", event => {
  const link = event.target.closest(".md-select a[hreflang]")
  if (link) link.hash = place()
}, { capture: true })
