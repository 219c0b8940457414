"""The values of a page's front matter that people read, and how to write them back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from bitext.page.segments import Span

# MkDocs: mkdocs.utils.meta.YAML_RE
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(.*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_KEY = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*?))?[ \t]*$")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(?:#.*)?$')
_SINGLE = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?$")
_PLAIN = re.compile(r"([^\s\[\]{}&*!|>%@`\"'#,?:-].*?|[?:-][^\s].*?)(?:[ \t]+#.*)?$")
_BLOCK = re.compile(r"([|>])[+-]?\d?[ \t]*(?:#.*)?$")
_LETTER = re.compile(r"[^\W\d_]")
_NO_TEXT = frozenset("true false yes no on off null none".split())


class Value(NamedTuple):
    """A value that people read: its text, where it stands and how it is quoted."""

    message: str
    span: Span
    style: str
    """`plain`, `single`, `double`, or `block:` and the indentation."""


def read(text: str, start: int, keys: tuple[str, ...]) -> tuple[int, list[Value]]:
    """Where the front matter that begins at `start` ends, and the values under `keys`."""
    match = _FRONT.match(text, start)
    if not match:
        return start, []
    if match[1] is None:
        return match.end(), []
    return match.end(), [v for v in _values(text, *match.span(1), keys) if _is_text(v.message)]


def end(text: str) -> int:
    """The offset at which the body of a page begins: behind its front matter."""
    match = _FRONT.match(text, 1 if text.startswith("\ufeff") else 0)
    return match.end() if match else 0


def write(value: str, style: str) -> str:
    """`value` as a YAML scalar that reads back as the same text, in `style` if it can be."""
    value = " ".join(value.split())
    if style.startswith("block:"):
        return value
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    if style == "plain" and _is_plain(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_plain(value: str) -> bool:
    return bool(
        _PLAIN.fullmatch(value)
        and _is_text(value)
        and ": " not in value
        and " #" not in value
        and not value.endswith(":")
        and value.isprintable()
    )


def _is_text(value: str) -> bool:
    return bool(_LETTER.search(value)) and value.lower() not in _NO_TEXT


def _values(text: str, start: int, end: int, keys: tuple[str, ...]) -> Iterator[Value]:
    rows = text[start:end].split("\n")
    for number, row in enumerate(rows):
        match = _KEY.match(row.rstrip("\r"))
        if match and match[1] in keys:
            more = _indented(rows, number + 1)
            if match[2]:
                yield from _value(match[2], start + match.start(2), rows, number, more, start)
        start += len(row) + 1


def _indented(rows: list[str], number: int) -> list[str]:
    """The rows from `number` on that continue the value before them."""
    end = number
    while end < len(rows) and (rows[end].startswith((" ", "\t")) or not rows[end].strip()):
        end += 1
    while end > number and not rows[end - 1].strip():
        end -= 1
    return rows[number:end]


def _value(
    raw: str, first: int, rows: list[str], number: int, more: list[str], start: int
) -> Iterator[Value]:
    if _BLOCK.match(raw):
        if more and all(row.strip() for row in more):
            begin = start + len(rows[number]) + 1
            lead = len(more[0]) - len(more[0].lstrip())
            size = len("\n".join(more).rstrip())
            message = " ".join(row.strip() for row in more)
            yield Value(message, (begin + lead, begin + size), "block:" + more[0][:lead])
        return
    if more:
        raw = " ".join([raw, *(row.strip() for row in more)])
        last = start + len(rows[number]) + 1 + len("\n".join(more).rstrip())
    else:
        last = first + len(raw)
    for style, pattern in (("double", _DOUBLE), ("single", _SINGLE), ("plain", _PLAIN)):
        if match := pattern.match(raw):
            stop = last if more else first + (match.end(1) + (style != "plain"))
            yield Value(_text(match[1], style), (first, stop), style)
            return


def _text(raw: str, style: str) -> str:
    if style == "single":
        return raw.replace("''", "'")
    if style == "double" and "\\" in raw:
        try:
            return str(json.loads(f'"{raw}"'))
        except ValueError:
            return ""
    return raw
