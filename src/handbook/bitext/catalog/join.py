"""Join two versions of a catalog that were made from a third, unit by unit.

What one side changed is taken; what both changed in the same way is taken once. A unit that both
have translated, each in another way, keeps both texts: it is fuzzy, so that no reader sees a text
that nobody chose, and the second text stands in its comment, where every editor shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from rapidfuzz import fuzz, process

from handbook.bitext.catalog import headers
from handbook.bitext.catalog.units import ALSO, TWICE, Catalog, Unit, in_comment, with_others

T = TypeVar("T")

_EDITED = 75.0
"""The least likeness (per cent) of a message to the one without translation it was edited from."""


class Joined(NamedTuple):
    """What became of two versions of a catalog."""

    catalog: Catalog
    twice: tuple[Unit, ...]
    """The units that both sides have translated, each in another way."""


@dataclass(frozen=True)
class _Side:
    """The units of one version, by key in NFC: those in use, and the obsolete ones."""

    used: dict[str, Unit]
    retired: dict[str, Unit]

    @classmethod
    def of(cls, catalog: Catalog) -> _Side:
        used = {_nfc(unit.key): unit for unit in catalog.units}
        retired = {_nfc(unit.key): unit for unit in catalog.obsolete}
        return cls(used, {key: unit for key, unit in retired.items() if key not in used})

    def unit(self, key: str) -> Unit | None:
        return self.used.get(key) or self.retired.get(key)

    def place(self, key: str) -> str:
        return "used" if key in self.used else "retired" if key in self.retired else ""


def _nfc(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)


def join(base: Catalog, ours: Catalog, theirs: Catalog) -> Joined:
    """Join `ours` and `theirs`, which were both made from `base`.

    `base` is a catalog without units where the two have no common version.
    """
    start, one, other = _sides(base, ours, theirs)
    is_theirs = list(one.used) == list(start.used)
    first, second = (other, one) if is_theirs else (one, other)
    keys = _merged([*first.used, *first.retired], [*second.used, *second.retired])
    found = {key: made for key in keys if (made := _joined(start, one, other, key))}
    used = _merged(list(first.used), list(second.used))
    units = [found[key] for key in used if key in found and found[key].place == "used"]
    # As they stand among obsolete units, so that no line moves for nothing; behind them what came.
    sides = [list(one.retired), list(other.retired)]
    if sides[0] == list(start.retired):
        sides.reverse()
    order = dict.fromkeys([*_merged(*sides), *keys])
    retired = [found[key] for key in order if key in found and found[key].place == "retired"]
    catalog = replace(
        theirs if is_theirs else ours,
        header=_header(base.header, ours.header, theirs.header),
        comment=_lines(base.comment, ours.comment, theirs.comment),
        units=tuple(each.unit for each in units),
        obsolete=tuple(each.unit for each in retired),
    )
    return Joined(catalog, tuple(each.unit for each in (*units, *retired) if each.is_twice))


def _sides(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[_Side, _Side, _Side]:
    """Return the three catalogs as sides, with what tools have dropped, and both sides' edits."""
    start = _Side.of(base)
    one, other = (_remembering(start, _Side.of(each)) for each in (ours, theirs))
    one, other = _complete(start, one), _complete(start, other)
    start = _with_edits_of_both(start, one, other)
    one, other = _carry(start, one, other)
    other, one = _carry(start, other, one)
    return start, one, other


class _Found(NamedTuple):
    """What became of a unit."""

    unit: Unit
    place: str
    is_twice: bool = False


def _joined(base: _Side, ours: _Side, theirs: _Side, key: str) -> _Found | None:
    """Return what becomes of the unit with a key; None if it is dropped."""
    old, one, other = base.unit(key), ours.unit(key), theirs.unit(key)
    place = _pick(base.place(key), ours.place(key), theirs.place(key), _in_use)
    if one is None or other is None:
        kept = one or other
        if kept is None or (not place and _is_same(old, kept)):
            return None
        return _Found(kept, place or "retired")
    unit, is_twice = _unit(old, one, other)
    return _Found(unit, place, is_twice) if place else None


