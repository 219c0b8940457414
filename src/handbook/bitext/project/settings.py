"""Read the settings of a handbook: the table `[tool.handbook]` of pyproject.toml.

Its languages may be missing there if mkdocs.yml has them, below the plugin i18n.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.files import read as read_text
from handbook.bitext.page import scan
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import house
from handbook.bitext.project.house import HouseRule

MKDOCS = "mkdocs.yml"
"""The settings of the site, as MkDocs names the file."""
_TABLE = "[tool.handbook]"
PATTERNS = ("exclude_docs", "not_in_nav", "draft_docs")
"""The settings of MkDocs that list paths, or patterns of paths, one a line."""
_LANGUAGES = 'languages = ["en", "es"]'
_NL2BR = re.compile(r"(?:markdown\.extensions\.)?nl2br(?::Nl2BrExtension)?")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w+)*")


@dataclass(frozen=True)
class Settings:
    """The settings of a handbook, from its pyproject.toml."""

    languages: tuple[str, ...]
    """The codes of its languages. The first is the default of the site and of interface text."""
    name: str = "handbook"
    """The project's name in the headers of catalogs."""
    keys: tuple[str, ...] = scan.DEFAULT_KEYS
    """The keys of front matter whose values are translated, `title` and `description` if it is not
    there. `hero.text` is the key `text` below `hero`, or in each item of a list there."""
    glossary: str = "reference/glossary.md"
    """The page whose definition lists are the glossary."""
    hosts: tuple[str, ...] = ()
    """Hosts that translated URLs may lead to, besides those on the same page."""
    errors: tuple[str, ...] = ()
    """The rules whose warnings are errors here, which a check fails for."""
    ignored: tuple[str, ...] = ()
    """The rules whose warnings are left out here."""
    reviews: int = 0
    """How many pages may be due for review in one month, at most; with 0 as many as there are."""
    rules: tuple[HouseRule, ...] = ()
    """What the handbook asks of its own pages: each rule is a table `[[tool.handbook.rules]]`."""


def read(root: Path) -> Settings:
    """Read the settings of the handbook in `root`.

    Raises SettingsError with every value that cannot be used, each with its line and correction.
    """
    file = root / "pyproject.toml"
    known = mkdocs_languages(root / MKDOCS)
    if known and (problem := _elsewhere(root / MKDOCS)):
        raise SettingsError(problem)
    if not file.exists():
        if known:
            return Settings(known)
        raise SettingsError(not_here(root, str(file)))
    text = read_text(file, str(file))
    if isinstance(text, Problem):
        raise SettingsError(text)
    table = _table(file, text)
    if known:
        table.setdefault("languages", list(known))
    elif not table and (root / MKDOCS).is_file():
        raise SettingsError(not_here(root, str(file)))
    if faults := list(_faults(table)):
        raise SettingsError(
            *sorted(Problem(str(file), _line(text, key), fault) for key, fault in faults)
        )
    table["rules"] = list(map(house.rule, table.get("rules", ())))
    return Settings(**{key: _frozen(value) for key, value in table.items()})


def not_here(root: Path, name: str) -> Problem:
    """Return the problem that `root` is no handbook, or a site that is not one yet."""
    above = (each for each in root.absolute().parents if mkdocs_languages(each / MKDOCS))
    found = next(above, None)
    is_other = (root / MKDOCS).is_file() and not mkdocs_languages(root / MKDOCS)
    if is_other and not found:
        cure = "make one of it: handbook init --languages fr,de"
        return Problem(str(root / MKDOCS), 1, f"is of a site that is no handbook; {cure}")
    where = f"the folder of the handbook: cd {os.path.relpath(found, root)}" if found else ""
    return Problem(name, 1, f"not found; run this in {where or 'the folder of a handbook'}")


