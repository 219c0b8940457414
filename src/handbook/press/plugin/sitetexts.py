"""Translate the English texts of mkdocs.yml into the language that is being built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.utils import dirname_to_title

from handbook.bitext.page.characters import decoded
from handbook.press.core import i18n, places
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_, Message
from handbook.press.pages import status

TITLE_NOTE = "In the navigation: keep it short."
"""The note for translators of titles."""
_TAG = re.compile("</?[A-Za-z]")
_MARKDOWN = (
    # Translators: Shown when the pointer rests on a link sign. Keep {} if it is there.
    (N_("Link to this section"), "toc", "permalink_title"),
    # Translators: Shown when the pointer rests on a link sign. Keep {} if it is there.
    (N_("Back to the text of note {}"), "footnotes", "BACKLINK_TITLE"),
)
"""Texts that Markdown extensions put into pages, with the extension and its option."""


@dataclass(frozen=True)
class Setting:
    """A setting of mkdocs.yml whose text readers see."""

    holder: Any
    """The configuration, or the mapping in it, that contains the setting."""
    key: str
    english: str
    """Its value in mkdocs.yml; kept, because each language overwrites the configuration."""
    note: str
    """What translators are told of it."""


def settings(config: MkDocsConfig) -> tuple[Setting, ...]:
    """Return the settings to translate, of a configuration that has just been loaded."""
    return tuple(
        Setting(held, key, held[key], note)
        for held, key, note in _holders(config)
        if isinstance(held.get(key), str) and held[key]
    )


def _holders(config: MkDocsConfig) -> Iterator[tuple[Any, str, str]]:
    """Yield where words for readers may be, the key of each, and what translators are told."""
    for key in ("site_name", "site_description", "copyright"):
        yield config, key, f"`{key}` of the site."
    yield from ((toggle, "name", "A button in its head.") for toggle in _toggles(config))
    yield config.mdx_configs.get("toc") or {}, "title", "Above the contents of a page."
    for social in _mappings(config.extra.get("social")):
        yield social, "name", "What a sign in its foot leads to."
    consent = config.extra.get("consent")
    for key in ("title", "description"):
        yield from ((held, key, "The question about cookies.") for held in _mappings([consent]))
    analytics = config.extra.get("analytics")
    for feedback in _mappings(each.get("feedback") for each in _mappings([analytics])):
        yield feedback, "title", "Below a page: was it of use?"
        for rating in _mappings(feedback.get("ratings")):
            yield from ((rating, key, "An answer to that.") for key in ("name", "note"))


def _mappings(given: Any) -> Iterator[dict[str, Any]]:
    """Yield what has keys, of something that should be a list of it."""
    if given is not None and not isinstance(given, str | dict):
        yield from (each for each in given if isinstance(each, dict))


def _toggles(config: MkDocsConfig) -> Iterator[dict[str, Any]]:
    """Yield the buttons that switch colors; `palette` may be a mapping, a list, or missing."""
    palette = config.theme.get("palette", [])
    for scheme in palette if isinstance(palette, list) else [palette]:
        if isinstance(scheme, dict) and isinstance(scheme.get("toggle"), dict):
            yield scheme["toggle"]


def messages(config: MkDocsConfig) -> Iterator[Message]:
    """Yield the English messages of a newly loaded configuration, with notes for translators."""
    yield from ((setting.english, setting.note) for setting in settings(config))


def titles(config: MkDocsConfig, generated: Iterable[str] = ()) -> Iterator[str]:
    """Yield the titles of the navigation; `generated` are the paths of pages that plugins make."""
    yield from nav_titles(config.nav) if config.nav else folder_titles(config, generated)


def nav_titles(nav: Any) -> Iterator[str]:
    """Yield the titles in `nav` of mkdocs.yml."""
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, children in item.items():
                yield str(title)
                yield from nav_titles(children)


def folder_titles(config: MkDocsConfig, generated: Iterable[str] = ()) -> Iterator[str]:
    """Yield the titles that MkDocs makes of the names of folders where mkdocs.yml has no `nav`."""
    titles: dict[str, None] = {}
    for language in i18n.names(config):
        pages = Path(config.docs_dir, language)
        for folder in sorted(each for each in pages.rglob("*") if each.is_dir()):
            if any(folder.rglob("*.md")):
                titles[dirname_to_title(folder.name)] = None
    for path in generated:
        names = PurePosixPath(path).parent.parts
        titles |= dict.fromkeys(map(dirname_to_title, names))
    yield from titles


def translate(config: MkDocsConfig, originals: tuple[Setting, ...], say: Say) -> None:
    """Translate the site's name and other settings into the language that is being built."""
    config.theme["language"] = i18n.current(config)
    for setting in originals:
        setting.holder[setting.key] = _written(setting.english, say)
    for message, extension, option in _MARKDOWN:
        config.mdx_configs.setdefault(extension, {})[option] = say(message)


def _written(english: str, say: Say) -> str:
    """Return a setting in the language, escaped for HTML.

    A setting with tags is not escaped: the site's owner wrote it as HTML, and its translation has
    the same tags (`bitext.translate.guards`). In one without, `&copy;` is still a sign.
    """
    text = say(english)
    return text if _TAG.search(english) else escape(decoded(text))


def labels(nav: Navigation) -> dict[str, tuple[str, ...]]:
    """Return what mkdocs.yml calls each page and the sections it is in, outermost first, by file.

    In English; to be asked for before `translate_sections`.
    """
    return {
        page.file.src_uri: tuple(
            str(item.title)
            for item in (*reversed(tuple(page.ancestors)), page)
            if vars(item).get("title") is not None
        )
        for page in nav.pages
    }


def sections(nav: Navigation) -> Iterator[status.Section]:
    """Yield the sections of the first level, with their pages.

    In English; to be asked for before `translate_sections`.
    """
    for item in nav.items:
        if isinstance(item, Section):
            inside = (page for page in nav.pages if item in page.ancestors)
            paths = frozenset(places.split(page.file.src_uri)[1] for page in inside)
            yield status.Section(str(item.title), paths)


def translate_sections(nav: Navigation, say: Say) -> None:
    """Translate the section titles of mkdocs.yml into the language that is being built."""
    _translate(nav.items, say)


def _translate(items: list[Any], say: Say) -> None:
    for item in items:
        # A page without a title in mkdocs.yml takes it from its heading.
        if vars(item).get("title") is not None:
            item.title = _written(str(item.title), say)
        _translate(item.children or [], say)
