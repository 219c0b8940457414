"""Conversion of boxes to Typst: admonitions, tabs, cards."""

from __future__ import annotations

from handbook.bitext.problem import amount
from handbook.press.books.typeset.typst import array, call, string
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element, classes


def admonition(writer: Writer, element: Element) -> str:
    """Convert an admonition or a collapsible block, which is open on paper."""
    kind = min(classes(element) - {"admonition"}, default="note")
    title = next(filter(_is_title, element), None)
    caption = f"[{writer.line(tree.nodes(title))}]" if title is not None else "none"
    body = writer.flow(each for each in tree.nodes(element) if each is not title)
    return call("admonition", string(kind), caption, f"[{body}]")


def _is_title(element: Element) -> bool:
    return element.tag == "summary" or "admonition-title" in classes(element)


def tabs(writer: Writer, element: Element) -> str:
    """Convert tabs to blocks one below the other, each with its title."""
    labels = element.xpath("./div[contains(@class, 'tabbed-labels')]/label")
    blocks = element.xpath("./div/div[contains(@class, 'tabbed-block')]")
    if labels and len(labels) != len(blocks):
        fault = f"tabs have {amount(len(labels), 'label')} and {amount(len(blocks), 'block')}"
        writer.flaw("tabbed-set", f"{fault}; give each label a block")
    return "\n".join(
        call("titled", f"[{writer.line(tree.nodes(title))}]", f"[{writer.blocks(block)}]")
        for title, block in zip(labels, blocks, strict=False)
    )


def cards(writer: Writer, element: Element) -> str:
    """Convert cards to a grid, side by side, below what else is in their element."""
    each_card = element.findall("ul/li") or element.findall("div")
    holders = [*element.findall("ul"), *each_card]
    rest = writer.flow(each for each in tree.nodes(element) if each not in holders)
    made = call("cards", array(f"[{writer.blocks(card)}]" for card in each_card))
    return f"{rest}\n{made}" if each_card else rest
