"""How a term is written in running text: its spellings, and their simple forms in a language.

A term of the glossary may name several spellings: `chapter / local group`, `consultative
committee (ICC)`. Only number is inflected, for a false hit annoys more than a missed one; in
languages that are not listed here, and in those without number, a term is found as it is spelled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

_HAN = "\u3005\u3007\u3400-\u9fff"
_KATAKANA = "\u30a1-\u30fa\u30fb\u30fc"
_KANA = "\u3040-\u30ff"
_LETTER = rf"(?:[^\W{_KANA}{_HAN}]|-)"
_BETWEEN_SPELLINGS = re.compile(r"\s*[/／()（）]\s*")


def spellings(term: str) -> list[str]:
    """The spellings that a term of the glossary names."""
    return [spelling for spelling in _BETWEEN_SPELLINGS.split(term) if spelling]


class Finder:
    """Finds terms of one language in text, of several at one place the longest."""

    def __init__(self, written: Mapping[str, str], language: str) -> None:
        """Take the key of each spelling."""
        inflected = _INFLECTED.get(language, re.escape)
        by_letter: dict[str, list[str]] = {}
        self._keys: list[str] = []
        for spelling in sorted(written, key=len, reverse=True):
            by_letter.setdefault(spelling[0], []).append(spelling)
        branches = []
        for letter, alike in by_letter.items():
            self._keys += (written[each] for each in alike)
            forms = "|".join(_rest(each, inflected) for each in alike)
            branches.append(f"{_initial(letter)}(?:{forms})")
        # Where words have blanks between them, looking for these first takes half the time.
        spaced = all(_neighbours(letter) == _LETTER for letter in by_letter)
        self._before = 1 if spaced else 0
        letters = re.escape("".join(by_letter) + "".join(by_letter).upper())
        anything = f"(?=[{letters}])(?:{'|'.join(branches)})" if written else "(?!)"
        self._pattern = re.compile(rf"[\W{_KANA}{_HAN}]{anything}" if spaced else anything)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """The terms between two offsets of `text`, in order: the key of each, and its offsets.

        No term begins at the first offset of all; a tag stands there.
        """
        for match in self._pattern.finditer(text, max(start - self._before, 0), end):
            yield self._keys[(match.lastindex or 0) - 1], match.start() + self._before, match.end()


def _initial(letter: str) -> str:
    """The first letter of a word, as a capital only where a sentence begins."""
    before = _neighbours(letter)
    if not letter.islower():
        return f"{re.escape(letter)}(?<!{before}.)"
    capital = letter.upper()
    begins = f"(?<={letter})|(?<=[.!?:…>] {capital})|(?<=[>¿¡\\n]{capital})"
    return f"[{letter}{capital}](?<!{before}.)(?:{begins})"


def _rest(spelling: str, inflected: Callable[[str], str]) -> str:
    """What follows the first letter, with an empty group at the end that tells what was found."""
    first, *others = (inflected(word) for word in spelling.split())
    form = r"\s+".join((first.removeprefix(re.escape(spelling[0])), *others))
    return f"{form}(?!{_neighbours(spelling[-1])})()"


def _neighbours(edge: str) -> str:
    """What may not stand beside a term that ends in `edge`: it would be part of a longer word.

    Japanese sets no blanks: there a word ends where the script changes, but for hiragana, which
    is mostly grammar.
    """
    for script in (_HAN, _KATAKANA):
        if re.match(f"[{script}]", edge):
            return f"[{script}]"
    return r"[^\s\S]" if re.match(f"[{_KANA}]", edge) else _LETTER


def _english(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return rf"{re.escape(word[:-1])}(?:y|ies)"
    if re.search("[^su]s$", word):  # a plural: “hand signals”
        return rf"{re.escape(word)}?"
    return re.escape(word) + ("(?:es)?" if re.search("(?:s|x|z|ch|sh)$", word) else "s?")


def _spanish(word: str) -> str:
    if word.endswith("ión"):
        return rf"{re.escape(word[:-2])}(?:ón|ones)"
    if word.endswith("z"):
        return rf"{re.escape(word[:-1])}(?:z|ces)"
    if word.endswith("s"):  # a plural: «consejos anidados», «señales»
        stem = re.escape(word[:-1])
        return f"{stem}s?" if not word.endswith("es") else f"{stem[:-1]}(?:es?)?"
    return re.escape(word) + ("s?" if word[-1] in "aeiouáéíóú" else "(?:es)?")


_INFLECTED: dict[str, Callable[[str], str]] = {"en": _english, "es": _spanish}
