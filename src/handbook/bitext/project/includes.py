"""Put translated parts in place of the snippets that a translated page includes.

The extension Snippets puts files into pages by lines such as `--8<-- "parts/warning.md"`, of which
it takes some lines (`:2:5`) or a section (`:name`). On a translated page such a line still names
the part in its source language; here it is replaced by the translated part.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from handbook.bitext.page import fences, frontmatter

Translate = Callable[[str, str], str | None]
"""A function that returns a part, translated, from its path and what is taken of it; or None."""

_INCLUDE = re.compile(
    r"""^(?P<space>[ \t>]*)-{1,}8<-{1,}
    (?:[ \t]+(?P<quote>["'])(?P<name>[^"'\r\n]+)(?P=quote)
    |[ \t]*\r?\n(?P<block>(?:(?![ \t>]*-{1,}8<-)[^\n]*\n)*)[ \t>]*-{1,}8<-{1,})[ \t]*\r?$""",
    re.VERBOSE | re.MULTILINE,
)
_PART = re.compile(
    r"(?P<path>.*?)(?P<taken>(?::(?:-?\d+)?){1,2}(?:,(?:-?\d+)?(?::(?:-?\d+)?)?)*|:[a-zA-Z][\w-]*)?"
)
"""A path, and what is taken of it: `part.md:2:5`, `part.md:1,4:6`, or a section, `part.md:name`."""
_MARK = re.compile(r"-{1,}8<-{1,}[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([\w-]+)[ \t]*\]", re.I)


def replaced(text: str, translate: Translate) -> str:
    """Return the text of a page with translated parts in place of the lines that include them.

    Lines in code stay: there the file itself is shown.
    """
    if "8<-" not in text:
        return text
    code = sorted((start, fence.end) for start, fence in fences.find(text, frontmatter.end(text)))

    def included(line: re.Match[str]) -> str:
        nearest = bisect_right(code, (line.start(), len(text))) - 1
        if nearest >= 0 and line.start() < code[nearest][1]:
            return line[0]
        return "\n".join(_lines(line, translate))

    return _INCLUDE.sub(included, text)


def parts(text: str) -> Iterator[str]:
    """Yield the path of each part that a page may include, as written there."""
    yield from (path for _, path in placed(text))


def placed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each line that includes a part, and the path of that."""
    for line in _INCLUDE.finditer(text) if "8<-" in text else ():
        for name in _names(line):
            if name and not name.startswith(";") and (part := _PART.fullmatch(name)):
                yield line.start(), part["path"]


def bases(name: str) -> tuple[str, ...]:
    """Return the folders from which what a page includes is looked for, the first first.

    From the root, from docs/, from the folder of its language and from its own.
    """
    return "", "docs", "/".join(name.split("/")[:2]), posixpath.dirname(name)


def places(name: str, path: str, folders: Sequence[str] = ()) -> Iterator[str]:
    """Yield the names of files that `path` may mean in the file `name`, the likeliest first.

    `folders` are those that the site includes files from. All names are from the root; none leads
    out of it.
    """
    for folder in dict.fromkeys((*folders, *bases(name))):
        found = posixpath.normpath(posixpath.join(folder, path))
        if not found.startswith(("../", "/")):
            yield found


def joined(
    text: str,
    name: str,
    read: Callable[[str], str | None],
    folders: Sequence[str] = (),
    within: tuple[str, ...] = (),
) -> str:
    """Return the text of the file `name` with what it includes in it, also through others.

    `read` returns the text of a file by its name; None if there is none. `within` has the names of
    the files around this one: none includes itself.
    """
    within = (*within, name)

    def put(path: str, selection: str) -> str | None:
        for each in places(name, path, folders):
            if (found := read(each)) is not None:
                inner = taken(found, selection)
                return None if each in within else joined(inner, each, read, folders, within)
        return None

    return replaced(text, put)


def renamed(text: str, change: Callable[[str], str | None]) -> str:
    """Return the text of a page with other paths of what it includes; None leaves a path."""

    def put(found: re.Match[str]) -> str:
        part = _PART.fullmatch(found[0])
        new = change(part["path"]) if part else None
        return found[0] if new is None or part is None else new + (part["taken"] or "")

    def line(found: re.Match[str]) -> str:
        start, end = found.span("name" if found["name"] else "block")
        within = slice(start - found.start(), end - found.start())
        named = _NAME.sub(put, found[0][within])
        return found[0][: within.start] + named + found[0][within.stop :]

    return _INCLUDE.sub(line, text) if "8<-" in text else text


_NAME = re.compile(r"[^\s>;](?:[^\r\n]*[^\s])?")
"""What a line of a block names, or the line that includes it has between its marks."""


def _names(line: re.Match[str]) -> list[str]:
    """Return what a line includes, or the lines of a block do."""
    names = [line["name"]] if line["name"] else line["block"].split("\n")
    return [name.strip(" \t\r>") for name in names]


def _lines(line: re.Match[str], translate: Translate) -> Iterator[str]:
    """Yield the lines that replace one that includes a part, or several in a block."""
    for name in _names(line):
        if not name or name.startswith(";"):
            continue
        part = _PART.fullmatch(name)
        found = translate(part["path"], part["taken"] or "") if part else None
        if found is None:
            quote = line["quote"] or '"'
            yield f"{line['space']}--8<-- {quote}{name}{quote}"
        else:
            yield from (f"{line['space']}{row}".rstrip() for row in found.split("\n"))


def taken(text: str, selection: str) -> str:
    """Return what is taken of the text of a part: all of it, some lines or a section."""
    rows = text.split("\n")
    if not selection:
        return text[frontmatter.end(text) :].strip("\n")
    if re.match(r":[a-zA-Z]", selection):
        return "\n".join(_section(rows, selection[1:].lower()))
    found: list[str] = []
    for lines in selection[1:].split(","):
        first, _, last = lines.partition(":")
        found += rows[_start(first, len(rows)) : _end(last, len(rows))]
    return "\n".join(found)


def _start(written: str, count: int) -> int:
    """Return the index of the first line; lines count from 1, or from the end."""
    number = _number(written or "1")
    return max(count + number, 0) if number < 0 else max(number - 1, 0)


def _end(written: str, count: int) -> int:
    """Return the index after the last line."""
    number = _number(written) if written else count
    return max(count + 1 + number, 0) if number < 0 else number


def _number(written: str) -> int:
    """Return a number; no text has as many lines as one of ten digits or more says."""
    return int(written[:10])


def _section(rows: list[str], name: str) -> Iterator[str]:
    """Yield the lines between the marks of a section."""
    inside = False
    for row in rows:
        mark = _MARK.search(row)
        if mark and mark[2].lower() == name:
            if mark[1].lower() == "end":
                return
            inside = True
        elif inside and not mark:
            yield row
