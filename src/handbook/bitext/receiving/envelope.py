"""Take out of a file that came by mail or chat the catalogs and corrections that are in it.

People send archives, whole mails, and catalogs pasted into a letter. What can hold no catalog is
named with what to ask for instead.
"""

from __future__ import annotations

import codecs
import email
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import NamedTuple

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import CatalogError
from handbook.bitext.languages import scripts
from handbook.bitext.problem import Problem
from handbook.bitext.receiving import letter, wrappings
from handbook.bitext.receiving.labels import Labels

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


def opened(name: str, data: bytes, labels: Labels, depth: int = 0) -> Iterator[Piece | Problem]:
    """Yield what is in a file; what it is packed in may be packed again.

    `labels` are those of corrections.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        yield Problem(name, 1, f"is empty; {_AGAIN}")
    elif depth > _DEEPEST:
        yield Problem(name, 1, f"is packed too often; unpack it, and give the files; {_AGAIN}")
    elif data.startswith(b"PK\x03\x04"):
        yield from _unzipped(name, data, labels, depth)
    elif _PATCH.match(data):
        yield Problem(name, 1, f"is a patch; `git apply` takes it, or {_PO}")
    elif text := _of_web_page(data, labels):
        yield Piece(name, text)
    elif fault := _strange(name, data):
        yield Problem(name, 1, fault)
    elif len(mails := _mails(data)) > 1:
        for number, mail in enumerate(mails, 1):
            yield from opened(f"{name}/{number}", mail, labels, depth + 1)
    elif _MAIL.match(data):
        yield from _mailed(name, data, labels, depth)
    elif (plain := wrappings.without(data, labels)) != data:
        yield from opened(name, plain, labels, depth + 1)
    elif len(parts := _parts(_pasted(data, labels))) > 1:
        yield from (Piece(f"{name}/{number}", part) for number, part in enumerate(parts, 1))
    else:
        yield Piece(name, parts[0])


_AGAIN = "ask its sender to send it again"
_PO = "ask its sender for the file that ends in .po"
_PATCH = re.compile(
    rb"(?:(?>From [0-9a-f]{40} .*?\r?\n---\r?\n).*?^)?(?:diff --git |--- [^\r\n]+\r?\n\+\+\+ )",
    re.DOTALL | re.MULTILINE,
)
"""How the changes begin that git writes, also as a mail."""
_MAIL = re.compile(
    rb"(?:(?:From [^\r\n]+|\d+[ \t]*)\r?\n)?(?:(?:[A-Za-z][\w-]*:[^\r\n]*|[ \t][^\r\n]+)\r?\n)*"
    rb"(?:From|Return-Path|Received|MIME-Version|Message-ID|Subject|Delivered-To):",
    re.IGNORECASE,
)
"""The head of a mail, up to a field that only mails have; the first line may be a mailbox's, or the
length that Apple Mail writes."""
_NEXT_MAIL = re.compile(rb"\n\r?\n(?=From [^\r\n]+\r?\n[A-Za-z][\w-]*:)")
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
    rb"\A(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*+<(\w+)", re.DOTALL
)


def _strange(name: str, data: bytes) -> str:
    """Return what is wrong with a file that can hold no catalog, and the cure; else ""."""
    for start, fault in _BEGINNINGS.items():
        if data.startswith(start):
            return fault
    if root := _ROOT.match(data):
        return _XML.get(root[1], f"is XML; {_PO}")
    is_table = PurePosixPath(name).suffix.lower() in (".csv", ".tsv")
    if is_table and not wrappings.MESSAGE.search(data.replace(b"\0", b"")):
        return f"is a table; {_PO}, or put its translations into the catalog of the page"
    return ""


# -- catalogs one after another --------------------------------------------------------------------

_HEADER = re.compile(
    rb'^(?=[#m])(?:#[^\n]*\n)*+(msgid[ \t]+""\r?\nmsgstr[ \t]+""\r?\n(?="[\w-]+:))?',
    re.MULTILINE,
)
"""Comments, and the header below them: if that is not there, these are not looked at again."""


def _parts(data: bytes) -> list[bytes]:
    """Return the catalogs that were put one after another into a file."""
    starts = [found.start() for found in _HEADER.finditer(data) if found[1]]
    if len(starts) < 2 or data[: starts[0]].strip(b"\xef\xbb\xbf \r\n"):
        return [data]
    return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


# -- archives and mails ----------------------------------------------------------------------------


def _unzipped(name: str, data: bytes, labels: Labels, depth: int) -> Iterator[Piece | Problem]:
    """Yield what is in the files of an archive, and a problem for each that cannot be taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {each.filename for each in archive.infolist()}
            if names & {"[Content_Types].xml", "content.xml"}:
                yield Problem(name, 1, f"is a document of an office program; {_PO}")
                return
            for each in archive.infolist()[:_MOST]:
                if each.is_dir() or _is_left_by_programs(each.filename, names):
                    continue
                inner = f"{name}/{_file_name(each)}"
                if each.flag_bits & 1:
                    yield Problem(inner, 1, "is locked with a password; unpack it, and give it")
                elif each.file_size > _LARGEST:
                    yield Problem(inner, 1, "is too large to be a catalog; leave it out")
                else:
                    yield from opened(inner, archive.read(each), labels, depth + 1)
            if len(names) > _MOST:
                yield Problem(name, 1, f"has more than {_MOST:,} files; unpack it, and give those")
    except _DAMAGED:
        yield Problem(name, 1, f"is a damaged archive; {_AGAIN}")


