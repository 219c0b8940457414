"""Every label of every kind of Mermaid's diagrams is a message, and can be written again.

`diagrams.md` has one of each kind. Mermaid itself draws it, with every label in brackets.
"""

from __future__ import annotations

import re

import pytest

from bitext.page import mermaid, scan
from bitext.translate import splice
from folders import TOOLKIT
from press.pages import drawing

TEXT = (TOOLKIT / "diagrams.md").read_text("utf-8")
_FENCE = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)
# What the drawings say besides labels: words of Mermaid's own, columns of a database.
_OWN = re.compile(
    r"(?:loop|alt|string|name|main|\d-\w+|&lt;&lt;\w+&gt;&gt;|room|ID:|Text:|Risk:|High)$"
)


def bracketed(inner: str) -> list[str]:
    page = scan.read(TEXT)
    texts = [inner.format(s.message) if s.kind == "label" else None for s in page.segments]
    return _FENCE.findall(splice.splice(page, texts))


@pytest.mark.parametrize("number", range(len(_FENCE.findall(TEXT))))
def test_a_diagram_is_drawn_with_every_label_in_brackets(number: int) -> None:
    code = bracketed("⟦{}⟧")[number]
    svg = drawing._engine().render_svg(code, "base", drawing._CONFIG, None)
    shown = re.sub(r"<style.*?</style>|<(?!/?(?:text|p|span|foreignObject)\b)[^>]*>", "", svg)
    # A long label stands on several lines, or its bold words in an element of their own.
    joined = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "\n", shown.replace("</strong>", "")))
    outside = re.sub(r"⟦[^⟦]*?⟧", "", joined)
    words = re.findall(r"\S*[^\W\d_]{2}\S*", outside)
    assert [word for word in words if not _OWN.match(word)] == []


@pytest.mark.parametrize("text", ['He said "go; now" #1', "a: b, (c) [d] {e} | f"])
def test_no_label_ends_a_diagram(text: str) -> None:
    for code in bracketed(text.replace("{", "{{").replace("}", "}}") + "{}"):
        drawing._engine().render_svg(code, "base", drawing._CONFIG, None)


def test_what_cannot_be_read_is_named() -> None:
    text = "```mermaid\nnovelty\n  a b\n```\n\n```mermaid\nsequenceDiagram\n  actor A person\n```\n"
    faults = [fault for _, fault in scan.read(text).faults]
    assert "write labels in quotation marks" in faults[0]
    assert "write actor A as A person" in faults[1]


def test_entities_stay_as_they_are() -> None:
    page = scan.read("```mermaid\nsequenceDiagram\n  A->>B: one#59; two\n```\n")
    assert "uno#59; dos#59; 3" in splice.splice(page, ["uno#59; dos; 3"])
    assert mermaid.kind_of("%% x\n\ngraph TD") == "graph"
