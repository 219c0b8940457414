"""Bring a catalog up to date with its page, without losing translations.

Old and new messages are aligned in reading order. A message that is the same keeps its
translation; an edited message keeps it too, as *changed*, with the old message stored beside it,
also if it has moved and is alike beyond doubt; for one that is only similar, such as a copy of a
text that was edited then, it is *suggested*. Where only targets of links have changed, the
translation follows them. A unit whose message is gone becomes obsolete, and is used again when its
message returns. Text that another page has translated as it now reads has that translation; one
that was edited on its way from another page is *changed*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from unicodedata import is_normalized, normalize

from rapidfuzz import fuzz, process

from handbook.bitext.catalog.restore import likest
from handbook.bitext.catalog.units import BEFORE, Catalog, Unit, in_comment, with_others
from handbook.bitext.languages.scripts import CJK, SOUTHEAST_ASIAN
from handbook.bitext.page.markup import without_tags
from handbook.bitext.page.segments import Page, Segment, messages
from handbook.bitext.patterns import pattern
from handbook.bitext.translate import retarget
from handbook.bitext.translate.revisions import follow, take_edited, take_moved
from handbook.bitext.translate.sameness import bare

# The minimum likeness (per cent) of messages in different places for a suggestion.
ALIKE = 78.0


Elsewhere = Callable[[str], Unit | None]
"""A function that returns the translated unit with a key from another page's catalog, or None.

Its only place is the name of that catalog. Its message is another one if that was edited when it
moved to this page.
"""


def _nowhere(key: str) -> Unit | None:
    """Find no unit: there are no other pages."""
    return None


def merge(page: Page, catalog: Catalog, elsewhere: Elsewhere = _nowhere, path: str = "") -> Catalog:
    """Return `catalog` with a unit for each message of `page`, in reading order.

    `path` is the page's path, for the references of its units. `elsewhere` finds units of the same
    language on other pages, where moved or repeated text has its translation; it is called only for
    new messages and for edited ones.
    """
    wanted = messages(page.segments)
    catalog = _respelled(catalog, wanted)
    old = {unit.key: unit for unit in catalog.units}
    if list(old) == list(wanted):
        units = tuple(_placed(unit, wanted[unit.key], path) for unit in catalog.units)
        return catalog if units == catalog.units else replace(catalog, units=units)

    found = {key: old[key] for key in wanted if key in old}
    gone = [unit for key, unit in old.items() if key not in wanted]
    _take_back(wanted, found, gone)
    retarget.reuse(wanted, found, gone)
    # What was edited into a text that has a translation keeps its own as an obsolete unit.
    revived = _revive(wanted, found, catalog.obsolete)
    _recontexted(wanted, tuple(old.values()), found, gone)
    come = _come(wanted, found, elsewhere)
    _take_exact(come, found, gone)
    take_edited(wanted, list(old.values()), found, gone)
    found = {**come, **found}
    take_moved(_clear(wanted, found), found, gone)
    _suggest(_fresh(wanted, found), found, (*catalog.obsolete, *gone))
    _suggest(_clear(wanted, found), found, (u for u in old.values() if u.state == "current"))
    _comment(wanted, found, [unit for unit in gone if unit.comment and not unit.translation])
    return replace(
        catalog,
        units=tuple(
            _placed(found[k] if k in found else _new(s), s, path) for k, s in wanted.items()
        ),
        obsolete=_obsolete(catalog, gone, revived),
    )


def with_late(catalog: Catalog, elsewhere: Elsewhere) -> Catalog:
    """Return `catalog` with translations of moved text that were made after it had moved.

    Somebody worked on them while the text moved to this page; `elsewhere` finds such units. What
    was a draft there is one here; what was finished replaces that of an earlier text.
    """

    def late(unit: Unit) -> Unit:
        found = elsewhere(unit.key) if unit.state in ("missing", "changed") else None
        if found is None or (_is_ambiguous(unit.message) and not found.fuzzy):
            return unit
        if unit.state == "changed" and found.fuzzy:
            return unit
        made = unit._replace(translation=found.translation, fuzzy=found.fuzzy)
        made = made._replace(previous=found.previous, previous_context=found.previous_context)
        return with_others(made, (unit.translation,))

    units = tuple(map(late, catalog.units))
    return catalog if units == catalog.units else replace(catalog, units=units)


def improved(unit: Unit, replaced: Mapping[str, str]) -> Unit:
    """Return a unit of moved text with what has `replaced` its translation where it was before.

    What was a draft, or was to be looked at, is so no more. A choice between two stays open.
    """
    found = replaced.get(BEFORE + in_comment(unit.translation))
    if found is None or unit.is_twice:
        return unit
    return unit._replace(translation=found, fuzzy=False, previous=None, previous_context=None)


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
    """Return the note of a segment's unit: its kind, and what its author tells translators."""
    kind = f"number ({segment.kind})" if segment.is_number else segment.kind
    return f"{kind}\n{segment.note}" if segment.note else kind


