"""Use catalogs that other programs made of the same pages, with other borders and white space.

Their messages are compared by their words alone: white space, escapes and the signs before a
heading or an item do not count. A message of theirs may hold several of ours, as a list or a table
does, and ours several of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from rapidfuzz import fuzz, process

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page import scan
from handbook.bitext.translate.sameness import join_sentences
from handbook.bitext.translate.splice import one_line

_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_SIGNS = re.compile(r"^(?:#{1,6}|[-*+]|>|\d+[.)])\s+|\s+#+$|\s*\{\s*[:#.][^{}]*\}$")
_ATTRIBUTES = re.compile(r"\s*\{\s*[:#.][^{}]*\}$")
_RULE, _PIPE = re.compile(r"\|\s*:?-+:?\s*\|"), re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")
_JOINED = re.compile(
    r"""(?:(?:!!!|\?\?\?\+?|===[!+]?)(?:\s+[\w-]+)?(?:\s+"(?P<title>[^"]*)")? | \[[\ xX]\]
    | (?P<term>[^\n]*?\S)\s:)\s+(?P<rest>\S.*)""",
    re.VERBOSE | re.DOTALL,
)
"""A box, a tab, a task or a term with its definition, in a row, as programs write it that take it
for a paragraph."""
_EMPHASIS = re.compile(r"(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w)")
_NEAR, _SHORT_NEAR, _SHORT = 80.0, 90.0, 20
"""The likeness in per cent from which on texts are nearly the same; short ones must be more so."""
_PREFIX = 12
"""The letters by which texts are looked up that others may begin with."""
_SENTENCE = re.compile(r"[.!?:…。！？：؟।][\"'”’»」)*_]*$")
"""The end of a text that stays what it is beside another one."""


class Piece(NamedTuple):
    """A text of a foreign catalog with its translation."""

    message: str
    translation: str
    number: int
    """The number of the unit it is from."""
    is_sure: bool
    """Whether the other catalog has it as current."""


class Taken(NamedTuple):
    """A translation that was found, and for what."""

    translation: str
    previous: str | None
    """The text that it was made for, if that is another; None if it is current."""
    numbers: tuple[int, ...]
    """The numbers of the units it is from."""
    is_guess: bool = False
    """Whether another program has guessed that the message is an edit of `previous`."""


def plain(text: str) -> str:
    """Normalize a text for comparison: Unicode, white space, escapes, emphasis marks."""
    text = _SPACE.sub(" ", _ESCAPE.sub("", normalize("NFC", text))).strip()
    return _EMPHASIS.sub(lambda found: "*" * len(found[0]), _SIGNS.sub("", text).strip())


def in_one_line(text: str) -> str:
    """Return a translation in one line, with single blanks."""
    return _SPACE.sub(" ", one_line(text))


class Pool:
    """The translations of foreign catalogs in one language, to be found by their messages."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Take the units, of all catalogs together."""
        self._known: dict[str, Piece] = {}
        self._starts: dict[str, list[str]] = {}
        self._used: set[str] = set()
        self._same: dict[tuple[str, str], list[int]] = {}
        self._guesses: dict[str, Taken] = {}
        for number, unit in enumerate(units):
            if unit.fuzzy and unit.previous:
                guess = Taken(
                    in_one_line(unit.translation), unit.previous, (number,), is_guess=True
                )
                self._guesses.setdefault(plain(unit.message), guess)
            for piece in _pieces(unit, number):
                self._add(piece)

    def _add(self, piece: Piece) -> None:
        """Note a piece under its plain text; a sure one takes the place of one that is not."""
        key = plain(piece.message)
        known = self._known.get(key)
        if piece.translation.strip():
            self._same.setdefault((key, in_one_line(piece.translation)), []).append(piece.number)
        if (
            not key
            or not piece.translation.strip()
            or (known and (known.is_sure or not piece.is_sure))
        ):
            return
        self._known[key] = piece
        if known is None:
            self._starts.setdefault(key[:_PREFIX], []).append(key)

    def same(self, message: str) -> Taken | None:
        """Return the translation of the same text, or of its parts together."""
        key = plain(message)
        if piece := self._known.get(key):
            return self._taken([piece], message)
        parts = list(self._parts(key))
        return self._taken(parts, message) if parts else None

    def _taken(self, pieces: Sequence[Piece], message: str) -> Taken:
        """Return what pieces say together, and all units that say the same."""
        self._used.update(plain(each.message) for each in pieces)
        same = (self._same[plain(each.message), in_one_line(each.translation)] for each in pieces)
        numbers = tuple(dict.fromkeys(number for each in same for number in each))
        return _taken(pieces, message)._replace(numbers=numbers)

    def _parts(self, key: str) -> Iterator[Piece]:
        """Yield the pieces that a text is made of, one after another; none if it is not."""
        found: list[Piece] = []
        rest = key
        while rest:
            short = (rest[:size] for size in range(1, _PREFIX))
            known = (each for each in short if each in self._known and _SENTENCE.search(each))
            near = (*self._starts.get(rest[:_PREFIX], ()), *known)
            fitting = [each for each in near if rest == each or rest.startswith(f"{each} ")]
            if not fitting:
                return
            longest = max(fitting, key=len)
            found.append(self._known[longest])
            rest = rest[len(longest) :].lstrip()
        yield from found

    def near(self, message: str) -> Taken | None:
        """Return the translation of the text that is most like this one, if it is not yet used.

        Or else one that another program has set below this message, marked as fuzzy.
        """
        key = plain(message)
        least = _NEAR if len(key) > _SHORT else _SHORT_NEAR
        left = {each: piece for each, piece in self._known.items() if each not in self._used}
        found = process.extractOne(key, left.keys(), scorer=fuzz.ratio, score_cutoff=least)
        if found is None or not re.search(r"[^\W\d]", key):
            return self._guesses.get(key)
        piece = left[found[0]]
        return Taken(in_one_line(piece.translation), in_one_line(piece.message), (piece.number,))


