"""Check the front matter of a page, and remove what cannot be used.

Templates, Material's plugins and the code that makes books expect values of the right type, and
raise an exception otherwise. So the values are checked before any of them reads the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from handbook.bitext.languages import cldr
from handbook.bitext.page import frontmatter
from handbook.bitext.page.characters import without_uncarried
from handbook.bitext.problem import Problem, line_at
from handbook.press.pages import characters

Fits = Callable[[Any, Sequence[str]], bool]
"""A function that tells whether a value can be used, given the folders of the theme."""


def clean(
    meta: MutableMapping[str, Any], text: str, file: str, folders: Sequence[str]
) -> Iterator[Problem]:
    """Remove values that cannot be used from `meta`; yield a problem for each.

    `text` is the page's text, `file` its name in problems; `folders` contain the theme's files.
    A value that YAML reads as another than what is written is named, and used as it is written.
    """
    given: set[str] = set()
    for key, value, line in frontmatter.written(text):
        if key in given:
            yield Problem(file, line, f'"{key}" is there twice, the last counts; delete one')
        given.add(key)
        if value is not None and (read := _misread(key, value, meta.get(key))):
            cure = f'put it between quotation marks: {key}: "{value}"'
            yield Problem(file, line, f'"{key}: {value}" is read as {read}; {cure}')
            if key in _KEYS and _KEYS[key][0](value, folders):
                meta[key] = value
    for key, (fits, cure) in _KEYS.items():
        if key in meta and meta[key] is not None and not fits(meta[key], folders):
            value = meta.pop(key)
            yield Problem(file, _line(text, key), f'"{key}: {value}" cannot be used; {cure}')
    yield from _remove_uncarried(meta, text, file)


def _remove_uncarried(meta: MutableMapping[str, Any], text: str, file: str) -> Iterator[Problem]:
    """Remove the characters from texts that feeds and books cannot hold; yield a problem for each.

    In quotation marks YAML writes any character: `"\\x07"`.
    """
    for key, value in [each for each in meta.items() if isinstance(each[1], str)]:
        for _, fault in characters.faults(value):
            yield Problem(file, _line(text, str(key)), fault)  # YAML's `1:` is a number
        meta[key] = without_uncarried(value)


def _misread(key: str, written: str, value: Any) -> str:
    """Return as what YAML reads a value that was meant as text or written otherwise; else ""."""
    if isinstance(value, bool):  # no title or state is true or false, and no flag a word
        return str(value).lower() if _KEYS.get(key) in (_TEXT, _WORD) else ""
    if isinstance(value, (int, float)):
        return "" if str(value) == written else str(value)
    is_lost = value is None and written and _KEYS.get(key) in (_TEXT, _WORD)
    return "nothing" if is_lost else ""


def unknown(text: str, file: str, known: Collection[str]) -> Iterator[tuple[str, Problem]]:
    """Yield each key of the front matter that nothing reads, with the problem; `known` are read."""
    for key, _, line in frontmatter.written(text):
        if key not in _KEYS and key not in _OF_OTHERS and key not in known:
            close = get_close_matches(key, [*_KEYS, *known], n=1, cutoff=0.75)
            cure = f"write {close[0]}" if close else "delete it"
            others = f"or name it in mkdocs.yml, below bitext: meta: [{key}]"
            yield key, Problem(file, line, f'nothing reads the key "{key}"; {cure}, {others}')


def misspelt(
    meta: Mapping[str, Any], text: str, file: str, states: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for a `status` that is none of `states`, and for unknown languages."""
    status = meta.get("status")
    if isinstance(status, str) and status not in states:
        close = get_close_matches(status, list(states), n=1)
        cure = f"write {close[0]}" if close else f"write one of {', '.join(sorted(states))}"
        others = "or name it in mkdocs.yml, below extra: status:"
        yield Problem(
            file, _line(text, "status"), f'"status: {status}" is no state; {cure}, {others}'
        )
    for code in _codes(meta.get("authentic")):
        if not cldr.locale(code):
            fault = f'"{code}" in authentic is the code of no language; write one such as es'
            yield Problem(file, _line(text, "authentic"), fault)


def _codes(value: Any) -> list[str]:
    """Return the codes of languages in a list or a text; "none yet" has none."""
    if isinstance(value, str):
        value = [] if value == "none yet" else re.split(r"\s*,\s*", value)
    return [str(each) for each in value or ()]


def _line(text: str, key: str) -> int:
    found = re.search(rf"^['\"]?{re.escape(key)}['\"]?\s*:", text, re.MULTILINE)
    return line_at(text, found.start()) if found else 1


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
    """Tell whether a value names an icon of the theme."""
    return isinstance(value, str) and _has(f".icons/{value}.svg", folders)


def is_template(value: Any, folders: Sequence[str]) -> bool:
    """Tell whether a value names a template of the theme."""
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
_WORD = (_is_word, "write a number or a text")
_DAY = (_is_day, "write a date as 2026-01-31")
_LIST = (_is_list, 'write a list: ["one", "two"]')
_KEYS: dict[str, tuple[Fits, str]] = {
    "title": _TEXT,
    "description": _TEXT,
    "subtitle": _TEXT,
    "keeper": _TEXT,
    "status": _TEXT,
    "version": _WORD,
    "reviewed": _DAY,
    "review_by": _DAY,
    "date": _DAY,
    "authentic": (_is_text_or_list, "write codes of languages, such as [en, es]"),
    "keywords": (_is_text_or_list, "write words with commas between them"),
    "sheet": (_is_flag, "write true or false"),
    "hide": (_is_list, "write what to hide as a list: [navigation, toc, footer]"),
    "tags": _LIST,
    "icon": (is_icon, "name an icon of the theme, such as material/home"),
    "template": (is_template, "name a template of the theme, such as main.html"),
    "search": (_is_search, "write search: and, below it, exclude: true or boost: 2"),
}
"""The check of each key's value, and the correction to suggest. Other keys are not checked."""
_OF_OTHERS = frozenset(
    """author authors canonical canonical_url categories comments created dir draft edit_url
    exclude_from_search git_revision_date hero ignore_macros image lang lastmod links locale
    nav_title not_in_nav og_image order pin published readtime redirect redirect_from redirect_to
    render_macros revision_date robots slug social toc toc_depth updated weight""".split()
)
"""Keys that MkDocs, Material and their plugins read."""
