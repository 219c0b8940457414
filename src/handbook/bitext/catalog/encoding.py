"""Decode a catalog: its header declares the encoding, in ASCII, before anything else needs it."""

from __future__ import annotations

import codecs
import re

from handbook.bitext.catalog.units import CatalogError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the next
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order marks that a file may begin with, and the encoding each stands for."""
_CHARSET = re.compile(rb"charset\s*=\s*([A-Za-z0-9_.:()-]+)", re.IGNORECASE)
_HEADER_AT_MOST = 20_000
"""Bytes in which a header ends."""
# Codecs of Python's that are no encodings of text files, and one that hides characters.
_NO_CHARSETS = frozenset("idna mbcs oem palmos punycode undefined utf-7".split())


def decode(data: bytes) -> str:
    """Return the text of a catalog file, without a byte order mark. Raises CatalogError.

    The encoding is that of a byte order mark, or the declared one; without either, or where the
    declared name is none, it is UTF-8.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data, name, name).removeprefix("\ufeff")
    if name := _without_mark(data):
        return _decoded(data, name, name)
    declared = _CHARSET.search(data, 0, _HEADER_AT_MOST)
    given = declared[1].decode("ascii") if declared else "UTF-8"
    name = _codec(given)
    if name in ("utf-8", "ascii"):
        return _decoded(data, "utf-8", "UTF-8")
    if not data.isascii() and is_utf_8(data):
        line = data.count(b"\n", 0, declared.start()) + 1 if declared else 1
        fault = f"{given} is declared, but the file is UTF-8; write charset=UTF-8"
        raise CatalogError(line, fault)
    return _decoded(data, name, given)


def _codec(given: str) -> str:
    """Return Python's name of a declared encoding; "utf-8" for what is no encoding of text."""
    try:
        name = codecs.lookup(given).name
        "".encode(name)  # fails for those that encode bytes, such as zip
    except (LookupError, ValueError, TypeError):
        return "utf-8"
    is_escape = name in _NO_CHARSETS or "escape" in name
    return "utf-8" if is_escape else name


_STARTS = ("msg", *(f"#{each}" for each in "\n\r .,:|~"))
"""How the lines of a catalog begin."""


def _without_mark(data: bytes) -> str:
    """Return which UTF-16 or UTF-32 a file without a byte order mark is in; "" if in neither."""
    head = data[:400].lstrip()
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        start = tuple(each.encode(name) for each in _STARTS)
        if head.startswith(start) or data.startswith(start):
            return name
    return ""


def is_utf_8(data: bytes) -> bool:
    """Tell whether data is UTF-8 throughout."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, name: str, given: str) -> str:
    """Return the text of a file. Raises CatalogError at the line of the first wrong byte."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cure = "save the file in that encoding" if given == "UTF-8" else "save the file as UTF-8"
        raise CatalogError(line, f"is not {given}; {cure}") from None
