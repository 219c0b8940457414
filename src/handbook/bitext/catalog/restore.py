"""Put back what programs drop from a catalog, from earlier versions of it.

What a person has worked on since stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from itertools import chain
from operator import attrgetter

from rapidfuzz import fuzz, process

from handbook.bitext.catalog import headers
from handbook.bitext.catalog.units import Catalog, Unit, with_others

_FORGOTTEN = re.compile(r"^#, (?:[^\n]*, )?fuzzy\b[^\n]*\n(?!#\|)", re.MULTILINE)
_FUZZY = re.compile(r"^#, (?:[^\n]*, )?fuzzy\b", re.MULTILINE)
_EMPTY = '\nmsgstr ""\n\n'
_OMEGAT = re.compile(r'^msgid ""\r?\nmsgstr "[^"\n]+"\r?\n"', re.MULTILINE)
_OF_TABLE = ("#. extracted from ", ".csv", "X-Generator: Translate Toolkit")
_END_OF_HEAD = re.compile(r"\n\r?\n")
_DAMAGED = 75.0
"""The least likeness (per cent) of a message to the one that it was before it was damaged."""


def may_lack_previous(text: str) -> bool:
    """Tell whether any unit of a catalog's text is fuzzy and has no earlier message."""
    return "\n#, " in text and "fuzzy" in text and bool(_FORGOTTEN.search(text))


def may_be_emptied(text: str) -> bool:
    """Tell whether any unit of a catalog's text is fuzzy and has no translation."""
    entries = text.split("\n\n") if "\n#, " in text and "fuzzy" in text else ()
    return any(bool(_FUZZY.search(each)) and _EMPTY in f"{each}\n\n" for each in entries)


def may_have_doubled(text: str) -> bool:
    """Tell whether a catalog's text has a doubled backslash in any string, as tables make it."""
    return r"\\\\" in text


def leaves_out_marks(text: str) -> bool:
    """Tell whether a program has written a catalog that leaves out which units are *changed*.

    OmegaT alone begins a header on the line of msgstr. What csv2po makes of a table, without the
    catalog as its template, says so.
    """
    head = _END_OF_HEAD.split(text, maxsplit=1)[0]
    return bool(_OMEGAT.search(text)) or all(words in head for words in _OF_TABLE)


def lost_units(
    catalog: Catalog, versions: Iterable[Catalog], lost: Collection[str], *, as_drafts: bool
) -> Catalog:
    """Return a catalog with its `lost` units, told by their keys, as earlier versions have them.

    A file that was sent in part, or made of what was left to do, lacks them. Of `versions`, the
    newest is first; a unit comes behind the one that it was behind there. With `as_drafts` they are
    only suggested.
    """
    open_ = set(lost)
    for version in versions:
        catalog = _with_units(catalog, version, open_, as_drafts=as_drafts)
        open_ -= {unit.key for unit in catalog.units}
        if not open_:
            break
    return catalog


def _with_units(
    catalog: Catalog, version: Catalog, lost: Container[str], *, as_drafts: bool
) -> Catalog:
    """Return a catalog with those of its lost units that one earlier version has."""
    have, place = {unit.key for unit in catalog.units}, ""
    behind: dict[str, list[Unit]] = {}
    for unit in version.units:
        if unit.key in have:
            place = unit.key
        elif unit.key in lost and _is_worked_on(unit):
            behind.setdefault(place, []).append(_draft(unit) if as_drafts else unit)
    if not behind:
        return catalog
    groups = ([unit, *behind.get(unit.key, [])] for unit in catalog.units)
    catalog = replace(catalog, units=(*behind.get("", []), *chain.from_iterable(groups)))
    return _with_obsolete(catalog, version)


def _is_worked_on(unit: Unit) -> bool:
    """Tell whether a unit has more than it would have by itself: nothing, an address, a number."""
    own = unit.message if unit.is_given else ""
    return bool(unit.comment) or unit.translation not in ("", own)


def _with_obsolete(catalog: Catalog, version: Catalog) -> Catalog:
    """Return a catalog with the obsolete units of an earlier version that it lacks."""
    have = {unit.key for unit in (*catalog.units, *catalog.obsolete)}
    lost = (unit for unit in version.obsolete if unit.key not in have)
    return replace(catalog, obsolete=(*catalog.obsolete, *lost))


def _draft(unit: Unit) -> Unit:
    return unit._replace(fuzzy=bool(unit.translation), previous=None, previous_context=None)


