"""Where the numbered passages of a page are in its HTML, found by rendering its source once.

The source is rendered with a marker in each numbered segment. A translation has the same blocks as
its source, which `bitext.translate.proof` proves, so the places hold in every language.
"""

from __future__ import annotations

from typing import NamedTuple

from bitext.page import numbers
from bitext.translate import skeleton
from bitext.translate.proof import Original
from press.core import tree
from press.core.tree import Element

_HOLDERS = frozenset("p li dd tr".split())
"""The elements that a passage may be."""
_FOUND = (
    ".//*[self::p or self::li or self::dd or self::tr]"
    "[not(ancestor::div[@class='footnote'])][not(span/@data-current)]"
)
"""XPath of those elements: not in footnotes, and not the texts that `pages.passages` adds."""


class Spot(NamedTuple):
    """The place of a numbered passage."""

    number: str
    holder: int
    """Which of the page's `holders` it is."""
    nth: int
    """Which of the numbered passages of the source it is."""
    line: int
    """The line of the source page where it begins."""


class Layout(NamedTuple):
    """The numbered passages of a page, and the elements that hold its text."""

    tags: tuple[str, ...] = ()
    """The tags of all its `holders`."""
    spots: tuple[Spot, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many passages each section has, from section 0 on."""
        sections = [int(spot.number.partition(".")[0]) for spot in self.spots]
        return tuple(map(sections.count, range(max(sections, default=-1) + 1)))


def holders(content: Element) -> list[Element]:
    """Return the elements of a page's HTML that may hold a passage, in the order of its text."""
    found: list[Element] = content.xpath(_FOUND)
    return found


def layout(original: Original) -> Layout:
    """Return where the passages of a source page are in its HTML."""
    page = original.page
    passages = numbers.passages(page)
    content = tree.parse(original.with_marks([each.segments[0] for each in passages]))
    elements = holders(content)
    position = {element: at for at, element in enumerate(elements)}
    held = _held(content, position)
    spots = []
    for nth, passage in enumerate(passages):
        first = passage.segments[0]
        if first in held:
            line = page.line(page.segments[first])
            spots.append(Spot(passage.number, held[first], nth, line))
    return Layout(tuple(str(each.tag) for each in elements), tuple(spots))


def _held(content: Element, position: dict[Element, int]) -> dict[int, int]:
    """Return the number of the holder that each marked segment is in, by its index."""
    found: dict[int, int] = {}
    for element in content.iter("*"):
        for text, inside in ((element.text, element), (element.tail, element.getparent())):
            if inside is None or not text or skeleton.SIGN not in text:
                continue
            around = (inside, *inside.iterancestors())
            holder = next((each for each in around if each.tag in _HOLDERS), None)
            if holder is not None and holder in position:
                for index in skeleton.numbers(text):
                    found.setdefault(index, position[holder])
    return found
