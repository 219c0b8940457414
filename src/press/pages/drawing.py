"""From the text of a Mermaid flowchart to an SVG drawing, without a browser.

Mermaid runs in a small JavaScript engine and says where everything goes. We tell it how large each
label is, broken into lines as a reader of its language would break them, and then replace what it
styles for a browser by plain SVG: labels are text, colours are attributes. So a drawing needs no
style sheet and goes into a page and into a book alike.
"""

import base64
import html
import json
import re
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from mermaidx.engines._common import MermaidRenderError, TextMeasurer
from mermaidx.engines.quickjs_engine import Engine

from bitext.files import write
from bitext.languages.scripts import is_wide

SVG = "{http://www.w3.org/2000/svg}"

# One palette for light pages, dark ones and paper: shapes and labels bring their own light ground,
# and lines are a grey that stands out from both.
_INK = "#1d2b29"
_LINE = "#6d807b"
_LABEL = "#f4f4ef"
_LOOKS: dict[str, dict[str, str]] = {
    "flowchart-link": {"fill": "none", "stroke": _LINE, "stroke-width": "1.6"},
    "edge-pattern-dotted": {"stroke-dasharray": "1 4.5", "stroke-linecap": "round"},
    "edge-thickness-thick": {"stroke-width": "3"},
    "arrowMarkerPath": {"fill": _LINE, "stroke": _LINE},
    "label-container": {"fill": "#eef4f1", "stroke": "#2f7a6d", "stroke-width": "1.4", "rx": "6"},
    "cluster": {"fill": "none", "stroke": _LINE, "stroke-dasharray": "6 4"},
}
"""How the classes of Mermaid's flowcharts are drawn."""
_CHOICE = {"fill": "#f8ecdb", "stroke": "#a8632c"}

_SIZE, _LEAD = 16.0, 21.0
_COLUMNS = 26
"""The longest line of a label, in letters; a kanji counts for two."""
_CONFIG = {
    "theme": "base",
    "flowchart": {"padding": 14, "nodeSpacing": 36, "rankSpacing": 44, "wrappingWidth": 2000},
}

_QUOTED = re.compile(r'"([^"\n]*)"')
_BREAK = re.compile(r"<br ?/?>")
_TAG = re.compile(r"<[^>]+>")
_BEHIND_BLANK = r"(?<=\s)(?=\S)"
_MARKER = re.compile(r"url\(#([^)]+)\)")

ET.register_namespace("", SVG.strip("{}"))


class DrawingError(ValueError):
    """A diagram that cannot be drawn, with Mermaid's reason."""


def kept(text: str, folder: Path, breaks: str = "") -> ET.Element:
    """The drawing of a flowchart from `folder`, or one that is put there. Raises DrawingError.

    `breaks` is a regular expression of where labels may break, besides at blanks.
    Languages, books and later builds ask for the same drawings, and drawing takes the most time of
    all that is done for a page.
    """
    file = folder / f"{sha256(f'{_version()} {breaks} {text}'.encode()).hexdigest()}.svg"
    with suppress(OSError, ET.ParseError):
        return ET.parse(file).getroot()
    drawn = draw(text, breaks)
    write(file, drawn)
    return ET.fromstring(drawn)


@cache
def _version() -> str:
    """What else a drawing depends on."""
    return f"{version('mermaidx')} {sha256(Path(__file__).read_bytes()).hexdigest()}"


def draw(text: str, breaks: str = "") -> str:
    """Draw a flowchart as an `svg` element whose ids begin with `drawn-`. Raises DrawingError."""
    ends = re.compile(f"{_BEHIND_BLANK}|{breaks}" if breaks else _BEHIND_BLANK)
    try:
        broken = _QUOTED.sub(lambda label: _in_lines(label[1], ends), text)
        drawn = _engine().render_svg(broken, "base", _CONFIG, None)
    except MermaidRenderError as error:
        raise DrawingError(" ".join(str(error).split())) from error
    svg = ET.fromstring(drawn)
    _place_labels(svg)
    _replace_labels(svg)
    _remove_unused(svg)
    for element in svg.iter():
        _restyle(element)
    return ET.tostring(_framed(svg), encoding="unicode")


def _framed(svg: ET.Element) -> ET.Element:
    """The drawing with its own size, which a style sheet can refer to as `--width`."""
    width, height = (str(round(float(each))) for each in svg.get("viewBox", "").split()[2:])
    svg.attrib = {
        "viewBox": f"0 0 {width} {height}", "width": width, "height": height,
        "role": "img", "font-size": f"{_SIZE:g}", "style": f"--width:{width}px",
    }  # fmt: skip
    return svg


# Labels ----------------------------------------------------------------------------------------


def _in_lines(label: str, ends: re.Pattern[str]) -> str:
    """A label in quotation marks, with `<br/>` where its lines end."""
    lines = [line for part in _BREAK.split(label) for line in _lines(part, ends)]
    return f'"{"<br/>".join(lines)}"'


