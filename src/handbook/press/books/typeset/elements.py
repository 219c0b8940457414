"""The functions that convert each HTML element to Typst."""

from __future__ import annotations

from handbook.press.books.typeset import (
    blocks,
    boxes,
    inline,
    links,
    lists,
    notes,
    pictures,
    tables,
)
from handbook.press.books.typeset.writer import HEADINGS, Elements, Setter, Writer
from handbook.press.core.tree import SVG, Element, classes


def _nothing(writer: Writer, element: Element) -> str:
    return ""


_BOXES: dict[str, Setter] = {
    "footnote": _nothing,  # `notes` prints each footnote at the foot of its page
    "admonition": boxes.admonition,
    "tabbed-set": boxes.tabs,
    "cards": boxes.cards,
    "signals": pictures.signals,
    "highlight": blocks.codes,
}
"""The functions that convert a `div`, by its class."""


def _box(writer: Writer, element: Element) -> str:
    names = classes(element)
    setter = next((_BOXES[name] for name in _BOXES if name in names), Writer.blocks)
    return setter(writer, element)


_BLOCKS: dict[str, Setter] = {
    **dict.fromkeys(("address", "article", "aside", "fieldset", "footer"), Writer.blocks),
    **dict.fromkeys(("header", "main", "nav", "section"), Writer.blocks),
    **dict.fromkeys(HEADINGS, blocks.heading),
    "blockquote": blocks.quotation,
    "details": boxes.admonition,
    "div": _box,
    "dl": lists.terms,
    "figure": pictures.figure,
    "hr": blocks.rule,
    "ol": lists.steps,
    "p": blocks.paragraph,
    "pre": blocks.code,
    "table": tables.table,
    "template": _nothing,
    "ul": lists.points,
    f"{SVG}svg": pictures.drawing,
}
_INLINE: dict[str, Setter] = {
    **dict.fromkeys(("input", "script", "style"), _nothing),
    **dict.fromkeys(("b", "strong"), inline.wrapped("strong")),
    **dict.fromkeys(("em", "i"), inline.wrapped("emph")),
    **dict.fromkeys(("del", "s"), inline.lined("strike")),
    "a": links.link,
    "br": inline.line_break,
    "code": inline.code,
    "img": pictures.image,
    "ins": inline.lined("underline"),
    "kbd": inline.wrapped("key"),
    "mark": inline.wrapped("marked"),
    "q": inline.wrapped("inline-quote"),
    "ruby": inline.ruby,
    "small": inline.small,
    "span": inline.span,
    "sub": inline.wrapped("sub"),
    "sup": notes.superscript,
    "wbr": inline.break_chance,
    f"{SVG}svg": pictures.drawing,
}
ELEMENTS = Elements(_BLOCKS, _INLINE)
