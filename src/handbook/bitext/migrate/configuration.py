"""What becomes of mkdocs.yml, and of the files it inherits from, so that the site is a handbook.

They keep their form: a setting changes in the file that has it. A file outside of the site's folder
may be of other sites too, so it is left alone; what would have to change in it is written into
mkdocs.yml, or named.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from handbook.bitext.datafile import DataError
from handbook.bitext.files import read
from handbook.bitext.migrate import languagelist, layout, older, values
from handbook.bitext.migrate.layout import Layout
from handbook.bitext.migrate.site import Site
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings, yamlentries, yamlscalars
from handbook.bitext.project.settings import MKDOCS

_KEYS = ["plugins"]


def texts(
    site: Site, made: Layout, codes: Sequence[str], keys: Sequence[str], gone: Collection[str] = ()
) -> dict[str, str] | Problem:
    """Return the new texts of the settings, by the paths of their files.

    `codes` are the languages, the first that of the pages; `keys` of front matter are those that
    only this site uses, `gone` the pages that become catalogs, by their paths in the folder of
    pages. A problem says what has to be done before.
    """
    listed = site.plugins.get("i18n") or {}
    new = {name: older.rewritten(text, listed) for name, text in site.files.items()}
    new = {name: _without_pages(text, gone) for name, text in new.items()}
    new = {name: _moved(site, text, codes[0], made) for name, text in new.items()}
    if site.docs != layout.DOCS and _outside_has(site, "docs_dir"):
        new[MKDOCS] = yamlentries.added(new[MKDOCS], [], "docs_dir", layout.DOCS)
    if not any(_has(text, "plugins") for name, text in new.items() if not _is_outside(name)):
        try:
            new[MKDOCS] = _with_inherited_plugins(site, new)
        except DataError:  # it names what stands elsewhere in that file
            return _to_be_copied(site, "plugins")
    new = _with_excluded(site, new)
    new = {name: _with_plugins(text, site, codes) for name, text in new.items()}
    for key in dict(_changed_outside(site, new)):
        if not any(_has(text, key) for name, text in new.items() if not _is_outside(name)):
            return _to_be_copied(site, key)
    holder = next((name for name, text in new.items() if _has(text, "plugins")), MKDOCS)
    new[holder] = yamlentries.with_entries(
        new[holder], "plugins", _entries(site, codes, keys), DATES
    )
    return {
        name: text
        for name, text in new.items()
        if not _is_outside(name) and text != read(site.root / name, name)
    }


def _with_excluded(site: Site, new: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with what is left out of the site: what is now in the folder of pages.

    Where that was a folder in `docs`, templates, lists of packages and the like are beside it.
    MkDocs by itself leaves out what has a name that begins with a dot.
    """
    own = site.docs.removeprefix(f"{layout.DOCS}/")
    folder = site.root / layout.DOCS
    if own == site.docs or not folder.is_dir():
        return dict(new)
    visible = (each for each in sorted(folder.iterdir()) if not each.name.startswith("."))
    beside = [each for each in visible if each.name != own.partition("/")[0]]
    rows = "\n".join(f"/{_pattern(each.name)}{'/' * each.is_dir()}" for each in beside)
    holder = next((name for name, text in new.items() if _has(text, _EXCLUDED)), MKDOCS)
    node = yamlentries.node_of(new[holder], [_EXCLUDED])
    if not rows:
        return dict(new)
    if node is None:
        return {**new, holder: yamlentries.added(new[holder], [], _EXCLUDED, rows)}
    rows = f"{node.value.rstrip()}\n{rows}"
    return {**new, holder: yamlentries.replaced(new[holder], [_EXCLUDED], rows)}


def _pattern(name: str) -> str:
    """Return a pattern, as git ignores files by, for a name alone."""
    return re.sub(r"[][*?\\]", r"\\\g<0>", name)


_EXCLUDED = "exclude_docs"


def _is_outside(name: str) -> bool:
    """Tell whether a file that is inherited from is outside of the site's folder."""
    return Path(name).is_absolute() or name.startswith("../")


