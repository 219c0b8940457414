"""How words are set, such as bold, struck out or raised, and for which words that has changed.

In a text that is being read, private characters stand where a style begins and ends. Then the text
has none of them, and styles are runs of its letters: blanks, which wrapping changes, do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, get_args
from unicodedata import normalize

from handbook.bitext.changes.words import BREAK, Piece

Style = Literal["bold", "italic", "struck", "marked", "code", "raised", "lowered", "underlined"]
STYLES: tuple[Style, ...] = get_args(Style)
OF_TAG: dict[str, Style] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("s", "del", "strike"), "struck"),
    **dict.fromkeys(("u", "ins"), "underlined"),
    "mark": "marked",
    "code": "code",
    "sup": "raised",
    "sub": "lowered",
}


class Run(NamedTuple):
    """Letters of a text that have a style, counted without blanks."""

    style: Style
    start: int
    end: int


Styled = tuple[str, Sequence[Run]]
"""A text, and how its letters are set."""


class StyleChange(NamedTuple):
    """Words of both versions that have got a style, or have lost it."""

    style: Style
    words: str
    is_on: bool


_FIRST = 0x100000
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + 2 * len(STYLES) - 1)}]")


def begin(style: Style) -> str:
    """Return the character that stands where a style begins."""
    return chr(_FIRST + 2 * STYLES.index(style))


def end(style: Style) -> str:
    """Return the character that stands where a style ends."""
    return chr(_FIRST + 2 * STYLES.index(style) + 1)


def marked(text: str, style: Style) -> str:
    """Return a text between the characters of a style."""
    return f"{begin(style)}{text}{end(style)}"


def without_marks(text: str) -> str:
    """Return a text without these characters."""
    return _MARK.sub("", text)


def runs(text: str) -> tuple[Run, ...]:
    """Return which letters of a text with such characters have which style."""
    if not _MARK.search(text):
        return ()
    found: list[Run] = []
    begun: dict[Style, list[int]] = {}
    count = last = 0
    text = normalize("NFC", text)
    for mark in _MARK.finditer(text):
        count += _count(text[last : mark.start()])
        last = mark.end()
        number, is_end = divmod(ord(mark[0]) - _FIRST, 2)
        style = STYLES[number]
        if not is_end:
            begun.setdefault(style, []).append(count)
        elif begun.get(style):
            found.append(Run(style, begun[style].pop(), count))
    return tuple(sorted(found, key=lambda run: (run.start, run.end, run.style)))


def _count(text: str) -> int:
    """Return how many letters a composed text has, blanks left out."""
    return len("".join(text.split()))


SIGNS: dict[Style, str] = {"struck": "~~", "raised": "^", "lowered": "~"}
"""The signs of styles without which words say another thing."""


def with_signs(text: str, styles: Sequence[Run]) -> str:
    """Return a text, composed, with signs around what is struck out, raised or lowered."""
    text = normalize("NFC", text)
    at = [n for n, char in enumerate(text) if not char.isspace()]
    signs: dict[int, str] = {}
    for run in styles:
        if (sign := SIGNS.get(run.style)) and run.start < run.end <= len(at):
            signs[at[run.start]] = signs.get(at[run.start], "") + sign
            signs[at[run.end - 1] + 1] = sign + signs.get(at[run.end - 1] + 1, "")
    return "".join(f"{signs.get(n, '')}{text[n : n + 1]}" for n in range(len(text) + 1))


def changed(
    old: Sequence[Styled], new: Sequence[Styled], pieces: Sequence[Piece]
) -> tuple[StyleChange, ...]:
    """Return which words of both versions are set otherwise; `pieces` say which have stayed.

    How a new word is set goes without saying: the word itself is the change.
    """
    used = {run.style for _, styles in (*old, *new) for run in styles}
    kept = list(_kept(_letters(old), _letters(new), pieces)) if used else []
    if not kept:
        return ()
    text = " ".join(normalize("NFC", each) for each, _ in new)
    at = [n for n, char in enumerate(text) if not char.isspace()]
    found = sorted(
        (first, last, style, is_on) for style in used for first, last, is_on in _turned(kept, style)
    )
    return tuple(
        StyleChange(style, text[at[first] : at[last] + 1], is_on)
        for first, last, style, is_on in found
    )


_Letter = tuple[str, frozenset[Style]]
"""A letter, and how it is set."""


class _Kept(NamedTuple):
    """A letter that has stayed, and is set otherwise."""

    number: int
    """Which of the new version's letters it is."""
    old: frozenset[Style]
    new: frozenset[Style]


def _letters(texts: Sequence[Styled]) -> list[_Letter]:
    """Return the letters of texts with their styles, blanks left out."""
    found: list[_Letter] = []
    for text, styles in texts:
        chars = "".join(normalize("NFC", text).split())
        sets: list[frozenset[Style]] = [frozenset()] * len(chars)
        for run in styles:
            span = slice(run.start, run.end)
            sets[span] = [own | {run.style} for own in sets[span]]
        found += zip(chars, sets, strict=True)
    return found


def _kept(
    old: Sequence[_Letter], new: Sequence[_Letter], pieces: Sequence[Piece]
) -> Iterator[_Kept]:
    """Yield letters that have stayed, where they are set otherwise.

    None behind a place where pieces and texts differ.
    """
    i = j = 0
    for piece in pieces:
        text = piece.text if piece.fate == "same" else piece.text.replace(BREAK, "")
        count = _count(normalize("NFC", text))
        if piece.fate == "same":
            pairs = zip(old[i : i + count], new[j : j + count], strict=False)
            for number, (mine, theirs) in enumerate(pairs, j):
                if mine[0] != theirs[0]:
                    return
                if mine != theirs:
                    yield _Kept(number, mine[1], theirs[1])
        i += count * (piece.fate != "in")
        j += count * (piece.fate != "out")


def _turned(kept: Sequence[_Kept], style: Style) -> Iterator[tuple[int, int, bool]]:
    """Yield the first and the last of neighbors that have got a style (True) or lost it."""

    def turn(numbered: tuple[int, _Kept]) -> tuple[int, int]:
        n, each = numbered
        return (style in each.new) - (style in each.old), each.number - n

    for (turned, _), group in groupby(enumerate(kept), turn):
        if turned:
            letters = [each.number for _, each in group]
            yield letters[0], letters[-1], turned > 0
