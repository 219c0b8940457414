"""Take out of a file that came by mail or chat the catalogs and corrections that are in it.

People send archives, whole mails, and catalogs pasted into a letter. What can hold no catalog is
named with what to ask for instead.
"""

from __future__ import annotations

import binascii
import email
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePosixPath
from typing import NamedTuple

from handbook.bitext.problem import Problem
from handbook.bitext.project import corrections

_LARGEST = 20_000_000
"""The bytes that a file in an archive may have; a catalog has a hundredth of that."""
_MOST = 2_000
"""The files that an archive may have."""
_DEEPEST = 3
"""How many times one may be packed in another, such as an archive in a mail that was forwarded."""


class Piece(NamedTuple):
    """A catalog or a text that was sent."""

    name: str
    """As problems call it: the file, and its name within that."""
    data: bytes


def opened(name: str, data: bytes, depth: int = 0) -> Iterator[Piece | Problem]:
    """Yield what is in a file; what it is packed in may be packed again."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        yield Problem(name, 1, f"is empty; {_AGAIN}")
    elif depth > _DEEPEST:
        yield Problem(name, 1, f"is packed too often; unpack it, and give the files; {_AGAIN}")
    elif data.startswith(b"PK\x03\x04"):
        yield from _unzipped(name, data, depth)
    elif fault := _strange(name, data):
        yield Problem(name, 1, fault)
    elif _MAIL.match(data):
        yield from _mailed(name, data, depth)
    elif (plain := _unwrapped(data)) != data:
        yield from opened(name, plain, depth + 1)
    elif len(parts := _parts(data)) > 1:
        yield from (Piece(f"{name}/{number}", part) for number, part in enumerate(parts, 1))
    else:
        yield Piece(name, _pasted(data))


_AGAIN = "ask its sender to send it again"
_PO = "ask its sender for the file that ends in .po"
_MAIL = re.compile(
    rb"(?:From [^\r\n]+\r?\n)?(?:(?:[A-Za-z][\w-]*:[^\r\n]*|[ \t][^\r\n]+)\r?\n)*"
    rb"(?:From|Return-Path|Received|MIME-Version|Message-ID|Subject|Delivered-To):",
    re.IGNORECASE,
)
_BEGINNINGS = {
    b"\xde\x12\x04\x95": f"is a compiled catalog (.mo), which lacks what waits; {_PO}",
    b"\x95\x04\x12\xde": f"is a compiled catalog (.mo), which lacks what waits; {_PO}",
    b"%PDF": f"is a PDF; {_PO}",
    b"\xd0\xcf\x11\xe0": f"is a document of an office program, or a mail of Outlook (.msg); {_PO}",
    b"\x78\x9f\x3e\x22": f"is what Outlook makes of attachments; {_PO}, in an archive",
    b"{\\rtf": f"is a document of an office program; {_PO}, or for plain text",
    b"\x1f\x8b": "is packed with gzip; unpack it, and give the files",
    b"7z\xbc\xaf": "is packed with 7-Zip; unpack it, and give the files",
    b"Rar!": "is packed with RAR; unpack it, and give the files",
}
"""What files that are no text begin with, and what to do."""
_XML = {
    b"xliff": f"is XLIFF; {_PO}, or make one of it (xliff2po of Translate Toolkit)",
    b"TS": f"is a catalog of Qt; {_PO}, or make one of it (ts2po of Translate Toolkit)",
    b"tmx": f"is a translation memory, which says not what is on which page; {_PO}",
    b"html": f"is a web page; {_PO}",
}
_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<(\w+)", re.DOTALL
)


def _strange(name: str, data: bytes) -> str:
    """Return what is wrong with a file that can hold no catalog, and the cure; else ""."""
    for start, fault in _BEGINNINGS.items():
        if data.startswith(start):
            return fault
    if root := _ROOT.match(data):
        return _XML.get(root[1], f"is XML; {_PO}")
    if PurePosixPath(name).suffix.lower() in (".csv", ".tsv"):
        return f"is a table; {_PO}, or put its translations into the catalog of the page"
    return ""


# -- what mail programs do to text -----------------------------------------------------------------

_ESCAPED = re.compile(rb"^msg(?:id|str)[ \t]+&(?:quot|#34);", re.MULTILINE)
_PRINTABLE = re.compile(rb'^"Content-Type:[^\n]*charset=3D', re.MULTILINE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]{80,}={0,2}\s*")


def _unwrapped(data: bytes) -> bytes:
    """Return a text without what mail programs may leave on it: escapes, codes, a Mac's lines."""
    if _ESCAPED.search(data):
        return html.unescape(data.decode("latin-1")).encode("latin-1", "xmlcharrefreplace")
    if _PRINTABLE.search(data):
        return quopri.decodestring(data)
    if _BASE64.fullmatch(data):
        plain = binascii.a2b_base64(data)
        return plain if b"msgid" in plain else data
    if b"\r" in data and b"\n" not in data and b"\0" not in data:
        return data.replace(b"\r", b"\n")
    return data


