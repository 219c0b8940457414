"""Conversion of pictures to Typst: SVG drawings, which are part of the page, and image files."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

from lxml import etree

from press.books.typeset.typst import array, call, string
from press.books.typeset.writer import Writer
from press.core import tree
from press.core.tree import SVG, Element

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_SQUARE = (100.0, 100.0)


def figure(writer: Writer, element: Element) -> str:
    """Convert a figure, with its caption if it has one."""
    caption = element.find("figcaption")
    body = "".join(writer.block(each) for each in element if each is not caption)
    if caption is None:
        return body
    if not body:
        return writer.blocks(caption)
    return call("captioned", f"[{body}]", f"[{writer.blocks(caption, bare=True)}]")


def signals(writer: Writer, element: Element) -> str:
    """Convert a poster's figures: each a drawing and its meaning."""
    figures = [(each.find(f"{SVG}svg"), each.find("figcaption")) for each in element.iter("figure")]
    if any(None in each for each in figures):
        return writer.blocks(element)
    made = (
        f"({_drawn(writer, drawing)}, [{writer.line(tree.nodes(caption))}])"
        for drawing, caption in figures
    )
    return f"#signals({array(made)})"


def drawing(writer: Writer, element: Element) -> str:
    """Convert an SVG drawing, which on a sheet may be beside the text."""
    beside = ["beside: true"] if writer.chapter.sheet else []
    return call("drawing", _drawn(writer, element), *beside)


def _drawn(writer: Writer, element: Element) -> str:
    """Return a drawing's arguments: SVG in the fonts of the book, alternative text and size."""
    element = deepcopy(element)
    element.tail = None
    alt = ". ".join(_taken(element, "title", "desc"))
    if not alt:
        writer.flaw("<svg", "a drawing has no words for who cannot see it; give it a <title>")
    writer.letters.update("".join(element.itertext()))
    element.set("font-family", ", ".join(("Source Sans Pro", *writer.look.sans)))
    element.set("color", "#141414")
    for key in ("style", "class", "aria-labelledby", "role"):
        element.attrib.pop(key, None)
    etree.cleanup_namespaces(element, top_nsmap={None: SVG.strip("{}")})
    drawn = etree.tostring(element, encoding="unicode")
    width, height = _size(element)
    return f"{string(drawn)}, {string(alt)}, {width:g}, {height:g}"


def _size(drawing: Element) -> tuple[float, float]:
    """Return the width and height of a drawing; those of a square where it gives none."""
    for names in (("viewBox",), ("width", "height")):
        given = " ".join(drawing.get(name, "") for name in names)
        sizes = tuple(map(float, _NUMBER.findall(given)))[-2:]
        if len(sizes) == 2 and min(sizes) > 0:
            return sizes
    return _SQUARE


def _taken(element: Element, *names: str) -> list[str]:
    """Remove the first child of each of `names` and return the texts of those found."""
    found = [part for name in names if (part := element.find(f"{SVG}{name}")) is not None]
    for part in found:
        element.remove(part)
    return list(map(tree.text, found))


def image(writer: Writer, element: Element) -> str:
    """Convert a picture that is a file."""
    src = element.get("src", "")
    file = writer.places.file(writer.chapter, src)
    if file is None:
        writer.flaw(src, f"the picture {src} is not there; add it or mend its name", "link")
        return ""
    if not _is_picture(file):
        fault = f"the picture {file.name} cannot be read; save it again as PNG, JPEG or SVG"
        writer.flaw(file.name, fault)
        return ""
    alt = element.get("alt", "").strip()
    if not alt:
        fault = f"the picture {file.name} has no words for who cannot see it; give it some"
        writer.flaw(file.name, fault)
    writer.pictures.append(file)
    return call("picture", string(file.as_posix()), string(alt))


_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""The first bytes of the image formats that Typst can print: PNG, JPEG, GIF, WebP."""


def _is_picture(file: Path) -> bool:
    """Tell by its content whether a file is a picture: a broken one would stop the whole book."""
    if file.suffix != ".svg":
        return file.read_bytes()[:8].startswith(_BEGINNINGS)
    try:
        return str(etree.parse(file).getroot().tag) == f"{SVG}svg"
    except (etree.XMLSyntaxError, OSError):
        return False
