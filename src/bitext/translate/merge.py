"""Bring a catalog up to date with its page, without losing translations.

Old and new messages are aligned in reading order. A message that is the same keeps its
translation; an edited message keeps it too, as *changed*, with the old message stored beside it;
for a message that is only similar it is *suggested*. Where only targets of links have changed, the
translation follows them. A unit whose message is gone becomes obsolete, and is used again when its
message returns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import accumulate
from unicodedata import is_normalized, normalize

from rapidfuzz import fuzz, process

from bitext.catalog.units import Catalog, Unit
from bitext.languages.scripts import CJK, SOUTHEAST_ASIAN
from bitext.page import inline
from bitext.page.markup import CODE, TAG
from bitext.page.segments import GIVEN, Page, Segment, messages
from bitext.translate import pairing, retarget

# The minimum likeness (per cent) of two messages in the same place to be one edited message;
# measured on half a year's update of a real guide. Below it, a new text replaced an old one.
EDITED = 50.0
# The minimum likeness (per cent) of messages in different places for a suggestion.
ALIKE = 78.0

# How many parts a message may be split into that are still recognised.
_MOST_PARTS = 4

# Signs of emphasis stand beside a word, and inside of one only where there are no blanks between
# words: `2*3` and `a_b` are text.
_LETTER = f"[^\\W{CJK}]"
_SIGNS = r"(?:[*_]+|==)"
_EMPHASIS = re.compile(rf"(?<!\\)(?<!{_LETTER}){_SIGNS}(?=\S)|(?<=[^\s\\]){_SIGNS}(?!{_LETTER})")
_BESIDE_CJK = re.compile(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‹›", "'")})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


Elsewhere = Callable[[str], Unit | None]
"""A function that returns the unit with a key from the catalog of another page, or None."""


def _nowhere(key: str) -> Unit | None:
    return None


def merge(page: Page, catalog: Catalog, elsewhere: Elsewhere = _nowhere, path: str = "") -> Catalog:
    """Return `catalog` with a unit for each message of `page`, in reading order.

    `path` is the page's path, for the references of its units. `elsewhere` finds units of the same
    language on other pages, where moved text has its translation; it is called only for new
    messages.
    """
    wanted = messages(page.segments)
    catalog = _respelled(catalog, wanted)
    old = {unit.key: unit for unit in catalog.units}
    if list(old) == list(wanted):
        units = tuple(_placed(unit, wanted[unit.key], path) for unit in catalog.units)
        return catalog if units == catalog.units else replace(catalog, units=units)

    retired = {unit.key: unit for unit in catalog.obsolete}
    found = {key: old[key] for key in wanted if key in old}
    gone = [unit for key, unit in old.items() if key not in wanted]
    _take_back(wanted, found, gone)
    retarget.reuse(wanted, found, gone)
    _recontexted(wanted, tuple(old.values()), found, gone)
    _edited(wanted, list(old.values()), found, gone)
    revived = _revive(wanted, found, retired)
    for key in wanted:
        if key not in found and (unit := elsewhere(key)):
            found[key] = _from_elsewhere(unit, wanted[key])
    _suggest(wanted, found, gone, catalog.obsolete)
    return replace(
        catalog,
        units=tuple(
            _placed(found[k] if k in found else _new(s), s, path) for k, s in wanted.items()
        ),
        obsolete=_obsolete(catalog, gone, revived),
    )


def _respelled(catalog: Catalog, wanted: Mapping[str, Segment]) -> Catalog:
    """Return `catalog` with its messages in the code points of the page.

    An accent may be written as a character of its own (NFD): that is the same text. The file
    keeps its own writing.
    """
    keys = [unit.key for unit in (*catalog.units, *catalog.obsolete)]
    if is_normalized("NFC", "\n".join((*wanted, *keys))):
        return catalog
    spelled = {normalize("NFC", key): segment for key, segment in wanted.items()}

    def unit_of(unit: Unit) -> Unit:
        segment = spelled.get(normalize("NFC", unit.key))
        if segment is None or segment.key == unit.key:
            return unit
        return unit._replace(message=segment.message, context=segment.context, written=unit.message)

    return replace(
        catalog,
        units=tuple(map(unit_of, catalog.units)),
        obsolete=tuple(map(unit_of, catalog.obsolete)),
    )


def entries(page: Page, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield the note, place and key of each unit that the catalog of `page` should have."""
    for key, segment in messages(page.segments).items():
        yield _note(segment), _place(segment, path), key


def _note(segment: Segment) -> str:
    kind = f"number ({segment.kind})" if segment.is_number else segment.kind
    return f"{kind}\n{segment.note}" if segment.note else kind


def _place(segment: Segment, path: str) -> str:
    return f"{path}#{segment.place}" if segment.place else path


def _new(segment: Segment) -> Unit:
    """Return a new unit without translation; an address or a number is at first its own."""
    given = segment.message if segment.is_given else ""
    return Unit(segment.message, given, context=segment.context)


