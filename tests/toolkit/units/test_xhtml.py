"""HTML as e-readers want it."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from folders import TOOLKIT
from handbook.press.books.epub import xhtml
from handbook.press.books.played import link_played
from handbook.press.core import tree
from rows import rows

# One of everything that pages may hold; identity is where its links and images lead.
_CONSTRUCTS = TOOLKIT / "epub"


@rows("source", sorted(_CONSTRUCTS.glob("*.html")))
def test_constructs(source: Path) -> None:
    content = tree.parse(source.read_text("utf-8"))
    link_played(content)
    made = xhtml.convert(
        content,
        lambda href: href,
        lambda source: "" if ":" in source else source,
    )
    text = etree.tostring(made, encoding="unicode", pretty_print=False)
    assert text.rstrip() == source.with_suffix(".xhtml").read_text("utf-8").rstrip()
