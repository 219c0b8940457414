"""The handbook's pages as Markdown: a translation changes words alone, plain text stays plain."""

from __future__ import annotations

import markdown
import pytest

from folders import ROOT
from handbook.bitext.page import frontmatter, scan
from handbook.bitext.translate import skeleton, splice
from handbook.bitext.translate.proof import NOT_RENDERED
from handbook.press.core.config import load
from handbook.press.markdown import renderers


@pytest.mark.long
def test_the_handbook_keeps_law_2() -> None:
    render_page = renderers.whole()
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text = file.read_text("utf-8")
        source = scan.read(text)
        texts = [None if s.kind in NOT_RENDERED else f"⟦{s.message}⟧" for s in source.segments]
        start = frontmatter.end(text)
        before = skeleton.skeleton(render_page(text[start:]))
        after = skeleton.skeleton(render_page(splice.splice(source, texts)[start:]))
        assert before.allows(after), file


@pytest.mark.long
def test_unmarked_text_comes_out_as_it_did() -> None:
    config = load(ROOT)
    extensions = [
        each for each in config.markdown_extensions if each != "handbook.press.markdown.unmarked"
    ]
    plain, ours = (
        markdown.Markdown(extensions=each, extension_configs=config.mdx_configs)
        for each in (extensions, [*extensions, "handbook.press.markdown.unmarked"])
    )
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text = file.read_text("utf-8")
        text = text[frontmatter.end(text) :]
        assert ours.reset().convert(text) == plain.reset().convert(text), file
