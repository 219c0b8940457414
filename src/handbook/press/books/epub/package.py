"""A book as EPUB 3: one file that e-readers, phones and screen readers open without a network.

Templates and a zip archive are enough to write the package; the libraries that write EPUB either
are under the AGPL, which binds their users, or contain a whole document converter. W3C's EPUBCheck
validates the result. See https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import io
import mimetypes
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from handbook.press.books.book import Book, Chapter, Part
from handbook.press.books.epub import xhtml
from handbook.press.books.imprint import imprint
from handbook.press.core import tree
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_

# Translators: The heading of a book's table of contents.
_CONTENTS = N_("Contents")
_KINDS = frozenset(f"image/{kind}" for kind in ("gif", "jpeg", "png", "svg+xml", "webp"))
"""Image types that e-readers must show: https://www.w3.org/TR/epub-33/#sec-core-media-types."""
_FIRST = "index.md"
"""The file name of a part's own page, which the title of the part links to."""
_NO_DATE = date(1980, 1, 1)
"""The oldest date that a zip archive can store; the date of a book whose pages have no dates."""
_LAST_DATE = date(2107, 12, 31)
"""The newest date that a zip archive can store."""
_DECLARED = {"mathml": "{http://www.w3.org/1998/Math/MathML}math", "svg": f"{tree.SVG}svg"}
"""What the package has to say of a file that contains it, and the tag by which it is known."""
_UNFIT = re.compile(r"[^\w./-]|_(?=[0-9a-f]+(?:_|[^\w./-]))")
"""Characters of a path that the name of a file of an e-book, or its address, may not have.

And a low line where one of those would be read: `a_20_b` is not `a b`.
"""
_HERE = "<!-- content -->"
"""Where a template has the content of a chapter: as text, a long one would be there many times."""
_TEMPLATES = Environment(
    loader=PackageLoader("handbook.press.books.epub"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True)
class Text:
    """A chapter as a file of the e-book."""

    file: str
    title: str
    properties: str
    """Those of `_DECLARED`, with blanks between them."""


class Picture(NamedTuple):
    """A picture as a file of the e-book."""

    name: str
    kind: str
    """Its media type."""


@dataclass(frozen=True)
class Entry:
    """An entry of the table of contents, with the entries below it."""

    title: str
    file: str
    """The file that it links to; "" for a heading."""
    entries: tuple[Entry, ...]


def epub(book: Book, mark: str, say: Say) -> bytes:
    """Return the book as the bytes of an .epub file; the same book gives the same bytes.

    `mark` is an SVG for its cover, or ""; `say` translates text that is not from a page.
    """
    given: dict[str, Any] = {"book": book, "title": book.title, "root": "", "mark": mark}
    pictures, texts, day = _pictures(book), [], book.date or _NO_DATE
    made = _Archive(day)
    for chapter, parts in _chapters(book.items, ()):  # packed one by one: a book is large
        text, content = _text(chapter, parts, book, pictures)
        made.add(f"EPUB/{text.file}", content)
        texts.append(text)
    given |= {"date": day, "identifier": _identifier(book), "texts": texts}
    package = _render("package.opf", pictures=pictures.values(), **given)
    contents = {"title": say(_CONTENTS), "contents": _entries(book.items)}
    files = {
        "META-INF/container.xml": _render("container.xml"),
        "EPUB/package.opf": package,
        "EPUB/nav.xhtml": _render("nav.xhtml", **given | contents),
        "EPUB/cover.xhtml": _render("cover.xhtml", imprint=imprint(book, say), **given),
        "EPUB/style.css": _render(
            "style.css",
            upright=_upright(book),
            from_right=book.is_from_right,
            has_labels=book.has_labels,
        ),
    }
    if mark:
        files["EPUB/mark.svg"] = mark.encode()
    for name, content in files.items():
        made.add(name, content)
    for path, picture in pictures.items():
        made.add(f"EPUB/{picture.name}", path.read_bytes())
    return made.closed()


def _chapters(
    items: tuple[Part | Chapter, ...], parts: tuple[str, ...]
) -> Iterator[tuple[Chapter, tuple[str, ...]]]:
    """Yield each chapter with the titles of the parts that contain it."""
    for item in items:
        if isinstance(item, Part):
            yield from _chapters(item.items, (*parts, item.title))
        else:
            yield item, parts


def _pictures(book: Book) -> dict[Path, Picture]:
    """Return the image files of a book's pages that are of a type that e-readers must show."""
    pictures: dict[Path, Picture] = {}
    for chapter in book.chapters:
        for image in chapter.content().iter("img"):
            file = book.file(chapter, image.get("src", ""))
            kind = mimetypes.guess_type(file.name)[0] if file else None
            if file and kind in _KINDS and file not in pictures:
                name = f"pictures/{len(pictures) + 1}{file.suffix}"
                pictures[file] = Picture(name, kind)
    return pictures


def _text(
    chapter: Chapter, parts: tuple[str, ...], book: Book, pictures: Mapping[Path, Picture]
) -> tuple[Text, bytes]:
    """Return a chapter as a file of the e-book, and what is in it."""
    root = "../" * _file(chapter.path).count("/")

    def link(href: str) -> str:
        return _target(href, chapter, book)

    def picture(source: str) -> str:
        file = book.file(chapter, source)
        return root + pictures[file].name if file and file in pictures else ""

    content = xhtml.convert(chapter.content(), link, picture)
    if chapter.language != book.language:
        record = book.languages[chapter.language]
        content.set("lang", record.tag)
        content.set(xhtml.XML_LANG, record.tag)
        content.set("dir", record.direction)
    file = _file(chapter.path)
    page = _render(
        "chapter.xhtml",
        book=book,
        title=chapter.title,
        root=root,
        parts=parts,
        chapter=chapter,
        content=Markup(_HERE),
        facts=chapter.facts,
    )
    declared = (name for name, tag in _DECLARED.items() if content.find(f".//{tag}") is not None)
    page = page.replace(_HERE.encode(), etree.tostring(content, encoding="utf-8"))
    return Text(file, chapter.title, " ".join(declared)), page


def _file(path: str) -> str:
    """Return the file of a page: no two have the same."""
    named = _UNFIT.sub(lambda found: f"_{ord(found[0]):x}_", path.removesuffix(".md"))
    return f"text/{named}.xhtml"


def _target(href: str, chapter: Chapter, book: Book) -> str:
    """Return the target of a link in the e-book: a chapter, or a URL of this or another site."""
    place = book.find(chapter, href)
    if place is None:
        return chapter.leads(href)
    anchor = f"#{quote(xhtml.identifier(place.anchor))}" if place.anchor else ""
    if place.path == chapter.path and anchor:
        return anchor
    here = posixpath.dirname(_file(chapter.path))
    return posixpath.relpath(_file(place.path), here) + anchor


def _entries(items: tuple[Part | Chapter, ...]) -> tuple[Entry, ...]:
    return tuple(map(_entry, items))


def _entry(item: Part | Chapter) -> Entry:
    """Return the entry of a part or chapter; that of a part leads to its index page."""
    if isinstance(item, Chapter):
        return Entry(item.title, _file(item.path), ())
    first, *rest = item.items
    if isinstance(first, Chapter) and posixpath.basename(first.path) == _FIRST:
        return Entry(item.title, _file(first.path), _entries(tuple(rest)))
    return Entry(item.title, "", _entries(item.items))


def _identifier(book: Book) -> str:
    """Return the unique identifier of a book, the same for all its editions."""
    return f"{book.address}#{book.language}"


def _upright(book: Book) -> list[str]:
    """Return the tags of the languages whose script has no italics."""
    used = (book.language, *(each.language for each in book.chapters))
    known = (*book.languages.on_file(), *map(book.languages.__getitem__, used))
    return list(dict.fromkeys(each.tag for each in known if not each.print.slants))


def _render(template: str, **given: Any) -> bytes:
    return _TEMPLATES.get_template(template).render(**given).encode()


class _Archive:
    """A zip archive in memory; its type is first and uncompressed, for programs to see."""

    def __init__(self, day: date) -> None:
        """Take the day that all files have."""
        written = min(max(day, _NO_DATE), _LAST_DATE)
        self._day = written.year, written.month, written.day, 0, 0, 0
        self._bytes = io.BytesIO()
        self._zip = zipfile.ZipFile(self._bytes, "w")
        kept = zipfile.ZipInfo("mimetype", self._day)
        self._zip.writestr(kept, "application/epub+zip", zipfile.ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """Pack a file."""
        self._zip.writestr(zipfile.ZipInfo(name, self._day), content, zipfile.ZIP_DEFLATED)

    def closed(self) -> bytes:
        """Return the archive, which is complete."""
        self._zip.close()
        return self._bytes.getvalue()
