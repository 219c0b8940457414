// The texts of a page in reading order. Every language of a page has the same ones, for translations
// change words only. What a build adds (the other text of a passage, the pages that use a term) is none.

const PHRASING = new Set(
  `a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span
  strong sub sup time u var wbr`.split(/\s+/)
)
const APART = `aside, nav, form, pre, script, style, template, svg, .diagram, .passage, .used,
  [hidden], [role=status]`

const isInline = node => node.nodeType === Node.TEXT_NODE || PHRASING.has(node.localName)

// A text is its element and nodes of it: `<li>one<ul>…</ul></li>` has "one", and what is in the list.
export function* texts(element) {
  let nodes = []
  for (const node of [...element.childNodes, null]) {
    if (node && isInline(node)) {
      nodes.push(node)
      continue
    }
    if (nodes.some(each => each.textContent.trim())) yield { element, nodes }
    nodes = []
    if (node?.matches && !node.matches(APART)) yield* texts(node)
  }
}

export function textsOf(page) {
  return [...texts(page.querySelector(".md-content article"))]
}

// Where on the screen a text stands.
export function box({ nodes }) {
  const range = document.createRange()
  range.setStartBefore(nodes[0])
  range.setEndAfter(nodes.at(-1))
  return range.getBoundingClientRect()
}
