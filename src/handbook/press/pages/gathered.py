"""Gather on one page what a section of many pages names: all that can go wrong, for example.

A page asks with an empty element, `<div data-gather="trouble"></div>`. For each page with a section
of that id it gets a list of the terms in its definition lists and of the first cells of its tables;
each leads to its passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lxml.builder import E

from handbook.press.core.editions import Leaf
from handbook.press.core.tree import Element
from handbook.press.pages import numbers
from handbook.press.pages.status import linked

_ASKED = "data-gather"
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_IS_HEADING = " or ".join(f"self::{tag}" for tag in sorted(_HEADINGS))


class Page(NamedTuple):
    """A page of which a section is gathered."""

    leaf: Leaf
    title: Element
    """A link to it, as seen from the page that gathers."""
    content: Element
    """Its HTML, with the numbers of its passages noted."""


Having = Callable[[str], Iterable[Page]]
"""A function that returns the pages that may have a section of an id, in their order."""


def is_asked_for(html: str) -> bool:
    """Tell whether a page may ask for what others name."""
    return _ASKED in html


def fill(content: Element, having: Having) -> list[str]:
    """Put what other pages name into each element of a page that asks for it.

    Return the sections in which no page names anything. The search leaves out what is gathered:
    what it finds is to be the passage itself.
    """
    missed = []
    for place in content.xpath(f".//div[@{_ASKED}]"):
        section = place.attrib.pop(_ASKED)
        found = ((page, list(_items(page, section))) for page in having(section))
        place.extend(each for page, items in found if items for each in _group(page, items))
        place.set("class", "gathered")
        place.set("data-search-exclude", "")
        missed += [] if len(place) else [section]
    return missed


def _group(page: Page, items: Iterable[Element]) -> tuple[Element, Element]:
    return E.h3(page.title), E.ul(*items)


def _items(page: Page, section: str) -> Iterator[Element]:
    """Yield a link to each passage of a section, with the words that name it."""
    for element in _section(page.content, section):
        for name, number in _named(element):
            is_other = not page.leaf.is_available or name.xpath(".//span[@class='missing']")
            language = page.leaf.source_record if is_other else page.leaf.record
            url = f"{page.title.get('href')}#{numbers.anchor(number)}"
            yield E.li(linked(url, numbers.words(name), language, page.leaf))


def _section(content: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a section without its heading, and those of the sections in it."""
    found = content.xpath(f".//*[@id=$name][{_IS_HEADING}]", name=name)
    for each in found[0].itersiblings("*") if found else ():
        if each.tag in _HEADINGS and each.tag <= found[0].tag:
            return
        yield each


def _named(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield each term and first cell in an element, with the number of its passage."""
    for each in element.iter("dt", "tr"):
        name = each if each.tag == "dt" else next(each.iter("td", "th"), each)
        passage = "following-sibling::dd[1]/" if each.tag == "dt" else ""
        for number in each.xpath(f"({passage}descendant-or-self::*/@data-number)[1]"):
            yield name, number
