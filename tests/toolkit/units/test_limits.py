"""Limits: what would stop a machine is refused, quickly, and nothing that people write is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.catalog.units import Catalog, Unit
from bitext.limits import page_excess, text_excess, translation_excess
from bitext.page import scan
from bitext.page.segments import Segment
from bitext.project.reading import read_page
from bitext.translate.assemble import assemble
from bitext.translate.guards import refusal

MARKS = "o" + "\u0301" * 20_000
FENCE = "``` x " + 'a="" ' * 40 + "!"


@pytest.mark.parametrize(
    "translation", [MARKS, FENCE, "x" * 5000, f"> {FENCE}", "[^" * 300, "`" * 300]
)
def test_a_translation_over_a_limit_is_refused(translation: str) -> None:
    assert translation_excess("A sentence.", translation)
    assert refusal(Segment("paragraph", "A sentence.", ((0, 11),), ""), translation)


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Yes", "はい、そうです。" * 100),
        ("Hello", "Xin chào, tiếng Việt: ế ộ ữ"),
        ("A sentence of some words. " * 4, "<ruby>語<rt>ご</rt></ruby>" * 30),
        ("See [a](b.md) and *c*.", "Vea [a](b.md), ![x](y) y *c* (" + "*d* " * 40),
        ("Hello", "e\u0301\u0323\u0302"),
        ("Stop", "————————————————————————"),
        ("Stop", "……………………………………"),
        ('``` py title="a" hl_lines="1"', '``` py title="b" hl_lines="1"'),
    ],
)
def test_what_people_write_is_not(message: str, translation: str) -> None:
    assert translation_excess(message, translation) is None


def test_of_a_page_that_grows_too_long_the_longest_translations_are_refused() -> None:
    """Each is within its own limit; those that are as long as people write them stay."""
    innocent = [("A sentence of some words.", "Una frase de unas palabras."), None] * 500
    assert page_excess(innocent) == []
    padded = [*innocent, *[("Cell", "x" * 2_000)] * 200]
    refused = page_excess(padded)
    assert refused
    assert min(refused) >= len(innocent)
    left = [pair for n, pair in enumerate(padded) if n not in refused]
    assert page_excess(left) == []


def test_what_is_left_of_such_a_page_is_translated() -> None:
    page = scan.read("# Title\n\n" + "".join(f"Line {n}.\n\n" for n in range(100)))
    units = [Unit("Title", "Título", line=1)]
    units += [Unit(f"Line {n}.", "x" * 2_000, line=n + 2) for n in range(100)]
    made = assemble(page, Catalog({}, tuple(units)))
    assert made.text.startswith("# Título")
    assert len(made.text) < 60_000
    assert made.refusals
    assert all("one of the longest; shorten it" in each.reason for each in made.refusals)


def test_a_page_over_a_limit_is_named_with_its_line(tmp_path: Path) -> None:
    for text in (MARKS, FENCE):
        (tmp_path / "page.md").write_text(f"# A page\n\n{text}\n", "utf-8")
        problem = read_page(tmp_path / "page.md", "docs/en/page.md")
        assert str(problem).startswith("docs/en/page.md:3: ")


def test_pages_of_any_length_are_no_excess() -> None:
    assert text_excess("A word. " * 100_000) is None
