"""Conversion of pictures to Typst: SVG drawings, which are part of the page, and image files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from pathlib import Path

import typst
from lxml import etree

from handbook.bitext import limits
from handbook.bitext.languages import scripts
from handbook.press.books.typeset.typst import array, call, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import SVG, Element, Node, classes

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_LATIN = {"LATIN", "GREEK", "CYRILLIC"}
"""The scripts that the design's own face has."""
_SQUARE = (100.0, 100.0)


def figure(writer: Writer, element: Element) -> str:
    """Convert a figure, with its caption if it has one."""
    caption = element.find("figcaption")
    for child in element:  # a drawing before text is one of its letters
        child.tail = child.tail if (child.tail or "").strip() else None
    body = writer.flow(
        node
        for node in tree.nodes(element)
        if isinstance(node, str) or (node is not caption and node.tag != "br")
    )
    if not body:
        return writer.blocks(caption) if caption is not None else ""
    if caption is not None:
        body = call("captioned", f"[{body}]", f"[{writer.blocks(caption, bare=True)}]")
    return writer.floating(element, body)


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
    return writer.floating(element, call("drawing", _drawn(writer, element), *beside))


def widest(nodes: Iterable[Node]) -> float:
    """Return the width of the widest drawing among nodes, in its own units; 0 if there is none."""
    elements = [each for each in nodes if not isinstance(each, str)]
    drawings = [svg for each in elements for svg in each.iter(f"{SVG}svg")]
    return max((_size(each)[0] for each in drawings), default=0)


def _drawn(writer: Writer, element: Element) -> str:
    """Return a drawing's arguments: SVG in the fonts of the book, alternative text and size."""
    element = deepcopy(element)
    element.tail = None
    alt = ". ".join(_taken(element, "title", "desc"))
    if not alt:
        fault = "a drawing has no words for who cannot see it; give it a <title>"
        writer.flaw("<svg", fault, "words")
    writer.letters.update("".join(element.itertext()))
    element.set("font-family", ", ".join(("Source Sans Pro", *writer.look.sans)))
    element.set("color", "#141414")
    for key in ("style", "class", "aria-labelledby", "role"):
        element.attrib.pop(key, None)
    for number, label in enumerate(list(element.iter(f"{SVG}text"))):
        if scripts.names("".join(label.itertext())) - _LATIN:  # else any font with the letters
            label.set("font-family", ", ".join((*writer.look.sans, "Source Sans Pro")))
        if _is_joined(label, writer.look.sans):
            _outline(label, f"outline-{number}")
    etree.cleanup_namespaces(element, top_nsmap={None: SVG.strip("{}")})
    drawn = etree.tostring(element, encoding="unicode")
    width, height = _size(element)
    return f"{string(drawn)}, {string(alt)}, {width:g}, {height:g}"


def _is_joined(label: Element, families: tuple[str, ...]) -> bool:
    """Tell whether letters of a label join or stack, in a script that one of the families sets.

    Of a label in a script without a family, Typst names the letters.
    """
    found = scripts.names("".join(label.itertext())) - scripts.APART
    return any(script.title() in family for script in found for family in families)


def _outline(label: Element, name: str) -> None:
    """Draw a label as shapes, cut out of a rectangle in its color.

    PDF/UA wants to know which letters a glyph stands for. Of labels Typst cannot tell where one
    letter has several glyphs, such as a stroke and its dots; the drawing has a text for its words.
    """
    cut = etree.Element(f"{SVG}clipPath", {"id": name})
    corner, size = {"x": "-9999", "y": "-9999"}, {"width": "19998", "height": "19998"}
    ink = etree.Element(f"{SVG}rect", {**corner, **size, "clip-path": f"url(#{name})"})
    if "fill" in label.attrib:
        ink.set("fill", label.get("fill"))
    ink.tail, label.tail = label.tail, None
    label.addprevious(cut)
    label.addprevious(ink)
    cut.append(label)


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
    alt = element.get("alt", "").strip()
    if file is None and alt and "twemoji" in classes(element):
        return writer.say(alt)  # a picture of a character, which the fonts may have
    if file is None:
        writer.flaw(src, f"the picture {src} is not there; add it or mend its name", "link")
        return ""
    if fault := _fault(file):
        writer.flaw(file.name, f"the picture {file.name} {fault}")
        return ""
    if not alt:
        fault = f"the picture {file.name} has no words for who cannot see it; give it some"
        writer.flaw(file.name, fault, "words")
    writer.pictures.append(file)
    return call("picture", string(file.as_posix()), string(alt), *_width(element))


_WIDTH = re.compile(r"(?:^|[;\s])width:\s*([\d.]+(?:px|%))")
_COLUMN = 340
"""The width of the text, in points."""


def _width(element: Element) -> list[str]:
    """Return the width that a page gives a picture: pixels of 1/96 inch, or a part of the text's.

    In a cell or a card that may be too much: there a picture is as wide as it is.
    """
    given = _WIDTH.search(element.get("style", ""))
    said = given[1] if given else element.get("width", "")
    value = re.fullmatch(r"([\d.]{1,6})(px|%)?", said.strip())
    if value is None or any(map(_is_narrow, element.iterancestors("td", "th", "div"))):
        return []
    amount = float(value[1]) if value[1].count(".") < 2 and value[1] != "." else 0.0
    points = amount / 100 * _COLUMN if value[2] == "%" else amount * 0.75
    return [f"width: {min(points, _COLUMN):g}pt"] if points else []


def _is_narrow(element: Element) -> bool:
    return element.tag != "div" or "cards" in classes(element)


_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""The first bytes of the image formats that Typst can print: PNG, JPEG, GIF, WebP."""


def _fault(file: Path) -> str:
    """Return why a picture cannot be printed, and the cure; a broken one would stop the book."""
    try:
        data = file.read_bytes()
        if file.suffix.lower() == ".svg":
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            is_known = str(etree.fromstring(data, parser).tag) == f"{SVG}svg"
        else:
            is_known = data.startswith(_BEGINNINGS)
            if _pixels(data) > limits.PIXELS:
                return f"has more than {limits.PIXELS:,} pixels; save it in a smaller size"
    except (etree.XMLSyntaxError, OSError, ValueError):
        is_known = False
    return "" if is_known and _is_printed(file) else _UNREADABLE


_UNREADABLE = "cannot be read; save it again as PNG, JPEG or SVG"


def _is_printed(file: Path) -> bool:
    """Tell whether Typst can print a picture."""
    source = f"#image({string(file.absolute().as_posix())}, width: 1cm)".encode()
    try:
        _compiler().compile(source, format="pdf")
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root="/", font_paths=fonts)


def _pixels(data: bytes) -> int:
    """Return how many pixels a picture says it has: too many would take all memory at once."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    elif data[12:16] == b"VP8X" and len(data) >= 30:
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif data.startswith(b"\xff\xd8") and (frame := _FRAME.search(data)):
        height, width = struct.unpack(">HH", frame[1])
    else:
        return 0
    return int(width * height)


_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)
