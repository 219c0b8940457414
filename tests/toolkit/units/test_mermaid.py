"""Every label of every kind of Mermaid's diagrams is a message, and can be written again.

`diagrams.md` has one of each kind. Mermaid itself draws it, with every label in brackets.
"""

from __future__ import annotations

import re

import pytest

from folders import TOOLKIT
from handbook.bitext.page import mermaid, scan
from handbook.bitext.translate import splice
from handbook.press.pages import drawing
from rows import rows

TEXT = (TOOLKIT / "diagrams.md").read_text("utf-8")
_FENCE = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)
# What the drawings say besides labels: words of Mermaid's own, and columns of a database, whose
# names are without brackets.
_OWN = re.compile(r"(?:loop|alt|string|name|\d-\w+|&lt;&lt;\w+&gt;&gt;|room|ID:|Text:|Risk:|High)$")
CONFIG = drawing._config(drawing.WIDE)


def bracketed(inner: str) -> list[str]:
    page = scan.read(TEXT)
    texts = [inner.format(s.message) if s.kind == "label" else None for s in page.segments]
    return _FENCE.findall(splice.splice(page, texts))


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(_FENCE.findall(TEXT))))
def test_a_diagram_is_drawn_with_every_label_in_brackets(number: int) -> None:
    code = bracketed("⟦{}⟧")[number]
    svg = drawing._engine().render_svg(code, "base", CONFIG, None)
    shown = re.sub(r"<style.*?</style>|<(?!/?(?:text|p|span|foreignObject)\b)[^>]*>", "", svg)
    # A long label stands on several lines, or its bold words in an element of their own.
    joined = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "\n", shown.replace("</strong>", "")))
    outside = re.sub(r"⟦[^⟦]*?⟧", "", joined)
    code = _FENCE.findall(TEXT)[number]
    named = {fault.split("“")[1].split("”")[0] for _, fault in mermaid.unreadable(code)}
    words = [word for word in re.findall(r"\S*[^\W\d_]{2}\S*", outside) if word not in named]
    assert [word for word in words if not _OWN.match(word)] == []


@pytest.mark.long
@pytest.mark.parametrize("text", ['He said "go; now" #1', "a: b, (c) [d] {e} | f"])
def test_no_label_ends_a_diagram(text: str) -> None:
    for code in bracketed(text.replace("{", "{{").replace("}", "}}") + "{}"):
        drawing._engine().render_svg(code, "base", CONFIG, None)


def test_what_cannot_be_read_is_named() -> None:
    text = "```mermaid\nnovelty\n  a b\n```\n\n```mermaid\nsequenceDiagram\n  actor A person\n```\n"
    faults = [fault for _, fault in scan.read(text).faults]
    assert "write labels in quotation marks" in faults[0]
    assert "write actor A as A person" in faults[1]


@rows(
    ("code", "cure"),
    [
        ("flowchart\n  Start --> A[x]", 'write Start["Start"]'),
        ("sequenceDiagram\n  participant Room\n  Room->>Room: x", "write Room as Room"),
        ("sequenceDiagram\n  Room->>B: x", "write participant Room as Room"),
        ("stateDiagram\n  Draft --> [*]", "write Draft : Draft"),
        ("classDiagram\n  Circle <|-- A", 'write class Circle["Circle"]'),
        ("erDiagram\n  ROOM ||--o{ R : x", 'write ROOM["ROOM"]'),
        (
            'gitGraph\n  commit id: "x"',
            'write %%{init: {"gitGraph": {"mainBranchName": "main"}}}%%',
        ),
    ],
)
def test_a_name_without_a_text_of_its_own_is_named(code: str, cure: str) -> None:
    page = scan.read(f"```mermaid\n{code}\n```\n")
    assert cure in page.faults[0].text
    assert all(segment.message == "x" for segment in page.segments)


def test_quotation_marks_are_added_only_where_they_are_needed() -> None:
    page = scan.read("```mermaid\nflowchart\n  A[Open it] -- yes --> B[No - wait]\n```\n")
    assert "A[Ábralo] -- sí --> B[No - espere]" in splice.splice(
        page, ["Ábralo", "sí", "No - espere"]
    )
    assert 'A["(x)"] -- "a-b" --> B' in splice.splice(page, ["(x)", "a-b", None])


def test_entities_stay_as_they_are() -> None:
    page = scan.read("```mermaid\nsequenceDiagram\n  A->>B: one#59; two\n```\n")
    assert "uno#59; dos#59; 3" in splice.splice(page, ["uno#59; dos; 3"])
    assert mermaid.kind_of("%% x\n\ngraph TD") == "graph"


@rows(
    "setting",
    [
        '%%{init: {"gitGraph": {"mainBranchName": "trunk"}}}%%\n',
        "%%{init: {'gitGraph': {'mainBranchName': 'trunk'}}}%%\n",
        "---\nconfig:\n  gitGraph:\n    mainBranchName: trunk\n---\n",
    ],
)
def test_the_first_branch_of_a_git_graph_has_one_name_throughout(setting: str) -> None:
    code = (
        f"{setting}gitGraph\n  commit\n  branch other\n  commit\n  checkout trunk\n  merge other\n"
    )
    page = scan.read(f"```mermaid\n{code}```\n")
    assert [s.message for s in page.segments] == ["trunk", "other", "trunk", "other"]
    assert page.faults == ()
    made = splice.splice(page, ["tronco", "otra rama", "tronco", "otra rama"])
    drawn = drawing._engine().render_svg(_FENCE.findall(made)[0], "base", CONFIG, None)
    assert "tronco" in drawn
    assert "otra rama" in drawn


def test_columns_of_a_database_are_words_of_one_piece() -> None:
    code = 'erDiagram\n  A["x"] {\n    string full_name PK "the name"\n  }\n'
    page = scan.read(f"```mermaid\n{code}```\n")
    assert [s.message for s in page.segments] == ["x", "string", "full_name", "the name"]
    made = splice.splice(page, [None, "texto", "1 nombre completo: año", "el nombre"])
    assert 'texto nombre_completo_año PK "el nombre"' in made
    drawing._engine().render_svg(_FENCE.findall(made)[0], "base", CONFIG, None)


def test_a_diagram_that_its_author_skips_is_not_complained_of() -> None:
    code = "```mermaid\nflowchart\n  Start --> A[x]\n```\n"
    page = scan.read(f"<!-- i18n: skip -->\n\n{code}\n<!-- i18n: skip-start -->\n\n{code}")
    assert (page.segments, page.faults[1:]) == ((), ())
