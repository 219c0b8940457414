"""Take the navigation that plugins read from files beside the pages: `SUMMARY.md`, `.nav.yml`.

Such a plugin expects one folder of pages, and a handbook has one for each language. So it is called
once, before anything is built, with the pages of all languages as if they were in one folder. What
it returns is written as a `nav` of mkdocs.yml is, and stands in its place from then on.

Where other plugins or hooks make files while the site is built, as gen-files makes a `SUMMARY.md`,
it is called again in each language, as soon as these are there; only then it is heard.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import Link, get_navigation
from mkdocs.structure.pages import Page

from handbook.bitext.files import read
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import walk
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import i18n
from handbook.press.core.log import log
from handbook.press.core.written import Written

_READERS = ("literate-nav", "awesome-nav", "awesome-pages")
"""Plugins that read a navigation from files in the folder of pages."""


def settle(config: MkDocsConfig, written: Written) -> None:
    """Set `nav` to what such plugins read, and have MkDocs call these no more.

    Raises SettingsError where one fails.
    """
    if not i18n.is_there(config) or not i18n.is_by_folder(config):
        return
    found = [each for each in _readers(config) if retire(config.plugins[each], config)]
    if has_makers(config):
        with suppress(SettingsError):
            _set(found, {}, config, written)
        return
    for problem in _set(found, {}, config, written):
        log.warning(problem)


def settle_again(
    others: Mapping[str, File], config: MkDocsConfig, written: Written
) -> list[Problem]:
    """Set `nav` to what such plugins read when `others` have made files; return what is wrong.

    Nothing where nobody can make any. Raises SettingsError where one fails.
    """
    return _set(_readers(config), others, config, written) if has_makers(config) else []


def to_begin_with(config: MkDocsConfig) -> Any:
    """Return the navigation with which the build of a language begins, for plugins to change it."""
    if not _readers(config) or not has_makers(config):
        return config.nav
    return as_written(config).get("nav")


def as_written(config: MkDocsConfig) -> dict[str, Any]:
    """Return the values that were given to a configuration."""
    with warnings.catch_warnings(action="ignore"):  # MkDocs means to take user_configs away
        return {key: value for each in config.user_configs for key, value in each.items()}


def _readers(config: MkDocsConfig) -> list[str]:
    return [each for each in _READERS if each in config.plugins]


def has_makers(config: MkDocsConfig) -> bool:
    """Tell whether others than this program are called before or when MkDocs finds the files."""
    plugins = config.plugins
    called = [*plugins.events["pre_build"], *plugins.events["files"]]
    return not {plugins._event_origins.get(each) for each in called} <= {"bitext", "i18n"}


def _set(
    names: Iterable[str], others: Mapping[str, File], config: MkDocsConfig, written: Written
) -> list[Problem]:
    """Set `nav` to what some plugins read; return what they log."""
    problems: list[Problem] = []
    for name in names:
        try:
            with _as_problems(name, config, problems):
                config.nav = _read(config.plugins[name], others, config)
        except Exception as error:
            what = " ".join(str(error).split()).rstrip(".")
            if not isinstance(error, MkDocsException):
                what = f"{type(error).__name__}: {what}"
            fault = f"the plugin {name} finds no navigation ({what}); correct its files"
            raise SettingsError(written.problem(("plugins", name), fault)) from None
    return problems


def retire(plugin: Any, config: MkDocsConfig) -> bool:
    """Have MkDocs call a plugin no more; return whether it would have been called."""
    found = False
    for handlers in config.plugins.events.values():
        kept = [each for each in handlers if getattr(each, "__self__", None) is not plugin]
        found = found or len(kept) < len(handlers)
        handlers[:] = kept
    return found


def _read(plugin: Any, others: Mapping[str, File], config: MkDocsConfig) -> Any:
    """Return the navigation that a plugin reads, as a `nav` of mkdocs.yml."""
    files = _files(others, config)
    if hasattr(plugin, "on_files"):
        plugin.on_files(files, config=config)
    nav = get_navigation(files, config)
    if hasattr(plugin, "on_nav"):
        nav = plugin.on_nav(nav, config=config, files=files) or nav
    return [_plain(item) for item in nav.items]


def _plain(item: Any) -> Any:
    """Return an item of a navigation as mkdocs.yml has it."""
    title = vars(item).get("title")  # of a page without a title of its own MkDocs reads the text
    if isinstance(item, Page):
        return {title: item.file.src_uri} if title else item.file.src_uri
    if isinstance(item, Link):
        return {title: item.url} if title else item.url
    return {title: [_plain(each) for each in item.children]}


def _files(others: Mapping[str, File], config: MkDocsConfig) -> Files:
    """Return the files of all languages as if they were in one folder, the default's first.

    With those that `others` have made, by their paths in that folder.
    """
    found: dict[str, File] = {}
    for language in i18n.names(config):
        for path, inclusion in _of_language(language, config):
            if path not in found:
                folder = str(Path(config.docs_dir, language))
                found[path] = File(path, folder, config.site_dir, config.use_directory_urls)
                found[path].inclusion = inclusion
    for path, file in others.items():
        content, inclusion = file.content_bytes, file.inclusion
        made = File.generated(config, path, content=content, inclusion=inclusion)
        found.setdefault(path, made)
    set_exclusions(found.values(), config)
    return Files(found.values())


def _of_language(language: str, config: MkDocsConfig) -> Iterator[tuple[str, Any]]:
    """Yield the path of each file of a language, and how MkDocs includes it."""
    docs = Path(config.docs_dir)
    walked = walk.files(docs, language, hidden=True)
    names = [each.relative_to(docs).as_posix() for each in walked if isinstance(each, Path)]
    files = Files(
        [File(each, config.docs_dir, config.site_dir, config.use_directory_urls) for each in names]
    )
    set_exclusions(files, config)
    for file in files:
        yield file.src_uri.removeprefix(f"{language}/"), file.inclusion


@contextmanager
def _as_problems(name: str, config: MkDocsConfig, problems: list[Problem]) -> Iterator[None]:
    """Add the warnings that a plugin logs in a `with` block to `problems`, each once.

    What MkDocs itself would log, it will log again when it builds a language.
    """
    of_mkdocs, of_plugins = map(logging.getLogger, ("mkdocs.structure.nav", "mkdocs.plugins"))
    before = of_mkdocs.disabled, of_plugins.propagate
    kept = _Kept(logging.WARNING)
    of_mkdocs.disabled, of_plugins.propagate = True, False
    of_plugins.addHandler(kept)
    try:
        yield
    finally:
        of_plugins.removeHandler(kept)
        of_mkdocs.disabled, of_plugins.propagate = before
    problems += (_problem(each, name, config) for each in dict.fromkeys(kept.messages))


class _Kept(logging.Handler):
    """A logging handler that keeps the messages."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


_FILE = re.compile(r" *\[([^\[\]\n]+)\]")
_LINE = re.compile(r"\bline (\d{1,9})\b")


def _problem(message: str, name: str, config: MkDocsConfig) -> Problem:
    """Return what a plugin logs as a problem, at the file that it names between brackets."""
    said = " ".join(_FILE.sub("", message, count=1).split()).removeprefix(f"{name}: ")
    text = f"{said.rstrip('.')} (the plugin {name}); correct it"
    for found in _FILE.finditer(message):
        for language in i18n.names(config):
            file = Path(config.docs_dir, language, found[1])
            if file.is_file():
                place = os.path.relpath(file, Path(config.config_file_path).parent)
                return Problem(Path(place).as_posix(), _line(message, file), text)
    return Problem(MKDOCS, 1, text)


def _line(message: str, file: Path) -> int:
    """Return the line that a message means: by its number, or by what it quotes."""
    if number := _LINE.search(message):
        return int(number[1])
    quoted = re.search(r"'([^'\n]+)'", message)
    rows = read(file, str(file))
    numbered = enumerate(rows.splitlines() if quoted and isinstance(rows, str) else (), 1)
    return next((number for number, row in numbered if quoted and quoted[1] in row), 1)
