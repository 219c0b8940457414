"""Mermaid diagrams, drawn while building: readers get SVG, in the page's language, and no script.

The drawing is in one palette whose shapes bring their own light ground, so that it reads the same
on a light page, on a dark one and on paper, and its labels are text, so that it can go into a book.
"""

import html
import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from mermaidx.engines._common import MermaidRenderError, TextMeasurer
from mermaidx.engines.quickjs_engine import Engine
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from press import site

log = logging.getLogger("mkdocs.handbook")

_INK, _LINE, _NODE, _EDGE, _CHOICE, _LABEL = (
    "#1d2b29", "#6d807b", "#eef4f1", "#2f7a6d", "#f8ecdb", "#f4f4ef"
)  # fmt: skip
_CONFIG = {
    "theme": "base",
    "htmlLabels": False,
    "fontSize": 16,
    "flowchart": {"htmlLabels": False, "padding": 14, "nodeSpacing": 36, "rankSpacing": 44},
}
_LOOKS: dict[str, dict[str, str]] = {
    "flowchart-link": {"fill": "none", "stroke": _LINE, "stroke-width": "1.6"},
    "edge-pattern-dotted": {"stroke-dasharray": "2 4", "stroke-linecap": "round"},
    "edge-thickness-thick": {"stroke-width": "3"},
    "arrowMarkerPath": {"fill": _LINE, "stroke": _LINE},
    "label-container": {"fill": _NODE, "stroke": _EDGE, "stroke-width": "1.4", "rx": "6"},
    "background": {"fill": _LABEL, "rx": "3"},
}
"""How the classes of Mermaid's flowcharts are drawn."""

_SVG = "http://www.w3.org/2000/svg"
_FENCE = re.compile(r'<pre class="mermaid"><code>(.*?)</code></pre>', re.DOTALL)
_FENCE_LINE = re.compile(r"^[ >]*(?:```+|~~~+) *\{?\.?mermaid\b", re.MULTILINE)
_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_QUOTED = re.compile(r'"([^"\n]*)"')
_LABELLED = re.compile(r'\b(\w+)[\[({>]+"([^"\n]*)"')
_ARROW = re.compile(r"\s*(-\.->|-\.-|-->|---|==>|===)\s*(?:\|\"?([^|\"]*)\"?\|)?\s*")
_AFTER_PARTICLE = re.compile(r"(?<=[、。はがをにでとへもの])(?=[\u4e00-\u9fff\u30a1-\u30fa「（])")

ET.register_namespace("", _SVG)


class DiagramError(ValueError):
    """A diagram that cannot be drawn, with Mermaid's reason."""


def draw(text: str, *, name: str = "diagram", title: str = "") -> str:
    """Draw the text of a Mermaid fence as an SVG element.

    `name` begins the ids inside it and must be the only one of its kind on a page; `title` says
    what the drawing is of. Raises DiagramError.
    """
    svg = ET.fromstring(_drawn(text))
    for tag, words in (("desc", describe(text)), ("title", title)):
        element = ET.Element(f"{{{_SVG}}}{tag}", id=f"drawn-{tag}")
        element.text = words
        svg.insert(0, element)
    svg.set("aria-labelledby", "drawn-title drawn-desc")
    return ET.tostring(svg, encoding="unicode").replace("drawn-", f"{name}-")


def describe(text: str) -> str:
    """Say a flowchart in words: what leads to what."""
    labels = dict(_LABELLED.findall(text))
    return "; ".join(_arrows(text, labels))


