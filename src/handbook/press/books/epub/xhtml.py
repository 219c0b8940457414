"""Conversion of the HTML of a page to the XHTML of an e-book.

An e-reader has no scripts, no pointer that can hover and often an old engine: tabs are placed one
below the other with their titles, collapsible blocks are open, checkboxes are characters. Films
and sounds are no part of an e-book: there are links to where they play.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from handbook.press.core import tree
from handbook.press.core.tree import Element

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = f"{{{OPS}}}type"

_LEFT_OUT = (
    ".//a[contains(@class, 'headerlink')] | .//*[@role='tooltip' or @popover]"
    " | .//script | .//style | .//template | .//button"
)
"""XPath of the elements that are only useful on a screen with a pointer."""
_BLOCKS = """address article aside blockquote center div dl fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr main nav ol p pre section table ul""".split()
_OTHERS = """a abbr area b bdi bdo br button canvas caption cite code col colgroup data datalist dd
    del dfn dt em figcaption i img input ins kbd label legend li map mark meter noscript optgroup
    option output progress q rp rt ruby s samp select small span strong sub sup tbody td
    textarea tfoot th thead time tr u var wbr""".split()
_TAGS = frozenset((*_BLOCKS, *_OTHERS)) - {"center"}
"""The elements of HTML that a page of an e-book may have."""
_NEWER = {"acronym": "abbr", "dir": "ul", "menu": "ul", "strike": "s", "tt": "code"}
"""The elements that say the same as those that e-books may not, or no longer, have."""
_KNOWN = frozenset(
    """abbr alt cite class colspan controls coords data datetime default dir download headers height
    hidden high href hreflang id ismap kind label lang loop low max media min muted open optimum
    poster preload rel reversed role rowspan scope shape span src srclang srcset start style title
    translate type usemap value width""".split()
)
"""Attributes of HTML that are of use without scripts, forms and a pointer."""
_STYLES = {"align": "text-align", "valign": "vertical-align", "width": "width"}
"""Attributes of older HTML, and what of CSS says the same."""
_STYLES_OF_MEDIA = {"align": "float"}
_MEDIA = ("img", "video", "object", "embed", "canvas", "iframe")
"""Elements that have a `width` still, and that others flow around where they are aligned."""

Resolve = Callable[[str], str]
"""A function from a link or a picture's source on a page to its counterpart in the e-book."""


def convert(content: Element, link: Resolve, picture: Resolve) -> Element:
    """Return the content of a page as an XHTML `<div>`; the original is used up.

    `link` returns the target of a link, `picture` the file of a picture, or "" if the picture is
    not in the e-book; its alternative text then replaces it.
    """
    for element in content.xpath(_LEFT_OUT):
        tree.remove(element)
    for change in (_tabs, _details, _tasks, _footnotes, _numbers, _anchors):
        change(content)
    for image in content.xpath(".//img"):
        _picture(image, picture)
    for source in content.xpath(".//picture/source"):
        tree.remove(source)
    for element in content.iter():
        _plain(element, link)
    return _within_xhtml(content)


def identifier(name: str) -> str:
    """Return an id as XML allows it: no colon (Markdown's `fn:1`), no digit first (headings)."""
    name = re.sub(r"[^\w.-]", "-", name)
    return name if re.match(r"[^\W\d]", name) else f"_{name}"


def _tabs(content: Element) -> None:
    """Put tabs one below the other, each with its title."""
    for tabs in content.xpath(".//div[contains(@class, 'tabbed-set')]"):
        titles = tabs.xpath("./div[@class='tabbed-labels']/label")
        blocks = tabs.xpath("./div[@class='tabbed-content']/div")
        for child in list(tabs):
            tree.remove(child)
        for block in blocks[len(titles) :]:
            tabs.append(block)
        for title, block in zip(titles, blocks, strict=False):  # by hand, there may be fewer
            title.tag = "p"
            title.attrib.clear()
            title.set("class", "tab-title")
            title.tail = "\n"
            block.insert(0, title)
            block.set("class", "tab")
            tabs.append(block)
        tabs.set("class", "tabs")


def _details(content: Element) -> None:
    """Open what can be folded: readers of e-books may have no way to."""
    for details in content.xpath(".//details"):
        details.tag = "div"
        details.set("class", f"details {details.get('class', '')}".strip())
        details.attrib.pop("open", None)
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "details-title")


def _tasks(content: Element) -> None:
    """Make signs of the boxes of task lists."""
    for box in content.xpath(".//input[@type='checkbox']"):
        label = box.getparent()
        sign = label if label.tag == "label" and not tree.text(label) else box
        ticked = "checked" in box.attrib
        for child in list(sign):
            tree.remove(child)
        sign.tag = "span"
        sign.attrib.clear()
        sign.set("class", "box")
        sign.text = "\N{BALLOT BOX WITH CHECK}" if ticked else "\N{BALLOT BOX}"


