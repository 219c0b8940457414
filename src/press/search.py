"""Search in the reader's language: an index for each, read by theme/assets/search.js.

The theme's own plugin cuts the pages into sections and leaves out what is to be left out. Its index
would hold all languages, be fetched on every page and be read by a script that cuts Japanese
wrongly; so each language's build takes the sections away from it and writes them to a file of its
own, and the theme is told to start our script in place of its own.
"""

import json
import re
from collections.abc import Iterable
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from press import i18n, site

BEFORE, AFTER = 50, -50
"""The priorities of handlers that have to come before the theme's plugin, and after it."""
_PLUGIN = "material/search"
_STOCK = "search/search_index.json"
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')
_BLOCK = re.compile(r"</?(?:p|li|ol|ul|pre)>")
_SAID = ("description", "keywords")
_NOTE = re.compile("\N{WORD JOINER}<sup>.*?</sup>|↩")
_TAG = re.compile(r"<[^>]*>")


def file(language: str) -> str:
    """The file of a language's index, relative to the root of the site."""
    return f"search/{language}.json"


def teach(env: Environment, config: MkDocsConfig) -> Environment:
    """Give templates the filter that puts our script in place of the theme's."""
    ours = rf"\g<1>assets/search.js#{file(i18n.current(config))}"
    env.filters["with_own_search"] = lambda settings: _ENGINE.sub(ours, settings)
    return env


def describe(page: Page, config: MkDocsConfig) -> None:
    """Add to the sections of a page what its front matter says of it, in the page's language."""
    said = _said(page, config)
    for entry in _entries(config):
        if _page(entry) == page.url:
            entry.update(said)


def write(config: MkDocsConfig) -> None:
    """Write the index of the language being built; the theme's is left empty."""
    language = i18n.current(config)
    entries = _entries(config)
    index = {
        "language": language,
        "pages": [_indexed(list(sections)) for _, sections in groupby(entries, _page)],
        "terms": _terms(language, config),
    }
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_file(written.encode(), str(Path(config.site_dir, file(language))))
    entries.clear()


def clear(config: MkDocsConfig) -> None:
    """Remove the theme's own index, which is empty and which nobody asks for."""
    Path(config.site_dir, _STOCK).unlink(missing_ok=True)


def _entries(config: MkDocsConfig) -> list[dict[str, str]]:
    plugin: Any = config.plugins[_PLUGIN]  # the plugin carries no types
    entries: list[dict[str, str]] = plugin.search_index.entries
    return entries


def _said(page: Page, config: MkDocsConfig) -> dict[str, str]:
    """What a page says of itself; what still reads as in its source language is left out."""
    language, path = site.place(page.file.src_uri)
    book = site.of(config)
    source = book.sources[path]
    foreign = {} if source.language == language else book.handbook.front(source)
    said = {key: page.meta[key] for key in _SAID if key in page.meta}
    return {key: str(value) for key, value in said.items() if value != foreign.get(key)}


def _indexed(sections: list[dict[str, str]]) -> dict[str, object]:
    said = {key: sections[0].get(key, "") for key in _SAID}
    return {**said, "sections": [_section(each) for each in sections]}


def _page(entry: dict[str, str]) -> str:
    return entry["location"].partition("#")[0]


def _section(entry: dict[str, str]) -> tuple[str, str, str]:
    return entry["location"], _plain(entry["title"]), _plain(entry["text"])


def _plain(html: str) -> str:
    """Text as a reader sees it, a line for each block."""
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", _NOTE.sub("", html))))
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


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