def _in_use(ours: str, theirs: str) -> str:
    return "used" if "used" in (ours, theirs) else "retired"


def _pick(base: T, ours: T, theirs: T, both: Callable[[T, T], T] | None = None) -> T:
    """Return what one side changed; what both changed is `both` of them, or ours."""
    if ours in (base, theirs):
        return theirs
    if theirs == base or both is None:
        return ours
    return both(ours, theirs)


# -- what tools drop, and edits of pages ---------------------------------------------------------


def _remembering(base: _Side, side: _Side) -> _Side:
    """Return a side with the earlier messages that a tool has dropped from fuzzy units."""
    used = {key: remembering(unit, base.used.get(key)) for key, unit in side.used.items()}
    return replace(side, used=used)


def remembering(unit: Unit, before: Unit | None) -> Unit:
    """Return a fuzzy unit with the earlier message that it had `before`, if a tool dropped it.

    Weblate's merge, msgmerge without --previous and editors that are told *needs work* forget it.
    """
    is_forgotten = (
        before is not None
        and unit.fuzzy
        and unit.previous is None
        and before.state == "changed"
        and unit.key == before.key
        and unit.translation == before.translation
        and not unit.is_twice
    )
    if before is None or not is_forgotten:
        return unit
    return unit._replace(
        previous=before.previous,
        previous_context=before.previous_context,
        previous_plural=before.previous_plural,
    )


def _complete(base: _Side, side: _Side) -> _Side:
    """Return a side with the translated units that it lacks and has nothing in the place of.

    A tool has dropped them: an update keeps what was translated as an obsolete unit, or as the
    translation of another message, which is then a new one.
    """
    if any(base.unit(key) is None for key in side.used):
        return side
    lost = {
        key: unit
        for key, unit in base.used.items()
        if unit.translation not in ("", unit.message) and not side.place(key)
    }
    return _Side({**side.used, **lost}, side.retired) if lost else side


def _edits(base: _Side, side: _Side) -> dict[str, str]:
    """Return by the key of each edited message of a side the key that it had in `base`."""
    gone = {key: unit for key, unit in base.used.items() if key not in side.used}
    new = {key: unit for key, unit in side.used.items() if key not in base.used}
    by_text: dict[str, list[str]] = {}
    for old, before in gone.items():
        for text in {_nfc(before.message), before.translation} - {""}:  # that says nothing
            by_text.setdefault(text, []).append(old)
    found: dict[str, str] = {}
    for key, unit in new.items() if gone else ():
        previous = by_text.get(_nfc(unit.previous), ()) if unit.previous else ()
        near = dict.fromkeys((*previous, *by_text.get(unit.translation, ())))
        alike = [old for old in near if _was_edited(gone[old], unit)]
        if len(alike) == 1:
            found[key] = alike[0]
    return found | _edits_without_translation(gone, new, found)


def _edits_without_translation(
    gone: Mapping[str, Unit], new: Mapping[str, Unit], found: Mapping[str, str]
) -> dict[str, str]:
    """Return such edits of messages that have no translation yet: by likeness alone."""
    taken = set(found.values())
    old = [key for key, unit in gone.items() if not unit.translation and key not in taken]
    return likest((key for key, unit in new.items() if not unit.translation), old, _EDITED)


def likest(texts: Iterable[str], others: Iterable[str], least: float) -> dict[str, str]:
    """Return for each text which of the others is most like it, from a likeness on, each once."""
    return dict(_likest(tuple(texts), tuple(others), least))


@lru_cache(maxsize=2)  # a join asks twice of each side, and of thousands it takes seconds
def _likest(
    texts: tuple[str, ...], others: tuple[str, ...], least: float
) -> tuple[tuple[str, str], ...]:
    free = list(others)
    found: list[tuple[str, str]] = []
    for text in texts if free else ():
        if best := process.extractOne(text, free, scorer=fuzz.ratio, score_cutoff=least):
            found.append((text, free.pop(best[2])))
    return tuple(found)


