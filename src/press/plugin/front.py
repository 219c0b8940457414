"""Check the front matter of a page, and remove values of the wrong type.

Templates, Material's plugins and the code that makes books expect values of the right type, and
raise an exception otherwise. So the values are checked before any of them reads the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bitext.problem import Problem

Fits = Callable[[Any, Sequence[str]], bool]
"""A function that tells whether a value can be used, given the folders of the theme."""


def clean(
    meta: MutableMapping[str, Any], text: str, file: str, folders: Sequence[str]
) -> Iterator[Problem]:
    """Remove values that cannot be used from `meta`; yield a problem for each.

    `text` is the page's text, `file` its name in problems; `folders` contain the theme's files.
    """
    for key, (fits, cure) in _KEYS.items():
        if key in meta and meta[key] is not None and not fits(meta[key], folders):
            value = meta.pop(key)
            yield Problem(file, _line(text, key), f'"{key}: {value}" cannot be used; {cure}')


def _line(text: str, key: str) -> int:
    found = re.search(rf"^['\"]?{re.escape(key)}['\"]?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _is_text(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, str)


def _is_word(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, (str, int, float, date)) and not isinstance(value, bool)


def _is_flag(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, bool)


def _is_day(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_list(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_text_or_list(value: Any, folders: Sequence[str]) -> bool:
    return _is_text(value, folders) or _is_list(value, folders)


def is_icon(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, str) and _has(f".icons/{value}.svg", folders)


def _is_template(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, str) and _has(value, folders)


def _is_search(value: Any, folders: Sequence[str]) -> bool:
    return isinstance(value, dict)


def _has(name: str, folders: Sequence[str]) -> bool:
    """Tell whether the theme has a file of this name, inside its own folders."""
    for folder in folders:
        file = Path(folder, name)
        try:
            if file.resolve().is_relative_to(Path(folder).resolve()) and file.is_file():
                return True
        except (OSError, ValueError):  # the name is too long, or contains NUL
            return False
    return False


_TEXT = (_is_text, "write a text between quotation marks")
_DAY = (_is_day, "write a date as 2026-01-31")
_LIST = (_is_list, 'write a list: ["one", "two"]')
_KEYS: dict[str, tuple[Fits, str]] = {
    "title": _TEXT,
    "description": _TEXT,
    "subtitle": _TEXT,
    "keeper": _TEXT,
    "status": _TEXT,
    "version": (_is_word, "write a number or a text"),
    "reviewed": _DAY,
    "review_by": _DAY,
    "date": _DAY,
    "authentic": (_is_text_or_list, "write codes of languages, such as [en, es]"),
    "keywords": (_is_text_or_list, "write words with commas between them"),
    "sheet": (_is_flag, "write true or false"),
    "hide": (_is_list, "write what to hide as a list: [navigation, toc, footer]"),
    "tags": _LIST,
    "icon": (is_icon, "name an icon of the theme, such as material/home"),
    "template": (_is_template, "name a template of the theme, such as main.html"),
    "search": (_is_search, "write search: and, below it, exclude: true or boost: 2"),
}
"""The check of each key's value, and the correction to suggest. Other keys are not checked."""
