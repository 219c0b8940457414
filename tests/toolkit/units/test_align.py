"""A page and an older translation of it become a catalog.

`alignments/<case>/` holds a page, the translation in `page.<language>.md` and the catalog
that must come out, `page.<language>.po`. Add a folder and you have added a test.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.catalog import po
from bitext.catalog.units import Catalog, empty
from bitext.languages.registry import Languages
from bitext.page import scan
from bitext.page.segments import Page
from bitext.translate.align import align, pairs
from folders import TOOLKIT

CASES = sorted((TOOLKIT / "alignments").glob("*/page.*.md"))
BLOCKS = [
    "# Uno\n\n",
    "Dos.\n\n",
    "- Tres\n- Cuatro 4\n\n",
    "| A |\n| - |\n| B |\n\n",
    "Cinco [seis](x.md), que es más largo que el resto.\n\n",
    "Siete\n:   Ocho\n\n",
]
PAGES = st.lists(st.sampled_from(BLOCKS), max_size=8).map("".join).map(scan.read)


def aligned(file: Path) -> Catalog:
    page = scan.read((file.parent / "page.md").read_text("utf-8"))
    language = file.suffixes[0][1:]
    start = empty(language, "en", "handbook", Languages()[language].plural_forms)
    return align(page, scan.read(file.read_text("utf-8")), start, "page.md")


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.parent.name)
def test_alignment(file: Path) -> None:
    assert po.dump(aligned(file)) == file.with_suffix(".po").read_text("utf-8")


@settings(max_examples=200, deadline=None)
@given(PAGES, PAGES)
def test_pairs_are_in_order_of_one_kind_and_nothing_is_paired_twice(
    page: Page, translated: Page
) -> None:
    found = pairs(page, translated)
    for each, segments in enumerate((page.segments, translated.segments)):
        places = [segments.index(pair[each]) for pair in found]
        assert all(before < after for before, after in pairwise(places))
    assert all(mine.kind == theirs.kind for mine, theirs in found)


def test_a_translation_that_there_is_stays() -> None:
    page = scan.read("# One\n\nTwo.\n")
    known = align(page, scan.read("# Uno\n\nDos.\n"), empty("es", "en", "handbook"))
    again = align(page, scan.read("# Primero\n\nSegundo.\n"), known)
    assert [unit.translation for unit in again.units] == ["Uno", "Dos."]