def _lines(label: str, ends: re.Pattern[str]) -> list[str]:
    """Break a label where words or phrases end into few lines of like length."""
    phrases = ends.split(label)
    few = -(-_columns(label) // _COLUMNS)
    tries = (_filled(phrases, limit) for limit in count(_columns(label) // max(few, 1)))
    return next(lines for lines in tries if len(lines) <= max(few, 1))


def _filled(phrases: list[str], limit: int) -> list[str]:
    """Phrases in lines that are no longer than `limit`, if each phrase allows it."""
    lines = [""]
    for phrase in phrases:
        if lines[-1] and _columns(lines[-1] + phrase.rstrip()) > limit:
            lines.append("")
        lines[-1] += phrase
    return [line.strip() for line in lines]


def _columns(text: str) -> int:
    return len(text) + sum(map(is_wide, text))


def _place_labels(svg: ET.Element) -> None:
    """Put the labels of arrows where the layout has left room for them.

    Mermaid moves them to the middle of the curve, where those of parallel arrows cover each other.
    """
    points = {
        path.get("data-id"): json.loads(base64.b64decode(path.get("data-points", "")))
        for path in svg.iterfind(f".//{SVG}path[@data-points]")
    }
    for label in svg.iterfind(f".//{SVG}g[@class='edgeLabel']"):
        for inner in label.iterfind(f"{SVG}g[@data-id]"):
            way = points[inner.get("data-id")]
            label.set("transform", "translate({x:g}, {y:g})".format(**way[len(way) // 2]))


def _replace_labels(svg: ET.Element) -> None:
    """Put SVG text where Mermaid put HTML."""
    for parent in list(svg.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag == f"{SVG}foreignObject":
                parent.remove(child)
                parent[index:index] = _label(child)


def _label(box: ET.Element) -> list[ET.Element]:
    """A label as text in the middle of its box; on an arrow it gets a ground of its own."""
    width, height = float(box.get("width", 0)), float(box.get("height", 0))
    if not width:
        return []
    text = ET.Element(f"{SVG}text", {"text-anchor": "middle", "fill": _INK})
    for number, words in enumerate(_spoken(ET.tostring(box, encoding="unicode"))):
        baseline = number * _LEAD + _LEAD / 2 + _SIZE * 0.35
        line = ET.SubElement(text, f"{SVG}tspan", x=f"{width / 2:g}", y=f"{baseline:g}")
        line.text = words
    if box.find(".//*[@class='edgeLabel']") is None:
        return [text]
    size = {"x": "-4", "width": f"{width + 8:g}", "height": f"{height:g}"}
    return [ET.Element(f"{SVG}rect", {"fill": _LABEL, "rx": "3", **size}), text]


def _spoken(label: str) -> list[str]:
    """The lines of a label in HTML, as text."""
    lines = re.split(r"<(?:\w+:)?br ?/>", label)
    return [html.unescape(_TAG.sub("", line)).strip() for line in lines]


# Shapes ----------------------------------------------------------------------------------------


def _remove_unused(svg: ET.Element) -> None:
    used = set(_MARKER.findall(ET.tostring(svg, encoding="unicode")))
    for parent in list(svg.iter()):
        for child in list(parent):
            if _unused(child, used):
                parent.remove(child)


def _unused(element: ET.Element, markers: set[str]) -> bool:
    tag = element.tag.removeprefix(SVG)
    if tag == "marker":
        return element.get("id") not in markers
    if tag == "rect":
        return not element.get("width")
    return tag in ("style", "defs", "linearGradient")


def _restyle(element: ET.Element) -> None:
    """Replace what Mermaid's style sheet would say of an element by attributes of its own."""
    looks: dict[str, str] = {}
    for name in element.get("class", "").split():
        looks |= _LOOKS.get(name, {})
    if element.tag == f"{SVG}polygon" and "stroke-width" in looks:
        looks |= _CHOICE
        looks.pop("rx", None)  # a rhombus has no round corners
    kept = {key: _renamed(value) for key, value in element.items() if _kept(key, element.tag)}
    element.attrib = kept | looks


def _kept(key: str, tag: str) -> bool:
    if key == "id":
        return tag == f"{SVG}marker"
    return key not in ("class", "style") and not key.startswith("data-")


def _renamed(value: str) -> str:
    return value.replace("my-svg_flowchart-v2", "drawn")


# The engine ------------------------------------------------------------------------------------


class _Measurer(TextMeasurer):
    """Says how large a label is. The font that comes with the engine knows no Japanese."""

    def foreign_object(self, label: str, *_font: Any) -> dict[str, float]:
        """The size of a label in HTML whose lines are broken already."""
        lines = _spoken(label)
        return {
            "width": max(map(self._length, lines)),
            "height": _LEAD * len(lines),
            "line_count": len(lines),
            "line_height": _LEAD,
        }

    def _length(self, line: str) -> float:
        narrow = "".join(each for each in line if not is_wide(each))
        squares = len(line) - len(narrow)
        return float(self.width(narrow, _SIZE, "", "", "")) + squares * _SIZE


class _Engine(Engine):
    """One context for all diagrams: making a new one for each would take twice the time."""

    def _init_context(self) -> None:
        super()._init_context()
        self._measurer = _Measurer()

    def _build_context(self) -> Any:
        """A context that reads no style sheet: to measure labels by one takes half the time."""
        context = super()._build_context()  # type: ignore[no-untyped-call]
        context.eval("globalThis.__getCssRules = () => []")
        return context

    def _ensure_fresh_context(self) -> None:
        """Keep the context: flowcharts leave nothing in it but counters in ids we remove."""


@cache
def _engine() -> _Engine:
    engine = _Engine()
    engine.start()
    return engine
