"""Bring a catalog up to date with its page, without losing translations.

Old and new messages are aligned in reading order. A message that is the same keeps its
translation; an edited message keeps it too, as *changed*, with the old message stored beside it;
for a message that is only similar it is *suggested*. A unit whose message is gone becomes
obsolete, and is used again when its message returns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bitext.catalog.units import Catalog, Unit
from bitext.page.segments import Page, Segment, messages
from bitext.translate import pairing

# The minimum likeness (per cent) of two messages in the same place to be one edited message;
# measured on half a year's update of a real guide. Below it, a new text replaced an old one.
EDITED = 50.0
# The minimum likeness (per cent) of messages in different places for a suggestion.
ALIKE = 78.0

_EMPHASIS = re.compile(r"(?<!\\)[*_]+|(?<!\\)==")
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‹›", "'")})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


Elsewhere = Callable[[str], Unit | None]
"""A function that returns a unit of a message from the catalog of another page, or None."""


def _nowhere(message: str) -> Unit | None:
    return None


def merge(page: Page, catalog: Catalog, elsewhere: Elsewhere = _nowhere, path: str = "") -> Catalog:
    """Return `catalog` with a unit for each message of `page`, in reading order.

    `path` is the page's path, for the references of its units. `elsewhere` finds units of the same
    language on other pages, where moved text has its translation; it is called only for new
    messages.
    """
    wanted = messages(page.segments)
    foreign = tuple(unit for unit in catalog.units if unit.context is not None)
    old = {unit.message: unit for unit in catalog.units if unit.context is None}
    if list(old) == list(wanted) and not foreign:
        units = tuple(_placed(unit, wanted[unit.message], path) for unit in catalog.units)
        return catalog if units == catalog.units else replace(catalog, units=units)

    retired = {unit.message: unit for unit in catalog.obsolete if unit.context is None}
    found = {message: old[message] for message in wanted if message in old}
    gone = [unit for unit in old.values() if unit.message not in wanted]
    _take_back(wanted, found, gone)
    _edited(list(wanted), list(old.values()), found, gone)
    revived = _revive(wanted, found, retired)
    for message in wanted:
        if message not in found and (unit := elsewhere(message)):
            found[message] = unit._replace(comment="", line=0)
    _suggest(wanted, found, gone, catalog.obsolete)
    return replace(
        catalog,
        units=tuple(_placed(found.get(m, _new(s)), s, path) for m, s in wanted.items()),
        obsolete=_obsolete(catalog, (*gone, *foreign), revived),
    )


def entries(page: Page, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield the note, place and message of each unit that the catalog of `page` should have."""
    for message, segment in messages(page.segments).items():
        yield _note(segment), _place(segment, path), message


def _note(segment: Segment) -> str:
    return f"{segment.kind}\n{segment.note}" if segment.note else segment.kind


def _place(segment: Segment, path: str) -> str:
    return f"{path}#{segment.place}" if segment.place else path


def _new(segment: Segment) -> Unit:
    """Return a new unit without translation; only an address is at first its own translation."""
    return Unit(segment.message, segment.message if segment.kind == "address" else "")


def _placed(unit: Unit, segment: Segment, path: str) -> Unit:
    """Return `unit` with the place and note that its message has on the page."""
    note, place = _note(segment), _place(segment, path)
    places = (place,) if place else ()
    if unit.places == places and unit.note == note:
        return unit
    return unit._replace(places=places, note=note)


def _take_back(wanted: Mapping[str, Segment], found: dict[str, Unit], gone: list[Unit]) -> None:
    """Make a changed translation current again if the edit of its message was undone."""
    for unit in list(gone):
        message = unit.previous
        if message is None or unit.state != "changed":
            continue
        if message in wanted and message not in found:
            found[message] = unit._replace(message=message, fuzzy=False, previous=None)
            gone.remove(unit)


