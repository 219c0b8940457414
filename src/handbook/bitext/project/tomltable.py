"""Change the handbook's table in the text of a pyproject.toml; all the rest stays as it is."""

from __future__ import annotations

import json
import re

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.page.segments import Span

NAME = "pyproject.toml"
_HEADER = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*handbook[ \t]*\][^\n]*(?:\n|\Z)", re.M)
_NEXT_HEADER = re.compile(r"^[ \t]*\[", re.M)


def table_span(text: str) -> Span | None:
    """Return the place of the handbook's table, below its header; None if it has no header."""
    header = _HEADER.search(text)
    if header is None:
        return None
    following = _NEXT_HEADER.search(text, header.end())
    return header.end(), following.start() if following else len(text)


def with_value(text: str, key: str, value: str) -> str:
    """Return `text` with another text for a key of the handbook's table, which may be new.

    Raises DataError where that cannot be done for sure, as in a table without a header.
    """
    made = _put(text, key, json.dumps(value, ensure_ascii=False))
    if _table(made) != _table(text) | {key: value}:
        raise DataError(f"{key} could not be put into it", 1)
    return made


def _put(text: str, key: str, written: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    span = table_span(text)
    if span is None:
        gap = end if text.strip() else ""
        return f"{text}{gap}[tool.handbook]{end}{key} = {written}{end}"
    start, stop = span
    old = re.compile(rf"""^([ \t]*{key}[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""", re.M)
    table, count = old.subn(lambda found: found[1] + written, text[start:stop], count=1)
    head = text[:start] if text[:start].endswith("\n") else text[:start] + end
    row = "" if count else f"{key} = {written}{end}"
    return head + row + table + text[stop:]


def _table(text: str) -> dict[str, object]:
    """Return the handbook's table. Raises DataError."""
    table: object = datafile.load_toml(text)
    for key in ("tool", "handbook"):
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table if isinstance(table, dict) else {}
