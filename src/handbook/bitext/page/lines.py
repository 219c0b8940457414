"""Lines of a page as its containers see them: without their prefix, but with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TAB = 4
_COMMENTS = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)+")
_COMMENT = re.compile(r"<!--.*?-->")
_BLANKS = re.compile(r"[ \t]*")


class Line(NamedTuple):
    """A line without its container's prefix, its indentation and the blanks at its end."""

    first: int
    """The offset of its first character that is not blank."""
    end: int
    """The offset after its last such character."""
    indent: int
    """The column of its first character, counted from the start of the page's line, or from
    after the `>` of a quote."""
    body: str
    """The text between the two offsets."""


def read(text: str, start: int) -> Iterator[Line]:
    """Yield the lines of `text` from offset `start`; a lone carriage return ends a line too."""
    rows = text[start:].split("\n")
    if "\r" in text:
        rows = re.sub(r"\r(?!\n)", "\n", text[start:]).split("\n")
    for row in rows:
        body = row.strip(" \t\r")
        if not body:
            yield Line(start, start, 0, "")
        else:
            lead = 0 if row[0] == body[0] else row.index(body)
            indent = len(row[:lead].expandtabs(TAB)) if "\t" in row[:lead] else lead
            yield Line(start + lead, start + lead + len(body), indent, body)
        start += len(row) + 1


def cut(line: Line, length: int, indent: int | None = None) -> Line:
    """Return `line` without its first `length` characters and the blanks after them."""
    rest = line.body[length:]
    body = rest.lstrip(" \t")
    first = line.first + length + len(rest) - len(body)
    return Line(first, line.end, line.indent if indent is None else indent, body)


def trim(line: Line, length: int) -> Line:
    """Return the first `length` characters of `line`."""
    return line._replace(end=line.first + length, body=line.body[:length])


def is_broken(body: str) -> bool:
    """Tell whether a line ends with a backslash that breaks the line: two are one that is shown."""
    return body.endswith("\\") and bool((len(body) - len(body.rstrip("\\"))) % 2)


def is_broken_by_blanks(text: str, end: int) -> bool:
    """Tell whether the blanks behind a line, from `end` on, break it: two, or as wide a tab."""
    if not text.startswith((" \t", "\t"), end):
        return text.startswith("  ", end)
    return width(text, end, blank_until(text, end)) > 1


def blank_until(text: str, start: int) -> int:
    """Return the offset after the blanks that begin at another."""
    blanks = _BLANKS.match(text, start)
    return blanks.end() if blanks else start


def unquoted(line: Line, text: str) -> Line:
    """Return a quoted line of a page's text without `>` and one blank; columns count from there."""
    rest = line.body[1:]
    body = rest.lstrip(" \t")
    first = line.end - len(body)
    columns = len(rest) - len(body)
    if "\t" in rest[:columns]:  # a tab leads to a column of the page's line, not of the quote's
        columns = width(text, line.first, first) - 1
    return Line(first, line.end, max(0, columns - 1), body)


def width(text: str, start: int, end: int) -> int:
    """Return how many columns the text between two offsets of a line takes, as wide as tabs are."""
    return _column(text, end) - _column(text, start)


def _column(text: str, offset: int) -> int:
    """Return the column of an offset in its line, as wide as tabs make it."""
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].expandtabs(TAB))


def bare(lines: list[Line]) -> list[Line]:
    """Return `lines` without what is blank at both ends, such as a no-break or ideographic space.

    To Python-Markdown these are text within a line, but they begin and end no message.
    """
    if lines and not (lines[0].body[:1].isspace() or lines[-1].body[-1:].isspace()):
        return lines  # nearly always
    worded = [number for number, line in enumerate(lines) if line.body.strip()]
    if not worded:
        return []
    lines = lines[worded[0] : worded[-1] + 1]
    if lines[0].body[0].isspace():
        body = lines[0].body.lstrip()
        lines[0] = lines[0]._replace(first=lines[0].end - len(body), body=body)
    if lines[-1].body[-1].isspace():
        lines[-1] = trim(lines[-1], len(lines[-1].body.rstrip()))
    return lines


def uncommented(lines: list[Line]) -> list[Line]:
    """Return `lines` without the comments, and what is blank, that they begin and end with."""
    while lines := bare(lines):
        if match := _COMMENTS.match(lines[0].body):
            lines = [cut(lines[0], match.end()), *lines[1:]]
            lines = lines if lines[0].body else lines[1:]
        elif (start := _last_comments(lines[-1].body)) is not None:
            last = trim(lines[-1], len(lines[-1].body[:start].rstrip()))
            lines = [*lines[:-1], last] if last.body else lines[:-1]
        else:
            break
    return lines


def _last_comments(body: str) -> int | None:
    """Return the offset of the comments that end a line, one after another; None if none does."""
    if not body.endswith("-->"):
        return None
    start, end = 0, -1
    for comment in _COMMENT.finditer(body):
        if end < 0 or body[end : comment.start()].strip():
            start = comment.start()
        end = comment.end()
    return start if end == len(body) else None


def resume(lines: list[Line], i: int, end: int) -> int:
    """Return the number of the line to go on with after offset `end`, from line `i` on.

    Where `end` is within a line, that line of `lines` is cut.
    """
    while i < len(lines) and lines[i].end <= end:
        i += 1
    if i < len(lines) and lines[i].body and lines[i].first < end:
        lines[i] = cut(lines[i], end - lines[i].first, 0)
    return i
