// @ts-check
// The texts of a page in reading order. A page has the same texts in every language, since translations
// change only words. Whatever a build adds (the source text of a passage that changed, the list of
// pages that use a term) is not counted.

/**
 * A text: inline nodes next to each other, and the element they are in. `<li>one<ul>…</ul></li>` has
 * “one”, and then the texts of the list.
 * @typedef {{ element: Element, nodes: ChildNode[] }} Text
 */

const INLINE = new Set(
  `a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span
  strong sub sup time u var wbr`.split(/\s+/)
)
const ADDED = `aside, nav, form, pre, script, style, template, svg, .diagram, .passage, .used,
  .since, .passages, .menu, .correct, .folds, .folding,
  [hidden]:not([data-folded]), [role=status]`
const TEXT_NODE = 3
const ELEMENT_NODE = 1

/**
 * Yield the texts within an element.
 * @param {Element} element
 * @returns {Generator<Text>}
 */
export function* texts(element) {
  /** @type {ChildNode[]} */
  let nodes = []
  for (const node of [...inSourceOrder(element), null]) {
    if (node && isElement(node) && node.matches(".number")) continue
    if (node && isInline(node)) {
      nodes.push(node)
      continue
    }
    if (nodes.some(each => each.textContent?.trim())) yield { element, nodes }
    nodes = []
    if (node && isElement(node) && !node.matches(ADDED)) yield* texts(node)
  }
}

/**
 * Return the children of an element; those of a sorted list as they stand in its source.
 * @param {Element} element
 * @returns {ChildNode[]}
 */
function inSourceOrder(element) {
  const children = [...element.childNodes]
  if (!element.hasAttribute("data-sorted")) return children
  const place = (/** @type {Element} */ child) => Number(child.getAttribute("data-place") ?? -1)
  return children.filter(isElement).sort((one, other) => place(one) - place(other))
}

/** @param {Node} node */
function isInline(node) {
  return node.nodeType === TEXT_NODE || (isElement(node) && INLINE.has(node.localName))
}

/**
 * @param {Node} node
 * @returns {node is Element}
 */
function isElement(node) {
  return node.nodeType === ELEMENT_NODE
}

/**
 * Return the texts of a page.
 * @param {Document} page
 */
export function textsOf(page) {
  const article = page.querySelector(".md-content article")
  return article ? [...texts(article)] : []
}

/**
 * Return the rectangle of a text on the screen; of one that is folded, a place above all others.
 * @param {Text} text
 */
export function box({ element, nodes }) {
  if (foldOf(element)) return new DOMRect(0, -Infinity, 0, 0)
  const range = document.createRange()
  range.setStartBefore(nodes[0])
  range.setEndAfter(nodes[nodes.length - 1])
  return range.getBoundingClientRect()
}

/**
 * Return what a text is folded in: assets/fold.js. None on a wide screen, where nothing is.
 * @param {Element} element
 */
export function foldOf(element) {
  const folded = element.closest("[data-folded][hidden]")
  return folded && !folded.checkVisibility({ contentVisibilityAuto: true }) ? folded : null
}
