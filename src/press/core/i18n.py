"""What we ask of mkdocs-static-i18n.

The plugin builds the default language first and then, from its own `on_post_build`, every other one
on the same configuration: each hook runs once a language. It offers no interface for asking which
language that is, so its undocumented attributes are read here and nowhere else.
"""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

AFTER = -150
"""The priority of a handler that has to come after the plugin's own, which have -100."""


def names(config: MkDocsConfig) -> dict[str, str]:
    """Each language's code with the name its speakers give it, the site's default first."""
    languages = sorted(_plugin(config).config.languages, key=lambda each: not each.default)
    return {each.locale: each.name for each in languages}


def default(config: MkDocsConfig) -> str:
    """The language at the root of the site."""
    return str(_plugin(config).default_language)


def current(config: MkDocsConfig) -> str:
    """The language being built now; before the plugin has started, the first it will build."""
    return str(_plugin(config).current_language or default(config))


def select(language: str, config: MkDocsConfig) -> None:
    """Build this language next, and after it no other."""
    plugin = _plugin(config)
    plugin.current_language, plugin.building = language, True


def is_sitemap(folder: str) -> bool:
    """Tell whether a folder of templates is the one that holds the plugin's own sitemap."""
    return Path(folder).name == "custom_i18n_sitemap"


def is_there(config: MkDocsConfig) -> bool:
    """Tell whether mkdocs.yml names the plugin."""
    return "i18n" in config.plugins


def _plugin(config: MkDocsConfig) -> Any:  # the plugin carries no types
    return config.plugins["i18n"]