def _placed(unit: Unit, segment: Segment, path: str) -> Unit:
    """Return `unit` with the place and note that its message has on the page.

    An address or a number that lost its translation gets its own text again.
    """
    if segment.is_given and not unit.translation:
        unit = unit._replace(translation=segment.message, fuzzy=False, previous=None)
    note, place = _note(segment), _place(segment, path)
    places = (place,) if place else ()
    if unit.places == places and unit.note == note:
        return unit
    return unit._replace(places=places, note=note)


def _take_back(wanted: Mapping[str, Segment], found: dict[str, Unit], gone: list[Unit]) -> None:
    """Make a changed translation current again if the edit of its message was undone."""
    for unit in list(gone):
        if unit.previous is None or unit.state != "changed":
            continue
        before = unit._replace(
            written="",
            message=unit.previous,
            context=unit.previous_context,
            fuzzy=False,
            previous=None,
            previous_context=None,
        )
        if before.key in wanted and before.key not in found:
            found[before.key] = before
            gone.remove(unit)


def _recontexted(
    wanted: Mapping[str, Segment],
    old: Sequence[Unit],
    found: dict[str, Unit],
    gone: list[Unit],
) -> None:
    """Use a translation as a changed one where its message has got another context, or none."""
    without = [(key, segment) for key, segment in wanted.items() if key not in found]
    if not without:
        return
    vanished = {unit.key for unit in gone}
    known: dict[str, Unit] = {}
    # One whose message is gone is preferred, among these and those in use the first.
    for unit in sorted(old, key=lambda unit: unit.key not in vanished):
        if unit.translation and unit.state != "suggested":
            known.setdefault(unit.message, unit)
    for key, segment in without:
        if segment.message in known:
            unit = known[segment.message]
            found[key] = _follow(unit, segment)
            if unit in gone:
                gone.remove(unit)


def misplaced(page: Page, catalog: Catalog) -> Iterator[Unit]:
    """Yield units that no merge uses: the page has their message, but in other contexts only.

    A message that still lacks a unit in one of its contexts would take such a unit over.
    """
    wanted = messages(page.segments)
    has = {unit.key for unit in catalog.units}
    known = {segment.message for segment in wanted.values()}
    lacking = {segment.message for key, segment in wanted.items() if key not in has}
    for unit in catalog.units:
        is_elsewhere = unit.context is not None and unit.key not in wanted
        if is_elsewhere and unit.translation and unit.message in known - lacking:
            yield unit


