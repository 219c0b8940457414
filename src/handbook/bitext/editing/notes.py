"""Footnotes: each is there, is read, and stands where the text reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.editing.draft import Draft, Finding
from handbook.bitext.page.segments import replace

_READ = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE = re.compile(
    r"^\[\^(?P<name>[^\]\s]+)\]:[^\n]*(?:\n(?:[ \t]*\n)*(?: {4}|\t)[^\n]*|\n(?!\[\^)[^\s#][^\n]*)*",
    re.MULTILINE,
)
"""A footnote with the lines that go on below it."""


def notes(draft: Draft) -> Iterator[Finding]:
    """A footnote that is not there, that no text reads, or that is not in its place.

    Readers would see its mark as it is written, a note that belongs to nothing, or numbers that are
    out of order.
    """
    if not draft.has("footnotes", "extra"):
        return
    read = {each[1]: each.start() for each in reversed(list(_READ.finditer(draft.body)))}
    there = {each["name"]: each.start() for each in _NOTE.finditer(draft.body)}
    for name in read.keys() - there.keys():
        cure = f"write it at the end, [^{name}]: and its words, or take its mark out"
        yield Finding(read[name], f"there is no note [^{name}]; {cure}")
    for name in there.keys() - read.keys():
        cure = f"put [^{name}] behind the words that it is for, or delete it"
        yield Finding(there[name], f"no text has the note [^{name}]; {cure}")
    wanted = [name for name in _in_order(read) if name in there]
    strays = (
        name for name, right in zip(_in_order(there, read), wanted, strict=True) if name != right
    )
    if name := next(strays, ""):
        cure = f"put the notes into this order: {', '.join(wanted)}; handbook check --fix does so"
        yield Finding(there[name], f"the notes stand in another order than the text has; {cure}")


def _in_order(places: dict[str, int], among: dict[str, int] | None = None) -> list[str]:
    """Return names by their places on the page, those alone that are `among` others."""
    names = places if among is None else places.keys() & among.keys()
    return sorted(names, key=lambda name: places[name])


def sorted_notes(draft: Draft) -> str:
    """Return the text of a page with its notes in the order in which the text reads them.

    As it is where one is missing, twice there, or read by nothing: then its author has to choose.
    """
    text, found = draft.page.text, list(_NOTE.finditer(draft.body))
    names = [each["name"] for each in found]
    read = list(dict.fromkeys(each[1] for each in _READ.finditer(draft.body)))
    if not draft.has("footnotes", "extra") or sorted(names) != sorted(read):
        return text
    written = {each["name"]: text[each.start() : each.end()] for each in found}
    return replace(
        text, [(each.span(), written[name]) for each, name in zip(found, read, strict=True)]
    )