def _place(segment: Segment, path: str) -> str:
    """Return the reference of a segment's unit: the page, and the section it is in."""
    return f"{path}#{segment.place}" if segment.place else path


def _new(segment: Segment) -> Unit:
    """Return a new unit without translation; an address or a number is at first its own."""
    given = segment.message if segment.is_given else ""
    return Unit(segment.message, given, context=segment.context)


def _placed(unit: Unit, segment: Segment, path: str) -> Unit:
    """Return `unit` with the place and note that its message has on the page, and no plural.

    An address or a number that lost its translation gets its own text again.
    """
    if unit.plural:
        unit = singular(unit)
    if segment.is_given and not unit.translation:
        unit = unit._replace(translation=segment.message, fuzzy=False, previous=None)
    note, place = _note(segment), _place(segment, path)
    places = (place,) if place else ()
    if unit.places == places and unit.note == note:
        return unit
    return unit._replace(places=places, note=note)


def singular(unit: Unit) -> Unit:
    """Return a unit without a plural, as texts of pages have none; its comment has other forms.

    Where the first form is missing, another one is suggested: it was not written for this message.
    """
    forms = unit.plural[2:]  # the first is its translation
    made = unit._replace(plural=(), previous_plural=None)
    if not unit.translation and (other := next(filter(None, forms), "")):
        made = made._replace(translation=other, fuzzy=True, previous=None, previous_context=None)
    return with_others(made, forms)


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
            found[key] = follow(unit, segment)
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


def _revive(
    wanted: Mapping[str, Segment], found: dict[str, Unit], obsolete: Sequence[Unit]
) -> set[str]:
    """Use obsolete units again for messages that have returned; return those messages."""
    retired = {unit.key: unit for unit in obsolete}
    revived = set()
    for key in wanted:
        if key in retired and key not in found:
            found[key] = retired[key]
            revived.add(key)
    return revived


def _come(
    wanted: Mapping[str, Segment], found: Mapping[str, Unit], elsewhere: Elsewhere
) -> dict[str, Unit]:
    """Return the units of other pages for messages that this one has no unit of."""
    asked = ((key, each) for key, each in wanted.items() if key not in found)
    come = {key: u for key, each in asked if (u := elsewhere(key)) and not _is_doubtful(u, each)}
    sure = set(_in_company([key for key, each in wanted.items() if not each.is_given], come))
    return {key: _from_elsewhere(unit, wanted[key], key in sure) for key, unit in come.items()}


def _in_company(keys: Sequence[str], come: Mapping[str, Unit]) -> Iterator[str]:
    """Yield messages beside which longer ones have come from the same page: what moved together.

    However short they are, they mean what they meant there.
    """
    for places, run in groupby(keys, lambda key: come[key].places if key in come else ()):
        moved = list(run)
        sure = (come[key] for key in moved if places)
        if any(not unit.fuzzy and not _is_ambiguous(unit.message) for unit in sure):
            yield from moved


def _take_exact(come: Mapping[str, Unit], found: dict[str, Unit], gone: Sequence[Unit]) -> None:
    """Use what other pages have translated, where a message may be an edit of a deleted one.

    An edit that leaves the words as they were has the translation of its own page.
    """
    before = {bare(unit.message) for unit in gone}
    for key, unit in come.items():
        is_translated = unit.state == "current" and unit.translation != unit.message
        if is_translated and bare(unit.message) not in before:
            found[key] = unit


