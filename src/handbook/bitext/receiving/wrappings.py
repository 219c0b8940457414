"""Take from a text what programs on its way have put around it: mail, web pages, spreadsheets."""

from __future__ import annotations

import binascii
import csv
import html
import io
import quopri
import re
from itertools import chain, groupby

from handbook.bitext.catalog import encoding
from handbook.bitext.catalog.units import CatalogError
from handbook.bitext.receiving import letter
from handbook.bitext.receiving.labels import Labels

_ESCAPED = re.compile(rb"^msg(?:id|str)[ \t]+&(?:quot|#34);", re.MULTILINE)
_PRINTABLE = re.compile(rb'^"Content-Type:[^\n]*charset=3D', re.MULTILINE)
_NUMBERED = re.compile(rb"(?:[ \t]*\d+(?:[ \t][^\n]*|\r)?(?:\n|\Z))+")
"""Lines with their numbers, as they are copied from the page of a repository."""
_NUMBER = re.compile(rb"^[ \t]*\d+[ \t]?", re.MULTILINE)
_NO_BREAK = b"\xc2\xa0"
_KEYWORD = re.compile(
    rb"^(?:[ \t]|\xc2\xa0)*+(?:#[~|]+)?(?:[ \t]|\xc2\xa0)*+msg[a-z_]+(?:\[\d\])?"
    rb'(?:[ \t]|\xc2\xa0)*+(?=")',
    re.MULTILINE,
)
"""What stands before a text, where web pages have no-break spaces."""
_UNSEEN = re.compile(rb"(?<=\n)(?:\xef\xbb\xbf|\xe2\x80\x8b|\xe2\x81\xa0)+")
"""Marks without a width at the beginning of a line, as where files were joined."""
_BEHIND = re.compile(rb'(?<=")(?:[ \t]|\xc2\xa0)+(?=\r?$)', re.MULTILINE)
"""Blanks behind a text."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]{80,}+={0,2}\s*")


def without(data: bytes, labels: Labels) -> bytes:
    """Return a text without what programs may leave on it: escapes, codes, a Mac's lines, cells."""
    if _IN_CELLS.search(data.replace(b"\0", b"")) and (plain := _of_cells(data)):
        return plain
    if b"\x1b$" in data and (plain := _of_japan(data)):
        return plain
    if _ESCAPED.search(data):
        return html.unescape(data.decode("latin-1")).encode("latin-1", "xmlcharrefreplace")
    if _PRINTABLE.search(data):
        return quopri.decodestring(data)
    if _BASE64.fullmatch(data):
        try:
            plain = binascii.a2b_base64(data)
        except binascii.Error:  # cut off
            return data
        return plain if b"msgid" in plain or letter.decoded(plain, labels) else data
    if b"\r" in data and b"\n" not in data.rstrip() and b"\0" not in data:
        return data.replace(b"\r", b"\n")
    if _NUMBERED.fullmatch(data):
        return _NUMBER.sub(b"", data)
    text = _without_end(data.replace(b"\r\r\n", b"\n"))
    text = text if b"\0" in text else _BEHIND.sub(b"", _UNSEEN.sub(b"", text))
    return _declared(_KEYWORD.sub(lambda found: found[0].replace(_NO_BREAK, b" "), text))


CHARSET = re.compile(r'(?m)^([> ]*"Content-Type: [^\n]*charset=)[\w.:-]+')
"""The encoding that a header declares, behind what stands before it."""


def _of_japan(data: bytes) -> bytes:
    """Return a text in ISO-2022-JP as UTF-8, whatever it declares; b"" if it is none."""
    try:
        return CHARSET.sub(r"\1UTF-8", data.decode("iso2022_jp_ext")).encode("utf-8")
    except UnicodeDecodeError:
        return b""


def _without_end(data: bytes) -> bytes:
    """Return a text without the mark that DOS ends it with, and what old disks fill it up with."""
    plain = data.rstrip(b"\x1a\0")
    return data if b"\0" in plain else plain


def _declared(data: bytes) -> bytes:
    """Return a text that declares the encoding it is in, if that is UTF-8."""
    try:
        return data if data.isascii() else CHARSET.sub(r"\1UTF-8", data.decode()).encode()
    except UnicodeDecodeError:
        return data


# -- spreadsheets ----------------------------------------------------------------------------------

MESSAGE = re.compile(rb'^"?msg(?:id|str)[ \t]+"', re.MULTILINE)
"""A line of a catalog, which may have been saved as a table."""
_IN_CELLS = re.compile(rb'^"msg(?:id|str)[ \t]+""', re.MULTILINE)
"""A line of one that was: its quotation marks are doubled."""


def _of_cells(data: bytes) -> bytes:
    """Return the catalog that a spreadsheet has opened and saved; b"" if that cannot be read.

    It takes the marks off a line that begins with one, and divides others where they have a comma.
    """
    try:
        text = encoding.decode(data)
        rows = list(csv.reader(io.StringIO(text), delimiter=_divider(text), strict=True))
    except (CatalogError, csv.Error):
        return b""
    divider = _divider(text)
    lines = (divider.join(_filled(row)) for row in rows)
    entries = (_marked(list(each)) for _, each in groupby(lines, lambda line: bool(line.strip())))
    return "\n".join(chain.from_iterable(entries)).encode("utf-8") + b"\n"


def _filled(row: list[str]) -> list[str]:
    """Return the cells of a row without the empty ones that make it as long as others."""
    return row[: max((n for n, cell in enumerate(row, 1) if cell), default=0)]


def _divider(text: str) -> str:
    """Return what stands between the cells of a table: what ends most of its lines, or is there."""
    ends = {each: text.count(f"{each}\n") + text.count(f"{each}\r") for each in ",;\t"}
    most = max(ends, key=lambda each: ends[each])
    return most if ends[most] else ","


def _marked(lines: list[str]) -> list[str]:
    """Return the lines of an entry with the quotation marks that a spreadsheet has taken off.

    Below the first keyword also of a text that begins with `#`; but not where entries stand without
    an empty line between them, of which the second may have a comment.
    """
    keywords = [n for n, line in enumerate(lines) if _OF_TEXT.match(line)]
    is_one = sum(lines[n].startswith("msgid ") for n in keywords) == 1
    return [
        line if _is_whole(line, is_text=is_one and n > keywords[0]) else f'"{line}"'
        for n, line in enumerate(lines)
    ]


_OF_TEXT = re.compile(r'msg[a-z_]+(?:\[\d\])?[ \t]+"')
_OF_ENTRY = re.compile("#[~|:,.]")


def _is_whole(line: str, *, is_text: bool) -> bool:
    """Tell whether a line is as it was; `is_text` says that no comment of a person can be there."""
    if not line.strip() or line.startswith('"') or _OF_TEXT.match(line) or _OF_ENTRY.match(line):
        return True
    return not is_text and line.startswith(("#", "msg"))
