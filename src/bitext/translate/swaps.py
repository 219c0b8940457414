"""Find whole words that an edit exchanges for others: no typo, however short they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from bitext.languages.record import Language

Swap = tuple[str, str]
"""A word or words, and what has taken their place; "" for nothing."""

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W_]+(?:['’-][^\W_]+)*")
"""A word; of scripts without blanks, a character."""
_KANJI = re.compile(r"[゠-ヿ㐀-鿿豈-﫿]")
_SAME_WORD = 70.0
"""The least likeness (per cent) of two spellings of one word."""


def swapped(old: str, new: str) -> list[Swap]:
    """Return the words that were exchanged, added or taken out, in order and in lower case.

    Not those that are another spelling of the same word, and not a word that stood there twice.
    """
    before, after = _words(old), _words(new)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found = []
    for _, i, j, k, m in (change for change in changes if change[0] != "equal"):
        for gone, come in _pairs(before[i:j], after[k:m]):
            doubled = not come and gone in (before[i - 1 : i], before[j : j + 1])
            if not doubled and not _is_spelling(gone, come):
                found.append((_joined(gone), _joined(come)))
    return found


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _TOKEN.findall(text)]


def _pairs(gone: list[str], come: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Pair as many words as there are of each; a different number of words stays together."""
    if len(gone) == len(come) and not any(_KANJI.match(word) for word in gone + come):
        yield from (([a], [b]) for a, b in zip(gone, come, strict=True))
    else:
        yield gone, come


def _is_spelling(gone: list[str], come: list[str]) -> bool:
    one, other = "".join(gone), "".join(come)
    if any(len(word) == 1 and ord(word) > 0x3000 for word in gone + come):
        # Kana for a Han character is its reading.
        return not (_KANJI.search(one) and _KANJI.search(other)) and bool(one and other)
    return sorted(one) == sorted(other) or fuzz.ratio(one, other) >= _SAME_WORD


def _joined(words: list[str]) -> str:
    is_cjk = all(len(word) == 1 and ord(word) > 0x3000 for word in words)
    return ("" if is_cjk else " ").join(words)


def confirmed(old: str, swaps: Collection[Swap]) -> str:
    """Return a text with words exchanged, where these are confirmed."""
    for gone, come in swaps:
        edge = r"\b" if gone.isascii() else ""
        new = come.replace("\\", r"\\")
        old = re.sub(f"(?i){edge}{re.escape(gone)}{edge}", new, old)
    return old


def unconfirmable(swap: Swap, language: Language) -> bool:
    """Tell whether no one may call an exchange editorial: of numbers, dates, "not" and "must"."""
    guarded = language.editorial
    kinds = (guarded.numbers, guarded.dates, guarded.negations, guarded.modals)
    words = " ".join(swap)
    return any(
        not kind.words.isdisjoint(words.split())
        or bool(kind.pattern and re.search(kind.pattern, words))
        for kind in kinds
    ) or any(map(str.isdigit, words))
