"""Search in the reader's language: an index for each, read by theme/assets/search.js.

The theme's own index would hold all languages, be fetched on every page and be read by a script
that cuts Japanese wrongly. Its plugin is only there for the box to search in: it is told to leave
every page out, and the theme is told to start our script in place of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from bitext.languages.browser import for_browser
from bitext.languages.record import Language
from press.core.editions import Editions, Leaf
from press.search.sections import Section

_STOCK = "search/search_index.json"
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')

Searched = tuple[Page, Leaf, Iterable[Section]]
"""A page, what it was made from, and the sections of its content."""


def file(language: str) -> str:
    """The file of a language's index, relative to the root of the site."""
    return f"search/{language}.json"


def with_own_engine(settings: str, language: str) -> str:
    """The theme's `settings` with our script in place of its own, for the index of `language`."""
    return _ENGINE.sub(rf"\g<1>assets/search.js#{file(language)}", settings)


def write(
    site_dir: Path, record: Language, pages: Iterable[Searched], terms: list[list[str]]
) -> None:
    """Write the index of a language, with the rules of the language for its search.

    Left out are pages whose front matter says `search: exclude: true`, as the theme has it.
    """
    found = (_entry(*each) for each in pages if not _is_excluded(each[0]))
    index = {
        "language": for_browser(record),
        "pages": [each for each in found if each["sections"]],
        "terms": terms,
    }
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_file(written.encode(), str(site_dir / file(record.code)))


def clear(site_dir: Path) -> None:
    """Remove the theme's own index, which is empty and which nobody asks for."""
    (site_dir / _STOCK).unlink(missing_ok=True)


def terms(editions: Editions, language: str) -> list[list[str]]:
    """Each term of the glossary: as it is in `language`, then as it is in the others."""
    languages = sorted(editions.handbook.languages, key=lambda each: each != language)
    own, *others = (editions.edition(each).terms for each in languages)
    return [
        [words, *(other[term] for other in others if term in other)] for term, words in own.items()
    ]


def exclude(page: Page) -> None:
    """Leave a page out: of our search, or once our index is written, of the search of the theme."""
    page.meta["search"] = {"exclude": True}


def _is_excluded(page: Page) -> bool:
    search = page.meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _entry(page: Page, leaf: Leaf, sections: Iterable[Section]) -> dict[str, object]:
    return {
        "description": _description(page, leaf),
        "keywords": _keywords(page.meta.get("keywords")),
        "sections": list(_sections(page, sections)),
    }


def _keywords(given: object) -> str:
    """The front matter's `keywords`: a text with commas, or a list."""
    return ", ".join(map(str, given)) if isinstance(given, list) else str(given or "")


def _sections(page: Page, sections: Iterable[Section]) -> Iterator[tuple[str, str, str]]:
    """Address, title and text of each section; one without a title has that of the page."""
    title = Markup(page.title or "").striptags()
    for section in sections:
        anchor = f"#{section.anchor}" if section.anchor else ""
        yield page.url + anchor, section.title or title, section.text


def _description(page: Page, leaf: Leaf) -> str:
    """What a page says of itself; nothing where that is still in its source language."""
    given = page.meta.get("description", "")
    untranslated = leaf.translation is not None and given == leaf.front.get("description")
    return "" if untranslated else str(given)
