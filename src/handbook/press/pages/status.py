"""The state of all translations: a table on a page that asks for it, a file for programs, badges.

A page asks with an empty element, `<div id="state-of-translations"></div>`; for the names of those
who translate, with `<div id="thanks-to-translators"></div>`. What is counted is
words of the source text, as `Translation.word_tally` has them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date
from functools import reduce
from html import escape
from itertools import chain
from typing import Any, NamedTuple

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from lxml.builder import E

from handbook.bitext.languages.record import Language
from handbook.bitext.translate.assemble import Tally
from handbook.press.core import order, tree
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.history import History
from handbook.press.core.interface import N_
from handbook.press.core.tree import Element
from handbook.press.pages import lately
from handbook.press.pages.lately import Waiting

FILE = "status.json"
"""The file for programs, at the root of the site."""
PLACE = "state-of-translations"
"""The id of the element that is filled."""
THANKS = "thanks-to-translators"
"""The id of the element that gets the names of translators who want to be thanked."""
_MOST = 10
"""How many of the last changes are listed."""

_LANGUAGE = N_("Language")
# Translators: Head of a column: how many pages were first written in a language.
_WRITTEN = N_("Pages first written in it")
# Translators: Head of a column: how much of a translation is up to date, in per cent.
_CURRENT = N_("Up to date")
# Translators: Head of a column: words whose source was edited since they were translated.
_CHANGED = N_("Words edited since")
# Translators: Head of a column: words that have no translation.
_MISSING = N_("Words not translated")
# Translators: Head of a column: how many pages a native speaker has reviewed. In a cell: 3 of 77.
_REVIEWED = N_("Pages reviewed by a native speaker")
# Translators: Above a table: how much of each section of the handbook is up to date.
_BY_SECTION = N_("Up to date, by section")
# Translators: Head of a column in that table: the sections of the handbook.
_SECTION = N_("Section")
# Translators: In that table: the pages that are in no section of the navigation.
_OTHERS = N_("Other pages")
# Translators: In a cell: a number of a larger number. Keep {part} and {whole}.
_OF = N_("{part} of {whole}")
# Translators: Above a list of pages of a language. Keep {language}.
_OPEN = N_("Open in {language}")
# Translators: Behind the title of a page in that list. Keep {words}.
_OPEN_WORDS = N_("{words} words")
# Translators: The same; the oldest text that waits is from that day. Keep {words} and {date}.
_OPEN_SINCE = N_("{words} words, waiting since {date}")
# Translators: Above a list of the pages that have changed last, each with its day.
_LATELY = N_("Changed lately")
# Translators: Above a list of pages that somebody should have read again by a day.
_DUE = N_("Due for review")
# Translators: Behind the title of a page in that list. Keep {date}.
_DUE_SINCE = N_("since {date}")
# Translators: Where translators are thanked by name, and none has given one.
_NOBODY = N_("Nobody has asked to be named yet.")
_NOTHING = N_("Every translation is up to date.")


class Section(NamedTuple):
    """A section of the navigation, of its first level."""

    title: str
    """As it is in mkdocs.yml."""
    paths: frozenset[str]
    """Its pages, and those of the sections in it."""


@dataclass(frozen=True)
class Progress:
    """How much of the handbook there is in one language."""

    language: str
    written: int
    """Pages that were first written in it."""
    pages: Mapping[str, Tally]
    """The words of each translated page, in each state, by path."""
    reviewed: frozenset[str]
    """The paths of translated pages that a native speaker has reviewed."""

    waiting: tuple[Waiting, ...] = ()
    """What is left to translate, the most words for the longest time first."""
    changed: tuple[tuple[date, str], ...] = ()
    """The days and paths of the pages that have changed last, the newest first."""
    credit: tuple[str, ...] = ()
    """The names of its translators who want to be thanked, in alphabetical order."""

    @property
    def words(self) -> Tally:
        """The words of all translated pages, in each state."""
        return self.words_of(self.pages.keys())

    def words_of(self, paths: Set[str]) -> Tally:
        """Return the words of some of the translated pages, in each state."""
        found = (tally for path, tally in self.pages.items() if path in paths)
        return reduce(Tally.plus, found, Tally())


class Overview(NamedTuple):
    """How much of a handbook is translated and reviewed, on a day."""

    languages: tuple[Progress, ...]
    """The default language first."""
    due: tuple[tuple[date, str], ...]
    """The pages that somebody should have read again, since when, by path."""
    sections: tuple[Section, ...]
    """Those of the navigation; the last has the pages that are in none."""


def overview(
    editions: Editions, history: History, today: date, sections: Sequence[Section] = ()
) -> Overview:
    """Return how far all languages are; `sections` are those of the navigation."""
    languages = tuple(_progress(editions, history, today))
    due = tuple(lately.due(editions, today))
    return Overview(languages, due, tuple(_with_others(sections, editions.sources.keys())))


def _with_others(sections: Sequence[Section], paths: Set[str]) -> Iterator[Section]:
    """Yield the sections, and one of the pages that are in none of them."""
    yield from sections
    others = frozenset(paths).difference(*(each.paths for each in sections)) if sections else None
    if others:
        yield Section(_OTHERS, others)


def _progress(editions: Editions, history: History, today: date) -> Iterator[Progress]:
    """Yield how far each language is."""
    for language in editions.handbook.languages:
        edition, record = editions.edition(language), editions.handbook.records[language]
        thanked = {name for names in edition.credits.values() for name in names}
        pages = {
            path: each.word_tally
            for path, each in edition.translations.items()
            if path in editions.sources
        }
        yield Progress(
            language,
            sum(each.language == language for each in editions.sources.values()),
            pages,
            frozenset(edition.reviewed & pages.keys()),
            tuple(lately.waiting(editions, language, history, today)),
            tuple(lately.changes(editions, language, history)[:_MOST]),
            tuple(sorted(thanked, key=lambda name: order.key(name, record))),
        )


Link = Callable[[str], Element]
"""A function that returns the link to the page at a path, with its title."""
Opening = Callable[[str, str], Element]
"""A function that returns the link which opens a page's catalog in a language, with its title."""


