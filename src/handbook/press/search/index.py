"""The search index of each language, read by theme/assets/search.js.

The theme's own index would contain all languages, would be fetched on every page, and its script
splits Japanese into wrong words. Its plugin is only used for the search box: we exclude every page
from its index, and make the theme start our script in place of its own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from handbook.bitext.languages.browser import for_browser
from handbook.bitext.languages.record import Language
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.kept import Kept
from handbook.press.core.tree import plain
from handbook.press.search.sections import Section

SECTION_KEYWORDS = "section_keywords"
"""The key of a page's metadata for the keywords of its sections, by their anchors."""
_STOCK = "search/search_index.json"
_WORD = re.compile(r"\w+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')


class Numbered(NamedTuple):
    """The numbered paragraphs of a page, which are also found by their numbers."""

    counts: Sequence[int] = ()
    """How many each section has, from section 0 on."""
    beginnings: Sequence[str] = ()
    """How each of them begins: on key documents, elsewhere none."""


Searched = tuple[Page, Leaf, Iterable[Section], Numbered]
"""A page of MkDocs, the `Leaf` it was made from, its sections, and its numbered paragraphs."""


def file(language: str) -> str:
    """Return the path of a language's index, relative to the root of the site."""
    return f"search/{language}.json"


def with_own_engine(settings: str, language: str) -> str:
    """Return the theme's `settings` with our search script and the index of `language`."""
    return _ENGINE.sub(rf"\g<1>assets/search.js#{file(language)}", settings)


def write(
    site_dir: Path, record: Language, pages: Iterable[Searched], terms: list[list[str]], kept: Kept
) -> None:
    """Write the index of a language, with the rules of the language for its search.

    Pages whose front matter has the theme's setting `search: exclude: true` are left out. `kept` is
    for what the next build need not look for again.
    """
    found = (_entry(*each) for each in pages if not _is_excluded(each[0]))
    shown = [each for each in found if each["sections"]]
    rules = for_browser(record)
    rules["nearWords"] = near(rules["nearWords"], shown, kept, record.code)
    index = {"language": rules, "pages": shown, "terms": terms}
    index |= {"readings": read} if (read := _readings(record, shown)) else {}
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_file(written.encode(), str(site_dir / file(record.code)))


def clear(site_dir: Path) -> None:
    """Remove the theme's own index, which is empty and not used."""
    (site_dir / _STOCK).unlink(missing_ok=True)


def terms(editions: Editions, language: str) -> list[list[str]]:
    """Return the names of each glossary term: in `language`, then in the other languages."""
    languages = sorted(editions.handbook.languages, key=lambda each: each != language)
    own, *others = (editions.edition(each).terms for each in languages)
    return [
        [words, *(other[term] for other in others if term in other)] for term, words in own.items()
    ]


def exclude(page: Page) -> None:
    """Exclude a page from our search, or, once our index is written, from the theme's search."""
    page.meta["search"] = {"exclude": True}


def _readings(record: Language, entries: list[dict[str, object]]) -> dict[str, str]:
    """Return the readings of the characters that stand in entries of the index."""
    used = set(json.dumps(entries, ensure_ascii=False)) if record.search.readings else set()
    return {each: how for each, how in record.search.readings.items() if each in used}


def near(
    words: Mapping[str, str], entries: list[dict[str, object]], kept: Kept, language: str
) -> dict[str, str]:
    """Return each near word with the first of its others that stands in entries of the index."""
    others = sorted({other for some in words.values() for other in some.split()})
    known: Mapping[str, Sequence[str]] = kept.find(language, others) or {}
    said: dict[str, Sequence[str]] = {}
    for text in (json.dumps(each, ensure_ascii=False) for each in entries) if others else ():
        name = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        said[name] = known[name] if name in known else _said(others, text)
    if said != known:
        kept.keep(language, others, said)
    there = set[str]().union(*said.values())
    firsts = ((word, filter(there.__contains__, some.split())) for word, some in words.items())
    return {word: first for word, some in firsts if (first := next(some, ""))}


def _said(words: Iterable[str], entry: str) -> list[str]:
    """Return those of the words that stand in an entry of the index."""
    text = _folded(entry)
    known = set(_WORD.findall(text))
    return [each for each in words if _folded(each) in (known if each.isascii() else text)]


def _folded(text: str) -> str:
    """Return a text in small letters without accents, as search compares it."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))


def _is_excluded(page: Page) -> bool:
    """Tell whether a page's front matter excludes it from the search."""
    search = page.meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _entry(
    page: Page, leaf: Leaf, sections: Iterable[Section], numbered: Numbered
) -> dict[str, object]:
    """Return a page's entry in the index."""
    written = list(sections)
    more = {
        "numbers": list(numbered.counts),
        "passages": list(numbered.beginnings),
        "subjects": list(_subjects(page, written)),
    }
    return {key: value for key, value in more.items() if value} | {
        "description": _description(page, leaf),
        "keywords": _keywords(page.meta.get("keywords")),
        "sections": list(_sections(page, written)),
    }


def _subjects(page: Page, sections: Iterable[Section]) -> Iterator[tuple[int, str]]:
    """Yield which sections have keywords of their own, and these: each is found as a page is."""
    of_sections = page.meta.get(SECTION_KEYWORDS) or {}
    for number, section in enumerate(sections):
        if section.anchor and (words := of_sections.get(section.anchor)):
            yield number, str(words)


def _keywords(given: object) -> str:
    """Return the front matter's `keywords`, a text or a list, as a text with commas."""
    return ", ".join(map(str, given)) if isinstance(given, list) else str(given or "")


def _sections(page: Page, sections: Iterable[Section]) -> Iterator[tuple[str, str, str]]:
    """Yield address, title and text of each section; without a title, the page's title is used."""
    title = plain(page.title)
    for section in sections:
        anchor = f"#{section.anchor}" if section.anchor else ""
        yield page.url + anchor, section.title or title, section.text


def _description(page: Page, leaf: Leaf) -> str:
    """Return a page's description; "" if it is still in the source language."""
    given = page.meta.get("description") or ""
    untranslated = leaf.translation is not None and given == leaf.front.get("description")
    return "" if untranslated else str(given)
