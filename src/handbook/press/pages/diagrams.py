"""Mermaid diagrams as SVG drawings in the page's language, so that readers load no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from lxml import etree

from handbook.bitext.languages import scripts
from handbook.bitext.page import mermaid
from handbook.bitext.problem import Problem, line_at
from handbook.press.core import tree
from handbook.press.core.editions import Leaf
from handbook.press.core.log import log
from handbook.press.core.numbering import LINES
from handbook.press.core.tree import SVG, Element

_FENCE_LINE = re.compile(r"^[ >]*(?:```+|~~~+) *\{?\.?mermaid\b", re.MULTILINE)
_HEADING = etree.XPath(
    "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]"
    "//text()[not(ancestor::a[@class='headerlink'])]"
)
"""XPath for the text of the last heading before an element."""
_LABELLED = re.compile(r'\b(\w+)[\[({>/\\]+(?:"([^"\n]*)"|([^"\n\[\](){}|/\\]+))')
_ARROW = re.compile(r"\s*(-\.->|-\.-|-->|---|==>|===)\s*(?:\|\"?([^|\"]*)\"?\|)?\s*")


def place(content: Element, leaf: Leaf, folder: Path) -> None:
    """Replace a page's Mermaid fences by drawings; warn about a fence that cannot be drawn.

    `folder` is the cache of drawings.
    """
    if not (fences := content.xpath(".//pre[@class='mermaid']")):
        return
    from handbook.press.pages.drawing import DrawingError

    breaks = _breaks(leaf)
    for number, fence in enumerate(fences, start=1):
        text, heading = "".join(fence.itertext()), "".join(_HEADING(fence)).strip()
        try:
            drawing = figure(text, f"diagram-{number}", heading, folder, breaks)
            _note_lines(drawing, text, fence.get(LINES, "").split())
            _direct(drawing, leaf.record.direction)
            tree.replace(fence, drawing)
        except DrawingError as error:
            log.warning(_undrawn(leaf, number, error))
            fence.set("class", "undrawn")


def _note_lines(drawing: Element, text: str, lines: list[str]) -> None:
    """Note the line where it can be edited on each label of a drawing, and its words.

    `lines` are those of the labels of its code, in their order.
    """
    known: dict[str, tuple[str, str]] = {}
    for label, line in zip(mermaid.labels(text), lines, strict=False):
        known.setdefault(_letters(label.message), (label.message, line))
    for element in drawing.iter(f"{SVG}text"):
        if found := known.get(_letters("".join(element.itertext()))):
            words, line = found
            element.set("data-line", line)
            element.set("data-words", " ".join(_BREAK.sub(" ", words).split()))
    if lines:
        drawing.set("data-line", lines[0])


def _direct(drawing: Element, own: str) -> None:
    """Give labels that are written from the other side than the page their direction.

    Those that are not translated are; `Why?` would be `?Why` among Arabic ones. Others than those
    in the middle of their place would move.
    """
    for element in drawing.iterfind(f".//{SVG}text[@text-anchor='middle']"):
        direction = scripts.direction("".join(element.itertext()))
        if direction not in {"", own}:
            element.set("direction", direction)


def _letters(label: str) -> str:
    """Return a label without its ends of lines, which a drawing sets anew."""
    return "".join(_BREAK.sub("", label).split())


_BREAK = re.compile(r"<br */?>|\\n")


def figure(text: str, name: str, title: str, folder: Path, breaks: str = "") -> Element:
    """Return a `<figure>` with the drawing of the Mermaid code `text`, and a narrow one for phones.

    `name` is the prefix of the ids inside and must be unique on a page; `title` says what the
    drawing shows. `folder` caches the drawing without these two. The lines of labels may break at
    spaces and at matches of the regular expression `breaks`. Raises DrawingError.
    """
    # A tenth of the time of a start, and few pages need it.
    from handbook.press.pages.drawing import kept, narrowest, width

    drawn = {"wide": kept(text, folder, breaks)}
    if width(drawn["wide"]) > _PHONE and mermaid.is_flowchart(text):
        drawn["narrow"] = narrowest(text, folder, breaks)
    told = {"desc": describe(text), "title": title}
    made = "".join(_told(svg, kind, f"{name}-{kind}", told) for kind, svg in drawn.items())
    return etree.fromstring(f'<figure class="diagram" data-search-exclude="">{made}</figure>')


_PHONE = 455
"""The width of a drawing, in its own units, whose letters can be read on a phone without a scroll:
the styles let it shrink to 0.72 of it."""


def _told(svg: ET.Element, kind: str, name: str, texts: dict[str, str]) -> str:
    """Return a drawing of a kind with texts for screen readers; `name` is the prefix of its ids."""
    for tag, content in texts.items():
        element = ET.Element(f"{SVG}{tag}", id=f"drawn-{tag}")
        element.text = content
        svg.insert(0, element)
    svg.set("class", kind)
    svg.set("aria-labelledby", "drawn-title drawn-desc")
    return ET.tostring(svg, encoding="unicode").replace("drawn-", f"{name}-")


def _breaks(leaf: Leaf) -> str:
    """Return a pattern of line breaks in labels in the language of a page or of its source.

    Labels without a translation are still in the language of the source.
    """
    found = (leaf.record.label_breaks, leaf.source_record.label_breaks)
    return "|".join(dict.fromkeys(filter(None, found)))


def describe(text: str) -> str:
    """Return a text description of a diagram: each arrow with its two nodes and its label.

    Of a kind without such arrows it is all that is read in it.
    """
    if not mermaid.is_flowchart(text):
        return "; ".join(
            dict.fromkeys(_BREAK.sub(" ", each.message) for each in mermaid.labels(text))
        )
    labels = {name: quoted or bare for name, quoted, bare in _LABELLED.findall(text)}
    return "; ".join(_arrows(text, labels))


def _arrows(text: str, labels: dict[str, str]) -> Iterator[str]:
    """Yield a description of each arrow; `labels` are the labels of nodes by their names."""
    for line in text.splitlines():
        nodes = _ARROW.split(line.strip())  # node, arrow, label, node, arrow, label, …, node
        for start, arrow, label, end in zip(
            nodes[::3], nodes[1::3], nodes[2::3], nodes[3::3], strict=False
        ):
            names = (labels.get(key, key) for key in map(_key, (start, end)))
            sign = " → " if arrow.endswith(">") else " – "
            yield sign.join(names) + (f" ({label})" if label else "")


def _key(node: str) -> str:
    """Return the name of a node, without its shape and label."""
    return re.split(r"[\[({>]", node, maxsplit=1)[0].strip()


def _undrawn(leaf: Leaf, number: int, error: Exception) -> Problem:
    """Return the problem of a diagram that cannot be drawn; `number` is its place on the page."""
    text = leaf.source.read_text()
    starts = [match.start() for match in _FENCE_LINE.finditer(text)]
    line = line_at(text, starts[number - 1]) if number <= len(starts) else 1
    labels = f" with the labels of {leaf.language}" if leaf.translation else ""
    return Problem(leaf.file, line, f"cannot draw this diagram{labels}: {error}")
