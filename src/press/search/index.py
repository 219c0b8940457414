"""Search in the reader's language: an index for each, read by theme/assets/search.js.

The theme's own index would hold all languages, be fetched on every page and be read by a script
that cuts Japanese wrongly. Its plugin is only there for the box to search in: it is told to leave
every page out, and the theme is told to start our script in place of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from press.core import editions, i18n
from press.core.settings import log
from press.search import keywords, sections

_STOCK = "search/search_index.json"
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')


def file(language: str) -> str:
    """The file of a language's index, relative to the root of the site."""
    return f"search/{language}.json"


def teach(env: Environment, config: MkDocsConfig) -> Environment:
    """Give templates the filter that puts our script in place of the theme's."""
    ours = rf"\g<1>assets/search.js#{file(i18n.current(config))}"
    env.filters["with_own_search"] = lambda settings: _ENGINE.sub(ours, settings)
    return env


def write(config: MkDocsConfig, files: Files) -> None:
    """Write the index of the language being built, whose pages all have their content.

    Left out are pages whose front matter says `search: exclude: true`, as the theme has it.
    """
    language = i18n.current(config)
    pages = [file.page for file in files.documentation_pages() if file.page]
    found = [page for page in pages if not _is_excluded(page)]
    index = {
        "language": language,
        "pages": [each for each in _indexed(found, config) if each["sections"]],
        "terms": _terms(language, config),
    }
    for page in pages:
        page.meta["search"] = {"exclude": True}
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_file(written.encode(), str(Path(config.site_dir, file(language))))


def clear(config: MkDocsConfig) -> None:
    """Remove the theme's own index, which is empty and which nobody asks for."""
    Path(config.site_dir, _STOCK).unlink(missing_ok=True)


def _is_excluded(page: Page) -> bool:
    search = page.meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _indexed(pages: Iterable[Page], config: MkDocsConfig) -> Iterator[dict[str, object]]:
    language, book = i18n.current(config), editions.of(config)
    listed, problems = keywords.load(book.handbook.root, language, book.sources)
    for problem in problems:
        log.warning("%s", problem)
    for page in pages:
        _, path = editions.place(page.file.src_uri)
        yield {
            "description": _description(page, config),
            "keywords": listed.get(path, ""),
            "sections": list(_sections(page)),
        }


def _sections(page: Page) -> Iterator[tuple[str, str, str]]:
    """Address, title and text of each section; one without a title has that of the page."""
    title = Markup(page.title or "").striptags()
    for section in sections.cut(page.content or ""):
        anchor = f"#{section.anchor}" if section.anchor else ""
        yield page.url + anchor, section.title or title, section.text


def _description(page: Page, config: MkDocsConfig) -> str:
    """What a page says of itself; nothing where that still reads as in its source language."""
    language, path = editions.place(page.file.src_uri)
    book = editions.of(config)
    source, said = book.sources[path], page.meta.get("description", "")
    foreign = source.language != language and said == book.handbook.front(source).get("description")
    return "" if foreign else str(said)


def _terms(language: str, config: MkDocsConfig) -> list[list[str]]:
    """Each term of the glossary: as it is in `language`, then as it is in the others."""
    book = editions.of(config)
    languages = _first(language, book.handbook.languages)
    own, *others = (book.edition(each).terms for each in languages)
    return [
        [words, *(other[term] for other in others if term in other)] for term, words in own.items()
    ]


def _first(language: str, languages: Iterable[str]) -> list[str]:
    return sorted(languages, key=lambda each: each != language)
