"""Number the passages of a page: `3.12` is the twelfth passage of its third section.

The numbers are counted from the source page, so they are the same in every language; nothing is
stored in the page. A passage is a paragraph, the text of a list's item or of a definition, or a
row of a table. A section begins at each heading of the first or second level; the text before the
first of them is section 0, and the page's title begins none. Footnotes have numbers of their own.
"""

from __future__ import annotations

from typing import NamedTuple

from handbook.bitext.page.segments import Page, Segment

_PASSAGES = frozenset(("paragraph", "item", "cell"))


class Numbered(NamedTuple):
    """A numbered passage of a page."""

    section: int
    place: int
    """Counted from 1 in its section."""
    segments: tuple[int, ...]
    """The indexes of its segments: several for a row of a table, otherwise one."""
    heading: int | None = None
    """The index of the segment with the heading of its section; None before the first."""

    @property
    def number(self) -> str:
        """What people call it: `3.12`."""
        return f"{self.section}.{self.place}"


def numbered(page: Page) -> tuple[Numbered, ...]:
    """Return the numbered passages of a page, in the order of its text."""
    found: list[Numbered] = []
    last: Segment | None = None
    section = place = 0
    heading: int | None = None
    is_titled = False
    for index, segment in enumerate(page.segments):
        if segment.is_apart or not segment.spans:
            continue
        if segment.kind == "heading":
            level = page.level(segment)
            if level == 2 or (level == 1 and is_titled):
                section, place, heading = section + 1, 0, index
            is_titled = True
        elif segment.kind in _PASSAGES:
            if last is not None and _is_same_row(page, last, segment):
                found[-1] = found[-1]._replace(segments=(*found[-1].segments, index))
            else:
                place += 1
                found.append(Numbered(section, place, (index,), heading))
            last = segment
    return tuple(found)


def _is_same_row(page: Page, one: Segment, other: Segment) -> bool:
    """Tell whether two segments are cells of one row."""
    return (
        one.kind == other.kind == "cell"
        and "\n" not in page.text[one.spans[0][0] : other.spans[0][0]]
    )