def previous_messages(catalog: Catalog, versions: Iterable[Catalog]) -> Catalog:
    """Return a catalog with the earlier messages that a program has dropped from fuzzy units.

    Where text and message are unchanged, a unit that was *changed* is so again. Of `versions`, the
    newest is first.
    """
    open_ = {u.key: u for u in catalog.units if u.state == "suggested" and not u.is_twice}
    found: dict[str, Unit] = {}
    for version in versions if open_ else ():
        known = {unit.key: unit for unit in version.units}
        for key, unit in list(open_.items()):
            before = known.get(key)
            is_same = before is not None and before.translation == unit.translation
            if before is None or not is_same or not before.fuzzy:
                del open_[key]  # somebody has made it since, or found it good before
            elif (made := remembering(unit, before)) != unit:
                found[key] = made
                del open_[key]
        if not open_:
            break
    if not found:
        return catalog
    return replace(catalog, units=tuple(found.get(unit.key, unit) for unit in catalog.units))


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


def is_emptied(catalog: Catalog, before: Catalog) -> bool:
    """Tell whether of several texts that a catalog had `before` none is left.

    Somebody has put a template in its place, or a program has: nobody clears all of them by hand.
    """
    had = sum(bool(unit.translation) and not unit.is_given for unit in before.units)
    return had >= _SEVERAL and not has_text(catalog)


def has_text(catalog: Catalog) -> bool:
    """Tell whether a catalog has any translation; an address is its own, and a blank is none."""
    return any(unit.translation.strip() and not unit.is_given for unit in catalog.units)


_SEVERAL = 3


def marks(catalog: Catalog, before: Catalog) -> Catalog:
    """Return a catalog of OmegaT's, or of a table, with the marks and the texts that are left out.

    OmegaT writes no fuzzy marks, and nothing for what it takes to be untranslated: changed units,
    and those that are like their message. A unit whose text is another than `before` was worked
    on; so was a changed one that still has its text, if the catalog shows that such texts were left
    out. A table has no column for comments.
    """
    comments = {unit.key: unit.comment for unit in before.units}
    known = {unit.key: unit for unit in before.units if unit.translation}
    odd = {key for key, unit in known.items() if unit.fuzzy or unit.translation == unit.message}
    leaves_out = any(unit.key in odd and not unit.translation for unit in catalog.units)

    def restored(unit: Unit) -> Unit:
        unit = unit._replace(comment=unit.comment or comments.get(unit.key, ""))
        old = known.get(unit.key)
        if old is None or unit.translation not in ("", old.translation):
            return unit
        if unit.translation and (leaves_out or not old.fuzzy):
            return unit
        return unit._replace(
            translation=old.translation,
            plural=old.plural,
            fuzzy=old.fuzzy,
            previous=old.previous,
            previous_context=old.previous_context,
        )

    return _with_obsolete(replace(catalog, units=tuple(map(restored, catalog.units))), before)


def damaged(catalog: Catalog, before: Catalog, wanted: Collection[str]) -> dict[str, Unit]:
    """Return by the key of each unit whose message may be damaged the unit that it was `before`.

    A message that is neither on the page nor in the earlier version is one that somebody has
    changed in the catalog, or one of a page between the two; `wanted` has the keys of the page. It
    is like the one that it was, or somebody wrote the translation over it.
    """
    have = {unit.key for unit in catalog.units}
    known = {unit.key for unit in (*before.units, *before.obsolete)}
    earlier = {unit.previous for unit in before.units}
    new = [u for u in catalog.units if u.key not in known and u.key not in wanted]
    new = [unit for unit in new if unit.message not in earlier]
    lost = {unit.key: unit for unit in before.units if unit.key not in have and unit.key in wanted}
    found = likest((unit.key for unit in new), lost, _DAMAGED)
    places = dict(_in_place(catalog.units, before.units)) if new and lost else {}
    for told in (_by_translation, partial(_by_place, places=places), _by_kind):
        taken = set(found.values())
        over = [unit for unit in new if unit.key not in found]
        free = [unit for key, unit in lost.items() if key not in taken]
        found |= told(over, free) if over and free else {}
    return {key: lost[old] for key, old in found.items()}


def _by_translation(over: Iterable[Unit], free: Iterable[Unit]) -> dict[str, str]:
    """Return which units were others, by keys: their text is the same, or what was the message."""
    texts = {text: unit.key for unit in free for text in (unit.message, unit.translation) if text}
    found = {texts[unit.translation]: unit.key for unit in over if unit.translation in texts}
    return {key: old for old, key in found.items()}


def _by_place(
    over: Iterable[Unit], free: Iterable[Unit], places: Mapping[str, str]
) -> dict[str, str]:
    """Return which units without a text were others, by keys: they stand in their places."""
    lost = {unit.key for unit in free}
    keys = (unit.key for unit in over if not unit.translation)
    return {key: places[key] for key in keys if places.get(key) in lost}


def _by_kind(over: Iterable[Unit], free: Sequence[Unit]) -> dict[str, str]:
    """Return which units without a text may have been others, by keys: they are of one kind.

    A program has sorted the file. Of several it is the one as long beside the others, or the one
    most like it: whoever translates has to look there anyway, and the words are kept.
    """
    units, found = [unit for unit in over if not unit.translation], dict[str, str]()
    if not any(unit.places for unit in units):  # the program has dropped them
        free = [unit._replace(places=()) for unit in free]
    for kind in (attrgetter("places", "note", "context"), attrgetter("places")):
        for each in dict.fromkeys(map(kind, units)):
            some = [u.key for u in units if kind(u) == each and u.key not in found]
            known = set(found.values())
            same = [u.key for u in free if kind(u) == each and u.key not in known]
            found |= _as_long(some, same) or likest(some, same, 0)
    return found


