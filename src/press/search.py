"""Search in the reader's language: an index for each, read by theme/assets/search.js.

The theme's own index would hold all languages, be fetched on every page and be read by a script
that cuts Japanese wrongly. Its plugin is only there for the box to search in: it is told to leave
every page out, and the theme is told to start our script in place of its own.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from press import i18n, sections, site

_STOCK = "search/search_index.json"
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')
_SAID = ("description", "keywords")


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
    index = {
        "language": language,
        "pages": [_indexed(page, config) for page in pages if not _is_excluded(page)],
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


def _indexed(page: Page, config: MkDocsConfig) -> dict[str, object]:
    cut = sections.cut(page.content or "")
    title = Markup(page.title or "").striptags()
    listed = [(_address(page, each), each.title or title, each.text) for each in cut]
    return {**dict.fromkeys(_SAID, ""), **_said(page, config), "sections": listed}


def _address(page: Page, section: sections.Section) -> str:
    return f"{page.url}#{section.anchor}" if section.anchor else page.url


def _said(page: Page, config: MkDocsConfig) -> dict[str, str]:
    """What a page says of itself; what still reads as in its source language is left out."""
    language, path = site.place(page.file.src_uri)
    book = site.of(config)
    source = book.sources[path]
    foreign = {} if source.language == language else book.handbook.front(source)
    said = {key: page.meta[key] for key in _SAID if key in page.meta}
    return {key: str(value) for key, value in said.items() if value != foreign.get(key)}


def _terms(language: str, config: MkDocsConfig) -> list[list[str]]:
    """Each term of the glossary: as it is in `language`, then as it is in the others."""
    book = site.of(config)
    languages = _first(language, book.handbook.languages)
    own, *others = (book.edition(each).terms for each in languages)
    return [
        [words, *(other[term] for other in others if term in other)] for term, words in own.items()
    ]


def _first(language: str, languages: Iterable[str]) -> list[str]:
    return sorted(languages, key=lambda each: each != language)