def _elsewhere(file: Path) -> Problem | None:
    """Return the problem of pages that are in another folder than `docs`; None if there is none."""
    given = mkdocs_settings(file).get("docs_dir")
    if not isinstance(given, str):
        return None
    if os.path.normpath(given) == _DOCS:
        return None
    text = read_text(file, str(file))
    rows = text.splitlines() if isinstance(text, str) else []
    line = next((n for n, row in enumerate(rows, 1) if row.startswith("docs_dir")), 1)
    cure = "take docs_dir out"
    if (file.parent / given).is_dir():
        cure = f"git mv {given} {_DOCS}, and {cure} (handbook init does so by itself)"
    fault = f"has its pages in {given}, and a handbook has them in {_DOCS}; {cure}"
    return Problem(file.name, line, fault)


_DOCS = "docs"


class _Loader(datafile.Loader):
    """A YAML loader for mkdocs.yml; it ignores values with tags (`!ENV`, `!!python/name`)."""


_Loader.add_multi_constructor("", lambda loader, tag, node: None)


def mkdocs_languages(file: Path) -> tuple[str, ...]:
    """Return the languages of the plugin i18n in a mkdocs.yml, the default first; () if none.

    MkDocs itself is not loaded: its start takes longer than most of what the command does.
    """
    return _languages(mkdocs_settings(file))


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages of the plugin i18n in the text of a mkdocs.yml alone, default first.

    Raises DataError.
    """
    return _languages(_loaded(text))


NO_LANGUAGE = "null"
"""What the plugin i18n calls the locale of an entry in its menu that leads anywhere else."""


def with_locale(listed: Any) -> list[dict[str, Any]]:
    """Return the entries of a list of languages that are of one."""
    items = listed if isinstance(listed, list) else ()
    known = (each for each in items if isinstance(each, dict) and each.get("locale"))
    return [each for each in known if str(each["locale"]) != NO_LANGUAGE]


def _languages(config: Mapping[str, Any]) -> tuple[str, ...]:
    languages = with_locale(plugin_options(config, "i18n").get("languages"))
    languages.sort(key=lambda each: not each.get("default"))
    return tuple(str(each["locale"]) for each in languages)


_BLOG = (
    "makes pages of its own, in one language; make the blog a site of its own, in blog/ with a "
    "blog.yml, as the manual shows (Other plugins: A blog), or keep posts as pages, and take the "
    "plugin out"
)
_MDPO = "publishes other catalogs; take it out here, then take them along: handbook import"
_EXCLUDE_SEARCH = (
    "leaves pages out of an index that a handbook does not use; write search: {exclude: true} into "
    "the front matter of these pages, and take the plugin out"
)
_LLMSTXT = (
    "lists pages of one language, and misses them in every other; write docs/en/llms.txt, and take "
    "the plugin out"
)
_MONOREPO = (
    "takes pages from folders beside docs while the site is built; move them to docs, name them in "
    "nav, and take the plugin out"
)
UNABLE = {
    "blog": _BLOG,
    "material/blog": _BLOG,
    "exclude-search": _EXCLUDE_SEARCH,
    "llmstxt": _LLMSTXT,
    "mdpo": _MDPO,
    "monorepo": _MONOREPO,
    "multirepo": _MONOREPO,
}
"""Why plugins cannot work in a handbook, and the cure, by their names."""


def unable_fault(name: str) -> str:
    """Return what is wrong with a plugin that cannot work in a handbook, and the cure."""
    return f"the plugin {name} {UNABLE[name]}"


_NAVIGATION_FILES = {
    "literate-nav": ("nav_file", "SUMMARY.md"),
    "awesome-nav": ("filename", ".nav.yml"),
    "awesome-pages": ("filename", ".pages"),
}
"""Plugins that read files of navigation in folders of pages: the option that names them."""


def navigation_file(config: Mapping[str, Any], plugin: str) -> str:
    """Return the name of the files of navigation that a plugin reads; "" if it is not there."""
    if plugin not in dict(_plugins(config)):
        return ""
    key, name = _NAVIGATION_FILES[plugin]
    return str(plugin_options(config, plugin).get(key) or name)


def plugin_options(config: Mapping[str, Any], plugin: str) -> Mapping[str, Any]:
    """Return the options of a plugin; {} if it has none, or is not there."""
    options = dict(_plugins(config)).get(plugin)
    return options if isinstance(options, dict) else {}


def has_plugin(config: Mapping[str, Any], plugin: str) -> bool:
    """Tell whether a site has a plugin, named with its theme or without."""
    return any(name.rpartition("/")[2] == plugin for name, _ in _plugins(config))


def keeps_lines(root: Path) -> bool:
    """Tell whether the site in `root` shows each line of a paragraph as a line (nl2br)."""
    return any(_NL2BR.fullmatch(name) for name, _ in _extensions(root))


def is_strict_emphasis(root: Path) -> bool:
    """Tell whether the site in `root` shows `**` between a letter and a quotation mark (betterem).

    As CommonMark does; Python-Markdown alone does not.
    """
    return not {"pymdownx.betterem", "pymdownx.extra"}.isdisjoint(dict(_extensions(root)))


def snippet_folders(root: Path) -> tuple[str, ...]:
    """Return the folders that the site in `root` includes files from, as it names them."""
    options = dict(_extensions(root)).get("pymdownx.snippets")
    given = options.get("base_path") if isinstance(options, dict) else None
    listed = given if isinstance(given, list) else [given]
    return tuple(each for each in listed if isinstance(each, str))


def extensions(root: Path) -> dict[str, Mapping[str, object]]:
    """Return the options of the Markdown extensions of the site in `root`.

    By the names of the extensions, without their packages.
    """
    return {
        re.sub(r"^(?:markdown\.extensions|pymdownx)\.|:.*", "", name): options
        if isinstance(options, dict)
        else {}
        for name, options in _extensions(root)
    }


def _extensions(root: Path) -> Iterator[tuple[str, object]]:
    """Yield the names of the Markdown extensions of the site in `root`, with their options."""
    given = mkdocs_settings(root / MKDOCS).get("markdown_extensions")
    for each in given if isinstance(given, list) else [given]:
        named = each if isinstance(each, dict) else {str(each): None}
        yield from ((name, options) for name, options in named.items() if isinstance(name, str))


def keeps_lines_at(path: Path) -> bool:
    """Tell whether the nearest site around a file or folder shows each line as a line (nl2br)."""
    roots = (each for each in (path, *path.parents) if (each / MKDOCS).is_file())
    root = next(roots, None)
    return root is not None and keeps_lines(root)


def mkdocs_settings(file: Path, depth: int = 0) -> Mapping[str, Any]:
    """Return the settings of a mkdocs.yml and of those it inherits; {} if it cannot be read."""
    try:
        text = read_text(file, str(file))
        config = _loaded(text) if isinstance(text, str) else {}
    except DataError:
        return {}
    parent = config.get("INHERIT")
    if isinstance(parent, str) and depth < _DEEPEST:
        return merged(mkdocs_settings(file.parent / parent, depth + 1), config)
    return config


def inherited_files(root: Path) -> list[str]:
    """Return mkdocs.yml and the files that it inherits from, the nearest first, from the root.

    A path may lead out of the root, and is absolute where it is written so. What cannot be read
    ends the list, and is its last.
    """
    found: list[str] = []
    name: str | None = MKDOCS
    while name is not None and name not in found and len(found) <= _DEEPEST:
        found.append(name)
        text = read_text(root / name, name)
        name = _parent(text, name) if isinstance(text, str) else None
    return found


def _parent(text: str, name: str) -> str | None:
    """Return the file that the settings in a text inherit from, from the root; None if none."""
    try:
        parent = _loaded(text).get("INHERIT")
    except DataError:
        return None
    if not isinstance(parent, str):
        return None
    return Path(os.path.normpath(Path(name).parent / parent)).as_posix()


def merged(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with those they inherit; mappings are merged, as MkDocs does."""
    both = {**inherited, **own}
    for key, value in own.items():
        before = inherited.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            both[key] = merged(before, value)
    return both