def linked(url: str, title: str, language: Language, leaf: Leaf) -> Element:
    """Return a link to a page; `language` is that of its title, `leaf` the page it stands on."""
    link = E.a(title, href=url)
    if language != leaf.record:
        link.set("lang", language.tag)
        link.set("dir", language.direction)
    return link


def is_asked_for(html: str) -> bool:
    """Tell whether a page may ask for the state of all translations."""
    return PLACE in html or THANKS in html


def fill(
    content: Element,
    leaf: Leaf,
    overview: Callable[[], Overview],
    *,
    link: Link,
    opening: Opening,
) -> None:
    """Put the state of all translations into the element of a page that asks for it."""
    for place in content.xpath(f".//div[@id='{PLACE}']"):
        found = overview()
        place.append(_table(found.languages, leaf))
        place.extend(_by_section(found, leaf))
        lists = (_open(progress, leaf, opening) for progress in found.languages)
        blocks = list(chain.from_iterable(lists))
        place.extend(blocks or [E.p(leaf.say(_NOTHING))])
        place.extend(_dated(found, leaf, link))
    for place in content.xpath(f".//div[@id='{THANKS}']"):
        place.append(_thanks(overview().languages, leaf))


def _thanks(found: Sequence[Progress], leaf: Leaf) -> Element:
    """Return the names of translators, by language."""
    named = [each for each in found if each.credit]
    if not named:
        return E.p(leaf.say(_NOBODY))
    locale = leaf.record.locale
    rows = ((leaf.record.name_of(each.language), list(each.credit)) for each in named)
    return E.ul(*(E.li(f"{name}: {format_list(names, locale=locale)}") for name, names in rows))


def _table(found: Sequence[Progress], leaf: Leaf) -> Element:
    """Return a table with a row a language."""
    heads = (_LANGUAGE, _WRITTEN, _CURRENT, _CHANGED, _MISSING, _REVIEWED)
    rows = [E.tr(*(E.td(cell) for cell in _cells(progress, leaf))) for progress in found]
    return E.table(E.thead(E.tr(*(E.th(leaf.say(head)) for head in heads))), E.tbody(*rows))


def _cells(progress: Progress, leaf: Leaf) -> Iterator[str]:
    """Yield the cells of a language's row."""
    locale, words = leaf.record.locale, progress.words
    yield leaf.record.name_of(progress.language)
    yield format_decimal(progress.written, locale=locale)
    yield format_percent(words.percent / 100, locale=locale)
    yield format_decimal(words.changed, locale=locale)
    yield format_decimal(words.missing + words.suggested, locale=locale)
    counts = {"part": str(len(progress.reviewed)), "whole": str(len(progress.pages))}
    yield leaf.say(_OF).format(**counts)


def _by_section(found: Overview, leaf: Leaf) -> Iterator[Element]:
    """Yield a heading and a table with a row a section and a column a language."""
    if not found.sections:
        return
    names = (leaf.record.name_of(each.language) for each in found.languages)
    heads = map(E.th, (leaf.say(_SECTION), *names))
    rows = (E.tr(*map(E.td, _shares(each, found, leaf))) for each in found.sections)
    yield E.h3(leaf.say(_BY_SECTION), id="by-section")
    yield E.table(E.thead(E.tr(*heads)), E.tbody(*rows))


def _shares(section: Section, found: Overview, leaf: Leaf) -> Iterator[str]:
    """Yield the cells of a section's row."""
    yield tree.plain(leaf.say(section.title))
    for progress in found.languages:
        percent = progress.words_of(section.paths).percent
        yield format_percent(percent / 100, locale=leaf.record.locale)


