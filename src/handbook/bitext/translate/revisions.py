"""Find which new messages of a page are edited forms of old ones, joined or split ones among them.

An edited message takes over the unit of its old form, as *changed*.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page import inline
from handbook.bitext.page.segments import Segment
from handbook.bitext.translate import pairing
from handbook.bitext.translate.sameness import is_editorial, join_sentences

# The minimum likeness (per cent) of two messages in the same place to be one edited message;
# measured on half a year's update of a real guide. Below it, a new text replaced an old one.
EDITED = 50.0

# The minimum likeness of two that are not in the same order, and how much less any other has.
MOVED, _APART = 90.0, 10.0

# How many parts a message may be split into that are still recognised.
_MOST_PARTS = 4


def take_edited(
    wanted: Mapping[str, Segment], old: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Give new messages the units of old ones that were edited, between the same neighbours.

    Footnotes have one another as neighbours: readers have them at the end, wherever they stand.
    """
    vanished = {unit.key for unit in gone}
    order = sorted(wanted, key=lambda key: wanted[key].kind == _NOTE)
    old = sorted(old, key=lambda unit: _kind(unit) == _NOTE)
    # A heading that was the page's title too stands elsewhere now, where the title was edited.
    kept = {
        key: unit for key, unit in found.items() if (wanted[key].kind, _kind(unit)) not in _OTHER
    }
    for new_gap, old_gap in _gaps(order, old, kept):
        new = [wanted[key] for key in new_gap if key not in found]
        stale = [u for u in old_gap if u.key in vanished and u.translation and not _is_copy(u)]
        if not new or not stale:
            continue
        # A number was never edited from words, nor the other way round.
        numbers = {unit.key for unit in stale if _is_given(unit)}
        for given in (False, True):
            fresh = [segment for segment in new if segment.is_given == given]
            before = [unit for unit in stale if (unit.key in numbers) == given]
            if fresh and before:
                _take_between(fresh, before, found, gone, given=given)


def _take_between(
    fresh: Sequence[Segment],
    before: Sequence[Unit],
    found: dict[str, Unit],
    gone: list[Unit],
    *,
    given: bool,
) -> None:
    """Give new messages between two neighbors the units that were there before.

    One that is `given`, a number or an address, is neither joined nor split.
    """
    for segment, unit in _paired(fresh, before):
        found[segment.key] = follow(unit, segment)
        gone.remove(unit)
    if not given:
        _joined(fresh, before, found, gone)
        _split(fresh, before, found, gone)


def take_moved(fresh: Sequence[Segment], found: dict[str, Unit], gone: list[Unit]) -> None:
    """Give new messages the units of old ones that are alike beyond doubt, wherever these stood."""
    stale = [unit for unit in gone if unit.translation and not _is_given(unit)]
    pairs = _moved([each.message for each in fresh], [each.message for each in stale], ())
    for i, j in list(pairs):
        found[fresh[i].key] = follow(stale[j], fresh[i])
        gone.remove(stale[j])


_NOTE = "footnote"
_OTHER = frozenset([("heading", "front matter"), ("front matter", "heading")])


def _kind(unit: Unit) -> str:
    """Return the kind of a unit's text, as its note says it."""
    return unit.note.partition("\n")[0]


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
    """Return `unit` for its edited message: fuzzy, unless the words are the same."""
    if not unit.translation:
        return unit._replace(written="", message=message)
    if is_editorial(unit.message, message) and _has_its_lines(unit.translation, message):
        return unit._replace(written="", message=message)
    if unit.state == "suggested":
        return unit._replace(written="", message=message)
    previous = unit.message if unit.previous is None else unit.previous
    return unit._replace(written="", message=message, fuzzy=True, previous=previous)


def _has_its_lines(translation: str, message: str) -> bool:
    """Tell whether a translation has as many lines as its message, if that has several.

    Where an author has put in a line break, somebody has to find its place in the translation.
    """
    mine, theirs = (sum(map(bool, map(str.strip, t.split("\n")))) for t in (message, translation))
    return mine == 1 or mine == theirs


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
    """Pair new messages with the units they were edited from.

    In order, with most likeness; out of order where two are alike beyond doubt.
    """
    new = [segment.message for segment in fresh]
    old = [unit.message for unit in stale]
    pairs = _in_place(new, old)
    moved = list(_moved(new, old, pairs)) if len(old) > 1 else []
    if moved:
        rows = sorted(set(range(len(new))).difference(i for i, _ in moved))
        columns = sorted(set(range(len(old))).difference(j for _, j in moved))
        rest = _in_place([new[i] for i in rows], [old[j] for j in columns])
        pairs = [*moved, *((rows[i], columns[j]) for i, j in rest)]
    return [(fresh[i], stale[j]) for i, j in sorted(pairs)]


