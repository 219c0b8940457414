"""All interface messages of a site, for the catalog `site.po` of each language.

Apart from what builds, so that to bring catalogs up to date loads nothing of the books.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.problem import Problem
from handbook.press.core import interface, navfiles
from handbook.press.core.config import load, root
from handbook.press.plugin import making, needs, plugin, sitetexts


class Interface(NamedTuple):
    """The interface text of a site."""

    messages: list[interface.Message]
    """Each once, with a note for its translators."""
    problems: list[Problem]
    """What is wrong with plugins and hooks that make a part of it."""


def find(folder: Path) -> Interface:
    """Return the interface text of the site in a folder."""
    config = load(folder)
    needs.require_languages(config)
    is_made = navfiles.has_makers(config)
    titles, problems = making.titles(root(config)) if is_made else (sitetexts.titles(config), [])
    notes: dict[str, str] = {}
    for message, note in _all_messages(config, titles):
        notes.setdefault(message, note)
    return Interface(list(notes.items()), problems)


def _all_messages(config: MkDocsConfig, titles: Iterable[str]) -> Iterator[interface.Message]:
    yield from sitetexts.messages(config)
    yield from ((title, sitetexts.TITLE_NOTE) for title in titles)
    if standing := plugin.of(config).config.standing:
        yield standing, "`standing` of the site."
    yield from interface.in_code()
    yield from interface.in_theme()
    if custom := config.theme.custom_dir:
        yield from interface.in_templates(Path(custom), config.theme.get_env())
