"""Write the names of files as files of patterns want them: what has a meaning there is escaped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Spelling(NamedTuple):
    """How a file of patterns, one a line and in front of the line, writes a name."""

    written: Callable[[str], str]
    read: Callable[[str], str]


def of(file: str) -> Spelling | None:
    """Return the spelling of the file of patterns at a path; None if it is another file."""
    return _SPELLINGS.get(posixpath.basename(file))


def renamed(text: str, moved: Mapping[str, str], spelling: Spelling) -> str:
    """Return a text of patterns with the new path of each file that a line is about."""

    def changed(found: re.Match[str]) -> str:
        path = spelling.read(found["pattern"])
        new = moved.get(path.removeprefix("/"))
        top = "/" * path.startswith("/")
        if new is None:
            return found[0]
        return found["before"] + spelling.written(top + new) + (found["below"] or "")

    return _LINE.sub(changed, text)


_LINE = re.compile(
    r"""^(?P<before>[ \t]*(?:\#[ \t]*)?)(?P<pattern>"(?:[^"\\\n]|\\.)*"|(?:[^\s\\]|\\.)+?)
    (?P<below>/\*{0,2})?(?!\S)""",
    re.MULTILINE | re.VERBOSE,
)
"""A pattern, and what has it mean all that is in a folder; one out of use is behind a hash."""


def _of_owners(path: str) -> str:
    """Write a path in CODEOWNERS; brackets mean nothing there."""
    return re.sub(r"[\\*?\s]", r"\\\g<0>", path)


def _of_attributes(path: str) -> str:
    """Write a path in .gitattributes: with blanks between quotation marks, as a string of C."""
    pattern = re.sub(r"[\\*?[]", r"\\\g<0>", path)
    if not re.search(r'[\s"]', pattern):
        return pattern
    return '"{}"'.format(re.sub(r'[\\"]', r"\\\g<0>", pattern))


def _from_attributes(pattern: str) -> str:
    is_quoted = pattern.startswith('"')
    return _unescaped(_unescaped(pattern[1:-1]) if is_quoted else pattern)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


_SPELLINGS = {
    "CODEOWNERS": Spelling(_of_owners, _unescaped),
    ".gitattributes": Spelling(_of_attributes, _from_attributes),
}