def _as_long(texts: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """Return for each text the other that is as long beside the others; {} if some have none."""
    pair = sorted(texts, key=len), sorted(others, key=len)
    return dict(zip(*pair, strict=True)) if len(texts) == len(others) else {}


def _in_place(units: Sequence[Unit], before: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """Yield the key of each unit that stands where another one stood before, and of that one."""
    match = SequenceMatcher(None, [u.key for u in before], [u.key for u in units], autojunk=False)
    for _, start, end, to, to_end in match.get_opcodes():
        if end - start == to_end - to:
            for old, unit in zip(before[start:end], units[to:to_end], strict=True):
                if unit.places in ((), old.places) and unit.note in ("", old.note):
                    yield unit.key, old.key


def messages(catalog: Catalog, found: Mapping[str, Unit]) -> Catalog:
    """Return a catalog with its damaged messages, by their keys, as the units found have them."""
    if not found:
        return catalog
    units = (_mended(u, found[u.key]) if u.key in found else u for u in catalog.units)
    return replace(catalog, units=tuple(units))


def _mended(unit: Unit, old: Unit) -> Unit:
    """Return a unit with its message as it was; words that were written over it are kept."""
    is_over = unit.translation in ("", old.translation, old.message)
    if is_over and unit.message != old.message and fuzz.ratio(unit.key, old.key) < _DAMAGED:
        return _beside(unit.message, old._replace(comment=unit.comment or old.comment))
    return unit._replace(message=old.message, context=old.context)


def _beside(words: str, unit: Unit) -> Unit:
    """Return a unit with the words that somebody has written over its message: a translation."""
    if unit.translation:
        return with_others(unit, (words,))
    return unit._replace(translation=words, fuzzy=True, previous=None, previous_context=None)


def emptied(catalog: Catalog, before: Catalog) -> Catalog:
    """Return a catalog with the translations of *changed* units that a program has taken out.

    It has left their marks, as posegment does. Whoever wants no such text takes out both.
    """
    known = {unit.key: unit for unit in before.units if unit.state == "changed"}

    def full(unit: Unit) -> Unit:
        old = known.get(unit.key)
        is_marked = unit.fuzzy and unit.previous is not None and not unit.translation
        if old is None or not is_marked or unit.previous != old.previous:
            return unit
        return unit._replace(translation=old.translation)

    return replace(catalog, units=tuple(map(full, catalog.units)))


def backslashes(catalog: Catalog, before: Catalog) -> Catalog:
    """Return a catalog without the backslashes that a table has doubled, in all or in some texts.

    A text is one of `before` but for them.
    """
    doubled = {
        (unit.key, unit.translation.replace("\\", "\\\\")): unit.translation
        for unit in before.units
        if "\\" in unit.translation
    }

    def single(unit: Unit) -> Unit:
        text = doubled.get((unit.key, unit.translation))
        return unit if text is None else unit._replace(translation=text)

    return replace(catalog, units=tuple(map(single, catalog.units))) if doubled else catalog


def fields(catalog: Catalog, before: Catalog) -> Catalog:
    """Return a catalog with the fields of the header that only this project reads, as `before`.

    A program that knows only gettext's has dropped all of them; one that somebody has taken out
    stays out.
    """
    if headers.REVIEWED in catalog.header:
        return catalog
    own = {name: value for name, value in before.header.items() if name in headers.OURS}
    rest = {name: value for name, value in catalog.header.items() if name not in own}
    return replace(catalog, header=rest | own)


def notes(catalog: Catalog, before: Catalog) -> Catalog:
    """Return a catalog with the notes, comments and texts of obsolete units that were dropped."""
    known = {unit.key: unit for unit in (*before.obsolete, *before.units)}

    def noted(unit: Unit) -> Unit:
        old = known.get(unit.key)
        if old is None or (unit.note and unit.translation):
            return unit
        note, comment = unit.note or old.note, unit.comment or old.comment
        text = unit.translation or old.translation
        return unit._replace(note=note, comment=comment, translation=text)

    return replace(catalog, obsolete=tuple(map(noted, catalog.obsolete)))


def likest(texts: Iterable[str], others: Iterable[str], least: float) -> dict[str, str]:
    """Return for each text which of the others is most like it, from a likeness on, each once."""
    free = list(others)
    found: dict[str, str] = {}
    for text in texts if free else ():
        if best := process.extractOne(text, free, scorer=fuzz.ratio, score_cutoff=least):
            found[text] = free.pop(best[2])
    return found
