"""Take catalogs that came by mail or chat into the handbook's own: what `handbook receive` does.

A received catalog is joined unit by unit with ours, from the version that it was made from, which
git knows. What has been translated anew since stays; what was received instead is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from handbook.bitext import conflicts, files
from handbook.bitext.catalog import headers, po, restore, tidy
from handbook.bitext.catalog.units import ALSO, TWICE, Catalog, Unit, in_comment
from handbook.bitext.checks.letters import garbled
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import site_catalog
from handbook.bitext.project.past import History, Version
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.receiving import misread
from handbook.bitext.receiving.envelope import Piece, opened
from handbook.bitext.receiving.labels import Labels
from handbook.bitext.receiving.placing import TELLING, Place, elsewhere, place_of
from handbook.bitext.receiving.respelled import Identity, spelled_as
from handbook.bitext.translate.join import join
from handbook.bitext.translate.merge import merge, singular


@dataclass(frozen=True)
class Line:
    """What became of one received unit, and why."""

    message: str
    outcome: str

    def __str__(self) -> str:
        words = shorten(" ".join(self.message.split()), 60, placeholder="…")
        return f"  {self.outcome}: “{words}”"


@dataclass(frozen=True)
class Received:
    """What became of a received catalog."""

    file: str
    path: str
    """The catalog it was joined with."""
    place: Place
    base: str
    """The version it was made from, in words."""
    taken: tuple[Line, ...]
    left: tuple[Line, ...]
    """What was not taken."""
    catalog: Catalog

    def __str__(self) -> str:
        count = f"{len(self.taken)} taken, {len(self.left)} not"
        head = f"{self.file}: {self.path}, {self.base}: {count}"
        return "\n".join((head, *map(str, (*self.taken, *self.left))))


def sent(file: Path, labels: Labels) -> Iterator[Piece | Problem]:
    """Yield the catalogs and texts in a file that came: it may be an archive, or a mail.

    `labels` are those of readers' corrections.
    """
    name = file.as_posix()
    data = files.read_bytes(file, name)
    if isinstance(data, Problem):
        yield data
    else:
        yield from opened(name, data, labels)


def receive(
    handbook: Handbook,
    piece: Piece,
    history: History,
    *,
    language: str = "",
    credit: str = "",
) -> Iterator[Received | Problem]:
    """Yield a received catalog joined with that of its page, and so for each page it has texts of.

    Nothing is written; who writes does so before asking for the next. `language` is what it is in,
    if its sender has said so, and `credit` whom to thank.
    """
    name, data = piece
    fault = _no_catalog(data)
    read: Catalog | Problem | None = Problem(name, *fault) if fault else parse_catalog(data, name)
    if isinstance(read, Problem) and not fault:
        read = misread.reread(handbook, data) or read
    drops_marks = restore.leaves_out_marks(data.decode("latin-1"))
    if isinstance(read, Catalog) and not read.units:  # a program has set all aside, and its marks
        read, drops_marks = replace(read, units=read.obsolete, obsolete=()), True
    while isinstance(read, Catalog):
        place = place_of(handbook, read, name, language)
        if isinstance(place, Problem):
            yield place
            return
        rest = elsewhere(handbook, read, place)
        if rest:
            apart = set(rest.units)
            read = replace(read, units=tuple(unit for unit in read.units if unit not in apart))
        found = _received(handbook, read, name, place, history, drops_marks=drops_marks)
        yield found if isinstance(found, Problem) else _finished(handbook, found, read, credit)
        read, language = rest, place.language
    if isinstance(read, Problem):
        yield read


def _received(
    handbook: Handbook,
    read: Catalog,
    name: str,
    place: Place,
    history: History,
    *,
    drops_marks: bool,
) -> Received | Problem:
    """Return what becomes of a catalog that is of one page.

    `drops_marks` says that its program leaves marks or texts out, as OmegaT does.
    """
    path = _path(handbook, place)
    handbook.catalogs.refresh(path)
    loaded = handbook.catalogs.load(path)
    if isinstance(loaded, Problem):
        return loaded
    wanted = _wanted(handbook, place)
    base, past, words = _base(read, path, history, wanted)
    if loaded:
        past.messages.update(_identities(loaded))
    past.messages.update(wanted)
    read = _without_inventions(spelled_as(read, past.messages), past.messages, loaded)
    if drops_marks:
        read = restore.marks(read, base)
    worked, lines = _worked_on(base, read, _reverting(read, past.texts, loaded))
    if base.units:
        worked, foreign = _without_foreign(worked, past.messages, _lacks_any(read, base))
        lines = [*lines, *foreign]
    made, became = _joined(handbook, place, base, worked)
    lines = [*became, *lines]
    taken = tuple(line for line in lines if line.outcome.startswith(TAKEN))
    left = tuple(line for line in lines if not line.outcome.startswith(TAKEN))
    return Received(name, path, place, words, taken, left, made)


def _lacks_any(read: Catalog, base: Catalog) -> bool:
    """Tell whether a catalog lacks a message of the version it was made from."""
    return bool({unit.key for unit in base.units} - {unit.key for unit in read.units})


def _wanted(handbook: Handbook, place: Place) -> set[Identity]:
    """Return the messages of a page, each with its context."""
    if place.source is None:
        return set()
    return {(each.message, each.context) for each in handbook.read(place.source).segments}


def _identities(catalog: Catalog) -> Iterator[Identity]:
    """Yield the messages that a catalog knows, each with its context."""
    for unit in (*catalog.units, *catalog.obsolete):
        yield unit.message, unit.context
        if unit.previous is not None:
            yield unit.previous, unit.previous_context


def write(handbook: Handbook, received: Received) -> Problem | None:
    """Write the joined catalog, and use it from now on; return a problem if ours was saved since.

    Raises SettingsError.
    """
    if handbook.catalogs.is_stale(received.path):
        fault = f"was saved while {received.file} was read; give that again: handbook receive"
        return Problem(received.path, 1, fault)
    text = po.dump(received.catalog)
    files.write(handbook.root / received.path, text)
    handbook.catalogs.written(received.path, po.parse(text))
    return None


def _no_catalog(data: bytes) -> tuple[int, str] | None:
    """Return what a text lacks to be a catalog, with its line; None if it may be one."""
    text = data.decode("utf-8", "replace")
    if places := conflicts.places(text):
        fault = "git could not join two versions of it; ask its sender which lines are right"
        return line_at(text, places[0]), fault
    if turned := _TURNED.search(text):
        fault = "a program has turned the quotation marks of its entries; ask for the file itself"
        return line_at(text, turned.start()), fault
    if "msgid" not in text.replace("\0", ""):
        return (
            1,
            "has no entries of a catalog, and no correction; ask its sender for the file that ends"
            " in .po, or for lines with “Page:”, “Language:”, “Old text:” and “New text:”",
        )
    return None


_TURNED = re.compile(r"^[> \t]*msg(?:id|str)[ \t]+[“”„«‘’]", re.MULTILINE)


def _finished(handbook: Handbook, found: Received, read: Catalog, credit: str) -> Received:
    """Return what was received, tidy, with the thanks that its header asks for, and `credit`."""
    place, made = found.place, found.catalog
    own = tidy.header(read.header, handbook.catalogs.empty("", place.language).header)
    if names := headers.with_credit(own.get(headers.CREDIT, ""), tidy.without_address(credit)):
        credited = headers.with_credit(made.header.get(headers.CREDIT, ""), names)
        made = replace(made, header={**made.header, headers.CREDIT: credited})
    like = handbook.catalogs.empty(_source_language(handbook, place), place.language)
    return replace(found, catalog=tidy.tidy(made, like))


def _path(handbook: Handbook, place: Place) -> str:
    if place.source is None:
        return site_catalog(place.language)
    return handbook.catalog_in_use(place.source.path, place.language)


def _source_language(handbook: Handbook, place: Place) -> str:
    return place.source.language if place.source else handbook.languages[0]


# -- the version it was made from ------------------------------------------------------------------


class Past(NamedTuple):
    """What a catalog has had in all of its versions."""

    texts: set[tuple[str, str]]
    """Keys of units, each with a translation."""
    messages: set[Identity]


def _base(
    received: Catalog, path: str, history: History, wanted: set[Identity]
) -> tuple[Catalog, Past, str]:
    """Return the version that a catalog was made from, what all versions had, and words for it.

    It is the one that the catalog differs from in the fewest units; the oldest of such, for what
    was translated after it must not be taken for something that the sender has seen. Programs may
    have altered messages: they are compared with those of the version, and with those `wanted`.
    """
    best: tuple[int, Catalog, Version] | None = None
    past = Past(set(), set())
    for version in history(path):
        known = parse_catalog(version.data, path)
        if isinstance(known, Catalog):
            past.texts.update((unit.key, unit.translation) for unit in known.units)
            past.messages.update(_identities(known))
            like = spelled_as(received, {*_identities(known), *wanted})
            distance = _distance(like, known)
            if best is None or distance <= best[0]:
                best = distance, known, version
    if best is None:
        return Catalog({}), past, "made from no version that git knows"
    return best[1], past, f"made from that of {best[2].day} ({best[2].commit[:10]})"


def _reverting(received: Catalog, past: set[tuple[str, str]], ours: Catalog | None) -> set[str]:
    """Return the keys of units whose received text was ours once and was replaced since."""
    now = {unit.key: unit.translation for unit in ours.units} if ours else {}
    return {
        unit.key
        for unit in received.units
        if (unit.key, unit.translation) in past
        and now.get(unit.key, "") not in ("", unit.translation)
    }


def _distance(received: Catalog, known: Catalog) -> int:
    """Return in how many units two catalogs differ."""
    one = {unit.key: unit for unit in received.units}
    other = {unit.key: unit for unit in known.units}
    both = one.keys() & other.keys()
    said = sum(one[key].translation != other[key].translation for key in both)
    return said + 2 * len(one.keys() ^ other.keys())


# -- joining ---------------------------------------------------------------------------------------

TAKEN = "taken"
_SINCE = "not taken, was translated anew since; kept in its comment"
_GONE = "not taken, is no longer on the page; kept at the end of the catalog"
_GARBLED = "not taken, letters were lost or read in another encoding; ask for it in UTF-8"
_JOINED = "not taken, a program has put two texts together; ask its sender which is right"
_COPIED = (
    "not taken, is its own source text, as programs export what they do not have; if it is meant,"
    " write it into the catalog by hand"
)
_EMPTY = "not taken, is empty in the file"
_REPLACED = "not taken, is a text of ours that was replaced since"
_KNOWN = "taken before"
_FOREIGN = "not taken, no version of the page has this text; look up which is meant"
_WRITTEN_OVER = (
    "not taken, no version of the page has this text; if it is a translation, written over its"
    " msgid, put it into the msgstr"
)
_MARKED = "not taken, is marked as needing work like all others, as a program does"
_WORKED = "not taken, was worked on since"
_UNSURE = f"{TAKEN}, but marked as needing work: readers see the source until the mark is removed"
_OLDER = "taken as changed, its text was edited since"


def _joined(
    handbook: Handbook, place: Place, base: Catalog, worked: Catalog
) -> tuple[Catalog, list[Line]]:
    """Join what was received with ours; tell what became of each unit that its sender changed."""
    source = place.source
    if source is None:
        loaded = handbook.catalogs.load(_path(handbook, place))
        own = loaded if isinstance(loaded, Catalog) else Catalog({})
        theirs, start = worked, base
    else:
        page = handbook.read(source)
        own = handbook.catalog(source, place.language)
        theirs, start = (merge(page, each, path=source.path) for each in (worked, base))
    theirs = replace(theirs, header=own.header, comment=own.comment)
    made = join(replace(start, header=own.header, comment=own.comment), own, theirs).catalog
    made = replace(made, units=tuple(_with_ours(own, made.units)))
    return made, [_line(unit, own, made) for unit in _changed(base, worked)]


def _worked_on(
    base: Catalog, received: Catalog, reverting: Container[str]
) -> tuple[Catalog, list[Line]]:
    """Return a received catalog with what a tool has dropped put back, and what that was.

    A unit whose text is older than ours is as in the version it was made from.
    """
    known = {unit.key: unit for unit in base.units}
    marked = _marked_by_a_program(known, received)
    copied = _copied_by_a_program(known, received)
    made: dict[str, Unit] = {}
    lines: list[Line] = []
    for unit in received.units:
        before = known.get(unit.key)
        is_edited = before is None or before.translation != unit.translation
        if unit.key in marked:
            reason = _MARKED
        elif unit.key in reverting:
            reason = _REPLACED
        elif unit.key in copied:
            reason = _COPIED
        else:
            reason = _damage(unit, before)
        if not reason:
            made[unit.key] = restore.remembering(unit, before)
            continue
        made[unit.key] = before or unit._replace(translation="", fuzzy=False, previous=None)
        if is_edited or reason == _MARKED:
            lines.append(Line(unit.message, reason))
    # In the order of the base, by which edits of the page are recognized: tools may sort.
    ordered = [made.pop(unit.key, unit) for unit in base.units]
    return replace(received, units=(*ordered, *made.values()), obsolete=base.obsolete), lines


def _damage(unit: Unit, before: Unit | None) -> str:
    """Return how a program has damaged the text of a unit; "" if it has not."""
    is_edited = before is None or before.translation != unit.translation
    if is_edited and garbled(unit.translation):
        return _GARBLED
    if is_edited and conflicts.TWO_TEXTS.search(unit.translation):
        return _JOINED
    is_emptied = before is not None and before.translation and not unit.translation
    return _EMPTY if is_emptied else ""


def _copied_by_a_program(known: Mapping[str, Unit], received: Catalog) -> set[str]:
    """Return the units that have their source as a translation: where ours differs, or it is long.

    One that is long may be a name, which is kept on purpose; a program makes several.
    """
    same = [unit for unit in received.units if unit.translation == unit.message]
    edited = [unit for unit in same if _text_of(unit, known) != unit.translation]
    other = {unit.key for unit in edited if _text_of(unit, known)}
    long = {u.key for u in edited if TELLING.search(u.message) and not u.is_given}
    return other | long if len(other | long) >= _SEVERAL else other


def _text_of(unit: Unit, known: Mapping[str, Unit]) -> str:
    return known[unit.key].translation if unit.key in known else ""


_SEVERAL = 3


def _without_inventions(
    received: Catalog, known: Container[Identity], ours: Catalog | None
) -> Catalog:
    """Return a catalog without what a program has made of units that are no others in ours.

    Set aside, though the page has them and ours wait for their translation; with a plural; marked
    where there is no text; or as if it were that of an earlier message, which is one of another
    page.
    """
    own = {unit.key: unit for unit in ours.units} if ours else {}
    have = {unit.key for unit in received.units}
    aside = (
        unit
        for unit in received.obsolete
        if unit.key in own and not own[unit.key].translation and unit.key not in have
    )
    units: list[Unit] = []
    for unit in (*received.units, *aside):
        if unit.key in own and not own[unit.key].plural:
            unit = singular(unit)
        if not unit.translation:
            unit = unit._replace(fuzzy=False, previous=None, previous_context=None)
        if unit.previous is not None and (unit.previous, unit.previous_context) not in known:
            unit = unit._replace(previous=None, previous_context=None)
        units.append(unit)
    return replace(received, units=tuple(units))


def _marked_by_a_program(known: Mapping[str, Unit], received: Catalog) -> set[str]:
    """Return the units that were marked fuzzy and not worked on, if these are nearly all.

    A person marks what they doubt; a program that has lost its memory marks everything, and all of
    it would be taken from readers.
    """
    both = [(unit, known[unit.key]) for unit in received.units if unit.key in known]
    same = [each for each in both if each[1].state == "current" and each[0].translation]
    marked = {
        unit.key for unit, before in same if unit.fuzzy and unit.translation == before.translation
    }
    is_all = len(marked) >= _ALL_OF and len(marked) > _NEARLY_ALL * len(same)
    return marked if is_all else set()


_ALL_OF, _NEARLY_ALL = 5, 0.8


def _without_foreign(
    worked: Catalog, known: Container[Identity], is_damaged: bool
) -> tuple[Catalog, list[Line]]:
    """Return a catalog without the units that no version of its page has, and these as lines.

    One without a translation may be one, written over its message, if the catalog `is_damaged`:
    a message is not there.
    """
    own: list[Unit] = []
    foreign: list[Unit] = []
    for unit in worked.units:
        is_known = (unit.message, unit.context) in known
        (own if is_known else foreign).append(unit)
    lines = [
        Line(unit.message, _FOREIGN if unit.translation else _WRITTEN_OVER)
        for unit in foreign
        if unit.translation or is_damaged
    ]
    return replace(worked, units=tuple(own)), lines


def _with_ours(own: Catalog, units: Iterable[Unit]) -> Iterator[Unit]:
    """Yield units; of one that was translated twice ours, with the other text in its comment."""
    known = {unit.key: unit for unit in own.units}
    for unit in units:
        ours = known.get(unit.key)
        if ours is None or not unit.is_twice or ours.is_twice:
            yield unit
            continue
        rows = [row.replace(TWICE, ALSO, 1) for row in unit.comment.split("\n")]
        yield ours._replace(comment="\n".join(rows))


def _changed(base: Catalog, worked: Catalog) -> Iterator[Unit]:
    """Yield the units that the sender has translated, or whose mark was removed or set."""
    known = {unit.key: unit for unit in base.units}
    for unit in worked.units:
        before = known.get(unit.key)
        is_given = unit.translation in ("", unit.message) and before is None
        same = before and (before.translation, before.fuzzy) == (unit.translation, unit.fuzzy)
        if not is_given and not same:
            yield unit


def _line(unit: Unit, own: Catalog, made: Catalog) -> Line:
    """Return what became of a unit that was received."""
    found = next((each for each in made.units if each.key == unit.key), None)
    if found is None:
        held = [u for u in made.units if u.translation == unit.translation and u.state == "changed"]
        return Line(unit.message, _OLDER if held else _GONE)
    if (found.translation, found.fuzzy) == (unit.translation, unit.fuzzy):
        known = next((each for each in own.units if each.key == unit.key), found)
        is_new = (known.translation, known.fuzzy) != (unit.translation, unit.fuzzy)
        taken = _UNSURE if found.state == "suggested" else TAKEN
        return Line(unit.message, taken if is_new else _KNOWN)
    is_kept = unit.translation and in_comment(unit.translation) in found.comment
    return Line(unit.message, _SINCE if is_kept else _WORKED)