def _footnotes(content: Element) -> None:
    """Mark footnotes and the links to them, so that readers can show them in place."""
    for link in content.xpath(".//a[@class='footnote-ref']"):
        link.set(_TYPE, "noteref")
        link.set("role", "doc-noteref")
    for link in content.xpath(".//a[@class='footnote-backref']"):
        link.set("role", "doc-backlink")
    for notes in content.xpath(".//div[@class='footnote']"):
        notes.tag = "section"
        notes.set(_TYPE, "footnotes")
        notes.set("role", "doc-endnotes")
        for note in notes.xpath("./ol/li"):
            note.set(_TYPE, "footnote")


def _numbers(content: Element) -> None:
    """Make plain text of the numbers of paragraphs, still with their ids."""
    for number in content.xpath(".//a[@class='number' or @class='number at-hand']"):
        number.tag = "span"
        number.attrib.pop("href", None)  # a page may have some of its own, which lead nowhere
        if number.text:
            number.tail = f" {number.tail or ''}"


def _picture(image: Element, picture: Resolve) -> None:
    """Give an image its file in the e-book; one without a file becomes its alternative text."""
    source, alt = picture(image.get("src", "")), image.get("alt", "")
    for name in ("srcset", "loading", "sizes"):
        image.attrib.pop(name, None)
    if source:
        image.set("src", source)
        image.set("alt", alt)
    else:
        image.attrib.clear()
        image.tag, image.text = "span", alt


def _aim(link: Element, address: str) -> None:
    """Give a link its address in the e-book; without one it becomes text."""
    if address:
        link.set("href", address)
    else:
        del link.attrib["href"]


def _drop_unknown(element: Element) -> None:
    """Remove the attributes that its language does not have, or that are of no use in a book."""
    is_known = _is_drawn if str(element.tag).startswith("{") else _is_known
    kept = {str(name): value for name, value in element.attrib.items() if is_known(str(name))}
    if len(kept) < len(element.attrib):
        element.attrib.clear()  # lxml can delete none by itself that XML cannot have
        element.attrib.update(kept)


def _is_drawn(name: str) -> bool:
    """Tell whether an element of SVG or MathML may have an attribute."""
    return tree.is_name(name) and not name.startswith(("data-", "on", "aria-describedby"))


def _is_known(name: str) -> bool:
    """Tell whether an element of HTML can have an attribute; a name with a namespace is ours."""
    is_heard = name.startswith("aria-") and name != "aria-describedby"
    return (name in _KNOWN or is_heard or name[:1] == "{") and tree.is_name(name)


def _style(element: Element) -> None:
    """Write as style what older HTML says in attributes."""
    for name, style in (_STYLES_OF_MEDIA if element.tag in _MEDIA else _STYLES).items():
        value = element.attrib.pop(name, "")
        if element.tag == "table" and (name, value.lower()) == ("align", "center"):
            style, value = "margin", "auto"  # its cells are not meant
        if re.fullmatch(r"[\w.%-]+", value):
            unit = "px" * (name == "width" and value.isdigit())
            element.set("style", f"{style}: {value}{unit}; {element.get('style', '')}")


def _anchors(content: Element) -> None:
    """Give the places that older HTML names an id, unless another element has it."""
    ids = set(content.xpath(".//@id"))
    for anchor in content.xpath(".//a[@name and not(@id)]"):
        if (name := anchor.attrib.pop("name")) not in ids:
            ids.add(name)
            anchor.set("id", name)


def _rename_unknown(element: Element) -> None:
    """Turn an element that HTML does not have, or no longer, into one without a meaning.

    Such as `<center>`, or `<user@host>`, which was meant as text.
    """
    tag = element.tag = _NEWER.get(str(element.tag), str(element.tag))
    if tag in _TAGS or (tag.startswith("{") and tree.is_name(tag)):
        return
    if tag == "center":
        element.set("align", "center")
    is_block = next(element.iter(*_BLOCKS), None) is not None
    element.tag = "div" if is_block else "span"


def _plain(element: Element, link: Resolve) -> None:
    """Keep only what e-readers know of an element, in the form they require."""
    _rename_unknown(element)
    if not str(element.tag).startswith("{"):
        _style(element)
    _drop_unknown(element)
    if element.tag in ("pre", "code"):  # written from the left within any text
        element.set("dir", "ltr")
    if "id" in element.attrib:
        element.set("id", identifier(element.attrib["id"]))
    if "href" in element.attrib:
        _aim(element, link(element.attrib["href"]))
    if "lang" in element.attrib:
        element.set(XML_LANG, element.attrib["lang"])
    for name in ("aria-labelledby", "aria-controls"):
        if name in element.attrib:
            named = element.attrib[name].split()
            element.set(name, " ".join(identifier(each) for each in named))


def _within_xhtml(element: Element) -> Element:
    """Return a copy in the namespace of XHTML; drawings keep their own, without a prefix.

    What is copied is freed at once: a page of ten megabytes takes two hundred as a tree.
    """
    namespace, _, name = str(element.tag).rpartition("}")
    namespace = namespace.lstrip("{") or XHTML
    made = etree.Element(
        f"{{{namespace}}}{name}",
        {str(key): str(value) for key, value in element.attrib.items()},
        nsmap={None: namespace, "epub": OPS},
    )
    made.text, made.tail = element.text, element.tail
    for child in list(element):
        made.append(_within_xhtml(child))
        element.remove(child)
    return made