def _edited(
    wanted: Mapping[str, Segment], old: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Give new messages the units of old ones that were edited, between the same neighbours."""
    vanished = {unit.key for unit in gone}
    for new_gap, old_gap in _gaps(list(wanted), old, found):
        new = [wanted[key] for key in new_gap if key not in found]
        stale = [u for u in old_gap if u.key in vanished and u.translation and not _is_copy(u)]
        # A number was never edited from words, nor the other way round.
        for given in (False, True):
            fresh = [segment for segment in new if segment.is_given == given]
            before = [unit for unit in stale if _is_given(unit) == given]
            if not fresh or not before:
                continue
            for segment, unit in _paired(fresh, before):
                found[segment.key] = _follow(unit, segment)
                gone.remove(unit)
            if not given:
                _joined(fresh, before, found, gone)
                _split(fresh, before, found, gone)


def _is_given(unit: Unit) -> bool:
    return unit.note.startswith(GIVEN) or inline.is_number(unit.message)


def _is_copy(unit: Unit) -> bool:
    """Tell whether nobody has written another translation than the message of a number or an
    address; then that of its edited form is its edited form."""
    return unit.translation == unit.message and _is_given(unit)


def _follow(unit: Unit, segment: Segment) -> Unit:
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


def is_editorial(old: str, new: str) -> bool:
    """Tell whether two messages differ only in emphasis, quotes, dashes or the amount of blanks.

    Where a blank comes or goes, or a letter's case changes, it is another text: "now here" and
    "nowhere", "US" and "us". Code counts to the letter.
    """
    return _bare(old) == _bare(new)


def _bare(message: str) -> str:
    message = normalize("NFC", message)
    if "`" not in message:
        return _folded(_bare_words(message))
    parts: list[str] = []
    position = 0
    for code in CODE.finditer(message):
        parts += _bare_words(message[position : code.start()]), code[0]
        position = code.end()
    return _folded("".join((*parts, _bare_words(message[position:]))))


def _folded(text: str) -> str:
    """Return a text with one blank for many, and none beside letters that have none between."""
    return " ".join((text if text.isascii() else _BESIDE_CJK.sub("", text)).split())


def _bare_words(text: str) -> str:
    if "*" in text or "_" in text or "==" in text:
        text = _EMPHASIS.sub("", text)
    return text if text.isascii() else text.translate(_QUOTES).translate(_DASHES)


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

    def likeness(i: int, j: int) -> float:
        # Less likeness than an edit scores below 0, the score of skipping both.
        return fuzz.ratio(fresh[i].message, stale[j].message, score_cutoff=EDITED) or -1.0

    pairs = pairing.best_pairs(len(fresh), len(stale), likeness, skip=0.0)
    return [(fresh[i], stale[j]) for i, j in pairs]


def _joined(
    fresh: Sequence[Segment], stale: Sequence[Unit], found: dict[str, Unit], gone: list[Unit]
) -> None:
    """Join the translations of two neighbouring messages that were joined into one."""
    for segment in fresh:
        message = segment.message
        for number in range(len(stale) - 1):
            pair = stale[number : number + 2]
            before = join_sentences(pair[0].message, pair[1].message)
            # Neither unit may already be used for another message. The longer one has mostly been
            # paired with this message as an edit, but the two joined fit better.
            free = [unit for unit in pair if unit in gone]
            owner = found.get(segment.key)
            taken = owner is not None and owner.translation in (u.translation for u in pair)
            if len(free) + taken < 2 or fuzz.ratio(message, before) < 90:
                continue
            translation = join_sentences(pair[0].translation, pair[1].translation)
            found[segment.key] = Unit(
                message, translation, fuzzy=True, previous=before, context=segment.context
            )
            for unit in free:
                gone.remove(unit)
            break


def join_sentences(one: str, other: str) -> str:
    """Join two sentences, without a blank where their script has none."""
    is_unspaced = _CJK.match(one[-1:]) and _CJK.match(other)
    return one + other if is_unspaced else f"{one} {other}"


_CJK = re.compile(f"[{CJK}]")


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
                    found[part.key] = _follow(unit, part)
                if unit in gone:
                    gone.remove(unit)


def _runs(fresh: Sequence[Segment]) -> list[tuple[int, Sequence[Segment]]]:
    """Return the runs of neighbours that one message may have been split into, with their lengths,
    the shortest first."""
    ends = [0, *accumulate(len(segment.message) + 1 for segment in fresh)]
    runs = [
        (ends[i + size] - ends[i] - 1, fresh[i : i + size])
        for size in range(2, min(_MOST_PARTS, len(fresh)) + 1)
        for i in range(len(fresh) - size + 1)
    ]
    return sorted(runs, key=_length)


def _length(run: tuple[int, Sequence[Segment]]) -> int:
    return run[0]


def _revive(
    wanted: Mapping[str, Segment], found: dict[str, Unit], retired: Mapping[str, Unit]
) -> set[str]:
    """Use obsolete units again for messages that have returned; return those messages."""
    revived = set()
    for key in wanted:
        if key in retired and (key not in found or found[key].fuzzy):
            found[key] = retired[key]
            revived.add(key)
    return revived


def _from_elsewhere(unit: Unit, segment: Segment) -> Unit:
    """Return a unit of another page as that of a segment, the same text on this page.

    A sentence means the same on both. A word or two may not ("Free": at no cost, or not taken), so
    their translation is only suggested.
    """
    unit = unit._replace(message=segment.message, comment="", line=0, written="")
    if segment.is_given or unit.state == "missing" or not _is_ambiguous(unit.message):
        return unit
    return unit._replace(fuzzy=True, previous=None)


# Words, or in scripts without blanks between them letters, that may mean something else elsewhere.
_FEW_WORDS, _FEW_LETTERS = 3, 6
_WORD = re.compile(r"[\w’'-]+")
_UNSPACED = re.compile(f"[{CJK}{SOUTHEAST_ASIAN}]")


def _is_ambiguous(message: str) -> bool:
    text = TAG.sub("", message)
    letters = sum(letter.isalnum() for letter in _UNSPACED.findall(text))
    words = len(_WORD.findall(_UNSPACED.sub(" ", text)))
    return bool(words / _FEW_WORDS + letters / _FEW_LETTERS <= 1)


def _suggest(
    wanted: Mapping[str, Segment],
    found: dict[str, Unit],
    gone: Sequence[Unit],
    obsolete: Sequence[Unit],
) -> None:
    """Suggest translations of similar deleted messages for new messages."""
    fresh = [s for key, s in wanted.items() if key not in found and not s.is_given]
    pool = {unit.message: unit for unit in (*obsolete, *gone) if unit.translation}
    for segment in fresh:
        match = process.extractOne(
            segment.message, list(pool), scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        if match:
            found[segment.key] = Unit(
                segment.message,
                pool[match[0]].translation,
                fuzzy=True,
                context=segment.context,
            )


def _obsolete(catalog: Catalog, gone: Sequence[Unit], revived: set[str]) -> tuple[Unit, ...]:
    """Return the obsolete units: the old ones, and deleted units that someone translated."""
    names = {unit.key for unit in gone} | revived
    kept = [unit for unit in catalog.obsolete if unit.key not in names]
    worked_on = [unit for unit in gone if _is_worked_on(unit)]
    return (*kept, *(unit._replace(places=()) for unit in worked_on))


def _is_worked_on(unit: Unit) -> bool:
    """Tell whether somebody has translated a unit, or a plural form of it."""
    return any(each not in ("", unit.message) for each in (unit.translation, *unit.plural[1:]))
