"""Give all versions of a unit the message that one of them has since an edit of its page.

Then what somebody did to a unit while another update followed an edit of its message is joined with
what the update made of it, like all other work on one unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from handbook.bitext.catalog.restore import likest
from handbook.bitext.catalog.units import Unit
from handbook.bitext.page.segments import Segment
from handbook.bitext.translate import retarget
from handbook.bitext.translate.choice import nfc
from handbook.bitext.translate.merge import singular
from handbook.bitext.translate.revisions import follow
from handbook.bitext.translate.sides import Side

_EDITED = 75.0
"""The least likeness (per cent) of a message to the one without translation it was edited from."""

_Heirs = Mapping[str, Mapping[str, Unit]]
"""By the key of each unit those that edits have made of it, by their keys."""


def aligned(base: Side, ours: Side, theirs: Side) -> tuple[Side, Side, Side]:
    """Return three versions with the messages that edits of both sides have made of theirs.

    Where each side has edited a message in its own way, all have both.
    """
    base, ours, theirs = _in_one_form(base, ours, theirs)
    heirs = _heirs(base, ours, theirs)
    if not heirs:
        return base, ours, theirs
    start = _renamed(base, heirs)
    one, other = (_named(start, _renamed(each, heirs), each) for each in (ours, theirs))
    return start, one, other


def _in_one_form(base: Side, *sides: Side) -> Iterator[Side]:
    """Yield `base` and its sides without plurals that an update has made a singular in one."""
    keys = {
        key
        for key, unit in base.used.items()
        if unit.plural and any(key in each.used and not each.used[key].plural for each in sides)
    }
    for each in (base, *sides):
        forms = {key: singular(each.used[key]) for key in keys & each.used.keys()}
        yield replace(each, used=each.used | forms)


def _heirs(base: Side, ours: Side, theirs: Side) -> _Heirs:
    """Return what has become of the units that both sides have, edited or not."""
    found: dict[str, dict[str, Unit]] = {}
    taken: dict[str, str] = {}
    for side, other in ((ours, theirs), (theirs, ours)):
        for key, old in edits(base, side).items():
            is_apart = key in other.retired or (key in other.used and old in other.used)
            if not is_apart and taken.setdefault(key, old) == old:
                found.setdefault(old, {}).setdefault(key, side.used[key])
    return {
        old: units
        for old, units in found.items()
        if all(old in side.used or units.keys() & side.used.keys() for side in (ours, theirs))
    }


def _renamed(side: Side, heirs: _Heirs) -> Side:
    """Return a side with the units that are `heirs` in the place of those they were."""
    origin = {key: old for old, units in heirs.items() for key in units}
    used: dict[str, Unit] = {}
    for key, unit in side.used.items():
        for name, like in heirs.get(origin.get(key, key), {key: unit}).items():
            if name == key:
                used[key] = unit
            elif name not in side.used:
                used.setdefault(name, _edited(unit, like))
    return Side(used, side.retired)


def _named(base: Side, side: Side, before: Side) -> Side:
    """Return a side with the earlier messages of what somebody has marked, or drafted, for these.

    An update takes the earlier message only from a unit that was not fuzzy.
    """
    used = {
        key: unit
        if key in before.used or unit.state != "suggested" or key not in base.used
        else unit._replace(
            previous=base.used[key].previous, previous_context=base.used[key].previous_context
        )
        for key, unit in side.used.items()
    }
    return replace(side, used=used)


def _edited(unit: Unit, like: Unit) -> Unit:
    """Return a unit as an update would make it of one whose message was edited."""
    same = retarget.followed(unit, like.message) if unit.context == like.context else None
    made = same or follow(unit, Segment("", like.message, (), "", context=like.context))
    if like.plural:
        made = made._replace(plural=(like.plural[0], *(unit.plural[1:] or (unit.translation,))))
    elif made.plural:
        made = singular(made)
    return made._replace(
        previous_plural=like.previous_plural,
        places=like.places,
        note=like.note,
        written=like.written,
    )


# -- which message was edited ----------------------------------------------------------------------


def edits(base: Side, side: Side) -> dict[str, str]:
    """Return by the key of each edited message of a side the key that it had in `base`.

    A translation that a side keeps as obsolete was at most suggested for another message.
    """
    gone = {key: unit for key, unit in base.used.items() if not side.place(key)}
    new = {key: unit for key, unit in side.used.items() if not base.place(key)}
    if not gone or not new:
        return {}
    by_text: dict[str, list[str]] = {}
    for old, before in gone.items():
        for text in {*_said(before.message), before.translation} - {""}:  # that says nothing
            by_text.setdefault(text, []).append(old)
    found: dict[str, str] = {}
    for key, unit in new.items():
        texts = (*_said(unit.previous or unit.message), unit.translation)
        near = dict.fromkeys(old for text in texts for old in by_text.get(text, ()))
        alike = [old for old in near if _was_edited(gone[old], unit)]
        if alike:
            found[key] = max(alike, key=lambda old: _likeness(gone[old], unit))
    return found | _edits_without_translation(gone, new, found)


def _said(message: str) -> Iterator[str]:
    """Yield a message, and what all have in common that differ from it in targets of links."""
    yield nfc(message)
    yield retarget.without_targets(nfc(message))


def _edits_without_translation(
    gone: Mapping[str, Unit], new: Iterable[str], found: Mapping[str, str]
) -> dict[str, str]:
    """Return such edits of messages that had no translation: by likeness alone."""
    taken = set(found.values())
    old = [key for key, unit in gone.items() if not unit.translation and key not in taken]
    return likest((key for key in new if key not in found), old, _EDITED)


def _was_edited(before: Unit, unit: Unit) -> bool:
    """Tell whether a unit is an earlier one whose message was edited since."""
    if unit.previous is not None and nfc(unit.previous) == nfc(before.message):
        return unit.previous_context in (None, before.context)
    if unit.context != before.context:
        return False
    if retarget.is_same(before.message, unit.message):
        return True
    is_same = before.translation == unit.translation != ""
    return is_same and unit.previous in (before.previous, None)


def _likeness(before: Unit, unit: Unit) -> tuple[bool, bool, float]:
    """Return how likely a unit is an earlier one, if several may be that."""
    is_named = (before.message, before.context) == (unit.previous, unit.previous_context)
    alike = fuzz.ratio(before.message, unit.message)
    return is_named, before.context == unit.context, alike
