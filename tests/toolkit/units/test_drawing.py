"""Diagrams, drawn."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from playwright.sync_api import Browser

from folders import TOOLKIT
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page import mermaid
from handbook.press.core import theme
from handbook.press.pages import diagrams, drawing
from rows import rows

_JAPANESE = """\
flowchart TD
    A["支部"] -->|"委任事項を持たせて代議員を送る"| B{"国別組織"}
    B -.-> A
"""
_WHEEL = """\
flowchart TD
    A["Grupo Norte"] -->|"dos enlaces, un encargo"| E["Reunión de enlaces"]
    B["Grupo Sur"] -->|"dos enlaces, un encargo"| E
    C["Grupo del hospital"] -->|"dos enlaces, un encargo"| E
    E -.->|"propuestas e informe"| A
    E -.->|"propuestas e informe"| B
    E -.->|"propuestas e informe"| C
"""
_DRAWS = pytest.mark.long  # starts the engine of Mermaid


def test_dark_pages_have_a_color_for_each_fill() -> None:
    styles = (theme.FOLDER / "assets/parts.css").read_text("utf-8")
    named = {
        line.split('.diagram [fill="')[1][:7] for line in styles.split("\n") if "m [fill" in line
    }
    assert named == {
        drawing._INK,
        drawing._LABEL,
        drawing._LOOKS["label-container"]["fill"],
        drawing._CHOICE["fill"],
    }


@_DRAWS
def test_a_drawing_is_text_and_shapes_alone() -> None:
    drawn = etree.fromstring(drawing.draw(_JAPANESE))
    names = {etree.QName(each).localname for each in drawn.iter()}
    assert names <= {"svg", "g", "marker", "path", "rect", "polygon", "text", "tspan"}
    assert drawn.xpath("//@class | //*[local-name() != 'svg']/@style") == []


@_DRAWS
def test_japanese_labels_break_at_particles_and_fit() -> None:
    drawn = etree.fromstring(drawing.draw(_JAPANESE, Languages()["ja"].label_breaks))
    lines = drawn.xpath("//*[local-name()='tspan']/text()")
    assert lines[:2] == ["委任事項を持たせて", "代議員を送る"]
    [ground] = drawn.xpath("//*[local-name()='rect'][@fill='#f4f4ef']/@width")
    assert float(ground) >= max(map(len, lines[:2])) * 16


@rows(
    ("label", "lines"),
    [
        ("報告し、きわどい件を差し戻す", ["報告し、", "きわどい件を", "差し戻す"]),
        ("代議員をいつでもリコールできる", ["代議員を", "いつでも", "リコールできる"]),
        ("委任事項を持たせて代議員を送る", ["委任事項を", "持たせて", "代議員を送る"]),
    ],
)
def test_labels_for_phones_break_behind_pauses_and_objects(label: str, lines: list[str]) -> None:
    ends = re.compile(f"{drawing.NARROW.ends}|{Languages()['ja'].label_breaks}")
    assert drawing._lines(label, ends, drawing.NARROW.columns) == lines


@_DRAWS
@pytest.mark.parametrize("text", [_WHEEL, _WHEEL.replace("TD", "LR")])
def test_nothing_of_a_drawing_is_cut_off(text: str, browser: Browser) -> None:
    with closing(browser.new_page()) as page:
        page.set_content(drawing.draw(text))
        room = page.evaluate(
            """() => {
                const svg = document.querySelector("svg");
                const [all, box] = [svg.viewBox.baseVal, svg.getBBox()];
                return [box.x - all.x, box.y - all.y,
                    all.x + all.width - box.x - box.width, all.y + all.height - box.y - box.height];
            }"""
        )
    assert min(room) >= 0, room


@_DRAWS
def test_a_drawing_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = drawing.kept(_JAPANESE, tmp_path)
    [file] = tmp_path.iterdir()
    made: list[str] = []
    monkeypatch.setattr(drawing, "draw", lambda text, *_: made.append(text) or "<svg/>")
    assert ET.tostring(drawing.kept(_JAPANESE, tmp_path)) == ET.tostring(drawn)
    assert made == []
    file.write_text(file.read_text("utf-8")[:-9], "utf-8")
    assert drawing.kept(_JAPANESE, tmp_path).tag == "svg"
    assert drawing.kept(f"{_JAPANESE}    B --> B", tmp_path).tag == "svg"
    assert len(made) == 2


@_DRAWS
def test_ids_of_drawings_on_one_page_differ(tmp_path: Path) -> None:
    names = ("diagram-1", "diagram-2")
    figures = [diagrams.figure(_JAPANESE, name, "A title", tmp_path) for name in names]
    ids = [set(figure.xpath(".//@id")) for figure in figures]
    assert ids[0]
    assert not ids[0] & ids[1]


@_DRAWS
def test_a_drawing_that_is_too_wide_for_a_phone_has_a_narrow_one(tmp_path: Path) -> None:
    """Its letters are no smaller there than in the wide one, and it needs no scroll."""
    [wide, narrow] = diagrams.figure(_WHEEL.replace("TD", "LR"), "d", "A title", tmp_path)
    assert (wide.get("class"), narrow.get("class")) == ("wide", "narrow")
    assert int(narrow.get("width")) <= diagrams._PHONE < int(wide.get("width"))
    [alone] = diagrams.figure("flowchart LR\n  A --> B", "d", "A title", tmp_path)
    assert alone.get("class") == "wide"


def test_a_drawing_is_told_in_words() -> None:
    told = diagrams.describe('flowchart LR\n  A["One"] -->|"to"| B["Two"] --- C\n  C-.->A')
    assert told == "One → Two (to); Two – C; C → One"
    assert diagrams.describe("sequenceDiagram\n  A->>B: Ask\n  B-->>A: Answer") == "Ask; Answer"


_OTHERS = (TOOLKIT / "diagrams.md").read_text("utf-8")
_FENCES = re.findall(r"^```mermaid\n(.*?)^```", _OTHERS, re.MULTILINE | re.DOTALL)


@_DRAWS
@pytest.mark.parametrize("text", _FENCES, ids=mermaid.kind_of)
def test_each_kind_of_diagram_is_drawn_with_attributes_alone(text: str, tmp_path: Path) -> None:
    """No style sheet and no HTML; each thing that is referred to is there."""
    [drawn, *_] = diagrams.figure(text, "d", "A title", tmp_path)
    made = etree.tostring(drawn, encoding="unicode")
    assert drawn.xpath("./*//@class | ./*//@style | .//*[local-name()='style']") == []
    assert drawn.xpath(".//*[local-name()='foreignObject']") == []
    named = re.findall(r"url\(#([^)]+)\)", made)
    assert set(named) <= set(drawn.xpath(".//@id"))
    assert all(each.startswith("d-") for each in named)


@_DRAWS
def test_arrows_of_a_sequence_are_seen() -> None:
    drawn = etree.fromstring(drawing.draw("sequenceDiagram\n  A->>B: Ask\n  B-->>A: Answer"))
    lines = drawn.xpath("//*[local-name()='line'][@marker-end]")
    assert [line.get("stroke") for line in lines] == ["#333", "#333"]
    assert lines[1].get("stroke-dasharray") == "3, 3"
    assert set(drawn.xpath("//*[local-name()='text']/@text-anchor")) == {"middle"}
    assert drawn[0].get("fill") == "#fff"  # what dark pages have no colours for is on white


_COLORED = """\
flowchart TD
    A[Stop]:::bad --> B{Go?}
    B --> C([Fine])
    style C fill:#dfd,stroke-width:4px
    linkStyle 0 stroke:#f00
    classDef bad fill:#900,color:#fff
