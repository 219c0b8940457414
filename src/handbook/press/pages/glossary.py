"""Links from glossary terms in pages to their entries, and lists of the pages that use each entry.

The glossary is a page of definition lists. The first use in each section of an entry with an id,
`council { #council }`, becomes a link to the entry; nothing else is added to a page's content. The
template has the code that shows the definition beside the term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple
from unicodedata import normalize

from babel import Locale
from babel.lists import format_list
from lxml import etree
from lxml.builder import E
from markupsafe import Markup, escape

from handbook.bitext.languages import terms
from handbook.bitext.languages.record import Language
from handbook.bitext.page import frontmatter
from handbook.press.core import tree
from handbook.press.core.editions import Editions, Say
from handbook.press.core.interface import N_
from handbook.press.core.tree import Element
from handbook.press.pages import outdated

FEW = 6
"""The maximum number of page titles shown below an entry; a longer list is folded."""
# Translators: Below an entry of the glossary, before the titles of pages.
_USED = N_("Used in:")
# Translators: Below an entry of the glossary; opens a list of pages. Keep {number}.
_USED_OFTEN = N_("Used in {number} pages")

_APART = frozenset(
    """a abbr button code dt figure h1 h2 h3 h4 h5 h6 kbd label pre samp script style summary
    textarea th""".split()
)
"""Elements in which terms are not linked: not running text, or interactive already.

Drawings and formulas are left out as well."""
_APART_CLASSES = frozenset("admonition-title everyday footnote state task-list-item".split())


class Run(NamedTuple):
    """A piece of text in a tree: an element's `text` or `tail`."""

    element: Element
    place: Literal["text", "tail"]
    """At the beginning of the element, or after it."""

    @property
    def text(self) -> str:
        """The text of the run, or ""."""
        return getattr(self.element, self.place) or ""

    def put(self, text: str, elements: list[Element]) -> None:
        """Replace the run by a text, followed by elements."""
        setattr(self.element, self.place, text)
        if self.place == "text":
            self.element[:0] = elements
        elif elements:
            parent = self.element.getparent()
            after = parent.index(self.element) + 1
            parent[after:after] = elements


@dataclass(frozen=True)
class Entry:
    """An entry of the glossary in one language."""

    key: str
    """The entry's id on the glossary page, the same in every language."""
    spellings: tuple[str, ...]
    definition: Markup


@dataclass(frozen=True)
class Glossary:
    """The entries of one language that become links on its pages."""

    language: str
    entries: dict[str, Entry]
    finder: terms.Finder


def read(content: Element, record: Language, older: str = "") -> Glossary:
    """Read the glossary from the content of its page; `older` is the label of older translations.

    Entries are left out that are not translated, that have no id, or whose class says that the term
    is an everyday word: `everyday` in all languages, `everyday-es` in Spanish.
    """
    entries = {each.key: each for each in _entries(content, record, older)}
    # An accent may be a character of its own in running text.
    written = {
        normalize(form, spelling): each.key
        for form in ("NFD", "NFC")
        for each in entries.values()
        for spelling in each.spellings
    }
    return Glossary(record.code, entries, terms.Finder(written, record.forms))


def _entries(content: Element, record: Language, older: str) -> Iterator[Entry]:
    """Yield the entries of the glossary that `read` keeps."""
    for names, definitions in _groups(content):
        key = _key(names)
        classes = frozenset[str]().union(*map(tree.classes, names))
        everyday = {"everyday", f"everyday-{record.code}"}.intersection(classes)
        if key is None or everyday or _holds("missing", names + definitions):
            continue
        label = (
            f'<small class="state">{escape(older)}</small> '
            if _holds("changed", names + definitions)
            else ""
        )
        meaning = record.joiner.join(map(_definition, definitions))
        spellings = tuple(each for name in names for each in terms.spellings(tree.text(name)))
        yield Entry(key, spellings, Markup(label + meaning))