def place(content: str, page: Page, config: MkDocsConfig) -> str:
    """Put drawings in the place of a page's Mermaid fences; warn of one that cannot be drawn."""
    number = 0

    def drawing(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        text = html.unescape(match[1])
        try:
            svg = draw(text, name=f"diagram-{number}", title=_heading(content[: match.start()]))
        except DiagramError as error:
            log.warning("%s: %s", _where(page, number, config), error)
            return f'<pre class="undrawn"><code>{match[1]}</code></pre>'
        return f'<figure class="diagram" data-search-exclude>{svg}</figure>'

    return _FENCE.sub(drawing, content)


def _heading(before: str) -> str:
    """The text of the last heading in some HTML."""
    headings = _HEADING.findall(before)
    return html.unescape(_TAG.sub("", headings[-1])).strip(" ¶\n") if headings else ""


def _where(page: Page, number: int, config: MkDocsConfig) -> str:
    """Where in the repository the page's diagram of this number stands, and in which language."""
    language, path = site.place(page.file.src_uri)
    source = site.of(config).sources[path]
    text = source.file.read_text("utf-8")
    starts = [match.start() for match in _FENCE_LINE.finditer(text)]
    line = text.count("\n", 0, starts[number - 1]) + 1 if number <= len(starts) else 1
    translated = "" if language == source.language else f"in the language {language}, "
    return f"docs/{source.language}/{path}:{line}: {translated}this diagram cannot be drawn"


def _arrows(text: str, labels: dict[str, str]) -> Iterator[str]:
    """Each arrow of a flowchart as words: `Chapter → Branch (sends a delegate)`."""
    for line in text.splitlines():
        parts = _ARROW.split(line.strip())
        for start, arrow, label, end in zip(
            parts[::3], parts[1::3], parts[2::3], parts[3::3], strict=False
        ):
            names = (labels.get(key, key) for key in map(_key, (start, end)))
            sign = " → " if arrow.endswith(">") else " – "
            yield sign.join(names) + (f" ({label})" if label else "")


def _key(node: str) -> str:
    """The name of a node without its shape and label."""
    return re.split(r"[\[({>]", node, maxsplit=1)[0]


# Drawing ---------------------------------------------------------------------------------------


@cache
def _drawn(text: str) -> str:
    """The SVG of a diagram, restyled and stripped, kept for the next page or build that has it."""
    broken = _QUOTED.sub(lambda match: f'"{_broken(match[1])}"', text)
    try:
        raw = _engine().render_svg(broken, "base", _CONFIG, None)
    except MermaidRenderError as error:
        raise DiagramError(str(error)) from error
    return ET.tostring(_restyled(ET.fromstring(raw)), encoding="unicode")


def _restyled(svg: ET.Element) -> ET.Element:
    """A flowchart of Mermaid's without its style sheet, its own attributes and what it never uses."""
    _, _, width, height = svg.get("viewBox", "0 0 0 0").split()
    markers = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(svg, encoding="unicode")))
    for parent in list(svg.iter()):
        for child in list(parent):
            if _unused(child, markers):
                parent.remove(child)
    for element in svg.iter():
        _restyle(element)
    svg.attrib = {
        "viewBox": svg.get("viewBox", ""), "width": _round(width), "height": _round(height),
        "role": "img", "font-size": "16", "style": f"--width:{_round(width)}px",
    }  # fmt: skip
    return svg


def _unused(element: ET.Element, markers: set[str]) -> bool:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    if tag == "marker":
        return element.get("id") not in markers
    if tag == "rect":
        return not element.get("width")
    return tag in ("style", "defs")


def _restyle(element: ET.Element) -> None:
    """Replace what Mermaid's style sheet says of an element by attributes of its own."""
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    looks: dict[str, str] = {"fill": _INK} if tag == "text" else {}
    if tag == "text":
        looks["text-anchor"] = "middle"
    for name in element.get("class", "").split():
        looks |= _LOOKS.get(name, {})
    if tag == "polygon" and looks:
        looks["fill"] = _CHOICE
    kept = {key: value for key, value in element.attrib.items() if _kept(key, tag)}
    element.attrib = {key: value.replace("my-svg_flowchart-v2", "drawn") for key, value in kept.items()} | looks


def _kept(key: str, tag: str) -> bool:
    if key == "id":
        return tag == "marker"
    return key not in ("class", "style") and not key.startswith(("data-", "font-", "aria-"))


def _round(length: str) -> str:
    return str(round(float(length)))


def _broken(label: str, width: int = 12) -> str:
    """Break a Japanese label into lines where a reader would: after a particle or a comma."""
    if _wide(label) <= width:
        return label
    lines = [""]
    for phrase in _AFTER_PARTICLE.split(label):
        if lines[-1] and len(lines[-1] + phrase) > width:
            lines.append("")
        lines[-1] += phrase
    return "<br/>".join(lines)


def _wide(text: str) -> int:
    """How many characters take a full square, as kanji and kana do."""
    return sum(unicodedata.east_asian_width(character) in "WF" for character in text)


class _Measurer(TextMeasurer):
    """Measures Japanese too: the font Mermaid is measured with has none and counts it too narrow."""

    def width(self, text: str, size: Any, family: Any, weight: Any, style: Any) -> float:
        return float(self.full(text, size, family, weight, style)["width"])

    def full(self, text: str, size: Any, family: Any, weight: Any, style: Any) -> dict[str, float]:
        narrow = "".join(each for each in text or "" if not _wide(each))
        box: dict[str, float] = super().full(narrow, size, family, weight, style)
        return box | {"width": box["width"] + _wide(text or "") * float(size or 16)}

    def glyphs(self, text: str, size: Any, family: Any, weight: Any, style: Any) -> list[Any]:
        """Where each glyph's ink begins and ends: for Japanese, the square it stands in."""
        boxes, pen, square = [], 0.0, float(size or 16)
        for character in text or "":
            if _wide(character):
                boxes.append([pen, 0.0, square, -0.88 * square, 0.12 * square])
            else:
                boxes += [[pen, *ink] for _, *ink in super().glyphs(character, size, family, weight, style)]
            pen += self.width(character, size, family, weight, style)
        return boxes


class _Engine(Engine):
    """Mermaid in one context for all diagrams: a new one for each would take twice the time."""

    def _init_context(self) -> None:
        super()._init_context()
        self._measurer = _Measurer()

    def _ensure_fresh_context(self) -> None:
        pass


@cache
def _engine() -> _Engine:
    engine = _Engine()
    engine.start()
    return engine
