"""Printing of documents as PDF files: Typst typesets and checks them; see `typesetter`.

The PDF conforms to PDF/UA-1, which Typst ensures: no character without a glyph, no picture without
alternative text, no heading out of order. The same document gives the same bytes on any day, so a
file that exists already is as good as a new one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from handbook.bitext import limits
from handbook.bitext.files import put, write
from handbook.bitext.languages.registry import FOLDER
from handbook.bitext.problem import Problem, SettingsError
from handbook.press.books.pdf.composer import Document, Fit, Kind
from handbook.press.books.pdf.endings import LONGEST, Tuning
from handbook.press.books.pdf.typesetter import (
    FONTS,
    Job,
    Overrun,
    Refused,
    Typeset,
    Typesetter,
    shared,
)

_TRIALS = (files("handbook.press.books.pdf") / "endings.py").read_text("utf-8")
"""What a chapter's spaces depend on besides its source."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst writes invisible characters in messages."""
_OCCURRED = re.compile(r"\s*\(occurred at [^)]*\)")
"""The place of an error in Typst itself, in a folder of its makers."""
_FAILURES = ("internal error", "PDF/UA-1 error: ambiguous logical parent")
"""What Typst says where it cannot tag what goes over many columns or pages."""
_UNPRINTABLE = re.compile('the text `"(.+?)"` could not be displayed')


class Unprintable(Exception):
    """The error that a document cannot be printed, with Typst's reason."""

    def __init__(self, reason: str, letters: frozenset[str], *, is_size: bool = False) -> None:
        """Take the reason, and the characters that no font has if that is the reason.

        With `is_size`, it is printed when it is shorter: Typst failed on it, or it is too large.
        """
        super().__init__(reason)
        self.letters, self.is_size = letters, is_size


@dataclass(frozen=True)
class Printed:
    """A printed PDF, with the kind and key of its document."""

    kind: Kind
    key: str
    file: Path
    size: int
    fit: Fit | None
    """The text size and row padding that a sheet was printed with."""
    tuning: Tuning
    short_of: str = ""
    """What a sheet has no room for: "sides", since it takes two, or "pen" for rows to write in."""


class Printer:
    """A printer of PDFs into a folder, which also records there what it printed."""

    def __init__(self, folder: Path, typesetter: Typesetter | None = None) -> None:
        """Take the folder, which need not exist, and what runs Typst."""
        self._folder = folder
        self._typesetter = typesetter or shared()

    def print(self, document: Document) -> Printed:
        """Print a document, unless its file is up to date. Raises Unprintable."""
        file = self._folder / f"{document.name}.pdf"
        note = file.with_suffix(".json")
        key = self._key(document)
        known = _noted(note)
        if known.get("key") != key or not _has_size(file, known.get("size")):
            made = self._made(document)
            known = {"key": key, "fit": made.fit, "tuning": made.tuning, "size": len(made.pdf)}
            note.unlink(missing_ok=True)  # written last, so it never describes another PDF
            put(file, made.pdf)
            write(note, json.dumps(known))
        letters, air, short_of = known["fit"] or ("", "", "")
        fit = Fit(letters, air) if letters else None
        space, moved, pages = known["tuning"]
        tuning = Tuning(space, tuple((spot, way) for spot, way in moved), pages)
        size = file.stat().st_size
        return Printed(document.kind, document.key, file, size, fit, tuning, short_of)

    def _key(self, document: Document) -> str:
        """Return the hash of all that a PDF depends on."""
        digest = hashlib.sha256("\n".join((*_versions(document.packages), _TRIALS, "")).encode())
        digest.update(document.source.encode())
        for setting in document.settings:
            for picture in setting.pictures:
                digest.update(picture.read_bytes())
        return digest.hexdigest()

    def _made(self, document: Document) -> Typeset:
        """Typeset a document. Raises Unprintable."""
        size = len(document.source.encode())
        if limits.is_print_over(size, self._typesetter.memory):
            raise Unprintable(self._overrun(), frozenset(), is_size=True)
        day = document.day or datetime.fromtimestamp(0, UTC).date()
        fitted, is_long = document.fitted, size > LONGEST
        timestamp = datetime.combine(day, time(), UTC)
        is_chapter = document.kind == "page" and not (fitted or is_long)
        is_sheet = fitted and document.kind == "page"  # on the second paper it is laid out already
        is_large = is_sheet or is_long or len(document.settings) > 1
        job = Job(document.source, timestamp, document.packages, fitted, is_chapter, is_large)
        try:
            made = self._typesetter.typeset(job)
        except Overrun:
            raise Unprintable(self._overrun(), frozenset(), is_size=True) from None
        if isinstance(made, Refused):
            raise _unprintable(made)
        return made

    def _overrun(self) -> str:
        """Return that a document takes too much; where nothing is limited, Typst has failed."""
        most = f"{self._typesetter.memory} MB of memory or {self._typesetter.seconds} seconds"
        return f"printing takes more than {most} of computing, or Typst has failed"


def _noted(note: Path) -> dict[str, Any]:
    """Return what a note says of a PDF; {} if it is not there, or cannot be read."""
    try:
        known = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _has_size(file: Path, size: object) -> bool:
    """Tell whether a file has this size: a power cut may leave less of it."""
    return file.is_file() and file.stat().st_size == size


@cache
def _versions(packages: tuple[str, ...]) -> list[str]:
    """Return the package versions that a PDF depends on, for its key. Raises SettingsError."""
    try:
        return [f"{each} {version(each)}" for each in ("typst", "pikepdf", *FONTS, *packages)]
    except PackageNotFoundError as error:
        cure = "install it, or take it out of print.packages"
        fault = f"a file wants the fonts of {error.name}, which is not installed; {cure}"
        raise SettingsError(Problem(FOLDER, 1, fault)) from None


def _unprintable(error: Refused) -> Unprintable:
    """Return what Typst refused as a reason, with the letters that no font has."""
    reason = _OCCURRED.sub("", error.message)
    if reason.startswith(_FAILURES):
        return Unprintable(f"Typst has failed ({reason})", frozenset(), is_size=True)
    found = _UNPRINTABLE.findall(error.diagnostic or error.message)
    text = "".join(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), each) for each in found)
    return Unprintable(reason, frozenset(text))
