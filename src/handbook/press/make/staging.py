"""What another generator needs beside staged pages: settings, pictures, words, by language.

Each language has a `mkdocs.<language>.yml`, which builds with MkDocs and Material and with
Zensical. The plugins of a handbook are not needed then: its pages are translated already.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext import datafile
from handbook.bitext.files import read, write, write_bytes
from handbook.bitext.problem import SettingsError
from handbook.bitext.project import exclusions, settings, walk
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import i18n, navfiles
from handbook.press.core.config import load
from handbook.press.core.editions import Editions, Say
from handbook.press.core.failures import FAILURES, problems_of
from handbook.press.core.log import collected
from handbook.press.core.theme import MATERIAL
from handbook.press.plugin import making, plugin

_KEPT = """site_author markdown_extensions extra extra_css extra_javascript use_directory_urls
validation repo_url repo_name strict""".split()
_THEME = "theme"
"""The folder of the site's own templates, icons and styles among what is staged."""


def furnish(root: Path, folder: Path, languages: Sequence[str]) -> list[Path]:
    """Write settings, pictures and words for the pages staged in `folder`; return the settings."""
    config = load(root)
    editions = plugin.of(config).editions(config)
    given = _given(root / MKDOCS)
    if config.theme.custom_dir:
        _copy_theme(Path(config.theme.custom_dir), folder / _THEME)
    made = []
    for language in languages:
        for origin in (i18n.default(config), language):
            _copy_files(root, origin, folder / language)
        words = editions.edition(language).words
        write(folder / "words" / f"{language}.json", _json(words))
        is_made = navfiles.has_makers(config)
        nav = _stage_made(root, language, folder / language) if is_made else config.nav
        own = _settings(given, config, editions, language, languages)
        if nav:
            own["nav"] = _nav(nav, editions.say(language))
        if "markdown_extensions" in own:
            first = i18n.default(config)
            at = partial(_snippets_at, root=root, folder=folder, places=(first, language))
            own["markdown_extensions"] = with_snippets(own["markdown_extensions"], at)
        file = folder / f"mkdocs.{language}.yml"
        write(file, yaml.dump(own, Dumper=_Dumper, sort_keys=False, allow_unicode=True))
        made.append(file)
    return made


def _copy_theme(theme: Path, folder: Path) -> None:
    """Copy the site's own templates, icons and styles; a link that leads to nothing is left out."""
    shutil.copytree(theme, folder, dirs_exist_ok=True, ignore_dangling_symlinks=True)


def _copy_files(root: Path, language: str, folder: Path) -> None:
    """Copy what is no page: pictures, styles, files to download."""
    name = f"docs/{language}"
    left_out = exclusions.of(root)
    for file in walk.files(root, name):
        if isinstance(file, Path) and file.suffix != ".md":
            path = file.relative_to(root / name).as_posix()
            if not left_out.match_file(f"{language}/{path}"):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, folder / path)


def _stage_made(root: Path, language: str, folder: Path) -> Any:
    """Write what plugins and hooks make of a language; return the navigation with it.

    Raises SettingsError if that ends a build.
    """
    with collected():  # who builds the site is told
        try:
            nav, made = making.staged(load(root), language)
        except FAILURES as error:
            raise SettingsError(*problems_of(error, MKDOCS, 1)) from None
    for path, content in made:
        write_bytes(folder / path, content)
    return nav