def _is_edited(unit: Unit, segment: Segment) -> bool:
    return normalize("NFC", unit.message) != normalize("NFC", segment.message)


def _is_doubtful(unit: Unit, segment: Segment) -> bool:
    """Tell whether a unit of another page may as well not be that of a text's earlier form."""
    is_short = segment.is_given or _is_ambiguous(segment.message)
    return _is_edited(unit, segment) and (is_short or unit.context != segment.context)


def _from_elsewhere(unit: Unit, segment: Segment, is_sure: bool) -> Unit:
    """Return a unit of another page as that of a segment, the same text on this page.

    A sentence means the same on both. A word or two may not ("Free": at no cost, or not taken), so
    their translation is only suggested, unless it is sure.
    """
    unit = unit._replace(comment="", line=0, written="")
    if _is_edited(unit, segment):
        return follow(unit, segment)
    unit = unit._replace(message=segment.message)
    if segment.is_given or is_sure or not _is_ambiguous(unit.message):
        return unit
    return unit._replace(fuzzy=True, previous=None)


# Words, or in scripts without blanks between them letters, that may mean something else elsewhere.
_FEW_WORDS, _FEW_LETTERS = 3, 6
_WORD = re.compile(r"[\w’'-]+")
_UNSPACED = pattern(f"[{CJK}{SOUTHEAST_ASIAN}]")


def _is_ambiguous(message: str) -> bool:
    """Tell whether a message is so short that it may mean something else elsewhere."""
    text = without_tags(message)
    letters = sum(letter.isalnum() for letter in _UNSPACED.findall(text))
    words = len(_WORD.findall(_UNSPACED.sub(" ", text)))
    return bool(words / _FEW_WORDS + letters / _FEW_LETTERS <= 1)


def _fresh(wanted: Mapping[str, Segment], found: Mapping[str, Unit]) -> list[Segment]:
    """Return the texts that nothing was found for."""
    return [each for key, each in wanted.items() if key not in found and not each.is_given]


def _clear(wanted: Mapping[str, Segment], found: Mapping[str, Unit]) -> list[Segment]:
    """Return the texts that nothing was found for, and that mean the same wherever they stand."""
    return [each for each in _fresh(wanted, found) if not _is_ambiguous(each.message)]


def _suggest(fresh: Iterable[Segment], found: dict[str, Unit], known: Iterable[Unit]) -> None:
    """Suggest translations of similar messages, deleted or in use, for new messages."""
    pool = {unit.message: unit for unit in known if unit.translation}
    texts = list(pool)
    for segment in fresh if pool else ():
        match = process.extractOne(segment.message, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if match:
            found[segment.key] = Unit(
                segment.message,
                pool[match[0]].translation,
                fuzzy=True,
                context=segment.context,
            )


def _comment(wanted: Mapping[str, Segment], found: dict[str, Unit], gone: Sequence[Unit]) -> None:
    """Give new messages the comments on those without translation that they were edited from."""
    comments = {unit.key: unit.comment for unit in gone}
    new = [key for key in wanted if key not in found or not found[key].comment] if gone else ()
    for key, old in likest(new, comments, ALIKE).items():
        found[key] = found.get(key, _new(wanted[key]))._replace(comment=comments[old])


def _obsolete(catalog: Catalog, gone: Sequence[Unit], revived: set[str]) -> tuple[Unit, ...]:
    """Return the obsolete units: the old ones, and deleted units that someone translated."""
    names = {unit.key for unit in gone} | revived
    kept = [unit for unit in catalog.obsolete if unit.key not in names]
    worked_on = [unit for unit in gone if _is_worked_on(unit)]
    return (*kept, *(unit._replace(places=()) for unit in worked_on))


def _is_worked_on(unit: Unit) -> bool:
    """Tell whether somebody has translated a unit, or a plural form of it."""
    return any(each not in ("", unit.message) for each in (unit.translation, *unit.plural[1:]))
