"""Conversion of lists to Typst: bulleted, numbered, task and definition lists."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.press.books.typeset.typst import array, flag
from handbook.press.books.typeset.writer import Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element, Node, classes


def points(writer: Writer, element: Element) -> str:
    """Convert a bulleted list or a task list."""
    if "task-list" in classes(element):
        return _tasks(writer, element)
    return _list(writer, element, "list")


def steps(writer: Writer, element: Element) -> str:
    """Convert a numbered list."""
    return _list(writer, element, "enum", f"start: {tree.number(element, 'start', 1)}, ")


def _list(writer: Writer, element: Element, name: str, start: str = "") -> str:
    """Convert a list to a call of Typst's `name`."""
    items = element.findall("li")
    tight = all(map(_is_bare, items))
    made = array(f"[{writer.blocks(each, bare=_is_bare(each))}]" for each in items)
    return f"#{name}(tight: {flag(tight)}, {start}{made})"


def _is_bare(element: Element) -> bool:
    """Tell whether the text of an item is not in a `<p>`."""
    return element.find("p") is None


def _tasks(writer: Writer, element: Element) -> str:
    return f"#tasks({array(_task(writer, each) for each in element.iterfind('li'))})"


def _task(writer: Writer, item: Element) -> str:
    done = item.xpath("boolean((.//input[@type='checkbox'])[1]/@checked)")
    return f"({flag(done)}, [{writer.blocks(item, bare=True)}])"


def terms(writer: Writer, element: Element) -> str:
    """Convert a definition list."""
    return f"#entries({array(_entry(writer, *each) for each in _entries(element))})"


def _entries(element: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """Yield each group of terms with the same meaning, and their definitions."""
    names: list[Element] = []
    meanings: list[Element] = []
    for child in element.xpath("./*[not(self::div)] | ./div/*"):  # HTML may group each entry
        if child.tag == "dt" and meanings:
            yield names, meanings
            names, meanings = [], []
        (names if child.tag == "dt" else meanings).append(child)
    if names or meanings:
        yield names, meanings


def _entry(writer: Writer, names: list[Element], definitions: list[Element]) -> str:
    """Convert the terms and definitions of one entry to a pair in Typst.

    The other version of a term that is not current goes to its definitions: a term is a line.
    """
    name = "#linebreak()".join(
        writer.line(node for node in tree.nodes(each) if not _is_passage(node))
        + writer.anchor(each)
        for each in names
    )
    others = [node for each in names for node in each if _is_passage(node)]
    lone = len(definitions) == 1 and _is_bare(definitions[0]) and not others
    meanings = (writer.blocks(each, bare=lone) for each in definitions)
    body = "\n".join((*map(writer.block, others), *meanings))
    return f"([{name}], [{body}])"


def _is_passage(node: Node) -> bool:
    return not isinstance(node, str) and "passage" in classes(node)
