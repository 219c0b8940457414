"""Conversion of footnotes to Typst; their references in HTML are superscript numbers."""

from __future__ import annotations

from handbook.press.books.typeset.typst import call, mark, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element, classes


def superscript(writer: Writer, element: Element) -> str:
    """Convert superscript text; a footnote reference becomes the footnote."""
    anchor = element.find("a")
    if anchor is not None and "footnote-ref" in classes(anchor):
        apart = "#h(0.18em)#sym.wj" if "next-note" in classes(element) else ""
        return apart + _note(writer, anchor.get("href", "").removeprefix("#"))
    return f"#super[{writer.run(element)}]"


def _note(writer: Writer, name: str) -> str:
    """Return a footnote in Typst; for a further reference to it, only its number."""
    called = mark(writer.chapter.path, name)
    if name in writer.noted:
        return call("footnote", called)
    note = next(iter(writer.page.xpath(".//li[@id=$name]", name=name)), None)
    if note is None:
        return ""
    writer.noted.add(name)
    spoken = f"#spoken({string(writer.chapter.language)})"
    return f"#footnote[{spoken}{_noted(writer, note)}]#{called}"


def _noted(writer: Writer, note: Element) -> str:
    """Return a footnote's text in Typst; the line with the reference then continues unchanged."""
    spaced = writer.spaced
    with writer.where(notes=False):
        lone = len(note) == 1 and note[0].tag == "p"
        body = writer.line(tree.nodes(note[0])) if lone else writer.blocks(note)
    writer.spaced = spaced
    return body
