"""Search for glossary terms in text: all spellings of a term, and their inflected forms.

A term of the glossary may list several spellings: `chapter / local group`, `consultative
committee (ICC)`. The record of a language has the rules for inflected forms; without rules, only
the exact spelling is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from handbook.bitext.languages.record import Form
from handbook.bitext.languages.scripts import HAN, KANA, KATAKANA

_LETTER = rf"(?:[^\W{KANA}{HAN}]|-)"
_BETWEEN_SPELLINGS = re.compile(r"\s*[/／()（）]\s*")


def spellings(term: str) -> list[str]:
    """Return the spellings that a term of the glossary lists."""
    return [spelling for spelling in _BETWEEN_SPELLINGS.split(term) if spelling]


class Finder:
    """Finder of the glossary terms of one language in text; the longest of several at one place."""

    def __init__(self, written: Mapping[str, str], forms: Sequence[Form]) -> None:
        """Take the key of each spelling, and the inflection rules of its language."""
        by_letter: dict[str, list[str]] = {}
        self._keys: list[str] = []
        for spelling in sorted(written, key=len, reverse=True):
            by_letter.setdefault(spelling[0], []).append(spelling)
        # In a language with spaces between words, looking for a space first takes half the time.
        spaced = all(_neighbours(letter) == _LETTER for letter in by_letter)
        self._before = 1 if spaced else 0
        branches = []
        for letter, alike in by_letter.items():
            self._keys += (written[each] for each in alike)
            apart = "" if spaced else f"(?<!{_neighbours(letter)}.)"
            branches.append(f"{_initial(letter, apart)}(?:{_rests(alike, forms)})")
        letters = re.escape("".join(by_letter) + "".join(by_letter).upper())
        anything = f"(?=[{letters}])(?:{'|'.join(branches)})" if written else "(?!)"
        self._pattern = re.compile(rf"(?!-)[\W{KANA}{HAN}]{anything}" if spaced else anything)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield the terms between two offsets of `text`, in order: key, start and end of each.

        `text` must begin with a tag: a term at offset 0 may not be found.
        """
        for match in self._pattern.finditer(text, max(start - self._before, 0), end):
            yield self._keys[(match.lastindex or 0) - 1], match.start() + self._before, match.end()


def _initial(letter: str, apart: str) -> str:
    """Return a pattern for the first letter of a word; a capital only where a sentence begins.

    `apart` holds after the letter where nothing before it continues the word.
    """
    if not letter.islower():
        return re.escape(letter) + apart
    capital = letter.upper()
    begins = f"(?<={letter})|(?<=[.!?:…>] {capital})|(?<=[>¿¡\\n]{capital})"
    return f"[{letter}{capital}]{apart}(?:{begins})"


def _rests(alike: Sequence[str], forms: Sequence[Form]) -> str:
    """Return a pattern for the rests of spellings, in their order.

    What must not follow is named once for all that end alike: Python takes long to compile it.
    """
    return "|".join(
        f"(?:{'|'.join(_rest(each, forms) for each in some)})(?!{after})"
        for after, some in groupby(alike, lambda each: _neighbours(each[-1]))
    )


def _rest(spelling: str, forms: Sequence[Form]) -> str:
    """Return a pattern for the rest of a spelling; its empty last group tells which one matched."""
    first, *others = (_inflected(word, forms) for word in spelling.split())
    form = r"\s+".join((first.removeprefix(re.escape(spelling[0])), *others))
    return f"{form}()"


def _neighbours(edge: str) -> str:
    """Return a pattern of the letters that, next to the letter `edge`, continue the same word.

    A term beside such a letter is part of a longer word. Japanese has no spaces: there a word ends
    where the script changes, except hiragana, which is mostly grammar.
    """
    for script in (HAN, f"{KATAKANA}・"):
        if re.match(f"[{script}]", edge):
            return f"[{script}]"
    return r"[^\s\S]" if re.match(f"[{KANA}]", edge) else _LETTER


def _inflected(word: str, forms: Sequence[Form]) -> str:
    """Return a pattern for a word and its inflected forms, by the first rule that applies to it."""
    for rule in forms:
        stem = word.removesuffix(rule.drop)
        if stem and re.search(f"(?:{rule.ends})$", word):
            endings = "|".join(re.escape(each) for each in rule.endings if each)
            return f"{re.escape(stem)}(?:{endings}){'?' if '' in rule.endings else ''}"
    return re.escape(word)
