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

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from press import i18n, site

BEFORE = 50
"""The priority of a handler that has to come before the theme's plugin."""
_PLUGIN = "material/search"
_STOCK = "search/search_index.json"
_ENGINE = re.compile(r'(?<="search": ")([^"]*)assets/javascripts/workers/[^"]*')
_BLOCK = re.compile(r"</?(?:p|li|ol|ul|pre)>")
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


def write(config: MkDocsConfig) -> None:
    """Write the index of the language being built; the theme's is left empty."""
    language = i18n.current(config)
    entries = config.plugins[_PLUGIN].search_index.entries  # type: ignore[attr-defined]
    index = {
        "language": language,
        "pages": [[_section(each) for each in page] for _, page in groupby(entries, _page)],
        "terms": _terms(language, config),
    }
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_file(written.encode(), str(Path(config.site_dir, file(language))))
    entries.clear()


def clear(config: MkDocsConfig) -> None:
    """Remove the theme's own index, which is empty and which nobody asks for."""
    Path(config.site_dir, _STOCK).unlink(missing_ok=True)


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
