"""Lists in the order of their reader's language: those whose author asks for it, and the glossary.

A list that was sorted in its source is in no order once it is translated. Each item keeps its place
in the source as an attribute, by which scripts pair it with the same item in another language.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from handbook.bitext.page.segments import Page
from handbook.press.core import order, tree
from handbook.press.core.editions import Leaf
from handbook.press.core.tree import Element
from handbook.press.markdown.sorting import ATTRIBUTE

_PLACE = "data-place"
_FEWEST = 3
"""A shorter list may be in the order of its letters by chance."""


def put_in_order(content: Element, leaf: Leaf, glossary: Page | None) -> None:
    """Sort the marked lists of a translated page; `glossary` is its source if it is the glossary.

    The definition lists of the glossary are sorted too, those that are sorted in the source.
    """
    if leaf.translation is None:
        return
    if glossary is not None:
        _mark_sorted(content, leaf, glossary)
    for listed in content.xpath(f".//*[@{ATTRIBUTE}]"):
        _sort(listed, leaf)


def _mark_sorted(content: Element, leaf: Leaf, glossary: Page) -> None:
    """Mark each definition list of the glossary whose terms are sorted in the source."""
    terms = [segment.message for segment in glossary.segments if segment.kind == "term"]
    names = [name for listed in content.iter("dl") for name in listed.iter("dt")]
    if len(terms) != len(names):
        return
    written = dict(zip(names, terms, strict=True))
    for listed in content.iter("dl"):
        keys = [order.key(written[name], leaf.source_record)[0] for name in listed.iter("dt")]
        if len(keys) >= _FEWEST and all(one <= other for one, other in pairwise(keys)):
            listed.set(ATTRIBUTE, "")


def _sort(listed: Element, leaf: Leaf) -> None:
    """Sort the items of a list, the entries of a glossary or the rows of a table."""
    body = listed.find("tbody") if listed.tag == "table" else listed
    if body is None:
        return
    body.set(ATTRIBUTE, "")
    for number, child in enumerate(body):
        child.set(_PLACE, str(number))
    entries = sorted(_entries(body), key=lambda entry: order.key(_word(entry), leaf.record))
    body[:] = [element for entry in entries for element in entry]


def _entries(body: Element) -> Sequence[Sequence[Element]]:
    """Return what has to stay together: an item, a row, or terms with their definitions."""
    if body.tag != "dl":
        return [[child] for child in body]
    entries: list[list[Element]] = []
    for tag, group in groupby(body, key=lambda child: child.tag):
        if tag == "dt" or not entries:
            entries.append([])
        entries[-1] += group
    return entries


def _word(entry: Sequence[Element]) -> str:
    """Return the words by which an entry is sorted: its reading, its term or its own text."""
    meaning = next((child for child in entry if child.tag == "dd"), None)
    reading = order.READING.match(tree.text(meaning)) if meaning is not None else None
    return reading[1] if reading else tree.text(entry[0])
