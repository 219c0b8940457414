"""Read and set the state of the plugin mkdocs-static-i18n: its languages, and the current one.

The plugin builds the default language first and then, from its own `on_post_build`, every other one
on the same configuration: each hook runs once for each language. The plugin has no API that tells
which language that is, so its undocumented attributes are used here and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.project.settings import NO_LANGUAGE

BEFORE = -99
"""The priority of an event handler that must run just before the plugin's own."""
AFTER = -150
"""The priority of an event handler that must run after the plugin's own, which have -100."""


def names(config: MkDocsConfig) -> dict[str, str]:
    """Return the code of each language with its own name for itself, the default language first."""
    languages = sorted(_listed(config), key=lambda each: not each.default)
    return {each.locale: each.name for each in languages}


def languages(config: MkDocsConfig) -> list[str]:
    """Return the code of each language, as often as mkdocs.yml has it."""
    return [str(each.locale) for each in _listed(config)]


def _listed(config: MkDocsConfig) -> list[Any]:
    """Return the entries of languages, without those that lead anywhere else."""
    given = _plugin(config).config.languages
    return [each for each in given if each.locale != NO_LANGUAGE]


def is_by_folder(config: MkDocsConfig) -> bool:
    """Tell whether each language has its pages in a folder, and not in files with its code."""
    return str(_plugin(config).config.docs_structure) == "folder"


def default(config: MkDocsConfig) -> str:
    """Return the code of the default language, which is at the root of the site."""
    return str(_plugin(config).default_language)


def current(config: MkDocsConfig) -> str:
    """Return the code of the language being built; before the build, that of the first one."""
    return str(_plugin(config).current_language or default(config))


def select(language: str, config: MkDocsConfig) -> None:
    """Make the next build be that of `language`, and of no other."""
    plugin = _plugin(config)
    plugin.current_language, plugin.building = language, True


def is_whole(config: MkDocsConfig) -> bool:
    """Tell whether every language has just been built, at the end of `on_post_build`."""
    return not _plugin(config).building


def complete_links(config: MkDocsConfig) -> None:
    """Give each link to a language that mkdocs.yml lists a `lang`, without which the plugin fails.

    Material needs none. Readers see the theme's own menu in place of these links.
    """
    listed = config.extra.get("alternate")
    for each in listed if isinstance(listed, list) else ():
        each.setdefault("lang", "")


def is_sitemap(folder: str) -> bool:
    """Tell whether a folder of templates is the one with the plugin's own sitemap."""
    return Path(folder).name == "custom_i18n_sitemap"


def is_there(config: MkDocsConfig) -> bool:
    """Tell whether mkdocs.yml enables the plugin."""
    return "i18n" in config.plugins


def _plugin(config: MkDocsConfig) -> Any:  # the plugin has no type hints
    return config.plugins["i18n"]
