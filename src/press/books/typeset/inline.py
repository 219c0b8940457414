"""What stands within a line: words set off, code, readings, older text."""

from __future__ import annotations

from press.books.typeset.typst import call, content, string
from press.books.typeset.writer import Setter, Writer
from press.core import tree
from press.core.tree import Element, classes


def wrapped(name: str) -> Setter:
    """What sets an element's text by a call of `name`, if it says anything."""

    def wrap(writer: Writer, element: Element) -> str:
        body = writer.run(element)
        return f"#{name}[{body}]" if body else ""

    return wrap


def code(writer: Writer, element: Element) -> str:
    """Code, with every blank that it has."""
    words = "".join(element.itertext())
    writer.letters.update(words)
    writer.spaced = False
    return call("code", string(words))


def line_break(writer: Writer, element: Element) -> str:
    """The end of a line."""
    writer.spaced = True
    return "#linebreak()"


def break_chance(writer: Writer, element: Element) -> str:
    """Where a line may end within a word."""
    return '#"\u200b"'


def ruby(writer: Writer, element: Element) -> str:
    """Each run of text with the reading that follows it."""
    made, base = "", writer.say(element.text or "")
    for child in element:
        if child.tag == "rt":
            made += call("ruby", f"[{base}]", f"[{writer.run(child)}]")
            base = ""
        elif child.tag != "rp":
            base += writer.inline(child)
        base += writer.say(child.tail or "")
    return made + base


def span(writer: Writer, element: Element) -> str:
    """Text; what is not up to date is marked, with the words that tell of it."""
    state = next(iter(classes(element) & {"changed", "missing", "edited"}), None)
    body = writer.run(element)
    if not state or not body:
        return body
    note = element.getprevious()
    told = tree.text(note) if note is not None and _is_state(note) else ""
    return call("stale", string(state), content(told), f"[{body}]")


def small(writer: Writer, element: Element) -> str:
    """Text, but for words that tell of what follows."""
    return "" if _is_state(element) else writer.run(element)


def _is_state(element: Element) -> bool:
    return "state" in classes(element)
