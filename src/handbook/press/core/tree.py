"""Parse the HTML of a page into a tree, change the tree, and write it as HTML again.

libxml2, through lxml, parses a page thirty times as fast as html5lib, but it knows neither HTML 5
nor how browsers repair tags that do not nest: `<b><p>` closes the `<b>`. So its result is used only
if it provably has each tag of the page in its place. Any other page is first repaired by html5lib,
which does it as browsers do.

In the tree, HTML elements have no namespace; SVG and MathML elements have theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from markupsafe import Markup

from handbook.bitext.page.characters import without_uncarried
from handbook.press.core import memory

Element: TypeAlias = etree._Element
Node: TypeAlias = str | Element
"""A child of an element: text or another element."""
SVG = "{http://www.w3.org/2000/svg}"

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_TAG = re.compile(r"</?[a-z][^\s/<>]*", re.IGNORECASE)
_PIECE = 500_000
"""The least number of characters whose tags are collected at once."""
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|hr|img|input|link|meta|param)\b)([a-z][^\s/<>]*+)([^<>]*)/>",
    re.IGNORECASE,  # of a name no letter is given back: a long one would be read over and over
)
_NEWER_VOID = re.compile(r"<((?:embed|source|track|wbr)\b[^<>]*?)/?>", re.IGNORECASE)
"""Matches tags of empty elements that libxml2 does not know to be empty."""
_NEWER_VOID_ENDS = re.compile(r"</(?:embed|source|track|wbr)>")
_NEWER_BLOCKS = """address article aside details dialog fieldset figcaption figure footer header
    hgroup main nav search section""".split()
"""Elements that end a paragraph, unknown to libxml2."""
_GRID = "table thead tbody tfoot tr".split()
"""Table elements that may not contain text: browsers move it in front of the table."""
_HOLDERS = frozenset((*_GRID, "colgroup"))
_IN_TABLES = "caption col colgroup tbody td tfoot th thead title tr".split()
"""Elements that end a paragraph for libxml2, and are nothing to browsers outside of a table, or at
all."""

_NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_PREFIXES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
# The tables of the HTML standard, 13.2.6.1 "adjust SVG attributes" and "adjust MathML attributes",
# and 13.2.6.5 for tags: names in HTML are not case-sensitive, in SVG and MathML they are.
_SPELLED = {
    name.lower(): name
    for name in """altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform
    clipPath feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG
    feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient
    radialGradient textPath
    attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant
    edgeMode filterUnits gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints
    keySplines keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth
    maskContentUnits maskUnits numOctaves pathLength patternContentUnits patternTransform
    patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX
    refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant
    specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage
    tableValues targetX targetY textLength viewBox viewTarget xChannelSelector yChannelSelector
    zoomAndPan definitionURL""".split()
}


def parse(html: str) -> Element:
    """Parse HTML and return its content, under one `<div>`, without comments."""
    memory.make_room(html)
    content = _read(html)
    return content if _is_as_written(content, html) else _read(_mended(html))


def html(content: Element) -> str:
    """Return HTML that `parse` reads as `content`; URLs are percent-encoded, as browsers do it."""
    written = _NEWER_VOID_ENDS.sub("", _written(content))
    return written.removeprefix("<div>").removesuffix("</div>")


def _read(html: str) -> Element:
    """Parse HTML into a `<div>` of its own; SVG and MathML get their namespaces."""
    content = etree.fromstring(_encoded(html), _PARSER).find("body")
    assert isinstance(content, etree._Element)
    content.tag, content.tail = "div", None
    content.attrib.clear()
    content.getparent().remove(content)  # else lxml would also write what is around it
    for drawing in content.xpath(".//svg[not(ancestor::svg)] | .//math"):
        replace(drawing, _foreign(drawing, _NAMESPACES[drawing.tag]))
    return content


def _encoded(html: str) -> bytes:
    """Return the HTML of a page as libxml2 reads it, in a body."""
    # lxml refuses some characters, and libxml2 would drop them between two words
    closed = _NEWER_VOID.sub(r"<\1 />", without_uncarried(html, " "))
    return b"<body>%b</body>" % closed.encode()


def _foreign(element: Element, namespace: str) -> Element:
    """Return a copy of an SVG or MathML element with its namespace."""
    own = _spelled(element.tag) if is_name(element.tag) else "unknown"  # browsers show neither
    made = etree.Element(f"{{{namespace}}}{own}", nsmap={None: namespace})
    for name, value in element.attrib.items():
        prefix, _, local = str(name).rpartition(":")
        known = prefix in _PREFIXES or (not prefix and local != "xmlns")
        if known and is_name(local):
            made.set(f"{{{_PREFIXES[prefix]}}}{local}" if prefix else _spelled(local), value)
    made.text, made.tail = element.text, element.tail
    is_html = element.tag in ("foreignobject", "annotation-xml")
    made.extend(list(element) if is_html else [_foreign(each, namespace) for each in element])
    return made


@lru_cache
def is_name(name: str) -> bool:
    """Tell whether XML can have an element or an attribute of this name; HTML can have others.

    What lxml writes before it in braces is a namespace, what templates leave there is none.
    """
    namespace, _, local = name.rpartition("}")
    try:
        return bool(etree.QName(local)) and (not namespace or namespace.startswith("{http"))
    except ValueError:
        return False


def _spelled(name: str) -> str:
    return _SPELLED.get(name, name)


def _is_as_written(content: Element, html: str) -> bool:
    """Tell whether a tree has exactly the tags of the HTML it was parsed from, in their places.

    Where a paragraph ends need not be written: a block that begins in it ends it, for libxml2 as
    for browsers. (These also put an empty paragraph where its `</p>` is then, which shows nothing.)
    """
    closed = map(_closed, _pieces(html))
    written = _pieces(_written(content, "us-ascii"))  # as text, half as large
    is_same = _tags(written) == f"<div{_tags(closed)}</div"
    return is_same and not _is_misplaced(content)


def _closed(html: str) -> str:
    """Return HTML with an end tag for each element that is closed in its start tag."""
    html = _NEWER_VOID.sub(r"<\1 />", html)
    return _SELF_CLOSED.sub(r"<\1\2></\1>", html) if "/>" in html else html


def _tags(pieces: Iterator[str]) -> str:
    """Return the tags of HTML as one text, without those that end a paragraph."""
    tags = "".join("".join(_TAG.findall(piece)) for piece in pieces)
    return tags.lower().replace("</p<", "<").removesuffix("</p")


def _pieces(html: str) -> Iterator[str]:
    """Yield HTML in pieces that each begin with a tag: a million tags at once take 100 MB."""
    start = 0
    while start < len(html):
        end = html.find("<", start + _PIECE)
        yield html[start : end if end > 0 else len(html)]
        start = end if end > 0 else len(html)


def _is_misplaced(content: Element) -> bool:
    """Tell whether a block or text is where browsers would not leave it."""
    blocks = (each.iterancestors("p") for each in content.iter(_NEWER_BLOCKS))
    loose = (text for grid in content.iter(_GRID) for text in nodes(grid) if isinstance(text, str))
    stray = (each for each in content.iter(_IN_TABLES) if each.getparent().tag not in _HOLDERS)
    return (
        any(next(each, None) is not None for each in blocks)
        or any(map(str.strip, loose))
        or next(stray, None) is not None
    )


def _mended(html: str) -> str:
    """Return the HTML with its tags nested as browsers would nest them."""
    import html5lib  # slow to import, and hardly any page needs it

    words = html5lib.serialize(
        html5lib.parseFragment(html),
        omit_optional_tags=False,
        quote_attr_values="always",
        resolve_entities=False,
    )
    return str(words)


def _written(content: Element, encoding: str = "unicode") -> str:
    written = etree.tostring(content, encoding=encoding, method="html", with_tail=False)
    return written.decode() if isinstance(written, bytes) else str(written)


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(element.get("class", "").split())


def number(element: Element, name: str, other: int) -> int:
    """Return the value of an attribute as an integer; `other` if it is not one, or negative."""
    given = element.get(name, "").strip()
    is_number = given.isascii() and given.isdecimal() and len(given) < 10
    return int(given) if is_number else other


def nodes(element: Element) -> Iterator[Node]:
    """Yield the children of an element in order: text and elements in turn; the text may be ""."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def text(element: Element) -> str:
    """Return the text of an element without markup; all white space becomes single spaces."""
    return " ".join("".join(element.itertext()).split())


def plain(html: str | None) -> str:
    """Return a title or a setting, which may be HTML, as plain text that XML can hold."""
    return Markup(without_uncarried(str(html or ""))).striptags()


def put_before(element: Element, words: str) -> None:
    """Insert text directly before an element, after any text that is there."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def replace(element: Element, other: Element) -> None:
    """Replace an element with `other`; the text after it stays."""
    parent = element.getparent()
    assert parent is not None
    other.tail, element.tail = element.tail, None
    parent.replace(element, other)


def remove(element: Element) -> None:
    """Remove an element from its tree; the text after it stays."""
    parent, words = element.getparent(), element.tail
    assert parent is not None
    if words:
        put_before(element, words)
    element.tail = None
    parent.remove(element)
