"""Conversion of blocks of text to Typst: headings, paragraphs, quotations, code."""

from __future__ import annotations

from handbook.press.books.typeset.typst import call, mark, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element

_PERMALINK = "contains(@class, 'headerlink')"
_WORDS = f""".//text()[not(ancestor::a[{_PERMALINK}] or ancestor::rt or ancestor::rp
    or ancestor::sup[starts-with(@id, 'fnref')])]"""
_DRESSED = f"boolean(*[not({_PERMALINK})])"


def heading(writer: Writer, element: Element) -> str:
    """Convert a heading, at most one level below the last: PDF/UA forbids skipped levels.

    It forbids headings without words too: those of a picture stand for it.
    """
    anchor = element.get("id")
    named = f"#{mark(writer.chapter.path, anchor)}" if anchor else ""
    said = " ".join("".join(element.xpath(_WORDS)).replace("\N{WORD JOINER}", "").split())
    words = said or " ".join(filter(None, element.xpath(".//img/@alt"))).strip()
    with writer.where(notes=False):
        body = writer.line(tree.nodes(element) if said else [words])
    if not words:
        return body + named
    depth = writer.level = min(int(element.tag[1]), writer.level + 1)
    is_more = bool(writer.here.blanks) or element.xpath(_DRESSED)
    about = [f"words: {string(words)}"] if is_more else []
    made = call("head", f'"{depth}"', str(depth), f"[{body}]", *about)
    return call("before", writer.next_spot()) + made + named


def paragraph(writer: Writer, element: Element) -> str:
    """Convert a paragraph, which may be a picture alone; return "" if it is empty."""
    made = "".join(writer.paragraph(tree.nodes(element)))
    is_picture = not tree.text(element).strip() and element.find(".//img") is not None
    return writer.floating(element, made) if is_picture else made


def quotation(writer: Writer, element: Element) -> str:
    """Convert a block quotation."""
    return call("quoted", f"[{writer.blocks(element)}]")


def code(writer: Writer, element: Element, *title: str) -> str:
    """Convert a code block, below its title if it has one; numbers of its lines are left out."""
    lines = "".join(element.xpath(_CODE)).rstrip("\n")
    writer.letters.update(lines)
    return call("code-block", string(lines), *title)


def codes(writer: Writer, element: Element) -> str:
    """Convert highlighted code blocks, without the highlighting, which is for screens."""
    titles = element.xpath(".//span[@class='filename']")
    title = [f"[{writer.line(tree.nodes(each))}]" for each in titles[:1]]
    shown = (each for each in element.iter("pre") if each.xpath(_CODE))
    return "\n".join(code(writer, each, *title) for each in shown)


_CODE = ".//text()[not(ancestor::*[contains(@class, 'linenos')])]"


def rule(writer: Writer, element: Element) -> str:
    """Convert an `<hr>`, the divider between two topics."""
    return "#divider"
