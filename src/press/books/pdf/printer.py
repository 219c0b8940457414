"""Printing of documents as PDF: Typst typesets them, in fonts of Python packages, and checks them.

The PDF conforms to PDF/UA-1, which Typst ensures: no character without a glyph, no picture without
alternative text, no heading out of order. The same document gives the same bytes on any day, so a
file that exists already is as good as a new one.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from bitext.files import put, write
from bitext.languages.registry import FOLDER
from bitext.problem import Problem, SettingsError
from press.books.pdf.composer import Document, Fit, Kind

_FONTS = ("font-source-sans-pro",)
"""The packages of the design's own fonts, besides the fonts that come with Typst."""
_ROOT = Path("/")
"""Typst's root folder: the paths of pictures are absolute."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst writes invisible characters in messages."""
_UNPRINTABLE = re.compile('the text `"(.+?)"` could not be displayed')


class Unprintable(Exception):
    """The error that a document cannot be printed, with Typst's reason."""

    def __init__(self, reason: str, letters: frozenset[str]) -> None:
        """Take the reason, and the characters that no font has if that is the reason."""
        super().__init__(reason)
        self.letters = letters


@dataclass(frozen=True)
class Printed:
    """A printed PDF, with the kind and key of its document."""

    kind: Kind
    key: str
    file: Path
    size: int
    fit: Fit | None
    """The text size and row padding that a sheet was printed with."""


class Printer:
    """A printer of PDFs into a folder, which also records there what it printed."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not exist."""
        self._folder = folder
        self._compiler = cache(_compiler)

    def print(self, document: Document) -> Printed:
        """Print a document, unless its file is up to date. Raises Unprintable."""
        file = self._folder / f"{document.name}.pdf"
        note = file.with_suffix(".json")
        key = self._key(document)
        known = _noted(note)
        if known.get("key") != key or not _has_size(file, known.get("size")):
            made, fit = self._made(document)
            known = {"key": key, "fit": fit, "size": len(made)}
            note.unlink(missing_ok=True)  # written last, so it never describes another PDF
            put(file, made)
            write(note, json.dumps(known))
        fit = Fit(*known["fit"]) if known["fit"] else None
        return Printed(document.kind, document.key, file, file.stat().st_size, fit)

    def _key(self, document: Document) -> str:
        parts = (*_versions(document.packages), document.source)
        digest = hashlib.sha256("\n".join(parts).encode())
        for setting in document.settings:
            for picture in setting.pictures:
                digest.update(picture.read_bytes())
        return digest.hexdigest()

    def _made(self, document: Document) -> tuple[bytes, Fit | None]:
        day = document.day or datetime.fromtimestamp(0, UTC).date()
        source = document.source.encode()
        if document.fitted or len(document.settings) > 1:
            self._forget(document)
        try:
            made = self._compiler(document.packages).compile(
                source,
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            raise _unprintable(error) from None
        assert isinstance(made, bytes)
        fits = self._asked(document, "<fit>") if document.fitted else []
        return _packed(made), Fit(*fits[0]) if fits else None

    def _forget(self, document: Document) -> None:
        """Empty Typst's cache of layouts, which keeps those of ten documents, 400 MB."""
        for _ in range(12):
            self._compiler(document.packages).compile(b"", format="pdf")

    def _asked(self, document: Document, selector: str) -> list[list[str]]:
        source, fonts = document.source.encode(), _fonts(document.packages)
        found = typst.query(source, selector, field="value", font_paths=fonts)
        values: list[list[str]] = json.loads(found)
        return values


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


def _compiler(packages: tuple[str, ...]) -> typst.Compiler:
    return typst.Compiler(root=_ROOT, font_paths=_fonts(packages))


@cache
def _versions(packages: tuple[str, ...]) -> list[str]:
    """Return the package versions that a PDF depends on, for its key. Raises SettingsError."""
    try:
        return [f"{each} {version(each)}" for each in ("typst", "pikepdf", *_FONTS, *packages)]
    except PackageNotFoundError as error:
        cure = "install it, or take it out of print.packages"
        fault = f"a file wants the fonts of {error.name}, which is not installed; {cure}"
        raise SettingsError(Problem(FOLDER, 1, fault)) from None


@cache
def _fonts(packages: tuple[str, ...]) -> typst.Fonts:
    folders = [str(files(each.replace("-", "_"))) for each in (*_FONTS, *packages)]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _packed(made: bytes) -> bytes:
    """Return a PDF compressed to a third: Typst leaves the objects of its pages uncompressed."""
    import pikepdf  # takes a tenth of the time of a start

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def _unprintable(error: typst.TypstError) -> Unprintable:
    found = _UNPRINTABLE.findall(error.diagnostic or error.message)
    text = "".join(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), each) for each in found)
    return Unprintable(error.message, frozenset(text))