def _groups(content: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """Yield the entries of all definition lists: the `dt` and the `dd` elements of each."""
    for listed in content.iter("dl"):
        groups = [list(group) for _, group in groupby(listed, key=lambda each: each.tag)]
        for names, definitions in pairwise(groups):
            if (names[0].tag, definitions[0].tag) == ("dt", "dd"):
                yield names, definitions


def _key(names: list[Element]) -> str | None:
    """Return the first id among the `dt` elements of an entry."""
    return next((key for name in names if (key := name.get("id"))), None)


def _holds(name: str, elements: list[Element]) -> bool:
    """Tell whether any of these elements contains an element of the class `name`."""
    return any(each.xpath(".//*[@class=$name]", name=name) for each in elements)


def _definition(definition: Element) -> str:
    """Return a definition (`dd`) as HTML, without links, footnotes and paragraphs."""
    definition = deepcopy(definition)
    definition.tag = "div"
    definition.attrib.clear()
    for note in definition.xpath(".//sup[starts-with(@id, 'fnref')]"):
        tree.remove(note)
    etree.strip_tags(definition, "a", "p")
    return " ".join(tree.html(definition).split())


def link(content: Element, glossary: Glossary, address: str) -> list[str]:
    """Link the first use of each term in a section to its entry on the glossary page at `address`.

    Returns the keys of the linked entries, each once, in order.
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
    """Yield the runs of text in `language` that are not blank, one list for each section."""
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
    """Tell whether terms in an element are not linked."""
    is_foreign = element.tag.startswith("{") or element.get("lang", language) != language
    return (
        is_foreign or element.tag in _APART or not _APART_CLASSES.isdisjoint(tree.classes(element))
    )


def _first(text: str, finder: terms.Finder, met: set[str]) -> Iterator[tuple[str, int, int]]:
    """Yield key, start and end of the terms in a text that are not yet in `met`; add them to it."""
    for key, start, end in finder.find(f">{text}<", 1, len(text) + 1):  # a run is between two tags
        if key not in met:
            met.add(key)
            yield key, start - 1, end - 1


def _mark(run: Run, found: list[tuple[str, int, int]], address: str) -> None:
    """Make links of the terms found in a run of text."""
    text, links = run.text, []
    ends = (*(start for _, start, _ in found[1:]), len(text))
    for (key, start, end), following in zip(found, ends, strict=True):
        link = E.a(text[start:end], {"class": "term", "href": f"{address}#{key}"})
        link.tail = text[end:following]
        links.append(link)
    run.put(text[: found[0][1]], links)


def of(editions: Editions, language: str) -> Glossary:
    """Render the glossary in `language`: pages may need it before MkDocs renders its own page."""
    handbook = editions.handbook
    leaf = editions.leaf(handbook.settings.glossary, language)
    text = leaf.translation.text if leaf.translation else handbook.read(leaf.source).text
    assert handbook.render is not None  # every build sets it
    html = handbook.render(text[frontmatter.end(text) :])
    return read(tree.parse(html), leaf.record, outdated.older(leaf.say))


def list_users(content: Element, users: Mapping[str, list[str]], locale: Locale, say: Say) -> None:
    """List below each entry the pages that use it; `users` has links to them, by entry key."""
    for names, definitions in _groups(content):
        if pages := users.get(_key(names) or ""):
            listed = tree.parse(_listed(pages, locale, say))
            listed.tag = "dd"
            listed.set("class", "used")
            listed.set("data-search-exclude", "")
            listed.tail = definitions[-1].tail = "\n"
            names[0].getparent().insert(names[0].getparent().index(definitions[-1]) + 1, listed)


def _listed(pages: list[str], locale: Locale, say: Say) -> str:
    """Return the HTML of a list of page links, folded if there are more than `FEW`."""
    listed = format_list(pages, "standard", locale)
    if len(pages) <= FEW:
        return f"{escape(say(_USED))} {listed}"
    count = escape(say(_USED_OFTEN)).replace("{number}", str(len(pages)))
    return f'<details><summary class="used__count">{count}</summary>{listed}</details>'
