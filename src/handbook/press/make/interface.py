"""All interface messages of a site, for the catalog `site.po` of each language.

Apart from what builds, so that to bring catalogs up to date loads nothing of the books.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from handbook.press.core import interface, navfiles
from handbook.press.core.config import load, root
from handbook.press.plugin import making, needs, plugin, wording


def messages(root: Path) -> list[interface.Message]:
    """Return the interface messages of the site, each once, with a note for its translators."""
    config = load(root)
    needs.require_languages(config)
    notes: dict[str, str] = {}
    for message, note in _all_messages(config):
        notes.setdefault(message, note)
    return list(notes.items())


def _all_messages(config: MkDocsConfig) -> Iterator[interface.Message]:
    yield from wording.messages(config)
    found = making.titles(root(config)) if navfiles.has_makers(config) else wording.titles(config)
    yield from ((title, wording.TITLE_NOTE) for title in found)
    if standing := plugin.of(config).config.standing:
        yield standing, "`standing` of the site."
    yield from interface.in_code()
    yield from interface.in_theme()
    if custom := config.theme.custom_dir:
        yield from interface.in_templates(Path(custom), config.theme.get_env())