def _json(words: Any) -> str:
    return json.dumps(dict(words), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _settings(
    given: dict[str, Any],
    config: MkDocsConfig,
    editions: Editions,
    language: str,
    languages: Sequence[str],
) -> dict[str, Any]:
    """Return the settings of the site in one language."""
    say, default = editions.say(language), i18n.default(config)
    place = "" if language == default else f"{language}/"
    own: dict[str, Any] = {"site_name": say(config.site_name)}
    own |= {key: say(config[key]) for key in ("site_description", "copyright") if config[key]}
    if config.site_url:
        own["site_url"] = urljoin(config.site_url, place)
    own |= {"docs_dir": language, "site_dir": f"site/{place}".rstrip("/")}
    own |= {"theme": _theme(given.get("theme"), editions.handbook.records[language].tag)}
    own |= {key: given[key] for key in _KEPT if given.get(key) is not None}
    if isinstance(rows := given.get("not_in_nav"), str):
        own["not_in_nav"] = in_folder(rows, languages)
    extra = own.get("extra")
    names, root = i18n.names(config), config.site_url or "/"
    alternate = [
        {"name": names[each], "lang": each, "link": root + ("" if each == default else f"{each}/")}
        for each in languages
    ]
    own["extra"] = {**(extra if isinstance(extra, dict) else {}), "alternate": alternate}
    own["plugins"] = ["search"]
    return own


def in_folder(rows: str, languages: Sequence[str]) -> str:
    """Return patterns for paths below the folders of languages as they are in such a folder."""
    folders = "|".join(map(re.escape, ("*", *languages)))
    return re.sub(rf"(?m)^(\s*!?)/(?:{folders})/", r"\1/", rows)


def with_snippets(extensions: Any, at: Callable[[str], str]) -> Any:
    """Return Markdown extensions where snippets are looked for in the folders `at` others.

    Without a folder they are looked for where the generator is called.
    """
    if isinstance(extensions, list):
        return [with_snippets(each, at) for each in extensions]
    if extensions == _SNIPPETS:
        return {_SNIPPETS: {"base_path": [at(".")]}}
    if not isinstance(extensions, dict) or _SNIPPETS not in extensions:
        return extensions
    options = extensions[_SNIPPETS] or {}
    given = options.get("base_path") or ["."]
    folders = [at(each) for each in ([given] if isinstance(given, str) else given)]
    return {**extensions, _SNIPPETS: {**options, "base_path": folders}}


_SNIPPETS = "pymdownx.snippets"


def _snippets_at(path: str, *, root: Path, folder: Path, places: tuple[str, str]) -> str:
    """Return where a folder of snippets is from the folder of staged pages.

    One of the pages of the first language has its like in each; others stay in the handbook.
    """
    first, language = places
    below = os.path.relpath(path, f"docs/{first}")
    if not below.startswith("..") and not Path(path).is_absolute():
        return posixpath.normpath(f"{language}/{Path(below).as_posix()}")
    return Path(os.path.relpath(root / path, folder)).as_posix()


def _theme(given: Any, tag: str) -> dict[str, Any]:
    """Return the settings of the theme in a language."""
    theme = dict(given) if isinstance(given, dict) else {"name": str(given)}
    if theme.pop("custom_dir", None):
        theme["custom_dir"] = _THEME
    return theme | {"language": tag if _is_known(tag) else "en"}


def _is_known(tag: str) -> bool:
    return (MATERIAL / "partials" / "languages" / f"{tag}.html").is_file()


def _nav(nav: Any, say: Say) -> Any:
    """Return a navigation with translated titles."""
    if isinstance(nav, list):
        return [_nav(each, say) for each in nav]
    if isinstance(nav, dict):
        return {say(str(title)): _nav(each, say) for title, each in nav.items()}
    return nav


class _Loader(yaml.SafeLoader):
    """A YAML loader that keeps values with tags (`!ENV`, `!!python/name`) as they are."""


class _Dumper(yaml.SafeDumper):
    """A YAML dumper that writes such values again."""


class _Tagged:
    """A value with a tag, as it is written."""

    def __init__(self, node: yaml.Node) -> None:
        self.node = node


def _tagged(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> _Tagged:
    return _Tagged(node)


_Loader.add_multi_constructor("", _tagged)
_Dumper.add_representer(_Tagged, lambda dumper, value: value.node)


def _given(file: Path) -> dict[str, Any]:
    """Return what a mkdocs.yml says, with what it inherits."""
    text = read(file, str(file))
    given = datafile.load(text, _Loader, datafile.HARMLESS) if isinstance(text, str) else None
    if not isinstance(given, dict):
        return {}
    parent = given.pop("INHERIT", None)
    above = _given(file.parent / parent) if isinstance(parent, str) else {}
    return settings.merged(above, given)
