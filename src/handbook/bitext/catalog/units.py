"""A catalog as values: the messages of one page in one language, and their translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from handbook.bitext.catalog import headers
from handbook.bitext.page.segments import GIVEN, key

State = Literal["current", "changed", "missing", "suggested"]

TWICE = "Translated twice: "
"""Begins a line of a translators' comment: the other of two translations between which somebody has
to choose. The unit is fuzzy until then."""
ALSO = "Also translated: "
"""Begins such a line for a translation that was put aside and is not asked for."""

BEFORE = "Translated before: "
"""Begins such a line of an obsolete unit, for the translation that it had when its message went: to
another page, maybe, where that is then the older one. The next update reads it, and takes it out:
who writes the older one there again after that has chosen it."""


class CatalogError(ValueError):
    """A file that is not a catalog: the line, counted from 1, and what is wrong with it."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


def with_others(unit: Unit, texts: Iterable[str]) -> Unit:
    """Return `unit` with other translations in its comment, a line each, none twice."""
    for text in texts:
        if text not in ("", unit.translation):
            unit = with_line(unit, ALSO + in_comment(text))
    return unit


def with_line(unit: Unit, line: str) -> Unit:
    """Return `unit` with a line at the end of its comment, unless it has that already."""
    if line in unit.comment.split("\n"):
        return unit
    return unit._replace(comment=f"{unit.comment}\n{line}".strip("\n"))


def without_line(unit: Unit, line: str) -> Unit:
    """Return `unit` without a line of its comment."""
    if line not in unit.comment:
        return unit
    rows = (row for row in unit.comment.split("\n") if row != line)
    return unit._replace(comment="\n".join(rows))


def without_lines(unit: Unit, sign: str) -> Unit:
    """Return `unit` without the lines of its comment that begin with one of the signs above."""
    if sign not in unit.comment:
        return unit
    rows = (row for row in unit.comment.split("\n") if not row.startswith(sign))
    return unit._replace(comment="\n".join(rows))


def in_comment(text: str) -> str:
    """Return a text as one line of a comment: its line breaks written as \\n."""
    return text.strip().replace("\n", "\\n")


class Unit(NamedTuple):
    """A message and its translation."""

    message: str
    translation: str = ""
    fuzzy: bool = False
    previous: str | None = None
    """The message that the translation was made for, where it differs from `message`."""
    places: tuple[str, ...] = ()
    note: str = ""
    """The kind of text, and the author's note to translators."""
    comment: str = ""
    """The translators' own comment."""
    flags: tuple[str, ...] = ()
    """All flags except `fuzzy`."""
    context: str | None = None
    previous_context: str | None = None
    plural: tuple[str, ...] = ()
    """The plural message and its translations, as other programs may have written them."""
    previous_plural: str | None = None
    line: int = 0
    """The line in the file it was read from; 0 for a unit that is in no file."""
    written: str = ""
    """The message as its file writes it, where that is the same text in other code points."""

    @property
    def key(self) -> str:
        """What it is known by: its message, and the context if there is one."""
        return key(self.context, self.message)

    @property
    def is_address(self) -> bool:
        """Whether its message is an address outside of the site."""
        return self.note.startswith("address")

    @property
    def is_given(self) -> bool:
        """Whether its message may well be its translation, so that it is no work left to do."""
        return self.note.startswith(GIVEN)

    @property
    def is_twice(self) -> bool:
        """Whether it was translated by two people, and nobody has chosen yet."""
        return self.fuzzy and any(row.startswith(TWICE) for row in self.comment.split("\n"))

    @property
    def state(self) -> State:
        """The state of the translation.

        "changed" was made for the previous message, "suggested" is fuzzy for another reason: it
        may be a look-alike's.
        """
        if not self.translation:
            return "missing"
        if not self.fuzzy:
            return "current"
        return "changed" if self.previous is not None else "suggested"


@dataclass(frozen=True)
class Catalog:
    """The units of a page in reading order, and its obsolete units."""

    header: Mapping[str, str]
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    comment: str = ""
    fuzzy_header: bool = field(default=False, compare=False)

    def unit(self, message: str) -> Unit | None:
        """Return the first unit of `message`, or None."""
        return next((unit for unit in self.units if unit.message == message), None)


def empty(
    language: str, source_language: str, project: str, plural_forms: str = headers.ENGLISH_PLURALS
) -> Catalog:
    """Return a new catalog without units; `language` is the code that gettext has for it."""
    return Catalog(headers.new(language, source_language, project, plural_forms))
