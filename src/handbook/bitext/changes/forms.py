"""What a reader sees of a passage besides its words: its list, its checkbox, its box, where it is.

Read off the lines of the page, as the scanner reads them; what only the file shows, such as the
sign of a bullet or the width of a column, is no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handbook.bitext.page import fences
from handbook.bitext.page.lines import TAB

Form = Mapping[str, str]
"""The form of a passage: what of it has a name below, and how that is.

`level`: how deep a heading is. `depth`: in how many items an item is, itself counted. `marker`:
`bullet` or `number`. `number`: the first of a list. `tick`: `none`, `empty` or `ticked`. `box`: the
kind of a box, as its author names it. `fold`: `open`, `closed`, or `opened`, which can be closed.
`within`: `text`, `box`, `tab`, or the kind of a box without a title. `quote`: how many quotations
it stands in. `lines`: into how many lines its author has broken it.
"""


class FormChange(NamedTuple):
    """Something about a passage that is otherwise now, its words and links aside."""

    name: str
    old: str
    new: str


def changed(old: Form, new: Form) -> tuple[FormChange, ...]:
    """Return in what two forms differ; what only one of them can have is told by its kind."""
    return tuple(
        FormChange(name, old[name], value)
        for name, value in new.items()
        if name in old and old[name] != value
    )


class Place(NamedTuple):
    """Where a passage begins, and the kind of its segment."""

    offset: int
    kind: str
    level: int = 0
    """Of a heading, how deep it is; else 0."""


def forms(text: str, places: Iterable[Place]) -> list[Form]:
    """Return the form of each passage of a page; `places` are in the order of the page."""
    walk = _Walk()
    openings = _openings(text)
    opening = next(openings, None)
    found: list[Form] = []
    for place in places:
        start = text.rfind("\n", 0, place.offset) + 1
        while opening is not None and opening.start() <= start:
            walk.open(opening)
            opening = next(openings, None)
        found.append(walk.form(place, start, text[start : place.offset]))
    return found


_OPENING = re.compile(
    r"""^(?P<before>[ \t>]*)(?:
      (?P<sign>!!!|\?{3}\+?)[ \t]+(?P<kind>[\w-]+)(?:[ \t]+[\w-]+)*[ \t]*(?P<title>"[^\n]*")?
    | (?P<tab>===[!+]*)[ \t]+"[^\n]*"
    | (?P<slashes>/{3,})[ \t]*(?P<name>[\w-]*)[^\n]*
    )[ \t]*$""",
    re.MULTILINE | re.VERBOSE,
)
"""The line that opens a box or a tab; one of slashes alone closes a box."""
_ITEM = re.compile(r"(?P<marker>[-*+]|\(?[\w#]+[.)])[ \t]+(?:\[(?P<tick>[ xX])\][ \t]+)?$")
_FOLDS = {"!!!": "open", "???": "closed", "???+": "opened"}


def _openings(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that open or close a box or a tab, outside of code."""
    if not any(sign in text for sign in ("!!!", "???", "===", "///")):
        return
    code = [(start, fence.end) for start, fence in fences.find(text, 0)]
    for found in _OPENING.finditer(text):
        if not any(start < found.start() < end for start, end in code):
            yield found


class _Box(NamedTuple):
    """A box or a tab that is open."""

    column: int
    slashes: str
    within: str
    """What stands in it, stands `within` this."""


class _Item(NamedTuple):
    column: int
    is_numbered: bool


@dataclass
class _Walk:
    """A walk down a page: which boxes and lists are open where it has got to."""

    boxes: list[_Box] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    start: int = -1
    """Where the last opening line begins."""
    last: Mapping[str, str] = field(default_factory=dict)
    """What the title on that line says of its box."""

    def open(self, found: re.Match[str]) -> None:
        """Open the box or tab of a line; or close one."""
        self.start, self.last = found.start(), {}
        column = _column(found["before"])
        if slashes := found["slashes"]:
            if not found["name"]:
                self._close(slashes)
                return
            self.last = {"box": found["name"]}
            self.boxes.append(_Box(-1, slashes, "box"))
            return
        self._leave(column)
        if found["tab"]:
            self.boxes.append(_Box(column, "", "tab"))
            return
        self.last = {"box": found["kind"], "fold": _FOLDS[found["sign"]]}
        within = found["kind"] if found["title"] == '""' else "box"
        self.boxes.append(_Box(column, "", within))

    def _close(self, slashes: str) -> None:
        """Close the box that was opened with as many slashes, and all that are in it."""
        for n in range(len(self.boxes) - 1, -1, -1):
            if self.boxes[n].slashes == slashes:
                del self.boxes[n:]
                return

    def _leave(self, column: int) -> None:
        """Close the boxes that a line at a column is no longer in."""
        while self.boxes and not self.boxes[-1].slashes and self.boxes[-1].column >= column:
            self.boxes.pop()

    def form(self, place: Place, start: int, before: str) -> Form:
        """Return the form of a passage; `before` is what stands before it in its line."""
        is_title = start == self.start
        column = _column(before)
        if not is_title:
            self._leave(column)
        outer = self.boxes[:-1] if is_title else self.boxes
        form: dict[str, str] = {}
        if place.level:
            form["level"] = str(place.level)
        form |= self._listed(place, column, before)
        if is_title:
            form |= self.last
        quotes = before[: len(before) - len(before.lstrip(" \t>"))].count(">")
        return {
            **form,
            "within": outer[-1].within if outer else "text",
            "quote": str(quotes),
        }

    def _listed(self, place: Place, column: int, before: str) -> dict[str, str]:
        """Return what is to be said of an item, and note which lists are open.

        However far it is indented: only what stands further right than an item is in it.
        """
        last = None
        while self.items and self.items[-1].column >= column:
            last = self.items.pop()
        if place.kind != "item":
            return {}
        found = _ITEM.search(before)
        marker = found["marker"] if found else ""
        tick = found["tick"] if found else None
        is_numbered = marker not in "-*+"
        is_first = last is None or last.column != column
        self.items.append(_Item(column, is_numbered))
        return {
            "depth": str(len(self.items)),
            "marker": "number" if is_numbered else "bullet",
            **({"number": marker.strip("(.)")} if is_numbered and is_first else {}),
            "tick": "none" if tick is None else "empty" if tick == " " else "ticked",
        }


def _column(before: str) -> int:
    """Return the column at which a line begins, its signs of quotation left out."""
    row = before.expandtabs(TAB)
    indent = row[: len(row) - len(row.lstrip(" >"))]
    return len(_QUOTE.sub("", indent))


_QUOTE = re.compile("> ?")
