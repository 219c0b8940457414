"""The glossary's terms in the text of all pages: marked there, explained, and listed by page.

The glossary is a page of definition lists. An entry with an id, `council { #council }`, is marked
wherever a section of a page first names it: there it becomes a link to the entry, and that is all
a page's content holds. What shows the definition in place stands in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from bitext.languages.record import Language
from bitext.page import frontmatter
from bitext.page.markup import TAG, end_of
from press.core import editions, i18n
from press.pages import passages, terms

FEW = 6
"""An entry shows the titles of up to so many pages that use it; more are folded."""
_USED = "Used in:"
_USED_OFTEN = "Used in {number} pages"

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


def words() -> Iterator[tuple[str, str]]:
    """The English messages below the glossary's entries, with notes for their translators."""
    yield _USED, "Below an entry of the glossary, before the titles of pages."
    yield _USED_OFTEN, "Below an entry of the glossary; opens a list of pages. Keep {number}."


def read(html: str, record: Language, older: str = "") -> Glossary:
    """The glossary on a page rendered in a language; `older` labels definitions not current.

    Left out are entries that are not in that language, that have no id, or whose class says that
    the word is an everyday one: `everyday` in all languages, `everyday-es` in Spanish.
    """
    entries = {each.key: each for each in _entries(html, record.code, older)}
    written = {spelling: each.key for each in entries.values() for spelling in each.spellings}
    return Glossary(record.code, entries, terms.Finder(written, record.forms))


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


# In MkDocs' order: `mark` and `explain` for each page, between them `list_pages` once a language.


def mark(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make terms of the glossary links. The glossary itself and print sheets have none."""
    language, _ = editions.place(page.file.src_uri)
    there = _file(files, config)
    if there is None or page.file is there or page.meta.get("sheet"):
        return html
    return link(html, _glossary(editions.of(config), language), there.url_relative_to(page.file))


def list_pages(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Below each entry of the glossary, list the pages that name it; all have their content now."""
    there = _file(files, config)
    if there is None or there.page is None:
        return env
    users: dict[str, list[str]] = {}
    for page in _in_order(files):
        title = Markup(page.title or "").striptags()
        user = f'<a href="{page.file.url_relative_to(there)}">{escape(title)}</a>'
        for key in linked(page.content or ""):
            users.setdefault(key, []).append(user)
    language = i18n.current(config)
    book = editions.of(config)
    say, locale = book.words(language), book.handbook.records[language].locale
    told = {key: _told(pages, locale, say) for key, pages in users.items()}
    there.page.content = _with_users(there.page.content or "", told)
    return env


def explain(context: TemplateContext, page: Page, config: MkDocsConfig) -> TemplateContext:
    """Give a page's template the entries that its text names."""
    language, _ = editions.place(page.file.src_uri)
    keys = linked(page.content or "")
    entries = _glossary(editions.of(config), language).entries if keys else {}
    context.update(definitions=[entries[key] for key in keys])  # type: ignore[call-arg]
    return context


def _file(files: Files, config: MkDocsConfig) -> File | None:
    path = editions.of(config).handbook.settings.glossary
    return files.get_file_from_path(f"{i18n.current(config)}/{path}")


@lru_cache(maxsize=1)
def _glossary(book: editions.Site, language: str) -> Glossary:
    """The glossary in `language`: pages need it before MkDocs may have rendered its own page."""
    handbook, path = book.handbook, book.handbook.settings.glossary
    translation = book.translation(path, language)
    text = translation.text if translation else handbook.read(book.sources[path]).text
    assert handbook.render is not None  # press.site gives it one
    html = handbook.render(text[frontmatter.end(text) :])
    return read(html, handbook.records[language], passages.older(book.words(language)))


def _in_order(files: Files) -> Iterable[Page]:
    """The pages of the navigation, in its order."""
    pages = (file.page for file in files.documentation_pages() if file.page)
    page = next((each for each in pages if each.next_page and not each.previous_page), None)
    while page:
        yield page
        page = page.next_page


def _told(pages: list[str], locale: Locale, say: editions.Words) -> str:
    listed = format_list(pages, "standard", locale)
    if len(pages) <= FEW:
        return f"{escape(say(_USED))} {listed}"
    count = escape(say(_USED_OFTEN)).replace("{number}", str(len(pages)))
    return f'<details><summary class="used__count">{count}</summary>{listed}</details>'


def _with_users(html: str, told: Mapping[str, str]) -> str:
    """`html` with what is told of an entry's pages after its definition."""

    def extended(entry: re.Match[str]) -> str:
        key = _KEY.search(entry["names"])
        if key is None or key[1] not in told:
            return entry[0]
        users = f'<dd class="used" data-search-exclude>{told[key[1]]}</dd>'
        return f"{entry[0].rstrip()}\n{users}\n"

    return _ENTRY.sub(extended, html)
