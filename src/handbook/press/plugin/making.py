"""Have plugins and hooks make their files as a build does, when no page is to be built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions

from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import i18n, navfiles
from handbook.press.core.config import load, root
from handbook.press.core.failures import FAILURES, problems_of
from handbook.press.core.log import collected
from handbook.press.core.written import read_written
from handbook.press.plugin import generated, handlers, plugin, sitetexts
from handbook.press.plugin.inputs import get_files


def files_of(config: MkDocsConfig, language: str) -> tuple[MkDocsConfig, Files]:
    """Return the settings and files for a language, after every plugin has processed them."""
    i18n.select(language, config)
    config, files = _files(config)
    set_exclusions(files, config)
    return config, files


def _files(config: MkDocsConfig) -> tuple[MkDocsConfig, Files]:
    plugins = config.plugins
    config = plugins.on_config(config)
    plugins.on_pre_build(config=config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    return config, plugins.on_files(files, config=config)


def staged(config: MkDocsConfig, language: str) -> tuple[Any, list[tuple[str, bytes]]]:
    """Return the navigation of a language, and the files that plugins and hooks make of it."""
    config, files = files_of(config, language)
    state = plugin.of(config).state
    return config.nav, list(generated.contents(files, state.generated, state.editions, config))


def titles(folder: Path) -> tuple[list[str], list[Problem]]:
    """Return the titles of the navigation as it is once plugins and hooks have made their files.

    These alone are called: nothing is translated. Which of them fail is returned too; then no title
    is missing that catalogs have, as it may be one of those that were to be made. What else they
    log is told by a build.
    """
    config = load(folder)
    editions = plugin.of(config).editions(config)
    for name in ("bitext", "i18n"):
        navfiles.retire(config.plugins[name], config)
    config.nav = navfiles.to_begin_with(config)
    handlers.wrap_handlers(config)
    others: dict[str, File] = {}
    raised: tuple[Problem, ...] = ()
    with collected() as logged:
        try:
            config, files = _files(config)
            others = generated.files_by_path(files, editions.handbook, config)
            navfiles.settle_again(others, config, read_written(root(config)))
        except FAILURES as error:
            raised = problems_of(error, MKDOCS, 1)
    problems = [*handlers.failures(logged), *raised]
    found = sitetexts.titles(config, [path for path in others if path.endswith(".md")])
    known = _known_titles(editions.handbook) if problems else ()
    return list(dict.fromkeys([*known, *found])), problems


def _known_titles(handbook: Handbook) -> Iterator[str]:
    """Yield the titles of the navigation that the catalogs of interface text have."""
    for language in handbook.languages:
        for unit in handbook.site_units(language):
            if sitetexts.TITLE_NOTE in unit.note:
                yield unit.message
