"""Join two versions of a catalog that were made from a third, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from handbook.bitext.catalog import headers
from handbook.bitext.catalog.units import BEFORE, Catalog, Unit, in_comment
from handbook.bitext.translate.choice import is_same, joined, lines, pick, texts
from handbook.bitext.translate.lineage import aligned
from handbook.bitext.translate.sides import Side, guessable, whole, without_guesses


class Joined(NamedTuple):
    """What became of two versions of a catalog."""

    catalog: Catalog
    twice: tuple[Unit, ...]
    """The units that both sides have translated, each in another way."""


def join(base: Catalog, ours: Catalog, theirs: Catalog) -> Joined:
    """Join `ours` and `theirs`, which were both made from `base`.

    `base` is a catalog without units where the two have no common version.
    """
    start, one, other = _sides(base, ours, theirs)
    is_theirs = list(one.used) == list(start.used)
    first, second = (other, one) if is_theirs else (one, other)
    keys = _merged([*first.used, *first.retired], [*second.used, *second.retired])
    found = {key: made for key in keys if (made := _joined(start, one, other, key))}
    found = dict(_without_doubles(start, found))
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
        comment=lines(base.comment, ours.comment, theirs.comment),
        units=tuple(each.unit for each in units),
        obsolete=tuple(each.unit for each in retired),
    )
    return Joined(catalog, tuple(each.unit for each in (*units, *retired) if each.is_twice))


def _sides(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[Side, Side, Side]:
    """Return the three catalogs as sides that have the same messages, and what tools dropped."""
    start = Side.of(base)
    one, other = (whole(start, Side.of(each)) for each in (ours, theirs))
    guesses = guessable(one), guessable(other)
    start, one, other = aligned(start, one, other)
    one = without_guesses(start, one, other, guesses[0])
    return start, one, without_guesses(start, other, one, guesses[1])


class _Found(NamedTuple):
    """What became of a unit."""

    unit: Unit
    place: str
    is_twice: bool = False


def _without_doubles(base: Side, found: Mapping[str, _Found]) -> Iterator[tuple[str, _Found]]:
    """Yield what was found without saved units that say nothing more than a new one does.

    Such a one was edited, and somebody has joined the two before.
    """
    new = [each.unit for key, each in found.items() if not base.place(key)]
    said = {text for unit in new for text in (*texts(unit), *unit.comment.split("\n"))}
    for key, each in found.items():
        own = {*texts(each.unit), *each.unit.comment.split("\n")} - {""}
        if each.place != "saved":
            yield key, each
        elif own - said:
            yield key, each._replace(place="retired")


def _joined(base: Side, ours: Side, theirs: Side, key: str) -> _Found | None:
    """Return what becomes of the unit with a key; None if it is dropped.

    One that is not in use is kept for its translation, though the other side may have cleared that.
    """
    old, one, other = base.unit(key), ours.unit(key), theirs.unit(key)
    place = pick(base.place(key), ours.place(key), theirs.place(key), _in_use)
    made, is_twice = one or other, False
    if one and other:
        made, is_twice = joined(old, one, other)
    elif made and not place and not _is_untouched(old, made):
        place = "saved"
    if place == "used" and made:
        return _Found(made, place, is_twice)
    kept = next((each for each in (made, one, other) if each and any(texts(each))), None)
    if not kept or not made or not place:
        return None
    kept = kept._replace(comment=made.comment)
    if key in base.used and (ours.has_left(base.used[key]) or theirs.has_left(base.used[key])):
        kept = _naming(kept, base.used[key].translation)
    return _Found(kept, place, is_twice)


def _naming(unit: Unit, text: str) -> Unit:
    """Return a unit that names in its comment the translation which it has replaced, if any."""
    line = BEFORE + in_comment(text)
    if text in ("", unit.translation) or line in unit.comment.split("\n"):
        return unit
    return unit._replace(comment=f"{unit.comment}\n{line}".strip("\n"))


def _is_untouched(old: Unit | None, unit: Unit) -> bool:
    return old is not None and is_same(old, unit) and old.comment == unit.comment


def _in_use(ours: str, theirs: str) -> str:
    return "used" if "used" in (ours, theirs) else "retired"


def _header(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """Join two headers, field by field; of people to thank or who have reviewed, all are named."""
    values: dict[str, str] = {}
    for name in (*ours, *(name for name in theirs if name not in ours)):
        both = _BOTH.get(name, _filled)
        value = pick(base.get(name), ours.get(name), theirs.get(name), both)
        if value is not None:
            values[name] = value
    return values


def _filled(ours: str | None, theirs: str | None) -> str | None:
    return ours or theirs


def _credits(ours: str | None, theirs: str | None) -> str:
    """Return the names of both sides, each once."""
    return headers.with_credit(ours or "", theirs or "")


def _reviews(ours: str | None, theirs: str | None) -> str:
    """Return the reviews of both sides, each once: a month and a name, with a comma between."""
    found = "; ".join(filter(None, (ours, theirs))).split("; ")
    return "; ".join(dict.fromkeys(found))


_BOTH = {headers.CREDIT: _credits, headers.REVIEWED: _reviews}


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
