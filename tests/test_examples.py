"""Examples are documents: `examples/<case>/page.md`, a catalog, and the page they make.

Add a folder and you have added a test. `page.es.po` is merged with `page.md` as a build does
it; what is not current is shown between ⟪changed⟫ or ⟪missing⟫ marks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext import assemble, merge, scan
from bitext import catalog as po
from press import markdown

CASES = sorted((Path(__file__).parent / "examples").iterdir())


def mark(state: po.State, text: str) -> str:
    return f"⟪{state}: {text}⟫"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example(case: Path) -> None:
    page = scan.read((case / "page.md").read_bytes().decode())
    for file in case.glob("page.*.po"):
        catalog = po.parse(file.read_bytes().decode())
        merged = merge.merge(page, catalog, path="page.md")
        result = assemble.assemble(page, merged, markdown.whole(), mark)
        expected = file.with_suffix(".md").read_bytes().decode()
        assert result.text == expected