def _was_edited(before: Unit, unit: Unit) -> bool:
    """Tell whether a unit is an earlier one whose message was edited since."""
    if unit.previous is not None and _nfc(unit.previous) == _nfc(before.message):
        return True
    if not before.translation or before.translation != unit.translation:
        return False
    return before.previous == unit.previous or unit.previous is None


def _with_edits_of_both(base: _Side, ours: _Side, theirs: _Side) -> _Side:
    """Return `base` with the messages that both sides have edited, as an update made them."""
    used = dict(base.used)
    for key, old in {**_edits(base, ours), **_edits(base, theirs)}.items():
        if key not in ours.used or key not in theirs.used:
            continue
        text = base.used[old].translation
        for unit in (ours.used[key], theirs.used[key]):
            if unit.fuzzy and unit.translation == text:
                used[key] = unit
    return replace(base, used=used)


def _carry(base: _Side, side: _Side, other: _Side) -> tuple[_Side, _Side]:
    """Carry what `other` did to a translation over to the edited message that `side` has of it.

    Returns both; where something was carried, the other has the translation of `base` again. Where
    both did something, and neither to the message as it is now, both have a version of that.
    """
    used, rest = dict(side.used), dict(other.used)
    behind: dict[str, dict[str, Unit]] = {}
    for key, old in _edits(base, side).items():
        before, worked = base.used[old], other.used.get(old)
        unit = used[key]
        is_new = worked is not None and bool(worked.translation) and not _is_same(before, worked)
        if worked is None or not is_new or key in other.used:
            continue
        if unit.translation == before.translation:
            used[key] = _carried(unit, worked)
        elif unit.fuzzy:
            behind.setdefault(old, {})[key] = _carried(unit, _as_work(before, worked))
        else:
            continue
        rest[old] = before
    return replace(side, used=used), replace(other, used=_with_more(rest, behind))


def _with_more(
    units: Mapping[str, Unit], behind: Mapping[str, Mapping[str, Unit]]
) -> dict[str, Unit]:
    """Return units with more of them, which are `behind` some by their keys."""
    found: dict[str, Unit] = {}
    for key, unit in units.items():
        found |= {key: unit, **behind.get(key, {})}
    return found


def _as_work(before: Unit, worked: Unit) -> Unit:
    """Return a translation that somebody has marked fuzzy as one of its message as it was.

    An update only suggests one where there is none; another one is somebody's, and must stay.
    """
    is_draft = worked.state == "suggested" and before.translation not in ("", worked.translation)
    return worked._replace(fuzzy=False) if is_draft else worked


def _carried(unit: Unit, worked: Unit) -> Unit:
    """Return a unit of an edited message with the new translation of the earlier message."""
    comment = _lines("", unit.comment, worked.comment)
    forms = worked.plural[1:] or (worked.translation,)
    plural = (unit.plural[0], *forms) if unit.plural else ()
    made = unit._replace(translation=worked.translation, plural=plural, comment=comment)
    made = with_others(made, () if plural else worked.plural[2:])
    if unit.translation and unit.previous is None and not unit.fuzzy:
        return made._replace(fuzzy=worked.fuzzy, previous=worked.previous)
    if worked.state == "changed":
        earlier = worked.previous, worked.previous_context
        return made._replace(fuzzy=True, previous=earlier[0], previous_context=earlier[1])
    if worked.state == "suggested":
        return made._replace(fuzzy=True, previous=None, previous_context=None)
    return made._replace(fuzzy=True, previous=worked.message, previous_context=worked.context)


# -- one unit --------------------------------------------------------------------------------------


def _texts(unit: Unit) -> tuple[str, ...]:
    return tuple(_nfc(each) for each in (unit.translation, *unit.plural[2:]))


def _is_same(one: Unit | None, other: Unit) -> bool:
    """Tell whether two versions of a unit say and mark the same."""
    if one is None:
        return False
    return _texts(one) == _texts(other) and (one.fuzzy, one.previous) == (
        other.fuzzy,
        other.previous,
    )


