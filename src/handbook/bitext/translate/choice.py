"""Join two versions of a unit that were made from a third.

What one side changed is taken; what both changed in the same way is taken once. One that both have
translated, each in another way, keeps both texts: it is fuzzy, so that no reader sees a text that
nobody chose, and the second text stands in its comment, where every editor shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from unicodedata import normalize

from handbook.bitext.catalog.units import ALSO, TWICE, Unit, in_comment

T = TypeVar("T")


def nfc(text: str) -> str:
    """Return a text in composed code points, in which texts are compared."""
    return text if text.isascii() else normalize("NFC", text)


def pick(base: T, ours: T, theirs: T, both: Callable[[T, T], T] | None = None) -> T:
    """Return what one side changed; what both changed is `both` of them, or ours."""
    if ours in (base, theirs):
        return theirs
    if theirs == base or both is None:
        return ours
    return both(ours, theirs)


def texts(unit: Unit) -> tuple[str, ...]:
    return tuple(nfc(each) for each in (unit.translation, *unit.plural[2:]))


def is_same(one: Unit | None, other: Unit) -> bool:
    """Tell whether two versions of a unit say and mark the same."""
    if one is None:
        return False
    marks = one.fuzzy, one.previous, one.is_twice
    return texts(one) == texts(other) and marks == (other.fuzzy, other.previous, other.is_twice)


def joined(base: Unit | None, ours: Unit, theirs: Unit) -> tuple[Unit, bool]:
    """Join two versions of a unit; tell whether it was translated twice."""
    chosen, aside, is_twice = _chosen(base, ours, theirs)
    start = base or ours._replace(comment="", flags=())
    comment = lines(start.comment, ours.comment, theirs.comment)
    line = (TWICE if is_twice else ALSO) + " / ".join(map(in_comment, filter(None, aside)))
    if aside and line not in comment.split("\n"):
        comment = lines(comment, comment, f"{comment}\n{line}".strip("\n"))
    unit = chosen._replace(
        places=pick(start.places, ours.places, theirs.places),
        note=pick(start.note, ours.note, theirs.note),
        flags=tuple(_rows(start.flags, ours.flags, theirs.flags)),
        comment=comment,
    )
    if is_twice and not unit.fuzzy:  # what a tool left behind may not make it a changed one
        unit = unit._replace(fuzzy=True, previous=None, previous_context=None, previous_plural=None)
    return unit, is_twice


def _chosen(base: Unit | None, ours: Unit, theirs: Unit) -> tuple[Unit, tuple[str, ...], bool]:
    """Return the version to keep, the texts of the other to note, and whether both are as good."""
    if is_same(ours, theirs) or is_same(base, theirs):
        return ours, (), False
    if is_same(base, ours):
        return theirs, (), False
    states = ours.state, theirs.state
    if "missing" in states:
        kept, other = (theirs, ours) if ours.state == "missing" else (ours, theirs)
        return kept, texts(other) if any(texts(other)) else (), False  # a form of a plural
    if texts(ours) == texts(theirs):
        return _marked(base, ours, theirs), (), False
    for one, other in ((ours, theirs), (theirs, ours)):
        is_marked = one.state != "current" and not one.is_twice
        if base and is_marked and texts(one) == texts(base):
            return other, (), False  # it is newer than what was marked
    if ours.is_twice != theirs.is_twice:  # a choice that is open: theirs is one text more
        choice, other = (ours, theirs) if ours.is_twice else (theirs, ours)
        return choice, texts(other), True
    if ("current" in states) == (states == ("current", "current")):  # both, or neither
        is_known = ours.state == "suggested" and theirs.state == "changed"
        return _naming(ours, theirs) if is_known else ours, texts(theirs), True
    kept, other = (ours, theirs) if ours.state == "current" else (theirs, ours)
    return kept, texts(other), False


def _naming(unit: Unit, like: Unit) -> Unit:
    """Return a unit with the earlier message of another."""
    return unit._replace(previous=like.previous, previous_context=like.previous_context)


def _marked(base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """Return which of two versions with one text to keep: the mark that is not the one of `base`.

    Where both marks are new, the one that is not current: somebody wants it to be looked at. So
    does a choice that was not open in `base`.
    """
    if ours.is_twice != theirs.is_twice and not (base and base.is_twice):
        return ours if ours.is_twice else theirs
    if base and ours.fuzzy != theirs.fuzzy and texts(base) == texts(ours):
        return ours if ours.fuzzy != base.fuzzy else theirs
    return ours if ours.fuzzy else theirs


def lines(base: str, ours: str, theirs: str) -> str:
    """Join two versions of a comment, line by line."""
    if ours == theirs:
        return ours
    start, one, other = (each.split("\n") if each else [] for each in (base, ours, theirs))
    return "\n".join(_rows(start, one, other))


def _rows(base: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Return the rows of both sides without those that one of them has taken out of `base`."""
    start, one, other = list(base), list(ours), list(theirs)
    if one == start:
        return other
    if other in (start, one):
        return one
    gone = {row for row in start if row not in one or row not in other}
    return [
        *(row for row in one if row not in gone),
        *(row for row in other if row not in gone and row not in one),
    ]
