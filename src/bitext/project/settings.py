"""The settings of a handbook: the table `[tool.handbook]` of pyproject.toml.

Its languages need not be named there if mkdocs.yml names them, below the plugin i18n.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bitext.files import read as read_text
from bitext.page import scan
from bitext.problem import Problem, SettingsError

_TABLE = "[tool.handbook]"
_LANGUAGES = 'languages = ["en", "es"]'
_CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w+)*")


@dataclass(frozen=True)
class Settings:
    """What a handbook's pyproject.toml says about it."""

    languages: tuple[str, ...]
    """Codes of its languages. The first is the site's default and that of interface text."""
    name: str = "handbook"
    """The project's name in the headers of catalogs."""
    keys: tuple[str, ...] = scan.DEFAULT_KEYS
    """Front-matter keys whose values are translated."""
    glossary: str = "reference/glossary.md"
    """The page whose definition lists are the glossary."""
    hosts: tuple[str, ...] = ()
    """Hosts that addresses of a language's own may lead to, besides those on the same page."""


def read(root: Path) -> Settings:
    """Read the settings of the handbook in `root`.

    Raises SettingsError with every value that cannot be used, each with its line and the cure.
    """
    file = root / "pyproject.toml"
    known = mkdocs_languages(root / "mkdocs.yml")
    if not file.exists():
        if known:
            return Settings(known)
        cure = "run this in the folder of a handbook"
        raise SettingsError(Problem(str(file), 1, f"not found; {cure}"))
    text = read_text(file, str(file))
    if isinstance(text, Problem):
        raise SettingsError(text)
    table = _table(file, text)
    if known:
        table.setdefault("languages", list(known))
    if faults := list(_faults(table)):
        raise SettingsError(
            *sorted(Problem(str(file), _line(text, key), fault) for key, fault in faults)
        )
    return Settings(**{key: _frozen(value) for key, value in table.items()})


class _Loader(yaml.SafeLoader):
    """Reads the YAML of MkDocs; what its own tags (`!ENV`, `!!python/name`) mean is not needed."""


_Loader.add_multi_constructor("", lambda loader, tag, node: None)


def mkdocs_languages(file: Path) -> tuple[str, ...]:
    """The languages that a mkdocs.yml gives the plugin i18n, its default first; () if it does not.

    MkDocs is not asked: it takes longer to start than most of what the command does.
    """
    try:
        config = yaml.load(file.read_text("utf-8"), Loader=_Loader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return ()
    plugins = config.get("plugins") if isinstance(config, dict) else None
    entries = plugins.items() if isinstance(plugins, dict) else _items(plugins)
    options = next((given for name, given in entries if name == "i18n"), None)
    listed = options.get("languages") if isinstance(options, dict) else None
    languages = [each for each in listed or () if isinstance(each, dict) and each.get("locale")]
    languages.sort(key=lambda each: not each.get("default"))
    return tuple(str(each["locale"]) for each in languages)


def _items(plugins: Any) -> Iterator[tuple[str, Any]]:
    """The plugins of a list, each with its options; one without is a text."""
    for each in plugins if isinstance(plugins, list) else ():
        if isinstance(each, dict):
            yield from each.items()


def _table(file: Path, text: str) -> dict[str, Any]:
    """The table `[tool.handbook]` of a TOML file. Raises SettingsError."""
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = f"is not TOML: {error}; correct it"
        raise SettingsError(Problem(str(file), _toml_line(error, text), fault)) from None
    for key in ("tool", "handbook"):
        value = table.get(key, {})
        if not isinstance(value, dict):
            fault = f"{key} is not a table; write {_TABLE} and, below it, {_LANGUAGES}"
            raise SettingsError(Problem(str(file), _line(text, key), fault))
        table = value
    return table


def _toml_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line of a syntax error. Only its message has it before Python 3.14."""
    found = re.search(r"\(at line (\d+)", str(error))
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each key that cannot be used as it is, with the reason and the cure."""
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
    for key in ("name", "glossary"):
        if not isinstance(table.get(key, ""), str):
            yield key, f"{key} is not text; put it between quotation marks"


def _language_fault(value: object) -> str:
    """What is wrong with the languages, and the cure; "" if nothing."""
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
    """The line that sets `key`; if there is none, that of the handbook's table, else the first.

    Searched for, because tomllib does not say where values are.
    """
    lines = text.splitlines()
    header = next((i for i, line in enumerate(lines) if line.strip().startswith(_TABLE)), 0)
    name = re.compile(rf"""\s*(?:tool\s*\.\s*|handbook\s*\.\s*)*["']?{re.escape(key)}["']?\s*=""")
    set_at = (i for i in [*range(header, len(lines)), *range(header)] if name.match(lines[i]))
    return next(set_at, header) + 1
