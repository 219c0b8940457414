"""Conversion of blocks of text to Typst: headings, paragraphs, quotations, code."""

from __future__ import annotations

from handbook.press.books.typeset.typst import call, mark, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element

_WORDS = ".//text()[not(ancestor::a[contains(@class, 'headerlink')])]"


def heading(writer: Writer, element: Element) -> str:
    """Convert a heading, at most one level below the last: PDF/UA forbids skipped levels.

    It forbids headings without words too: those of a picture stand for it.
    """
    anchor = element.get("id")
    named = f"#{mark(writer.chapter.path, anchor)}" if anchor else ""
    has_words = any(map(str.strip, element.xpath(_WORDS)))
    words = "" if has_words else " ".join(filter(None, element.xpath(".//img/@alt"))).strip()
    with writer.where(notes=False):
        body = writer.line([words] if words else tree.nodes(element))
    if not has_words and not words:
        return body + named
    depth = writer.level = min(int(element.tag[1]), writer.level + 1)
    return (
        call("before", writer.next_spot())
        + call("head", f'"{depth}"', str(depth), f"[{body}]")
        + named
    )


def paragraph(writer: Writer, element: Element) -> str:
    """Convert a paragraph, which may be a picture alone; return "" if it is empty."""
    made = "".join(writer.paragraph(tree.nodes(element)))
    is_picture = not tree.text(element).strip() and element.find(".//img") is not None
    return writer.floating(element, made) if is_picture else made


def quotation(writer: Writer, element: Element) -> str:
    """Convert a block quotation."""
    return call("quoted", f"[{writer.blocks(element)}]")


def code(writer: Writer, element: Element) -> str:
    """Convert a code block."""
    lines = "".join(element.itertext()).rstrip("\n")
    writer.letters.update(lines)
    return call("code-block", string(lines))


def codes(writer: Writer, element: Element) -> str:
    """Convert highlighted code blocks, without the highlighting, which is for screens."""
    return "\n".join(code(writer, each) for each in element.iter("pre"))


def rule(writer: Writer, element: Element) -> str:
    """Convert an `<hr>`, the divider between two topics."""
    return "#divider"