def _in_place(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Return which new and old messages, in the same order, are edited forms of each other."""

    def likeness(i: int, first: int, last: int) -> list[float]:
        # Less likeness than an edit scores below 0, the score of skipping both.
        near = old[first:last]
        return [fuzz.ratio(new[i], each, score_cutoff=EDITED) or -1.0 for each in near]

    return pairing.best_pairs(len(new), len(old), likeness, most=100.0)


def _moved(
    new: Sequence[str], old: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs, out of order, of a new and an old message that no others are as like as."""
    known = {i for i, j in pairs if fuzz.ratio(new[i], old[j]) >= MOVED}
    for i, message in enumerate(new):
        if i not in known:
            j = single(message, old)
            if j is not None and (i, j) not in pairs and single(old[j], new) == i:
                yield i, j


def single(message: str, others: Sequence[str]) -> int | None:
    """Return which of other messages alone is nearly the same as `message`."""
    found = process.extract(
        message, others, scorer=fuzz.ratio, score_cutoff=MOVED - _APART, limit=2
    )
    is_single = len(found) == 1 or (len(found) == 2 and found[0][1] - found[1][1] > _APART)
    return found[0][2] if is_single and found[0][1] >= MOVED else None


class Former:
    """Texts from before, of which an edited one is looked for; sorted by their lengths.

    Of many texts few are as long as a message, and none of another length is nearly the same.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts, each of which is another."""
        self._texts = sorted(texts, key=len)
        self._lengths = [len(text) for text in self._texts]

    def single(self, message: str) -> str | None:
        """Return which of the texts alone is nearly the same as `message`."""
        near = self._as_long(message, MOVED)
        if not process.extractOne(message, near, scorer=fuzz.ratio, score_cutoff=MOVED):
            return None
        others = self._as_long(message, MOVED - _APART)
        number = single(message, others)
        return None if number is None else others[number]

    def _as_long(self, message: str, likeness: float) -> Sequence[str]:
        """Return the texts that are not too short and not too long for a likeness."""
        # Of two texts, at most the shorter is in both: likeness <= 200 * shorter / (both).
        most = (200 - likeness) / likeness
        first = bisect_left(self._lengths, len(message) / most - 1)
        return self._texts[first : bisect_right(self._lengths, len(message) * most + 1)]


def _joined(
    fresh: Sequence[Segment], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Join the translations of neighbouring messages that were joined into one."""
    left = {unit.key for unit in gone}
    # No unit may already be used for another message. The longest one has mostly been paired with
    # this message as an edit, but all of them joined fit better.
    runs = [run for run in _runs(stale) if sum(unit.key not in left for unit in run.texts) <= 1]
    for segment in fresh if runs else ():
        message = segment.message
        near = _near(runs, message)
        wholes = [run.whole for run in near]
        alike = process.extract(message, wholes, scorer=fuzz.ratio, score_cutoff=90, limit=3)
        for _, _, number in alike:
            units = near[number].texts
            free = [unit for unit in units if unit in gone]
            owner = found.get(segment.key)
            taken = owner is not None and owner.translation in (u.translation for u in units)
            if len(free) + taken < len(units) or (owner is not None and not taken):
                continue  # the owner's translation would be lost
            found[segment.key] = _as_one(units, segment)
            for unit in free:
                gone.remove(unit)
            break


def _as_one(units: Sequence[Unit], segment: Segment) -> Unit:
    """Return the unit of a segment that the messages of some units were joined into.

    It is *changed* from what was translated, and only suggested if one of them was. What
    translators have said of each goes with it.
    """
    before = [unit.message if unit.previous is None else unit.previous for unit in units]
    is_sure = not any(unit.state == "suggested" for unit in units)
    rows = (row for unit in units if unit.comment for row in unit.comment.split("\n"))
    return Unit(
        segment.message,
        reduce(join_sentences, (unit.translation for unit in units)),
        context=segment.context,
        comment="\n".join(dict.fromkeys(rows)),
        fuzzy=True,
        previous=reduce(join_sentences, before) if is_sure else None,
    )


def _split(
    fresh: Sequence[Segment], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Keep the whole translation of a message beside each part that it was split into."""
    left = {unit.key for unit in gone}
    runs = _by_owner(_runs(fresh), found)
    for unit in stale if runs else ():
        free = runs.get("", ()) if unit.key in left else ()
        for run in (
            *_near(runs.get(unit.translation, ()), unit.message),
            *_near(free, unit.message),
        ):
            parts = run.texts
            # The larger part has mostly been paired with this unit, as an edit of it.
            owners = [found[part.key] for part in parts if part.key in found]
            if not all(owner.translation == unit.translation for owner in owners):
                continue
            if (owners or unit in gone) and fuzz.ratio(run.whole, unit.message) >= 90:
                for part in parts:
                    found[part.key] = follow(unit, part)
                if unit in gone:
                    gone.remove(unit)


def _by_owner(
    runs: Iterable[_Run[Segment]], found: Mapping[str, Unit]
) -> Mapping[str, Sequence[_Run[Segment]]]:
    """Return runs by the one translation that their parts have; "" where these have none."""
    made: dict[str, list[_Run[Segment]]] = {}
    for run in runs:
        owners = {found[part.key].translation for part in run.texts if part.key in found}
        if len(owners) <= 1:
            made.setdefault(next(iter(owners), ""), []).append(run)
    return made


_Text = TypeVar("_Text", Segment, Unit)


@dataclass(frozen=True)
class _Run(Generic[_Text]):
    """Neighbors that one message may have been split into, or joined from."""

    length: int
    """That of one message of them."""
    texts: Sequence[_Text]

    @property
    def whole(self) -> str:
        """The messages as one."""
        return reduce(join_sentences, (text.message for text in self.texts))


def _runs(texts: Sequence[_Text]) -> list[_Run[_Text]]:
    """Return the runs of neighbors in a sequence; the shortest is first."""
    ends = [0, *accumulate(len(text.message) + 1 for text in texts)]
    runs = [
        _Run(ends[i + size] - ends[i] - 1, texts[i : i + size])
        for size in range(2, min(_MOST_PARTS, len(texts)) + 1)
        for i in range(len(texts) - size + 1)
    ]
    return sorted(runs, key=_length)


def _near(runs: Sequence[_Run[_Text]], message: str) -> Sequence[_Run[_Text]]:
    """Return the runs that are about as long as a message."""
    first = bisect_left(runs, 0.8 * len(message), key=_length)
    return runs[first : bisect_left(runs, 1.25 * len(message), key=_length)]


def _length(run: _Run[_Text]) -> int:
    return run.length