def _open(progress: Progress, leaf: Leaf, opening: Opening) -> Iterator[Element]:
    """Yield a heading and a list of the pages of a language on which something is to be done.

    Each leads to where it is done: its entries, beside it.
    """
    if not progress.waiting:
        return
    name = leaf.record.name_of(progress.language)
    yield E.h3(leaf.say(_OPEN).format(language=name), id=f"open-{progress.language}")

    def link(path: str) -> Element:
        return opening(path, progress.language)

    yield E.ul(*(_item(each.path, _waits(each, leaf), link) for each in progress.waiting))


def _waits(each: Waiting, leaf: Leaf) -> str:
    """Return how much of a page waits, and since when if that is known."""
    words = format_decimal(each.words, locale=leaf.record.locale)
    if each.since is None:
        return leaf.say(_OPEN_WORDS).format(words=words)
    return leaf.say(_OPEN_SINCE).format(words=words, date=_written(each.since, leaf))


def _dated(found: Overview, leaf: Leaf, link: Link) -> Iterator[Element]:
    """Yield what has changed lately in the language of a page, and what is due for review."""
    own = next(each for each in found.languages if each.language == leaf.language)
    if own.changed:
        yield E.h3(leaf.say(_LATELY), id="changed-lately")
        yield E.ul(*(_item(path, _day(day, leaf), link) for day, path in own.changed))
    if found.due:
        since = leaf.say(_DUE_SINCE)
        yield E.h3(leaf.say(_DUE), id="due-for-review")
        reviews = ((path, since.format(date=_written(day, leaf))) for day, path in found.due)
        yield E.ul(*(_item(path, words, link) for path, words in reviews))


def _item(path: str, words: str | Element, link: Link) -> Element:
    return E.li(link(path), " ", words)


def _day(day: date, leaf: Leaf) -> Element:
    """Return a day, which the style sheet keeps in one line."""
    return E.time(_written(day, leaf), datetime=day.isoformat())


def _written(day: date, leaf: Leaf) -> str:
    return format_date(day, "long", locale=leaf.record.locale)


_COUNTED = {
    "words": "words of the source, by the state of their translation",
    "percent": "current words of all words, rounded down",
    "open": "words that are not current, by page",
    "waiting": "since: the day on which the oldest of them came into the page as it is now;"
    " word_days: words times days, text by text, added up",
    "changed": "the last pages whose source or catalog was changed, by the days in git",
    "reviewed": "pages that a native speaker has signed for (X-Reviewed)",
    "sections": "those of the navigation's first level, the pages in none of them last; words"
    " and percent as above; pages: those that are translations; reviewed: how many of these",
    "due": "pages whose review_by is past on the day of the build",
}
"""How the numbers are counted, for those who read the file."""


def as_json(found: Overview) -> str:
    """Return the states for programs: language, pages, and words in each state."""
    languages: dict[str, Any] = {
        progress.language: {
            "written": progress.written,
            "translated": len(progress.pages),
            "reviewed": sorted(progress.reviewed),
            "credit": progress.credit,
            "words": progress.words._asdict(),
            "percent": progress.words.percent,
            "open": {each.path: each.words for each in progress.waiting},
            "waiting": [asdict(each) for each in progress.waiting],
            "changed": [{"path": path, "day": day} for day, path in progress.changed],
            "sections": [_section_data(each, progress) for each in found.sections],
        }
        for progress in found.languages
    }
    due = [{"path": path, "since": day} for day, path in found.due]
    data = {"version": 1, "counted": _COUNTED, "due": due, "languages": languages}
    return json.dumps(data, ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


def _section_data(section: Section, progress: Progress) -> dict[str, Any]:
    words = progress.words_of(section.paths)
    return {
        "title": section.title,
        "words": words._asdict(),
        "percent": words.percent,
        "pages": len(section.paths & progress.pages.keys()),
        "reviewed": len(section.paths & progress.reviewed),
    }


def badge(progress: Progress, name: str) -> str:
    """Return an SVG that says how much of a language is up to date, for other sites to show."""
    percent = f"{progress.words.percent} %"
    left, right = 8 * len(name.encode("utf-16-le")) // 2 + 16, 8 * len(percent) + 12
    color = "#2e7d32" if progress.words.percent == 100 else "#8a5a00"
    width, middle = left + right, left + right / 2
    size, title = f'width="{width}" height="20"', f"{escape(name)}: {percent}"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">\
<title>{title}</title><rect width="{left}" height="20" fill="#444"/>\
<rect x="{left}" width="{right}" height="20" fill="{color}"/>\
<g fill="#fff" font-family="sans-serif" font-size="12" text-anchor="middle">\
<text x="{left / 2:g}" y="14">{escape(name)}</text>\
<text x="{middle:g}" y="14">{percent}</text></g></svg>
"""
