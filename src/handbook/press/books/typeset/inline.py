"""Conversion of inline elements to Typst: emphasis, code, ruby, text that is not up to date."""

from __future__ import annotations

from handbook.press.books.typeset.typst import call, content, string
from handbook.press.books.typeset.writer import Setter, Writer
from handbook.press.core import tree
from handbook.press.core.tree import Element, classes


def wrapped(name: str) -> Setter:
    """Return a function that converts an element to a call of Typst's `name`, or to "" if empty."""

    def wrap(writer: Writer, element: Element) -> str:
        body = writer.run(element)
        return f"#{name}[{body}]" if body else ""

    return wrap


LINED = ("del", "ins", "s")
"""Elements that have a line through or below their text; PDF/UA allows no second one there."""


def lined(name: str) -> Setter:
    """Return such a function for an element of `LINED`; within another it is left out."""
    convert = wrapped(name)

    def line(writer: Writer, element: Element) -> str:
        around = [*element.iterancestors(*LINED)]
        return writer.run(element) if around else convert(writer, element)

    return line


def code(writer: Writer, element: Element) -> str:
    """Convert inline code, with all its spaces."""
    text = "".join(element.itertext())
    writer.letters.update(text)
    writer.spaced = False
    return call("code", string(text))


def line_break(writer: Writer, element: Element) -> str:
    """Convert a line break, `<br>`."""
    writer.spaced = True
    return "#linebreak()"


def break_chance(writer: Writer, element: Element) -> str:
    """Convert a `<wbr>`, a place within a word where a line may break."""
    return '#"\u200b"'


def ruby(writer: Writer, element: Element) -> str:
    """Convert ruby: each base text with the reading that follows it."""
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
    """Convert a `<span>`; text that is not up to date is marked, with the label before it.

    An icon of the theme that says nothing is left out: it adorns what stands beside it.
    """
    if "twemoji" in classes(element) and not tree.text(element).strip():
        return ""
    state = next(iter(classes(element) & {"changed", "missing", "edited"}), None)
    body = writer.run(element)
    if not state or not body:
        return body
    note = element.getprevious()
    label = tree.text(note) if note is not None and _is_state(note) else ""
    lines = [*element.iter(*LINED), *element.iterancestors(*LINED)]
    given = string(state), content(label), f"[{body}]"
    return call("stale", *given, "lined: true") if lines else call("stale", *given)


def small(writer: Writer, element: Element) -> str:
    """Convert a `<small>`; a label of the passage after it is left out, since `span` prints it."""
    return "" if _is_state(element) else writer.run(element)


def _is_state(element: Element) -> bool:
    return "state" in classes(element)
