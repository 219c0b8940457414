"""The glossary's terms in the text of all pages: marked there, explained, and listed by page.

The glossary is a page of definition lists. An entry with an id, `council { #council }`, is marked
wherever a section of a page first names it: there it becomes a link to the entry, and that is all
a page's content holds. What shows the definition in place stands in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.lists import format_list
from markupsafe import Markup, escape

from bitext.page import frontmatter
from bitext.page.markup import TAG, end_of
from press.core.editions import Editions, Say
from press.core.interface import N_
from press.pages import passages, terms

FEW = 6
"""An entry shows the titles of up to so many pages that use it; more are folded."""
# Translators: Below an entry of the glossary, before the titles of pages.
_USED = N_("Used in:")
# Translators: Below an entry of the glossary; opens a list of pages. Keep {number}.
_USED_OFTEN = N_("Used in {number} pages")

_ENTRY = re.compile(
    r"(?P<names>(?:<dt\b[^>]*>.*?</dt>\s*)+)(?P<told>(?:<dd>.*?</dd>\s*)+)", re.DOTALL
)
_NAME = re.compile(r"<dt\b[^>]*>(.*?)</dt>", re.DOTALL)
_KEY = re.compile(r'<dt\b[^>]* id="([^"]+)"')
_CLASSES = re.compile(r'<dt\b[^>]* class="([^"]+)"')
_NOT_TOLD = re.compile(r'</?(?:a|dd|p)\b[^>]*>|<sup id="fnref.*?</sup>', re.DOTALL)
_LINK = re.compile(r'<a class="term" href="[^"#]*#([^"]+)">')

_APART = frozenset(
    """a abbr button code dt figure h1 h2 h3 h4 h5 h6 kbd label math pre samp script style summary
    svg textarea th""".split()
)
"""Elements whose words are no running text, or already do something."""
_APART_CLASSES = re.compile(
    r'\sclass="(?:[^"]*\s)?(?:admonition-title|everyday|footnote|state|task-list-item)[\s"]'
)
_LANGUAGE = re.compile(r'\slang="([^"]*)"')


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


def read(html: str, language: str, older: str = "") -> Glossary:
    """The glossary on a rendered page; `older` labels definitions that are not current.

    Left out are entries that are not in `language`, that have no id, or whose class says that the
    word is an everyday one: `everyday` in all languages, `everyday-es` in Spanish.
    """
    entries = {each.key: each for each in _entries(html, language, older)}
    written = {spelling: each.key for each in entries.values() for spelling in each.spellings}
    return Glossary(language, entries, terms.Finder(written, language))


def _entries(html: str, language: str, older: str) -> Iterator[Entry]:
    for entry in _ENTRY.finditer(html):
        key = _KEY.search(entry["names"])
        classes = " ".join(_CLASSES.findall(entry["names"])).split()
        everyday = {"everyday", f"everyday-{language}"}.intersection(classes)
        if key is None or everyday or 'class="missing"' in entry[0]:
            continue
        names = (Markup(name).striptags() for name in _NAME.findall(entry["names"]))
        is_older = 'class="changed"' in entry[0]
        label = f'<small class="state">{escape(older)}</small> ' if is_older else ""
        told = " ".join(_NOT_TOLD.sub("", entry["told"]).split())
        spellings = tuple(each for name in names for each in terms.spellings(name))
        yield Entry(key[1], spellings, Markup(label + told))


def link(html: str, glossary: Glossary, address: str) -> str:
    """`html` with each term a link to its entry on the page at `address`, once a section."""
    pieces: list[str] = []
    done = 0
    for key, start, end in _first_places(html, glossary):
        pieces += html[done:start], f'<a class="term" href="{address}#{key}">{html[start:end]}</a>'
        done = end
    return "".join((*pieces, html[done:]))


def linked(html: str) -> list[str]:
    """The keys of the entries that `link` has put into a page, each once, in order."""
    return list(dict.fromkeys(_LINK.findall(html)))


def _first_places(html: str, glossary: Glossary) -> Iterator[tuple[str, int, int]]:
    met: set[str] = set()
    for start, end in _running_text(html, glossary.language):
        if html.startswith("<h2", start):
            met.clear()
            continue
        for found in glossary.finder.find(html, start, end):
            if found[0] not in met:
                met.add(found[0])
                yield found


def _running_text(html: str, language: str) -> Iterator[tuple[int, int]]:
    """The runs of text in `language`, and where a section begins its heading's tag."""
    position = 0
    while tag := TAG.search(html, position):
        if position < tag.start():
            yield position, tag.start()
        if tag["name"] == "h2" and not tag["close"]:
            yield tag.span()
        position = end_of(html, tag.start()) if _is_apart(tag, language) else tag.end()
    if position < len(html):
        yield position, len(html)


def _is_apart(tag: re.Match[str], language: str) -> bool:
    if not tag["name"] or tag["close"]:
        return False
    if tag["name"] in _APART or _APART_CLASSES.search(tag["attributes"]):
        return True
    other = _LANGUAGE.search(tag["attributes"])
    return bool(other and other[1] != language)


def of(editions: Editions, language: str) -> Glossary:
    """The glossary in `language`: pages need it before MkDocs may have rendered its own page."""
    handbook = editions.handbook
    leaf = editions.leaf(handbook.settings.glossary, language)
    text = leaf.translation.text if leaf.translation else handbook.read(leaf.source).text
    assert handbook.render is not None  # every build gives it one
    html = handbook.render(text[frontmatter.end(text) :])
    return read(html, language, passages.older(leaf.say))


def with_users(html: str, users: Mapping[str, list[str]], language: str, say: Say) -> str:
    """The glossary's page with a list below each entry: `users` are links to pages, by its key."""
    listed = {key: _listed(pages, language, say) for key, pages in users.items()}

    def extended(entry: re.Match[str]) -> str:
        key = _KEY.search(entry["names"])
        if key is None or key[1] not in listed:
            return entry[0]
        users = f'<dd class="used" data-search-exclude>{listed[key[1]]}</dd>'
        return f"{entry[0].rstrip()}\n{users}\n"

    return _ENTRY.sub(extended, html)


def _listed(pages: list[str], language: str, say: Say) -> str:
    listed = format_list(pages, "standard", language)
    if len(pages) <= FEW:
        return f"{escape(say(_USED))} {listed}"
    count = escape(say(_USED_OFTEN)).replace("{number}", str(len(pages)))
    return f'<details><summary class="used__count">{count}</summary>{listed}</details>'
