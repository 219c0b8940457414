"""The handbook's pages: of each, a translation can change nothing but words."""

from __future__ import annotations

import pytest

from bitext.page import frontmatter, scan
from bitext.translate import assemble, skeleton, splice
from folders import ROOT
from press.markdown import renderers


@pytest.mark.long
def test_the_handbook_keeps_law_2() -> None:
    render_page = renderers.whole()
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text = file.read_text("utf-8")
        source = scan.read(text)
        texts = [
            None if s.kind in assemble._NOT_RENDERED else f"⟦{s.message}⟧" for s in source.segments
        ]
        start = frontmatter.end(text)
        before = skeleton.skeleton(render_page(text[start:]))
        after = skeleton.skeleton(render_page(splice.splice(source, texts)[start:]))
        assert before.allows(after), file
