"""Pictures: drawings, which are part of the page, and files."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from press import tree
from press.tree import SVG, Element
from press.typeset.typst import array, call, string
from press.typeset.writer import Writer


def figure(writer: Writer, element: Element) -> str:
    """A figure with its caption, if it has one."""
    caption = element.find("figcaption")
    body = "".join(writer.block(each) for each in element if each is not caption)
    if caption is None:
        return body
    return call("captioned", f"[{body}]", f"[{writer.blocks(caption, bare=True)}]")


def signals(writer: Writer, element: Element) -> str:
    """A poster's figures: each a drawing and what it means."""
    return f"#signals({array(_signal(writer, each) for each in element.iter('figure'))})"


def _signal(writer: Writer, element: Element) -> str:
    drawn = _drawn(writer, element.find(f"{SVG}svg"))
    return f"({drawn}, [{writer.line(tree.nodes(element.find('figcaption')))}])"


def drawing(writer: Writer, element: Element) -> str:
    """A drawing, which on a sheet may stand beside its words."""
    beside = ["beside: true"] if writer.chapter.sheet else []
    return call("drawing", _drawn(writer, element), *beside)


def _drawn(writer: Writer, element: Element) -> str:
    """A drawing in the fonts of the book, its words for who cannot see it, and its size."""
    element = deepcopy(element)
    element.tail = None
    alt = ". ".join(_taken(element, "title", "desc"))
    writer.letters.update("".join(element.itertext()))
    element.set("font-family", "Source Sans Pro, Noto Sans CJK JP")
    element.set("color", "#141414")
    for key in ("style", "class", "aria-labelledby", "role"):
        element.attrib.pop(key, None)
    etree.cleanup_namespaces(element, top_nsmap={None: SVG.strip("{}")})
    drawn = etree.tostring(element, encoding="unicode")
    _, _, width, height = map(float, element.get("viewBox", "0 0 100 100").split())
    return f"{string(drawn)}, {string(alt)}, {width:g}, {height:g}"


def _taken(element: Element, *names: str) -> list[str]:
    """What the first children of some names say, which are taken out."""
    found = [part for name in names if (part := element.find(f"{SVG}{name}")) is not None]
    for part in found:
        element.remove(part)
    return list(map(tree.text, found))


def image(writer: Writer, element: Element) -> str:
    """A picture that is a file."""
    src = element.get("src", "")
    file = writer.places.file(writer.chapter, src)
    if file is None:
        writer.flaw(src, f"the picture {src} is not there; add it or mend its name")
        return ""
    writer.pictures.append(file)
    return call("picture", string(file.as_posix()), string(element.get("alt", "")))
