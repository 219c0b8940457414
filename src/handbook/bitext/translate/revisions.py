"""Find which new messages of a page are edited forms of old ones, joined or split ones among them.

An edited message takes over the unit of its old form, as *changed*.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page import inline
from handbook.bitext.page.segments import Segment
from handbook.bitext.translate import pairing
from handbook.bitext.translate.sameness import is_editorial, join_sentences

# The minimum likeness (per cent) of two messages in the same place to be one edited message;
# measured on half a year's update of a real guide. Below it, a new text replaced an old one.
EDITED = 50.0

# How many parts a message may be split into that are still recognised.
_MOST_PARTS = 4


def take_edited(
    wanted: Mapping[str, Segment], old: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Give new messages the units of old ones that were edited, between the same neighbours."""
    vanished = {unit.key for unit in gone}
    for new_gap, old_gap in _gaps(list(wanted), old, found):
        new = [wanted[key] for key in new_gap if key not in found]
        stale = [u for u in old_gap if u.key in vanished and u.translation and not _is_copy(u)]
        if not new or not stale:
            continue
        # A number was never edited from words, nor the other way round.
        numbers = {unit.key for unit in stale if _is_given(unit)}
        for given in (False, True):
            fresh = [segment for segment in new if segment.is_given == given]
            before = [unit for unit in stale if (unit.key in numbers) == given]
            if not fresh or not before:
                continue
            for segment, unit in _paired(fresh, before):
                found[segment.key] = follow(unit, segment)
                gone.remove(unit)
            if not given:
                _joined(fresh, before, found, gone)
                _split(fresh, before, found, gone)


def _is_given(unit: Unit) -> bool:
    """Tell whether a unit is given, or a number in a catalog from before its note said so."""
    return unit.is_given or inline.is_number(unit.message)


def _is_copy(unit: Unit) -> bool:
    """Tell whether a number or an address has its own message as translation.

    Then its edited form has the edited message.
    """
    return unit.translation == unit.message and _is_given(unit)


def follow(unit: Unit, segment: Segment) -> Unit:
    """Return `unit` for a segment whose message, or context, was that of the unit before."""
    made = edited(unit, segment.message)
    if unit.context == segment.context == unit.previous_context:
        return made
    if unit.context != segment.context and made.state == "current":
        made = made._replace(fuzzy=True, previous=unit.message)
    if made.previous is not None and unit.previous is None:
        made = made._replace(previous_context=unit.context)
    return made._replace(context=segment.context)


def edited(unit: Unit, message: str) -> Unit:
    """Return `unit` with `message`, the edited form of its own message."""
    if is_editorial(unit.message, message):
        return unit._replace(written="", message=message)
    if unit.state == "suggested":
        return unit._replace(written="", message=message)
    previous = unit.message if unit.previous is None else unit.previous
    return unit._replace(written="", message=message, fuzzy=True, previous=previous)


def _gaps(
    new: Sequence[str], old: Sequence[Unit], found: Mapping[str, Unit]
) -> list[tuple[Sequence[str], Sequence[Unit]]]:
    """Return the stretches of new and old text between messages that are in both, in order.

    An edit is searched only inside one stretch: between the same neighbours, a likeness of 50 %
    is enough to recognise an edit (`EDITED`); anywhere else on the page it would not be.
    """
    position = {unit.key: number for number, unit in enumerate(old)}
    shared = [(i, position[key]) for i, key in enumerate(new) if key in found and key in position]
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


def _paired(fresh: Sequence[Segment], stale: Sequence[Unit]) -> list[tuple[Segment, Unit]]:
    """Pair new messages with the units they were edited from: in order, with most likeness."""

    messages = [unit.message for unit in stale]

    def likeness(i: int) -> list[float]:
        # Less likeness than an edit scores below 0, the score of skipping both.
        mine = fresh[i].message
        return [fuzz.ratio(mine, each, score_cutoff=EDITED) or -1.0 for each in messages]

    pairs = pairing.best_pairs(len(fresh), len(stale), likeness, skip=0.0)
    return [(fresh[i], stale[j]) for i, j in pairs]


def _joined(
    fresh: Sequence[Segment], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Join the translations of two neighbouring messages that were joined into one."""
    joined = [join_sentences(one.message, two.message) for one, two in pairwise(stale)]
    for segment in fresh:
        message = segment.message
        for number, before in enumerate(joined):
            if fuzz.ratio(message, before, score_cutoff=90) < 90:
                continue
            pair = stale[number : number + 2]
            # Neither unit may already be used for another message. The longer one has mostly been
            # paired with this message as an edit, but the two joined fit better.
            free = [unit for unit in pair if unit in gone]
            owner = found.get(segment.key)
            taken = owner is not None and owner.translation in (u.translation for u in pair)
            if len(free) + taken < 2 or (owner is not None and not taken):
                continue  # the owner's translation would be lost
            translation = join_sentences(pair[0].translation, pair[1].translation)
            found[segment.key] = Unit(
                message, translation, fuzzy=True, previous=before, context=segment.context
            )
            for unit in free:
                gone.remove(unit)
            break


def _split(
    fresh: Sequence[Segment], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Keep the whole translation of a message beside each part that it was split into."""
    runs = _runs(fresh)
    for unit in stale if runs else ():
        first = bisect_left(runs, 0.8 * len(unit.message), key=_length)
        last = bisect_left(runs, 1.25 * len(unit.message), key=_length)
        for _, parts in runs[first:last]:
            # The larger part has mostly been paired with this unit, as an edit of it.
            owners = [found[part.key] for part in parts if part.key in found]
            if not all(owner.translation == unit.translation for owner in owners):
                continue
            whole = reduce(join_sentences, (part.message for part in parts))
            if (owners or unit in gone) and fuzz.ratio(whole, unit.message) >= 90:
                for part in parts:
                    found[part.key] = follow(unit, part)
                if unit in gone:
                    gone.remove(unit)


def _runs(fresh: Sequence[Segment]) -> list[tuple[int, Sequence[Segment]]]:
    """Return the runs of neighbours that one message may have been split into, by their lengths.

    The shortest is first.
    """
    ends = [0, *accumulate(len(segment.message) + 1 for segment in fresh)]
    runs = [
        (ends[i + size] - ends[i] - 1, fresh[i : i + size])
        for size in range(2, min(_MOST_PARTS, len(fresh)) + 1)
        for i in range(len(fresh) - size + 1)
    ]
    return sorted(runs, key=_length)


def _length(run: tuple[int, Sequence[Segment]]) -> int:
    return run[0]
