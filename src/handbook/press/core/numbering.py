"""Where the texts of a page are in its HTML, found by rendering its source once.

The source is rendered with a marker in each text that is shown. Some have a number; those without
one, such as headings, footnotes, heads of tables and texts in raw HTML, have a place too, and so
has each cell of a row that is numbered. A translation has the same blocks as its source, which
`bitext.translate.proof` proves, so the places hold in every language.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handbook.bitext.page import fences, numbers
from handbook.bitext.page.segments import Page
from handbook.bitext.translate import skeleton
from handbook.bitext.translate.proof import Original
from handbook.press.core import tree
from handbook.press.core.tree import SVG, Element

_HOLDERS = frozenset("p li dd tr".split())
"""The elements that a passage may be."""
_FOUND = (
    ".//*[self::p or self::li or self::dd or self::tr]"
    "[not(ancestor::div[@class='footnote'])][not(span/@data-current)]"
)
"""XPath of those elements: not in footnotes, and not the texts that `pages.outdated` adds."""


_OTHERS = (
    *"h1 h2 h3 h4 h5 h6 p li dt dd th td summary label legend caption figcaption".split(),
    *"address blockquote div".split(),
    f"{SVG}text",
    f"{SVG}tspan",
)
"""The elements that may hold a text without a number, or a cell: of a text in raw HTML, the
innermost of these."""


LINES = "data-lines"
"""The attribute of a diagram's code that has the lines of its labels, in their order."""


class Spot(NamedTuple):
    """The place of a text of the page."""

    number: str
    """Of a passage; "" of a text without one."""
    holder: int
    """Which of the page's `holders` it is, or of its `others` where it has no number."""
    segment: int
    """The index of its first segment in the source."""
    line: int
    """The line of the source page where it begins."""


class Label(NamedTuple):
    """A text in a diagram."""

    segment: int
    line: int


class Layout(NamedTuple):
    """The texts of a page, and the elements that hold them."""

    tags: tuple[str, ...] = ()
    """The tags of all its `holders`."""
    spots: tuple[Spot, ...] = ()
    """Its numbered passages."""
    other_tags: tuple[str, ...] = ()
    """The tags of all its `others`."""
    other_spots: tuple[Spot, ...] = ()
    diagrams: tuple[tuple[Label, ...], ...] = ()
    """The labels of each of its diagrams."""

    @property
    def counts(self) -> tuple[int, ...]:
        """How many passages each section has, from section 0 on."""
        sections = [int(spot.number.partition(".")[0]) for spot in self.spots]
        return tuple(map(sections.count, range(max(sections, default=-1) + 1)))


def holders(content: Element) -> list[Element]:
    """Return the elements of a page's HTML that may hold a passage, in the order of its text."""
    found: list[Element] = content.xpath(_FOUND)
    return found


def others(content: Element) -> list[Element]:
    """Return the elements that may hold a text without a number, in the order of its HTML."""
    found = (each for each in content.iter(*_OTHERS) if each is not content)
    return [each for each in found if not _is_added(each)]


def _is_added(element: Element) -> bool:
    """Tell whether `pages.outdated` has added a text, as `_FOUND` does."""
    return any("data-current" in each.attrib for each in element.iterchildren("span"))


def layout(original: Original) -> Layout:
    """Return where the texts of a source page are in its HTML."""
    page = original.page
    passages = numbers.numbered(page)
    firsts = [each.segments[0] for each in passages]
    numbered = {n for n in firsts if page.segments[n].kind != "cell"}
    others_shown = [n for n in original.shown if page.segments[n].spans and n not in numbered]
    content = tree.parse(original.with_marks(sorted({*firsts, *others_shown})))
    elements, rest = holders(content), others(content)
    held = _held(content, _HOLDERS, elements)
    held_rest = _held(content, _OTHERS, rest)
    named = [(each.number, each.segments[0]) for each in passages]
    return Layout(
        tuple(str(each.tag) for each in elements),
        tuple(_spots(page, named, held)),
        tuple(str(each.tag) for each in rest),
        tuple(_spots(page, [("", n) for n in others_shown], held_rest)),
        tuple(_diagrams(page)),
    )


def _spots(page: Page, named: Iterable[tuple[str, int]], held: Mapping[int, int]) -> Iterator[Spot]:
    for number, segment in named:
        if segment in held:
            yield Spot(number, held[segment], segment, page.line(page.segments[segment]))


def _diagrams(page: Page) -> Iterator[tuple[Label, ...]]:
    """Yield the labels of each diagram, in the order of the page."""
    labels = [(n, each.spans[0][0]) for n, each in enumerate(page.segments) if each.kind == "label"]
    for _, fence in fences.find(page.text, 0) if labels else ():
        start, end = fence.content
        if fence.is_mermaid:
            yield tuple(
                Label(n, page.line_at(place)) for n, place in labels if start <= place < end
            )


def _held(content: Element, tags: Container[str], elements: Sequence[Element]) -> dict[int, int]:
    """Return the number of the holder that each marked segment is in, by its index."""
    position = {element: at for at, element in enumerate(elements)}
    found: dict[int, int] = {}
    for element in content.iter("*"):
        for text, inside in ((element.text, element), (element.tail, element.getparent())):
            if inside is None or not text or skeleton.SIGN not in text:
                continue
            around = (inside, *inside.iterancestors())
            holder = next((each for each in around if each.tag in tags), None)
            if holder is not None and holder in position:
                for index in skeleton.numbers(text):
                    found.setdefault(index, position[holder])
    return found