def _unit(base: Unit | None, ours: Unit, theirs: Unit) -> tuple[Unit, bool]:
    """Join two versions of a unit; tell whether it was translated twice."""
    chosen, aside, is_twice = _chosen(base, ours, theirs)
    start = base or ours._replace(comment="", flags=())
    comment = _lines(start.comment, ours.comment, theirs.comment)
    line = (TWICE if is_twice else ALSO) + " / ".join(map(in_comment, filter(None, aside)))
    if aside and line not in comment.split("\n"):
        comment = _lines(comment, comment, f"{comment}\n{line}".strip("\n"))
    unit = chosen._replace(
        places=_pick(start.places, ours.places, theirs.places),
        note=_pick(start.note, ours.note, theirs.note),
        flags=tuple(_rows(start.flags, ours.flags, theirs.flags)),
        comment=comment,
    )
    if is_twice and not unit.fuzzy:  # what a tool left behind may not make it a changed one
        unit = unit._replace(fuzzy=True, previous=None, previous_context=None, previous_plural=None)
    return unit, is_twice


def _chosen(base: Unit | None, ours: Unit, theirs: Unit) -> tuple[Unit, tuple[str, ...], bool]:
    """Return the version to keep, the texts of the other to note, and whether both are as good."""
    if _is_same(ours, theirs) or _is_same(base, theirs):
        return ours, (), False
    if _is_same(base, ours):
        return theirs, (), False
    states = ours.state, theirs.state
    if "missing" in states:
        return (theirs if ours.state == "missing" else ours), (), False
    if _texts(ours) == _texts(theirs):
        return _marked(base, ours, theirs), (), False
    if ours.is_twice != theirs.is_twice:  # a choice that is open: theirs is one text more
        choice, other = (ours, theirs) if ours.is_twice else (theirs, ours)
        return choice, () if _is_suggestion(base, other) else _texts(other), True
    if ("current" in states) == (states == ("current", "current")):  # both, or neither
        if any(_is_suggestion(base, each) for each in (ours, theirs)):
            return (theirs if _is_suggestion(base, ours) else ours), (), False
        return ours, _texts(theirs), True
    kept, other = (ours, theirs) if ours.state == "current" else (theirs, ours)
    is_known = _is_suggestion(base, other) or (base and _texts(base) == _texts(other))
    return kept, () if is_known else _texts(other), False


def _marked(base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """Return which of two versions with one text to keep: the mark that is not the one of `base`.

    Where both marks are new, the one that is not current: somebody wants it to be looked at.
    """
    if base and ours.fuzzy != theirs.fuzzy and _texts(base) == _texts(ours):
        return ours if ours.fuzzy != base.fuzzy else theirs
    return ours if ours.fuzzy else theirs


def _is_suggestion(base: Unit | None, unit: Unit) -> bool:
    """Tell whether a translation is one that an update has suggested for a message without one."""
    is_suggested = unit.state == "suggested" and not unit.is_twice
    return is_suggested and (base is None or not base.translation)


# -- lines and order -------------------------------------------------------------------------------


def _lines(base: str, ours: str, theirs: str) -> str:
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


def _header(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """Join two headers, field by field; of people to thank, all are named."""
    values: dict[str, str] = {}
    for name in (*ours, *(name for name in theirs if name not in ours)):
        both = _credits if name == headers.CREDIT else _filled
        value = _pick(base.get(name), ours.get(name), theirs.get(name), both)
        if value is not None:
            values[name] = value
    return values


def _filled(ours: str | None, theirs: str | None) -> str | None:
    return ours or theirs


def _credits(ours: str | None, theirs: str | None) -> str:
    """Return the names of both sides, each once."""
    return with_credit(ours or "", theirs or "")


def with_credit(names: str, more: str) -> str:
    """Return the names of an X-Credit header with more of them, each once."""
    found = [each.strip() for each in (*names.split(","), *more.split(","))]
    return ", ".join(dict.fromkeys(filter(None, found)))


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Return two lists of keys as one: the first, and each other key after its neighbor."""
    known = set(first)
    behind: dict[str, list[str]] = {}
    last = ""
    for key in second:
        if key in known:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    made = list(behind.get("", ()))
    for key in first:
        made += (key, *behind.get(key, ()))
    return made