def _edited(
    new: Sequence[str], old: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Give new messages the units of old ones that were edited, between the same neighbours."""
    vanished = {unit.message for unit in gone}
    for new_gap, old_gap in _gaps(new, old, found):
        fresh = [message for message in new_gap if message not in found]
        stale = [unit for unit in old_gap if unit.message in vanished and unit.translation]
        for message, unit in _paired(fresh, stale):
            found[message] = edited(unit, message)
            gone.remove(unit)
        _joined(fresh, stale, found, gone)


def edited(unit: Unit, message: str) -> Unit:
    """Return `unit` with `message`, the edited form of its own message."""
    if is_editorial(unit.message, message):
        return unit._replace(message=message)
    if unit.state == "suggested":
        return unit._replace(message=message)
    previous = unit.message if unit.previous is None else unit.previous
    return unit._replace(message=message, fuzzy=True, previous=previous)


def is_editorial(old: str, new: str) -> bool:
    """Tell whether two messages differ only in white space, quotes, dashes, emphasis or case."""
    return _bare(old) == _bare(new)


def _bare(message: str) -> str:
    message = _EMPHASIS.sub("", message).translate(_QUOTES).translate(_DASHES)
    return "".join(message.split()).casefold()


def _gaps(
    new: Sequence[str], old: Sequence[Unit], found: Mapping[str, Unit]
) -> list[tuple[Sequence[str], Sequence[Unit]]]:
    """Return the stretches of new and old text between messages that are in both, in order.

    An edit is searched only inside one stretch: between the same neighbours, a likeness of 50 %
    is enough to recognise an edit (`EDITED`); anywhere else on the page it would not be.
    """
    position = {unit.message: number for number, unit in enumerate(old)}
    shared = [(i, position[m]) for i, m in enumerate(new) if m in found and m in position]
    gaps = []
    i = j = 0
    # Moved messages do not split a stretch; the pair after the last one ends the last stretch.
    for next_i, next_j in [*_in_order(shared), (len(new), len(old))]:
        if next_i > i and next_j > j:
            gaps.append((new[i:next_i], old[j:next_j]))
        i, j = next_i + 1, next_j + 1
    return gaps


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rise in both numbers (patience sorting)."""
    # For each length, the run with the lowest end: its second number, and its last pair.
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(last[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        last[place : place + 1] = [number]
    run = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _paired(fresh: Sequence[str], stale: Sequence[Unit]) -> list[tuple[str, Unit]]:
    """Pair new messages with the units they were edited from: in order, with most likeness."""

    def likeness(i: int, j: int) -> float:
        # Less likeness than an edit scores below 0, the score of skipping both.
        return fuzz.ratio(fresh[i], stale[j].message, score_cutoff=EDITED) or -1.0

    pairs = pairing.best(len(fresh), len(stale), likeness, skip=0.0)
    return [(fresh[i], stale[j]) for i, j in pairs]


def _joined(
    fresh: Sequence[str], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Join the translations of two neighbouring messages that were joined into one."""
    for message in fresh:
        for number in range(len(stale) - 1):
            pair = stale[number : number + 2]
            before = f"{pair[0].message} {pair[1].message}"
            # Neither unit may already be used for another message. The longer one has mostly been
            # paired with this message as an edit, but the two joined fit better.
            free = [unit for unit in pair if unit in gone]
            owner = found.get(message)
            taken = owner is not None and owner.translation in (u.translation for u in pair)
            if len(free) + taken < 2 or fuzz.ratio(message, before) < 90:
                continue
            translation = f"{pair[0].translation} {pair[1].translation}"
            found[message] = Unit(message, translation, fuzzy=True, previous=before)
            for unit in free:
                gone.remove(unit)
            break


def _revive(
    wanted: Mapping[str, Segment], found: dict[str, Unit], retired: Mapping[str, Unit]
) -> set[str]:
    """Use obsolete units again for messages that have returned; return those messages."""
    revived = set()
    for message in wanted:
        if message in retired and (message not in found or found[message].fuzzy):
            found[message] = retired[message]
            revived.add(message)
    return revived


def _suggest(
    wanted: Mapping[str, Segment],
    found: dict[str, Unit],
    gone: Sequence[Unit],
    obsolete: Sequence[Unit],
) -> None:
    """Suggest translations of similar deleted messages for new messages."""
    fresh = [m for m, segment in wanted.items() if m not in found and segment.kind != "address"]
    pool = {unit.message: unit for unit in (*obsolete, *gone) if unit.translation}
    for message in fresh:
        match = process.extractOne(message, list(pool), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if match:
            found[message] = Unit(message, pool[match[0]].translation, fuzzy=True)


def _obsolete(catalog: Catalog, gone: Sequence[Unit], revived: set[str]) -> tuple[Unit, ...]:
    """Return the obsolete units: the old ones, and deleted units that someone translated."""
    kept = [unit for unit in catalog.obsolete if unit.message not in revived]
    names = {(unit.context, unit.message) for unit in gone}
    kept = [unit for unit in kept if (unit.context, unit.message) not in names]
    worked_on = [unit for unit in gone if _is_worked_on(unit)]
    return (*kept, *(unit._replace(places=()) for unit in worked_on))


def _is_worked_on(unit: Unit) -> bool:
    """Tell whether somebody has translated a unit, or a plural form of it."""
    return any(each not in ("", unit.message) for each in (unit.translation, *unit.plural[1:]))