def _has(text: str, key: str) -> bool:
    return yamlentries.node_of(text, [key]) is not None


def _moved(site: Site, text: str, source: str, made: Layout) -> str:
    """Return the text of a file of settings with the new paths of what it names."""
    text = values.moved(replace(site, text=text), source, made)
    return yamlentries.without(text, ["docs_dir"]) if site.docs != layout.DOCS else text


def _without_pages(text: str, gone: Collection[str]) -> str:
    """Return the text of a file of settings whose navigation does not have these pages."""
    node = yamlentries.node_of(text, ["nav"]) if gone else None
    for keys in reversed(list(_entries_of(node, gone, ("nav",)))):
        text = yamlentries.without(text, keys)
    return text


def nav_files(site: Site, made: Layout, folders: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the new path and text of a navigation of awesome-pages or alike at the top.

    The `folders` of languages are not in it any more.
    """
    gone = {*folders, *(f"{each}/" for each in folders)}
    for plugin in ("awesome-nav", "awesome-pages"):
        name = posixpath.join(site.docs, settings.navigation_file(site.config, plugin) or "-")
        new = made.moves.get(name, name)
        text = made.texts.get(new) or read(site.root / name, name)
        with suppress(DataError):  # is named when the handbook is built
            if isinstance(text, str) and (changed := _without_pages(text, gone)) != text:
                yield new, changed


def forgiving(text: str, pattern: str) -> str:
    """Return a navigation of awesome-nav in which no page need fit a pattern."""
    entry = yamlentries.flow({"glob": pattern, "ignore_no_matches": True})
    for node in reversed(list(_items(yamlentries.node_of(text, ["nav"]), pattern))):
        text = f"{text[: node.start_mark.index]}{entry}{text[node.end_mark.index :]}"
    return text


def _items(node: yaml.Node | None, value: str) -> Iterator[yaml.Node]:
    """Yield each item of a navigation that is a value, in the order of the text."""
    if isinstance(node, yaml.MappingNode):
        yield from (item for _, below in node.value for item in _items(below, value))
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        if isinstance(item, yaml.ScalarNode) and item.value == value:
            yield item
        yield from _items(item, value)


def _entries_of(
    node: yaml.Node | None, gone: Collection[str], above: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Yield the keys of each entry of a navigation that holds pages that are gone, and no other."""
    for number, item in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
        keys = (*above, str(number))
        paths = set(_paths(item))
        if paths and paths <= set(gone):
            yield keys
        elif isinstance(item, yaml.MappingNode):
            for title, below in item.value:
                yield from _entries_of(below, gone, (*keys, str(title.value)))


def _paths(node: yaml.Node) -> Iterator[str]:
    """Yield the paths in a part of a navigation."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.MappingNode):
        yield from (path for _, below in node.value for path in _paths(below))
    else:
        yield from (path for item in node.value for path in _paths(item))


def _outside(site: Site) -> dict[str, str]:
    """Return the files that are inherited from and are outside of the site's folder."""
    return {name: text for name, text in site.parents.items() if _is_outside(name)}


def _outside_has(site: Site, key: str) -> bool:
    return any(_has(text, key) for text in _outside(site).values())


def _with_inherited_plugins(site: Site, new: Mapping[str, str]) -> str:
    """Return the text of mkdocs.yml with the plugins that it has from outside, if it has any."""
    text = new[MKDOCS]
    for name in _outside(site):
        if rows := yamlentries.block(new[name], _KEYS):
            text = yamlentries.with_block(text, "plugins", rows)
            yamlscalars.scalars(text)
            return text
    return text


def _changed_outside(site: Site, new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each top-level key that would have to change outside, with the file it is in."""
    for name, text in _outside(site).items():
        for key, _ in yamlscalars.items(text):
            rows = yamlentries.block(new[name], [key.value])
            if key.value != "docs_dir" and rows != yamlentries.block(text, [key.value]):
                yield key.value, name


def _to_be_copied(site: Site, key: str) -> Problem:
    """Return the problem that a key is in a file outside; at its line there."""
    name = next(name for name, text in _outside(site).items() if _has(text, key))
    text = _outside(site)[name]
    line = next(
        text.count("\n", 0, each.span[0]) + 1
        for each, _ in yamlscalars.items(text)
        if each.value == key
    )
    fault = f"{key} would have to change, and this file is outside of the site's folder"
    return Problem(name, line, f"{fault}; copy {key} into {MKDOCS} first")


def redirects(site: Site) -> dict[str, str]:
    """Return the old and new paths of pages in the plugin redirects."""
    options = site.plugins.get("redirects") or {}
    given = options.get("redirect_maps") if isinstance(options, dict) else None
    maps = given.items() if isinstance(given, dict) else ()
    return {str(old): str(new) for old, new in maps if "://" not in str(new)}


def _entries(site: Site, codes: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    """Return the plugins that are new, with their options."""
    options = languagelist.plugin_options(codes) | {"strict_books": False}
    options |= {"meta": list(keys)} if keys else {}
    new: dict[str, Any] = {} if "plugins" in site.config else {"search": {}}
    if "i18n" not in site.plugins:
        new["i18n"] = languagelist.options(codes)
    return new | {"bitext": options}


def _with_plugins(text: str, site: Site, codes: Sequence[str]) -> str:
    """Return the text of a file of settings with what a handbook needs of plugins it has."""
    for old in redirects(site):
        text = yamlentries.without(text, [*_KEYS, "redirects", "redirect_maps", old])
    if yamlentries.node_of(text, [*_KEYS, "i18n"]):
        text = _with_languages(_with_nav(text, site), site, codes)
    if yamlentries.node_of(text, [*_KEYS, DATES]):
        text = _with_dates(text, site)
    return text


DATES = "git-revision-date-localized"
"""A plugin that wants to stand after i18n, and reads files in parallel only if all are on disk."""


def _with_dates(text: str, site: Site) -> str:
    """Return `text` with what this plugin needs: pages of other languages are not on disk."""
    keys, key, options = ["plugins", DATES], "enable_parallel_processing", site.plugins[DATES]
    if not options:
        value = {key: False}
        is_mapping = isinstance(site.config["plugins"], dict)
        return yamlentries.replaced(text, keys, value if is_mapping else {DATES: value})
    if key in options:
        return yamlentries.replaced(text, [*keys, key], False)
    return yamlentries.added(text, keys, key, False)


def _with_nav(text: str, site: Site) -> str:
    """Return `text` with the navigation that only the first language has, for all."""
    listed = site.plugins["i18n"].get("languages") or ()
    number = next((n for n, each in enumerate(listed) if each.get("default")), 0)
    if not listed or not listed[number].get("nav") or site.config.get("nav"):
        return text
    rows = yamlentries.block(text, ["plugins", "i18n", "languages", str(number), "nav"])
    return yamlentries.with_block(text, "nav", rows)


def _with_languages(text: str, site: Site, codes: Sequence[str]) -> str:
    """Return `text` with what bitext needs of the plugin i18n that is there."""
    above = ["plugins", "i18n"]
    given = site.plugins["i18n"]
    for number, each in enumerate(given.get("languages") or ()):
        for key in ("nav", "nav_translations", "site_name", "site_description", "copyright"):
            if key in each:
                text = yamlentries.without(text, [*above, "languages", str(number), key])
    for code in codes:
        if code not in {str(each["locale"]) for each in site.listed}:
            entry = {"locale": code, "name": languagelist.name_of(code)}
            text = yamlentries.with_item(text, [*above, "languages"], entry)
    for key, value in {"docs_structure": "folder", "fallback_to_default": True}.items():
        if key in given:
            text = yamlentries.replaced(text, [*above, key], value)
        elif key == "docs_structure":
            text = yamlentries.added(text, above, key, value)
    return text