_DAMAGED = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError),
    *(lzma.LZMAError, zlib.error),
)
"""What Python raises of an archive that cannot be unpacked."""


def _file_name(entry: zipfile.ZipInfo) -> str:
    """Return what a file in an archive is called: its name may be in the letters of a system."""
    if entry.flag_bits & _IS_UTF_8:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for name in ("utf-8", "cp932"):
        try:
            read = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _CJK.fullmatch(read):
            return read
    return entry.filename


_IS_UTF_8 = 0x800
_CJK = re.compile(rf"(?:[\0-\x7f]|[{scripts.HAN}{scripts.KANA}])*")


def _is_left_by_programs(name: str, names: set[str]) -> bool:
    """Tell whether a file in an archive is one that nobody meant to send."""
    path = PurePosixPath(name)
    is_compiled = path.suffix == ".mo" and str(path.with_suffix(".po")) in names
    is_of_system = path.name.lower() in ("thumbs.db", "desktop.ini") or "__MACOSX" in path.parts
    return is_compiled or is_of_system or path.name.startswith(".")


def _mails(data: bytes) -> list[bytes]:
    """Return the mails of a mailbox; any other file as it is."""
    return _NEXT_MAIL.split(data) if data.startswith(b"From ") else [data]


def _mailed(name: str, data: bytes, labels: Labels, depth: int) -> Iterator[Piece | Problem]:
    """Yield what is attached to a mail; its text where a catalog or a correction is in that.

    Programs send a text twice, as text and as a web page; the second is for who has no other.
    """
    if _IN_MAILBOX.match(data):
        data = data.partition(b"\n")[2]
    try:
        parts = [_sent(part) for part in email.message_from_bytes(data, policy=default).walk()]
    except Exception:  # Python's reader of fields raises what it likes, such as IndexError
        yield Problem(name, 1, "has a head that cannot be read; save what is attached, and give it")
        return
    found = False
    for part in parts:
        if part.is_attached:
            found = True
            yield from opened(f"{name}/{part.name}", part.data, labels, depth + 1)
    for kind in ("text/plain", "text/html"):
        texts = [part.data for part in parts if part.kind == kind and not part.is_attached]
        texts = [_of_html(text) for text in texts] if kind == "text/html" else texts
        with_work = [text for text in texts if _has_work(text, labels)]
        for text in with_work:
            found = True
            yield from opened(f"{name}/its text", text.strip() + b"\n", labels, depth + 1)
        if with_work:
            break
    if not found:
        yield Problem(name, 1, f"is a mail in which no catalog and no correction is; {_PO}")