def targets(nav: Any) -> Iterator[str]:
    """Yield the paths and addresses in a `nav` of mkdocs.yml, in order."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, Mapping)):
        for each in nav.values() if isinstance(nav, Mapping) else nav:
            yield from targets(each)


def titled(nav: Any) -> Iterator[str]:
    """Yield the paths in a `nav` of mkdocs.yml that it gives a title."""
    for each in nav if isinstance(nav, list) else ():
        for target in each.values() if isinstance(each, Mapping) else ():
            yield from (target,) if isinstance(target, str) else titled(target)


@lru_cache(maxsize=8)
def _loaded(text: str) -> Mapping[str, Any]:
    """Return the settings that a text has; {} if it has none. A command asks several times.

    Raises DataError.
    """
    config = datafile.load(text, _Loader, aliases=datafile.HARMLESS)
    return config if isinstance(config, dict) else {}


_DEEPEST = 5
"""How many files mkdocs.yml may inherit from, one after the other."""


def _plugins(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name of each plugin, with its options or None."""
    plugins = config.get("plugins")
    for each in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(each, dict):
            yield from each.items()
        elif isinstance(each, str):
            yield each, None


def _table(file: Path, text: str) -> dict[str, Any]:
    """Return the table `[tool.handbook]` of a TOML file. Raises SettingsError."""
    try:
        table = datafile.load_toml(text)
    except DataError as error:
        fault = f"is not TOML: {error}; correct it"
        raise SettingsError(Problem(str(file), error.line, fault)) from None
    for key in ("tool", "handbook"):
        value = table.get(key, {})
        if not isinstance(value, dict):
            fault = f"{key} is not a table; write {_TABLE} and, below it, {_LANGUAGES}"
            raise SettingsError(Problem(str(file), _line(text, key), fault))
        table = value
    return table


