"""Footnotes: each is there, is read, and stands where the text reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.editing.draft import Draft, Finding
from handbook.bitext.page.segments import replace

_MARK = re.compile(
    r"(?P<begins>^[ \t>]*)?(?<!\\)\[\^(?P<name>[^\]\s]+)\](?P<ends>[:(]?)", re.MULTILINE
)
"""The mark of a footnote: what begins a line and ends with a colon begins the note itself."""
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
    read, there = _places(draft)
    if not draft.includes:
        yield from _alone(read, there)
    wanted = [name for name in read if name in there]
    found = [name for name in there if name in read]
    strays = (name for name, right in zip(found, wanted, strict=True) if name != right)
    if draft.is_numbered_by_notes and (name := next(strays, "")):
        does = "; handbook check --fix does so" if sorted_notes(draft) != draft.page.text else ""
        cure = f"put the notes into this order: {', '.join(wanted)}{does}"
        yield Finding(there[name], f"the notes stand in another order than the text has; {cure}")


def _places(draft: Draft) -> tuple[dict[str, int], dict[str, int]]:
    """Return where the text first reads each footnote, and where each is; in their order."""
    read, there = dict[str, int](), dict[str, int]()
    for mark in _MARK.finditer(draft.shown):
        is_note = mark["begins"] is not None and mark["ends"] == ":"
        if is_note or mark["ends"] != "(":
            (there if is_note else read).setdefault(mark["name"], mark.start("name") - 2)
    return read, there


def _alone(read: dict[str, int], there: dict[str, int]) -> Iterator[Finding]:
    """Yield each mark that no note is there for, and each note that no text reads."""
    for name in (each for each in read if each not in there):
        cure = f"write it at the end, [^{name}]: and its words, or take its mark out"
        yield Finding(read[name], f"there is no note [^{name}]; {cure}")
    for name in (each for each in there if each not in read):
        cure = f"put [^{name}] behind the words that it is for, or delete it"
        yield Finding(there[name], f"no text has the note [^{name}]; {cure}")


def sorted_notes(draft: Draft) -> str:
    """Return the text of a page with its notes in the order in which the text reads them.

    As it is where one is missing, twice there, in a box or read by nothing: then its author has to
    choose.
    """
    text, found = draft.page.text, list(_NOTE.finditer(draft.shown))
    names, read = [each["name"] for each in found], list(_places(draft)[0])
    is_wanted = draft.is_numbered_by_notes and draft.has("footnotes", "extra")
    if not is_wanted or sorted(names) != sorted(read):
        return text
    written = {each["name"]: text[each.start() : each.end()] for each in found}
    return replace(
        text, [(each.span(), written[name]) for each, name in zip(found, read, strict=True)]
    )
