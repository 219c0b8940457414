"""What a style sheet says of a drawing, as attributes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from handbook.press.pages import stylesheet
from rows import rows

SVG = '<svg id="s"><g class="a b"><rect id="s-x" fill="red" style="stroke:blue"/></g></svg>'


@rows(
    ("css", "fill", "stroke"),
    [
        ("", "red", "blue"),
        ("#s rect{fill:green;}", "green", "blue"),
        ("#s .a.b>rect, p{fill:green}", "green", "blue"),
        ("#s>rect{fill:green}", "red", "blue"),
        ('[id$="-x"]{fill:green;stroke:green}', "green", "blue"),
        ("rect{stroke:green!important}", "red", "green"),
        (".a rect{fill:green}rect{fill:black}", "green", "blue"),
        ("@keyframes k{from{fill:green;}}rect{fill:black;cursor:help}", "black", "blue"),
        ("rect:hover{fill:green}g+rect{fill:green}", "red", "blue"),
        ("circle,[class~=a] rect,.c rect{fill:green}", "red", "blue"),
    ],
)
def test_attributes_are_those_that_a_browser_would_show(css: str, fill: str, stroke: str) -> None:
    svg = ET.fromstring(SVG)
    stylesheet.apply(svg, css)
    assert (svg[0][0].get("fill"), svg[0][0].get("stroke")) == (fill, stroke)
    assert svg[0][0].get("style") is None
    assert svg[0][0].get("cursor") is None
