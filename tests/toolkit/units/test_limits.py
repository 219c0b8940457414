"""Limits: what would stop a machine is refused, quickly, and nothing that people write is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.limits import text_excess, translation_excess
from bitext.page.segments import Segment
from bitext.project.reading import read_page
from bitext.translate.guards import refusal

MARKS = "o" + "\u0301" * 20_000
FENCE = "``` x " + 'a="" ' * 40 + "!"


@pytest.mark.parametrize("translation", [MARKS, FENCE, "x" * 5000, f"> {FENCE}"])
def test_a_translation_over_a_limit_is_refused(translation: str) -> None:
    assert translation_excess("A sentence.", translation)
    assert refusal(Segment("paragraph", "A sentence.", ((0, 11),), ""), translation)


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Yes", "はい、そうです。" * 100),
        ("Hello", "Xin chào, tiếng Việt: ế ộ ữ"),
        ("Hello", "e\u0301\u0323\u0302"),
        ("Stop", "————————————————————————"),
        ("Stop", "……………………………………"),
        ('``` py title="a" hl_lines="1"', '``` py title="b" hl_lines="1"'),
    ],
)
def test_what_people_write_is_not(message: str, translation: str) -> None:
    assert translation_excess(message, translation) is None


def test_a_page_over_a_limit_is_named_with_its_line(tmp_path: Path) -> None:
    for text in (MARKS, FENCE):
        (tmp_path / "page.md").write_text(f"# A page\n\n{text}\n", "utf-8")
        problem = read_page(tmp_path / "page.md", "docs/en/page.md")
        assert str(problem).startswith("docs/en/page.md:3: ")


def test_pages_of_any_length_are_no_excess() -> None:
    assert text_excess("A word. " * 100_000) is None
