"""Words that readers search with, where a page calls a thing otherwise.

Each language has a list of its own, `docs/<language>/keywords.yml`. It is no translation: what
readers of one language call a thing does not follow from what those of another do. That is why it
is a hook of this handbook: other sites name `keywords` in the front matter of a page, where the
plugin looks for them and catalogs translate them.

An entry `page.md#anchor` has those of a section that is a subject of its own, such as one of many
questions on a page: it is found as if it were a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.files import read
from handbook.bitext.problem import Problem, line_at
from handbook.press.core import i18n, places
from handbook.press.core.config import root
from handbook.press.core.log import log
from handbook.press.plugin import plugin
from handbook.press.search.index import SECTION_KEYWORDS

NAME = "keywords.yml"
_listed: dict[str, str] = {}
"""The keywords of the language that is being built, by the path of a page, or path and anchor."""


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
    """Read the list of the language. Warns of what is wrong with it."""
    language = i18n.current(config)
    pages = {places.split(file.src_uri)[1]: file for file in files.documentation_pages()}
    unread = plugin.of(config).editions(config).handbook.unusable()  # said already
    listed, problems = load(root(config), language, pages | dict.fromkeys(unread))
    for problem in problems:
        log.warning(problem)
    _listed.clear()
    _listed.update(listed)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Put the keywords of a page where the plugin looks for them; others keep those they name."""
    path = places.split(page.file.src_uri)[1]
    if listed := _listed.get(path):
        page.meta["keywords"] = listed
    if of_sections := _of_sections(path):
        page.meta[SECTION_KEYWORDS] = of_sections


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Warn of keywords for a section that the page does not have."""
    path = places.split(page.file.src_uri)[1]
    name = f"docs/{i18n.current(config)}/{NAME}"
    for anchor in _of_sections(path):
        if f'id="{anchor}"' not in html:
            text = read(root(config) / name, name)
            key = f"{path}#{anchor}"
            told = f"{path} has no heading #{anchor}; name another, or delete the entry"
            log.warning(Problem(name, _line(str(text), key), told))


def _of_sections(path: str) -> dict[str, str]:
    """Return the keywords of a page's sections by their anchors."""
    keys = ((key, key.partition("#")) for key in _listed)
    return {anchor: _listed[key] for key, (page, _, anchor) in keys if page == path and anchor}


def load(
    root: Path, language: str, pages: Mapping[str, object]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the keywords of a language by the paths of `pages`, and what is wrong with the list.

    Commas stand between the keywords of a page. There need not be a list, nor all pages on it. An
    anchor may follow the path.
    """
    name = f"docs/{language}/{NAME}"
    if not (root / name).exists():
        return {}, []
    text = read(root / name, name)
    if isinstance(text, Problem):
        return {}, [text]
    try:
        listed = datafile.load(text) or {}
    except DataError as error:
        return {}, [Problem(name, error.line, f"is not YAML ({error}); {_FORM}")]
    if not isinstance(listed, dict):
        return {}, [Problem(name, 1, f"is not a list of pages; {_FORM}")]
    problems = [Problem(name, _line(text, path), told) for path, told in _wrong(listed, pages)]
    problems += _doubles(name, text)
    return {path: said for path, said in listed.items() if isinstance(said, str)}, problems


_KEY = re.compile(r"[^\s#].*\.md(#\S+)?$")
_FORM = 'write "page.md: >-", and below it, indented, words with commas between them'


def _wrong(
    listed: Mapping[object, object], pages: Mapping[str, object]
) -> Iterator[tuple[object, str]]:
    for path, said in listed.items():
        if str(path).partition("#")[0] not in pages:
            yield path, f"there is no page {path}; rename the entry with its page, or delete it"
        elif not isinstance(said, str):
            yield path, f"the keywords of {path} are no text; {_FORM}"


def _doubles(name: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each page that is listed again: of two entries YAML keeps the last."""
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if _KEY.match(path := line.partition(":")[0].strip("'\"")):
            if first := seen.get(path):
                fault = f"{path} is in line {first} already; join the two, or one is lost"
                yield Problem(name, number, fault)
            seen[path] = number


def _line(text: str, path: object) -> int:
    found = re.search(rf"^['\"]?{re.escape(str(path))}['\"]?\s*:", text, re.MULTILINE)
    return line_at(text, found.start()) if found else 1