def _faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each key that cannot be used, with the reason and how to correct it."""
    known = [field.name for field in fields(Settings)]
    for key in table.keys() - set(known):
        close = get_close_matches(key, known, n=1)
        meant = f"write {close[0]}" if close else f"take it out (known are {', '.join(known)})"
        yield key, f"{key} is not a setting; {meant}"
    if fault := _language_fault(table.get("languages")):
        yield "languages", fault
    if "keys" in table and not _are_strings(table["keys"]):
        yield "keys", 'keys is not a list of names; write keys = ["title", "description"]'
    if "hosts" in table and not _are_strings(table["hosts"]):
        yield "hosts", 'hosts is not a list of names; write hosts = ["es.wikipedia.org"]'
    for key in ("errors", "ignored"):
        if not _are_strings(table.get(key, [])):
            yield key, f'{key} is not a list of names; write {key} = ["notes", "figures"]'
    if type(table.get("reviews", 0)) is not int:
        yield "reviews", "reviews is not a number; write reviews = 5"
    yield from (("rules", fault) for fault in house.faults(table.get("rules", [])))
    for key in ("name", "glossary"):
        if not isinstance(table.get(key, ""), str):
            yield key, f"{key} is not text; put it between quotation marks"


def _language_fault(value: object) -> str:
    """Return the fault of `languages` and how to correct it; "" if there is none."""
    if value is None:
        return f"no languages are named; write {_LANGUAGES} below {_TABLE}"
    if not isinstance(value, list) or not value:
        return f"languages is not a list of codes; write {_LANGUAGES}"
    for number, code in enumerate(value):
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            return f'{code!r} is not the code of a language; write one such as "es" or "pt-BR"'
        if code in value[:number]:
            return f"{code!r} is named twice; take one out"
    return ""


def _are_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _line(text: str, key: str) -> int:
    """Return the line that sets `key`; if none does, that of the handbook's table, or else 1.

    The text is searched, because tomllib does not give the lines of values.
    """
    lines = text.splitlines()
    header = next((i for i, line in enumerate(lines) if line.strip().startswith(_TABLE)), 0)
    prefix = r"(?:tool\s*\.\s*|handbook\s*\.\s*)*"
    name = re.compile(rf"""\s*\[*{prefix}["']?{re.escape(key)}["']?\s*[=\]]""")
    set_at = (i for i in [*range(header, len(lines)), *range(header)] if name.match(lines[i]))
    return next(set_at, header) + 1