_HEADER = re.compile(
    rb'^(?:#[^\n]*\n)*msgid[ \t]+""\r?\nmsgstr[ \t]+""\r?\n(?="[\w-]+:)', re.MULTILINE
)


def _parts(data: bytes) -> list[bytes]:
    """Return the catalogs that were put one after another into a file."""
    starts = [found.start() for found in _HEADER.finditer(data)]
    if len(starts) < 2 or data[: starts[0]].strip(b"\xef\xbb\xbf \r\n"):
        return [data]
    return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


# -- archives and mails ----------------------------------------------------------------------------


def _unzipped(name: str, data: bytes, depth: int) -> Iterator[Piece | Problem]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {each.filename for each in archive.infolist()}
            if names & {"[Content_Types].xml", "content.xml"}:
                yield Problem(name, 1, f"is a document of an office program; {_PO}")
                return
            for each in archive.infolist()[:_MOST]:
                if each.is_dir() or _is_left_by_programs(each.filename, names):
                    continue
                inner = f"{name}/{each.filename}"
                if each.flag_bits & 1:
                    yield Problem(inner, 1, "is locked with a password; unpack it, and give it")
                elif each.file_size > _LARGEST:
                    yield Problem(inner, 1, "is too large to be a catalog; leave it out")
                else:
                    yield from opened(inner, archive.read(each), depth + 1)
            if len(names) > _MOST:
                yield Problem(name, 1, f"has more than {_MOST:,} files; unpack it, and give those")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        yield Problem(name, 1, f"is a damaged archive; {_AGAIN}")


def _is_left_by_programs(name: str, names: set[str]) -> bool:
    """Tell whether a file in an archive is one that nobody meant to send."""
    path = PurePosixPath(name)
    is_compiled = path.suffix == ".mo" and str(path.with_suffix(".po")) in names
    is_of_system = path.name.lower() in ("thumbs.db", "desktop.ini") or "__MACOSX" in path.parts
    return is_compiled or is_of_system or path.name.startswith(".")


def _mailed(name: str, data: bytes, depth: int) -> Iterator[Piece | Problem]:
    """Yield what is attached to a mail; its text where a catalog or a correction is in that."""
    if data.startswith(b"From "):  # a mailbox
        data = data.partition(b"\n")[2]
    message = email.message_from_bytes(data, policy=default)
    found = False
    for part in message.walk():
        if part.is_multipart():
            continue
        attached = part.get_filename("")
        content = _content(part)
        if attached and part.get_content_maintype() != "image":
            found = True
            yield from opened(f"{name}/{attached}", content, depth + 1)
        elif part.get_content_type() == "text/plain" and _has_work(content):
            found = True
            yield from opened(f"{name}/its text", content.strip() + b"\n", depth + 1)
    if not found:
        yield Problem(name, 1, f"is a mail in which no catalog is; {_PO}")


def _content(part: EmailMessage) -> bytes:
    """Return what a part of a mail has: text in UTF-8, anything else as it was attached."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    if part.get_content_maintype() != "text" or part.get_filename():
        return data
    try:
        text = data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return data
    return _CHARSET.sub(r"\1UTF-8", text).encode("utf-8")


_CHARSET = re.compile(r'(?m)^([> ]*"Content-Type: [^\n]*charset=)[\w.:-]+')


def _has_work(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return bool(_ENTRY.search(text)) or corrections.is_correction(text)


# -- a catalog in a letter -------------------------------------------------------------------------

_ENTRY = re.compile(r'^[> \t]*msgid[ \t]+"', re.MULTILINE)
_QUOTED = re.compile(r"^(?:> ?)+")
_LINE = re.compile(r'(?:#|msgctxt\b|msgid\b|msgid_plural\b|msgstr\b|").*|\s*')
_STRING = re.compile(r'(?:(?:#\| ?|#~ ?)?msg\w+(?:\[\d\])?[ \t]+)?"(?:[^"\\]|\\.)*')
"""A line with a text whose closing quotation mark is missing: a mail program has cut it."""


def _pasted(data: bytes) -> bytes:
    """Return the catalog in a letter, without the words around it; any other file as it is."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    lines = [_QUOTED.sub("", line).strip() for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if _ENTRY.match(line)]
    if not starts or text.startswith(("#", "msg", '"', "\ufeff")) or _CONFLICT.search(text):
        return data
    first = starts[0]
    while first and lines[first - 1] and _LINE.fullmatch(lines[first - 1]):
        first -= 1
    made: list[str] = []
    for line in lines[first:]:
        if made and _STRING.fullmatch(made[-1]):
            made[-1] = f"{made[-1]} {line}"
        elif _LINE.fullmatch(line):
            made.append(line)
        else:  # the letter goes on
            break
    return ("\n".join(made).rstrip() + "\n").encode("utf-8")


_CONFLICT = re.compile(r"^<<<<<<< ", re.MULTILINE)
