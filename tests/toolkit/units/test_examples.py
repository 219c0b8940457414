"""Examples are documents: `examples/<case>/page.md`, a catalog, and the page they make.

Add a folder and you have added a test. `page.es.po` is merged with `page.md` as a build does
it; what is not current is shown in ⟪changed: …⟫ or ⟪missing: …⟫.
"""

from __future__ import annotations

from pathlib import Path

from folders import TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import State
from handbook.bitext.page import scan, segments
from handbook.bitext.translate import assemble, merge
from handbook.bitext.translate.proof import Original
from handbook.press.markdown import renderers
from rows import rows

CASES = sorted(case for case in (TOOLKIT / "examples").iterdir() if case.is_dir())


def label(state: State, text: str, source: str) -> str:
    return f"⟪{state}: {text}⟫"


@rows("case", CASES)
def test_example(case: Path) -> None:
    source = scan.read((case / "page.md").read_bytes().decode())
    catalogs = list(case.glob("page.*.po"))
    assert catalogs, f"{case.name}: add page.es.po, and page.es.md beside it"
    for file in catalogs:
        catalog = po.parse(file.read_bytes().decode())
        merged = merge.merge(source, catalog, path="page.md")
        result = assemble.assemble(source, merged, Original(source, renderers.whole()), label)
        expected = file.with_suffix(".md").read_bytes().decode()
        assert result.text == expected


def test_every_kind_of_text_has_an_example() -> None:
    """`segments.KINDS` is the list of what is known, and of what is tried here."""
    texts = [(case / "page.md").read_bytes().decode() for case in CASES]
    assert {segment.kind for text in texts for segment in scan.read(text).segments} == set(
        segments.KINDS
    )