"""


@_DRAWS
def test_colors_that_an_author_has_chosen_stay() -> None:
    """A label on such a color has one of its own too, which dark pages do not make light."""
    drawn = etree.fromstring(drawing.draw(_COLORED))
    assert drawn.xpath("//*[local-name()='rect'][@width > 50]/@fill") == ["#900"]
    texts = drawn.xpath("//*[local-name()='text']")
    fills = {"".join(each.itertext()): each.get("fill") for each in texts}
    assert fills == {"Stop": "rgb(255, 255, 255)", "Go?": drawing._INK, "Fine": "#333"}
    [red] = drawn.xpath("//*[local-name()='path'][@stroke='#f00'][@marker-end]")
    marker = red.get("marker-end")[5:-1]
    assert drawn.xpath(f"//*[@id='{marker}']//*[local-name()='path']/@stroke") == ["#f00"]
    assert set(drawn.xpath("//*[local-name()='path']/@fill")) >= {"#dfd", "none"}


def test_labels_that_are_written_from_the_other_side_have_their_direction(tmp_path: Path) -> None:
    """Not translated, among others that are: a mark behind the last letter stays there."""
    code = "flowchart LR\n  A[Why?] --> B[لماذا؟] --> C[2026]"
    for own, turned in (("rtl", {"Why?": "ltr"}), ("ltr", {"لماذا؟": "rtl"})):
        drawn = diagrams.figure(code, "d", "A title", tmp_path)
        diagrams._direct(drawn, own)
        found = drawn.xpath(".//*[@direction]")
        assert {"".join(each.itertext()): each.get("direction") for each in found} == turned
