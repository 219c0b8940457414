"""What mkdocs.yml must have for the plugin: the plugin i18n, the theme Material, a safe target."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import settings
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import i18n, target
from handbook.press.core.config import root
from handbook.press.core.written import read_written

PLUGINS = "write plugins: [search, i18n, bitext], and below i18n its languages"
"""The cure of a mkdocs.yml without one of the plugins."""
_LANGUAGES = ("plugins", "i18n", "languages")


def require(config: MkDocsConfig) -> None:
    """Check that mkdocs.yml has the plugin i18n and the theme Material. Raises SettingsError."""
    require_languages(config)
    for name in settings.UNABLE:
        if name in config.plugins:
            place = ("plugins", name.removeprefix("material/"))
            fault = settings.unable_fault(place[1])
            raise SettingsError(read_written(root(config)).problem(place, fault))
    language, times = Counter(i18n.languages(config)).most_common(1)[0]
    if times > 1:
        fault = f"has the language {language} twice below i18n; take one out"
        raise SettingsError(read_written(root(config)).problem(_LANGUAGES, fault))
    if not i18n.is_by_folder(config):
        fault = "bitext needs a folder for each language: docs_structure: folder"
        keys = ("plugins", "i18n", "docs_structure")
        raise SettingsError(read_written(root(config)).problem(keys, fault))
    if config.theme.name != "material":
        fault = (
            f"has the theme {config.theme.name}; bitext needs Material: theme: {{name: material}}"
        )
        raise SettingsError(read_written(root(config)).problem(("theme", "name"), fault))


def require_languages(config: MkDocsConfig) -> None:
    """Check that mkdocs.yml has the plugin i18n. Raises SettingsError."""
    if not i18n.is_there(config):
        raise SettingsError(Problem(MKDOCS, 1, f"has no plugin i18n; {PLUGINS}"))


def unsafe_target(config: MkDocsConfig) -> Problem | None:
    """Return the reason why no site may be built into the site's folder; None if one may be."""
    here = root(config)
    custom_dir = config.theme.custom_dir
    if custom_dir and here.resolve().is_relative_to(Path(custom_dir).resolve()):
        fault = (
            "custom_dir holds the handbook itself; give what is of the theme a folder of its own"
        )
        return read_written(here).problem(("theme", "custom_dir"), fault)
    written = [Path(config.docs_dir), *(here / name for name in ("translations", ".git", "hooks"))]
    custom = [Path(custom_dir)] if custom_dir else []
    return target.refusal(Path(config.site_dir), here, written + custom)