def _taken(pieces: Sequence[Piece], message: str) -> Taken:
    """Return the translation of a message from the pieces that make it up."""
    numbers = tuple(dict.fromkeys(piece.number for piece in pieces))
    if len(pieces) == 1 and "\n" in message:
        text = pieces[0].translation.strip("\n")  # a hard line break is one in both
    else:
        text = in_one_line(pieces[0].translation)
        for piece in pieces[1:]:
            text = join_sentences(text, in_one_line(piece.translation))
    if not _ATTRIBUTES.search(message):
        text = _ATTRIBUTES.sub("", text)
    are_whole = all(_SENTENCE.search(piece.message.strip()) for piece in pieces[:-1])
    are_sure = are_whole and all(piece.is_sure for piece in pieces)
    is_sure = are_sure and text.count("\n") == message.count("\n")
    return Taken(text, None if is_sure else " ".join(piece.message for piece in pieces), numbers)


def _pieces(unit: Unit, number: int) -> Iterator[Piece]:
    """Yield what a unit translates: itself, and each text in it if both sides have the same."""
    sure = not unit.fuzzy
    message = unit.message if sure else unit.previous or unit.message
    for find in (_segments, _cells, _blocks):
        mine, theirs = find(message), find(unit.translation)
        if len(mine) == len(theirs) and [kind for kind, _ in mine] == [kind for kind, _ in theirs]:
            for (_, one), (_, other) in zip(mine, theirs, strict=True):
                yield Piece(one, other, number, sure)
    yield Piece(message, unit.translation, number, sure)


def _segments(text: str) -> list[tuple[str, str]]:
    """Return the kind and message of each text in a piece of Markdown, addresses aside."""
    found = scan.read(text).segments
    return [(each.kind, each.message) for each in found if each.kind != "address"]


def _cells(text: str) -> list[tuple[str, str]]:
    """Return the cells of a table, even of one whose rows were joined to one line."""
    if not _RULE.search(text):
        return []
    cells = (each.strip() for each in _PIPE.split(text))
    return [("cell", each) for each in cells if each and not _DASHES.fullmatch(each)]


def _blocks(text: str) -> list[tuple[str, str]]:
    """Return the texts of a block that another program took for a paragraph; none if it is one."""
    found = _JOINED.fullmatch(text.strip())
    return [(kind, each) for kind, each in found.groupdict().items() if each] if found else []


def filled(units: Iterable[Unit], taken: Mapping[str, Taken]) -> tuple[Unit, ...]:
    """Return units with the translations that were taken for their keys, where they have none."""
    return tuple(_filled(unit, taken.get(unit.key)) for unit in units)


def _filled(unit: Unit, taken: Taken | None) -> Unit:
    """Return a unit with what was found for it, as changed if that is of another text."""
    if taken is None or not is_open(unit):
        return unit
    if taken.previous is None:
        return unit._replace(translation=taken.translation, fuzzy=False, previous=None)
    previous = None if taken.is_guess else taken.previous
    return unit._replace(translation=taken.translation, fuzzy=True, previous=previous)


def is_open(unit: Unit) -> bool:
    """Tell whether a unit is missing or suggested; a changed one is not open."""
    return unit.state in ("missing", "suggested")
