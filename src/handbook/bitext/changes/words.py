"""Compare two texts word by word.

Where a script has no blanks between words, BudouX finds phrases, and particles are cut off them. It
may divide the same letters in another way where their neighbours have changed; letters that are the
same are then taken out of the change again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import LCSseq

from handbook.bitext.languages.phrasing import parser
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.scripts import CJK, HAN, KANA, KATAKANA, SOUTHEAST_ASIAN, marks

Fate = Literal["same", "out", "in"]
"""What becomes of words: they stay, are taken out, or put in."""


class Piece(NamedTuple):
    """Words of a text with what becomes of them."""

    fate: Fate
    text: str
    is_apart: bool = False
    """Whether a blank stands before them."""


class Word(NamedTuple):
    """A word, a sign of punctuation, or a phrase of a script without blanks."""

    text: str
    is_apart: bool
    """Whether a blank stands before it."""


BREAK = "¶"
"""The sign for the end of a paragraph, in texts that were divided or joined."""
_LONGEST = 1500
"""The words from which on the shortest change is sought, not the one that reads best: for time."""

_UNSPACED = f"[{HAN}{KANA}{SOUTHEAST_ASIAN}〆\u31f0-\u31ff]"


_FLAG = "\U0001f1e6-\U0001f1ff"
"""The letters of which two make a flag."""
_FORMS = "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""Tones of skin and tags: a part of the emoji before them."""


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word, a run without blanks, a blank or a sign.

    Patterns with sets of kanji are made when first needed: each takes milliseconds of a start.
    """
    letters = rf"(?:(?:[a-zA-Z0-9]++|(?!{_UNSPACED})\w)[{marks()}]*)+"  # most are tried as one
    return re.compile(
        rf"""(?P<blank>\s+)
        | (?P<run>{_UNSPACED}(?:{_UNSPACED}|[{marks()}])*)
        | (?:https?://|mailto:)[^\s<>{CJK}]*[^\s<>{CJK}.,;:!?)\]]
        | {letters}(?:['’.,:·-]{letters})*
        | [{_FLAG}]{{2}}
        | .(?:[{marks()}{_FORMS}]|(?<=\u200d)[^\s\w])*""",
        re.VERBOSE | re.DOTALL,
    )


_PARTICLES = """には では とは への へと から まで より だけ でも にも とも のは のを のが のに
    などの など という""".split()


@cache
def _tail() -> re.Pattern[str]:
    """Return the pattern of a phrase of Japanese: a stem and the particle after it."""
    return re.compile(
        rf"(?P<stem>.*[{HAN}{KATAKANA}0-9A-Za-z])(?P<tail>{'|'.join(_PARTICLES)}|[はがをにへとでものやかねよ])"
    )


_COUNTED = re.compile(
    "[〇一二三四五六七八九十百千万]+(?:回|人|年|月|日|時|分|円|票|名|つ|個|件|歳|割|週間|[かカヵヶ]月)"
)
"""A number and what it counts, in kanji: a word, whatever the phrase goes on with."""
_MARKS = re.compile("([・、。])")


@cache
def _run() -> re.Pattern[str]:
    """Return the pattern of two kanji, or two katakana."""
    return re.compile(f"[{HAN}]{{2}}|[{KATAKANA}]{{2}}")


def divide(text: str, language: Language) -> list[Word]:
    """Return the words of a text, which is mostly in a language."""
    words: list[Word] = []
    is_apart = False
    for found in _word().finditer(normalize("NFC", text)):
        if found.lastgroup == "blank":
            is_apart = bool(words)
            continue
        for part in _phrases(found[0], language) if found.lastgroup else (found[0],):
            words.append(Word(part, is_apart))
            is_apart = False
    return words


def divide_lines(text: str, language: Language) -> list[Word]:
    """Return the words of a text whose lines and their indentation are seen, such as code."""
    words: list[Word] = []
    for row in text.split("\n"):
        bare = row.lstrip()
        if words:
            words.append(Word(f"\n{row[: len(row) - len(bare)]}", False))
        words += divide(bare, language)
    return words


def _phrases(run: str, language: Language) -> Iterator[str]:
    """Yield the words of a run of a script without blanks."""
    for part in _MARKS.split(run):
        for phrase in parser(language.phrases or "ja").parse(part) if part else ():
            for word in _COUNTED.sub(r"\g<0>\0", phrase).split("\0"):
                tail = _tail().fullmatch(word)
                yield from (tail["stem"], tail["tail"]) if tail else (word,) if word else ()


def of_words(old: Sequence[Word], new: Sequence[Word]) -> tuple[Piece, ...]:
    """Return what an edit has done to the words of a text, in the order of reading.

    What was taken out comes before what was put in for it.
    """
    pieces: list[Piece] = []
    for fate, i, i_end, j, j_end in _steps(old, new):
        if fate == "equal":
            pieces += _joined("same", new[j:j_end])
        else:
            pieces += _replaced(old[i:i_end], new[j:j_end])
    return tuple(_merged(pieces))


def is_same(pieces: Sequence[Piece]) -> bool:
    """Tell whether nothing was taken out or put in."""
    return all(piece.fate == "same" for piece in pieces)


def whole(old: str, new: str) -> tuple[Piece, ...]:
    """Return the change of one text into another that has nothing to do with it."""
    return tuple(Piece(fate, text) for fate, text in _fates(old, new) if text)


def _fates(old: str, new: str) -> tuple[tuple[Fate, str], tuple[Fate, str]]:
    return ("out", old), ("in", new)


def _steps(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[str, int, int, int, int]]:
    mine, theirs = [word.text for word in old], [word.text for word in new]
    if max(len(mine), len(theirs)) > _LONGEST:
        for step in LCSseq.opcodes(mine, theirs):
            yield step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
    else:
        yield from SequenceMatcher(None, mine, theirs, False).get_opcodes()


def _replaced(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Piece]:
    """Yield words that others have been put in the place of.

    Letters that both begin or end with are no change, as far as a word ends there in either.
    """
    start = _common(old, new)
    end = _common(old, new, start, from_end=True)
    before, after = _text(old), _text(new)
    if start:
        yield Piece("same", after[:start], new[0].is_apart)
    is_inside = bool(start)
    for fate, words, text in (("out", old, before), ("in", new, after)):
        if start + end < len(text):
            is_apart = not is_inside and words[0].is_apart
            shown = text if start or end else _spaced(words)
            yield Piece("out" if fate == "out" else "in", shown[start : len(shown) - end], is_apart)
    if end:
        yield Piece("same", after[len(after) - end :])


def _common(
    old: Sequence[Word], new: Sequence[Word], taken: int = 0, from_end: bool = False
) -> int:
    """Return how many letters both texts begin (or end) with, up to where a word ends in either.

    Only of texts without blanks, where nobody can be sure what is a word.
    """
    if not old or not new or any(word.is_apart for word in (*old[1:], *new[1:])):
        return 0
    before, after = [word.text for word in old], [word.text for word in new]
    if from_end:
        before, after = _backwards(before), _backwards(after)
    mine, theirs = set(accumulate(map(len, before))), set(accumulate(map(len, after)))
    one, other = "".join(before), "".join(after)
    loose = {n for n in mine ^ theirs if not (_is_within(one, n) or _is_within(other, n))}
    ends = mine & theirs | loose
    most = min(len(one), len(other)) - taken
    alike = next((n for n in range(most) if one[n] != other[n]), most)
    return max((n for n in ends if n <= alike and _is_unspaced(one[:n])), default=0)


def _is_within(text: str, place: int) -> bool:
    """Tell whether a run of kanji or katakana, mostly one word, goes on at a place in a text."""
    return bool(_run().fullmatch(text[max(place - 1, 0) : place + 1]))


def _backwards(words: Sequence[str]) -> list[str]:
    return [word[::-1] for word in reversed(words)]


def _is_unspaced(text: str) -> bool:
    return bool(re.search(_UNSPACED, text))


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _spaced(words: Sequence[Word]) -> str:
    first, *others = words
    return first.text + "".join(f" {w.text}" if w.is_apart else w.text for w in others)


def _joined(fate: Fate, words: Sequence[Word]) -> Iterator[Piece]:
    if words:
        yield Piece(fate, _spaced(words), words[0].is_apart)


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces, neighbours with the same fate as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and last.fate == piece.fate:
            blank = " " if piece.is_apart else ""
            last = last._replace(text=f"{last.text}{blank}{piece.text}")
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
