"""The glossary's terms in the text of all pages: marked there, explained, and listed by page.

The glossary is a page of definition lists. An entry with an id, `council { #council }`, is marked
wherever a section of a page first names it: there it becomes a link to the entry, and that is all
a page's content holds. What shows the definition in place stands in the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from babel import Locale
from babel.lists import format_list
from lxml import etree
from lxml.builder import E
from markupsafe import Markup, escape

from bitext.languages.record import Language
from bitext.page import frontmatter
from press.core import tree
from press.core.editions import Editions, Say
from press.core.interface import N_
from press.core.tree import Element
from press.pages import passages, terms

FEW = 6
"""An entry shows the titles of up to so many pages that use it; more are folded."""
# Translators: Below an entry of the glossary, before the titles of pages.
_USED = N_("Used in:")
# Translators: Below an entry of the glossary; opens a list of pages. Keep {number}.
_USED_OFTEN = N_("Used in {number} pages")

_APART = frozenset(
    """a abbr button code dt figure h1 h2 h3 h4 h5 h6 kbd label pre samp script style summary
    textarea th""".split()
)
"""Elements whose words are no running text, or already do something; so do drawings, formulas."""
_APART_CLASSES = frozenset("admonition-title everyday footnote state task-list-item".split())


class Run(NamedTuple):
    """A run of text."""

    element: Element
    place: Literal["text", "tail"]
    """Whether it is at the beginning of the element, or behind it."""

    @property
    def text(self) -> str:
        """What it says."""
        return getattr(self.element, self.place) or ""

    def put(self, text: str, elements: list[Element]) -> None:
        """Put text and elements in its place."""
        setattr(self.element, self.place, text)
        if self.place == "text":
            self.element[:0] = elements
        elif elements:
            parent = self.element.getparent()
            behind = parent.index(self.element) + 1
            parent[behind:behind] = elements


@dataclass(frozen=True)
class Entry:
    """A word of the glossary in one language."""

    key: str
    """Its id on the page, the same in every language."""
    spellings: tuple[str, ...]
    definition: Markup


@dataclass(frozen=True)
class Glossary:
    """The entries of one language that are marked on its pages."""

    language: str
    entries: dict[str, Entry]
    finder: terms.Finder


def read(content: Element, record: Language, older: str = "") -> Glossary:
    """The glossary on a page; `older` labels definitions that are not current.

    Left out are entries that are not in that language, that have no id, or whose class says that
    the word is an everyday one: `everyday` in all languages, `everyday-es` in Spanish.
    """
    entries = {each.key: each for each in _entries(content, record.code, older)}
    written = {spelling: each.key for each in entries.values() for spelling in each.spellings}
    return Glossary(record.code, entries, terms.Finder(written, record.forms))


def _entries(content: Element, language: str, older: str) -> Iterator[Entry]:
    for names, told in _groups(content):
        key = _key(names)
        classes = frozenset[str]().union(*map(tree.classes, names))
        everyday = {"everyday", f"everyday-{language}"}.intersection(classes)
        if key is None or everyday or _holds("missing", names + told):
            continue
        label = (
            f'<small class="state">{escape(older)}</small> '
            if _holds("changed", names + told)
            else ""
        )
        spellings = tuple(each for name in names for each in terms.spellings(tree.text(name)))
        yield Entry(key, spellings, Markup(label + " ".join(map(_definition, told))))


def _groups(content: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """The entries of all definition lists: the names of each, and what it says of them."""
    for listed in content.iter("dl"):
        groups = [list(group) for _, group in groupby(listed, key=lambda each: each.tag)]
        for names, told in pairwise(groups):
            if (names[0].tag, told[0].tag) == ("dt", "dd"):
                yield names, told


def _key(names: list[Element]) -> str | None:
    return next((key for name in names if (key := name.get("id"))), None)


def _holds(name: str, elements: list[Element]) -> bool:
    """Whether there is an element of a class in one of some elements."""
    return any(each.xpath(".//*[@class=$name]", name=name) for each in elements)


def _definition(told: Element) -> str:
    """A definition as HTML, without links, notes and paragraphs."""
    told = deepcopy(told)
    told.tag = "div"
    told.attrib.clear()
    for note in told.xpath(".//sup[starts-with(@id, 'fnref')]"):
        tree.remove(note)
    etree.strip_tags(told, "a", "p")
    return " ".join(tree.html(told).split())


def link(content: Element, glossary: Glossary, address: str) -> list[str]:
    """Make each term a link to its entry on the page at `address`, once a section.

    Returns the keys of the entries, each once, in order.
    """
    keys: list[str] = []
    for section in list(_running_text(content, glossary.language)):
        met: set[str] = set()
        for run in section:
            if found := list(_first(run.text, glossary.finder, met)):
                _mark(run, found, address)
                keys += (key for key, _, _ in found)
    return list(dict.fromkeys(keys))


def _running_text(content: Element, language: str) -> Iterator[list[Run]]:
    """The runs of text in `language` that say anything, section by section."""
    runs: list[Run] = []
    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element.tag == "h2":
                yield runs
                runs = []
            if element.tail and not element.tail.isspace():
                runs.append(Run(element, "tail"))
        elif _is_apart(element, language):
            walk.skip_subtree()
        elif element.text and not element.text.isspace():
            runs.append(Run(element, "text"))
    yield runs


def _is_apart(element: Element, language: str) -> bool:
    is_foreign = element.tag.startswith("{") or element.get("lang", language) != language
    return (
        is_foreign or element.tag in _APART or not _APART_CLASSES.isdisjoint(tree.classes(element))
    )


def _first(text: str, finder: terms.Finder, met: set[str]) -> Iterator[tuple[str, int, int]]:
    """The terms in a run of text that are not yet in `met`, which takes them."""
    for key, start, end in finder.find(f">{text}<", 1, len(text) + 1):  # it is between two tags
        if key not in met:
            met.add(key)
            yield key, start - 1, end - 1


def _mark(run: Run, found: list[tuple[str, int, int]], address: str) -> None:
    """Make terms in a run of text links."""
    text, links = run.text, []
    ends = (*(start for _, start, _ in found[1:]), len(text))
    for (key, start, end), following in zip(found, ends, strict=True):
        link = E.a(text[start:end], {"class": "term", "href": f"{address}#{key}"})
        link.tail = text[end:following]
        links.append(link)
    run.put(text[: found[0][1]], links)


def of(editions: Editions, language: str) -> Glossary:
    """The glossary in `language`: pages need it before MkDocs may have rendered its own page."""
    handbook = editions.handbook
    leaf = editions.leaf(handbook.settings.glossary, language)
    text = leaf.translation.text if leaf.translation else handbook.read(leaf.source).text
    assert handbook.render is not None  # every build gives it one
    html = handbook.render(text[frontmatter.end(text) :])
    return read(tree.parse(html), leaf.record, passages.older(leaf.say))


def list_users(content: Element, users: Mapping[str, list[str]], locale: Locale, say: Say) -> None:
    """Put a list below each entry on the glossary's page: `users` are links to pages, by key."""
    for names, told in _groups(content):
        if pages := users.get(_key(names) or ""):
            listed = tree.parse(_listed(pages, locale, say))
            listed.tag = "dd"
            listed.set("class", "used")
            listed.set("data-search-exclude", "")
            listed.tail = told[-1].tail = "\n"
            names[0].getparent().insert(names[0].getparent().index(told[-1]) + 1, listed)


def _listed(pages: list[str], locale: Locale, say: Say) -> str:
    listed = format_list(pages, "standard", locale)
    if len(pages) <= FEW:
        return f"{escape(say(_USED))} {listed}"
    count = escape(say(_USED_OFTEN)).replace("{number}", str(len(pages)))
    return f'<details><summary class="used__count">{count}</summary>{listed}</details>'