class _Sent(NamedTuple):
    """A part of a mail."""

    kind: str
    """Its type, such as `text/plain`."""
    name: str
    data: bytes
    is_attached: bool
    """Whether it is a file that somebody has sent."""


def _sent(part: EmailMessage) -> _Sent:
    """Read a part of a mail; one that is divided itself has nothing of its own."""
    kind = part.get_content_type()
    name = part.get_filename("its attachment")
    is_attached = not part.is_multipart() and _is_attached(part)
    return _Sent(kind, name, b"" if part.is_multipart() else _content(part), is_attached)


_IN_MAILBOX = re.compile(rb"From |\d+\s")
_NO_WORK = (
    "application/pkcs7-signature",
    "application/pgp-signature",
    "text/vcard",
    "text/x-vcard",
)
"""What mail programs attach by themselves."""


def _is_attached(part: EmailMessage) -> bool:
    """Tell whether a part of a mail is a file that somebody has sent."""
    is_sent = part.get_content_maintype() != "image" and part.get_content_type() not in _NO_WORK
    is_file = part.get_filename("") or part.get_content_disposition() == "attachment"
    return bool(is_file) and is_sent


def _content(part: EmailMessage) -> bytes:
    """Return what a part of a mail has: text in UTF-8, anything else as it was attached."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    if part.get_content_maintype() != "text" or part.get_filename():
        return data
    declared = part.get_content_charset("utf-8").lower()
    try:
        text = data.decode(_WIDER.get(declared, declared))
    except (LookupError, ValueError):  # a codec of Python's may be none of text
        return data
    if part.get_param("format", "") == "flowed":
        text = _unflowed(text, part.get_param("delsp", "") == "yes")
    return wrappings.CHARSET.sub(r"\1UTF-8", text).encode("utf-8")


_WIDER = {
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
"""Encodings that programs declare, and those which they write (as browsers read them)."""


def _unflowed(text: str, deletes_space: bool) -> str:
    """Return a text without the line breaks that are put in to be taken out (RFC 3676)."""
    rows: list[str] = []
    goes_on = False
    for row in text.splitlines():
        if goes_on:
            rows[-1] += _QUOTED.sub("", row)
        else:
            rows.append(row)
        goes_on = row.endswith(" ") and _QUOTED.sub("", row) != "-- "
        if goes_on and deletes_space:
            rows[-1] = rows[-1][:-1]
    return "\n".join(rows) + "\n"


# -- web pages -------------------------------------------------------------------------------------


class _Text(HTMLParser):
    """The text of a web page, with the lines that its reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._hidden = self._as_it_is = 0

    @property
    def text(self) -> str:
        """All of it that was read."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self._as_it_is += tag in _AS_IT_IS
        if tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._break(tag in _APART)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._as_it_is -= tag in _AS_IT_IS and self._as_it_is > 0
        if tag in _BLOCKS:
            self._break(tag in _APART)

    def handle_data(self, data: str) -> None:
        if self._as_it_is:
            self._add(data)
        elif not self._hidden:
            words = re.sub(r"[ \t\r\n]+", " ", data)
            self._add(words.lstrip(" ") if self._end().endswith("\n") else words)

    def _add(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)

    def _end(self) -> str:
        """Return the end of the text: two characters at least, if it has so many."""
        return "".join(self._pieces[-2:])

    def _break(self, is_apart: bool) -> None:
        while self._pieces:
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
            if self._pieces[-1]:
                break
            self._pieces.pop()
        if self._pieces:
            wanted, end = 2 if is_apart else 1, self._end()
            self._add("\n" * max(0, wanted - (len(end) - len(end.rstrip("\n")))))


_HIDDEN = frozenset("head script style title".split())
_AS_IT_IS = frozenset("pre textarea".split())
"""Elements whose lines are those of their text."""
_APART = frozenset("p blockquote h1 h2 h3 h4 ul ol table hr".split())
_BLOCKS = _APART | _AS_IT_IS | frozenset("div li tr dt dd body".split())


def _of_html(data: bytes) -> bytes:
    """Return the text of a web page or of a mail that is one."""
    parser = _Text()
    parser.feed(data.decode("utf-8", "replace"))
    parser.close()
    return parser.text.encode("utf-8")


def _of_web_page(data: bytes, labels: Labels) -> bytes:
    """Return the text of a mail that was saved as a web page; b"" if it has nothing to take."""
    root = _ROOT.match(data)
    if root is None or root[1].lower() != b"html":
        return b""
    text = _of_html(data)
    return text if _has_work(text, labels) else b""


def _has_work(data: bytes, labels: Labels) -> bool:
    text = data.decode("utf-8", "replace")
    return letter.has_entries(text, labels) or bool(letter.decoded(data, labels))


# -- a catalog in a letter -------------------------------------------------------------------------

_QUOTED = re.compile(r"^(?:> ?)+")
_LINE = re.compile(r'(?:#|msgctxt\b|msgid\b|msgid_plural\b|msgstr\b|").*|\s*')
_STRING = re.compile(r'(?:(?:#\| ?|#~ ?)?msg\w+(?:\[\d\])?[ \t]+)?"(?:[^"\\]|\\.)*')
"""A line with a text whose closing quotation mark is missing: a mail program has cut it."""
_WITHIN = re.compile(r'(?:[^"\\]|\\.)*')
"""A line within such a text."""


def _pasted(data: bytes, labels: Labels) -> bytes:
    """Return the catalog in a letter, without the words around it; any other file as it is."""
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8")
    except UnicodeDecodeError:
        return data
    lines = [letter.CHAT.sub("", _QUOTED.sub("", line)).strip() for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if letter.ENTRY.match(line)]
    if not letter.has_entries("\n".join(lines), labels) or _CONFLICT.search(text):
        return data
    if text.startswith(("#", "msg", '"', "\ufeff")):
        return _rejoined(lines) or data
    made: list[str] = []
    end = 0
    for start in starts:
        if start >= end:
            rows, end = _entries(lines, start)
            made += [*rows, ""]
    return wrappings.CHARSET.sub(r"\1UTF-8", "\n".join(made).rstrip() + "\n").encode("utf-8")


def _rejoined(lines: list[str]) -> bytes:
    """Return a catalog whose lines a program has divided as they were; b"" if it has not."""
    made: list[str] = []
    end = 0
    while end < len(lines):
        start, end = end, _end(lines, end)
        while lines[start].startswith("#") and end < len(lines) and not _LINE.fullmatch(lines[end]):
            end += 1
        made.append(letter.unwrapped(lines[start:end]))
    text = "\n".join(made) + "\n"
    return text.encode("utf-8") if made != lines and _is_catalog(text) else b""


def _is_catalog(text: str) -> bool:
    try:
        po.parse(text)
    except CatalogError:
        return False
    return True


def _entries(lines: list[str], start: int) -> tuple[list[str], int]:
    """Return the lines of entries around one that begins, and where the letter goes on."""
    while start and lines[start - 1] and _LINE.fullmatch(lines[start - 1]):
        start -= 1
    made: list[str] = []
    while start < len(lines) and _LINE.fullmatch(lines[start]):
        end = _end(lines, start)
        made.append(letter.unwrapped(lines[start:end]))
        start = end
    return made, start


def _end(lines: list[str], start: int) -> int:
    """Return the line behind one that begins, with the rest of its text if that was divided."""
    end = start + 1
    if _STRING.fullmatch(lines[start]):
        while end < len(lines) and _WITHIN.fullmatch(lines[end]):
            end += 1
        return min(end + 1, len(lines))
    return end


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONFLICT = re.compile(r"^<<<<<<< ", re.MULTILINE)
