"""Write the names of files as files of patterns want them: what has a meaning there is escaped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Spelling(NamedTuple):
    """How a file of patterns, one a line and in front of the line, writes a name."""

    escaped: Callable[[str], str]
    """Write a path as a pattern."""
    quoted: Callable[[str], str] = str
    unquoted: Callable[[str], str] = str

    def written(self, path: str, rest: str = "") -> str:
        """Write the pattern of a path, with the rest of a pattern behind it."""
        return self.quoted(self.escaped(path) + rest)


def of(file: str) -> Spelling | None:
    """Return the spelling of the file of patterns at a path; None if it is another file."""
    return _SPELLINGS.get(posixpath.basename(file))


def renamed(
    text: str, moved: Mapping[str, str], spelling: Spelling, otherwise: Callable[[str], str]
) -> str:
    """Return a text of patterns with the new path of each file or folder that a line is about.

    All between such patterns is changed by `otherwise`: no name is changed twice.
    """
    made, end = "", 0
    for found in _LINE.finditer(text):
        new = _pattern(found["pattern"], moved, spelling)
        if new is not None:
            made += otherwise(text[end : found.start("pattern")]) + new
            end = found.end()
    return made + otherwise(text[end:])


_LINE = re.compile(
    r"""^[ \t]*(?:\#[ \t]*)?!?(?P<pattern>"(?:[^"\\\n]|\\.)*"|(?:[^\s\\]|\\.)+)(?!\S)""",
    re.MULTILINE,
)
"""A pattern; one out of use is behind a hash, one that takes out behind an exclamation mark."""


def _pattern(written: str, moved: Mapping[str, str], spelling: Spelling) -> str | None:
    """Return a pattern with the new path of what it is about; None if that does not move."""
    for path, rest in _divisions(spelling.unquoted(written)):
        plain = _unescaped(path)
        new = moved.get(plain.removeprefix("/"))
        if new is not None:
            return spelling.written("/" * plain.startswith("/") + new, rest)
    return None


def _divisions(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield a pattern as a path and what is asked for below it, the longest path first."""
    yield pattern, ""
    for slash in reversed([found.start() for found in re.finditer("/", pattern)]):
        yield pattern[:slash], pattern[slash:]


def _owners_escaped(path: str) -> str:
    """Write a path in CODEOWNERS; brackets mean nothing there."""
    return re.sub(r"[\\*?\s]", r"\\\g<0>", path)


def _attributes_escaped(path: str) -> str:
    return re.sub(r"[\\*?[]", r"\\\g<0>", path)


def _attributes_quoted(pattern: str) -> str:
    """Write a pattern in .gitattributes: with blanks between quotation marks, as a string of C."""
    if not re.search(r'[\s"]', pattern):
        return pattern
    return '"{}"'.format(re.sub(r'[\\"]', r"\\\g<0>", pattern))


def _attributes_unquoted(written: str) -> str:
    return _unescaped(written[1:-1]) if written.startswith('"') else written


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


_SPELLINGS = {
    "CODEOWNERS": Spelling(_owners_escaped),
    ".gitattributes": Spelling(_attributes_escaped, _attributes_quoted, _attributes_unquoted),
}
