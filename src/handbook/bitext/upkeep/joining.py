"""Join versions of a catalog as git has them: for its merge driver, and for conflicts it has left.

Nothing is written here; a version that cannot be read is returned as a Problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import dropwhile, takewhile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.languages.codes import folded
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project import renamed
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.translate.join import Joined, join

_PART = re.compile(
    r"^<<<<<<<[^\n]*\n(?P<ours>.*?)^(?:\|\|\|\|\|\|\|[^\n]*\n(?P<base>.*?)^)?"
    r"=======\r?\n(?P<theirs>.*?)^>>>>>>>[^\n]*\n?",
    re.MULTILINE | re.DOTALL,
)
"""A conflict: the lines of both sides, between them those of their common version if git has it."""
_MARK = re.compile(r"<{7}|>{7}|\|{7}|={7}")


def join_versions(name: str, base: bytes | None, ours: bytes, theirs: bytes) -> Joined | Problem:
    """Join two versions of the catalog `name`; `base` is None or empty where there is none."""
    found: list[Catalog] = []
    for data, which in ((base or b"", "the common version"), (ours, "ours"), (theirs, "theirs")):
        read = parse_catalog(data, name) if data.strip() else Catalog({})
        if isinstance(read, Problem):
            fault = f"in {which} of two versions, line {read.line}, {read.text}"
            return Problem(name, 0, f"not joined by unit: {fault}")
        found.append(read)
    return join(*found)


class Astray(NamedTuple):
    """Two versions of which one is of another language: git took one catalog for the other.

    Where a page was renamed, git finds its catalogs by their likeness, and those of two languages
    that are hardly translated are much alike.
    """

    own: bytes
    """The version in the language of the catalog."""
    other: bytes
    place: str
    """The catalog that the other version is of."""


def astray(name: str, ours: bytes, theirs: bytes) -> Astray | None:
    """Return both versions if git took another language's catalog for `name`; else None."""
    parts = PurePosixPath(name).parts
    at = parts.index(_FOLDER) if _FOLDER in parts else len(parts)
    if at + 2 >= len(parts):
        return None
    own = folded(parts[at + 1])
    for one, other in ((ours, theirs), (theirs, ours)):
        language = _language(other)
        if _language(one) == own and language not in ("", own):
            folders = Path(*parts[: at + 1]).glob("*/")
            known = {folded(each.name): each for each in folders}
            if folder := known.get(language):
                return Astray(one, other, folder.joinpath(*parts[at + 2 :]).as_posix())
    return None


_FOLDER = "translations"
_LANGUAGE = re.compile(rb'^"Language: *([\w@-]+)', re.MULTILINE)


def _language(data: bytes) -> str:
    found = _LANGUAGE.search(data)
    return folded(found[1].decode("ascii", "replace")) if found else ""


def messages(data: bytes, name: str) -> frozenset[str] | None:
    """Return what a catalog says, by which it is known under another name; None if unreadable."""
    catalog = parse_catalog(data, name)
    if isinstance(catalog, Problem):
        return None
    return frozenset(unit.message for unit in catalog.units)


def successor(name: str, base: bytes, others: Mapping[str, renamed.Messages]) -> str | None:
    """Return which of `others`, by what they say, has the page of the catalog `name` that is gone.

    None if none is it, or no one stands out.
    """
    before = messages(base, name)
    return renamed.find({name: before}, others).pages.get(name) if before else None


def divided(text: str) -> tuple[str, str, str] | None:
    """Split a text at its conflict markers into base, ours and theirs; None if they are broken.

    The common version is "" where git did not write it between the marks.
    """
    base, ours, theirs = (_side(text, each) for each in ("base", "ours", "theirs"))
    has_base = all(part["base"] is not None for part in _PART.finditer(text))
    if any(_MARK.match(row) for row in (ours + "\n" + theirs).splitlines()):
        return None
    return (base if has_base else "", ours, theirs)


def _side(text: str, name: str) -> str:
    return _PART.sub(lambda part: part[name] or "", text)


def edited_since(text: str, base: bytes, ours: bytes, theirs: bytes) -> int | None:
    """Return a line at which somebody has edited a file since git left a conflict in it."""
    versions = [data.decode("utf-8", "replace") for data in (base, ours, theirs)]
    known = {row.strip() for each in versions for row in each.split("\n")}
    for number, row in enumerate(text.split("\n"), 1):
        if row.strip() not in known and not _MARK.match(row):
            return number
    return None if text in versions else _taken_out(text, *versions)


def _taken_out(text: str, base: str, ours: str, theirs: str) -> int | None:
    """Return the line of a message whose entry somebody has taken lines out of.

    It is 1 where the message is gone, or is wrapped. Where git has taken one entry for another, a
    line may stand in that: it is out if fewer entries have it than should have it.
    """
    kept = _kept(*map(_entries, (base, ours, theirs)))
    one, other = (_entries(_side(text, each)) for each in ("ours", "theirs"))
    left = {name: one.get(name, _NONE) | other.get(name, _NONE) for name in {**one, **other}}
    gone = _counted(kept) - _counted(left)
    for name, rows in kept.items():
        if not gone.keys().isdisjoint(rows - left.get(name, _NONE)):
            return line_at(text, max(0, text.find(name)))
    return None


_Rows = frozenset[str]
_Entries = Mapping[str, _Rows]
"""The lines of each entry of a catalog's text, by those that say its message."""
_NONE: _Rows = frozenset()


def _counted(entries: _Entries) -> Counter[str]:
    """Count in how many entries each line is."""
    return Counter(row for rows in entries.values() for row in rows)


def _kept(base: _Entries, ours: _Entries, theirs: _Entries) -> _Entries:
    """Return the lines that git leaves of each entry: all that neither side has taken out."""
    every = _NONE.union(*base.values())
    found: dict[str, _Rows] = {}
    for name in {**ours, **theirs}:
        if name not in base or (name in ours and name in theirs):
            mine, others = ours.get(name, _NONE), theirs.get(name, _NONE)
            found[name] = (mine | others) - (base.get(name, every) - (mine & others))
    return found


def _entries(text: str) -> _Entries:
    """Return the entries of a catalog's text."""
    found: dict[str, _Rows] = {}
    for part in _BLANK.split(text):
        rows = [row.strip() for row in part.split("\n")]
        named = dropwhile(lambda row: not _NAME.match(row), rows)
        name = "\n".join(takewhile(lambda row: "msgstr" not in row[:9], named))
        if name := _WRAP.sub("", name):
            found[name] = found.get(name, _NONE) | frozenset(rows)
    return found


_BLANK = re.compile(r"\n[ \t\r]*\n")
_WRAP = re.compile(r'"\n(?:#~[ \t]*)?"')
"""Between two lines of one text."""
_NAME = re.compile(r"(?:#~[ \t]*)?msg(?:ctxt|id)\b")


def written(made: Joined) -> str:
    """Return the text of what was joined."""
    return po.dump(made.catalog)
