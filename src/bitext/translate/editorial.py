"""Decide whether translations can stay current after an edit that its author calls editorial.

The correction of a typo does not change translations. A change to a number, a "not" or a "must"
does, however few letters it has, and so does one word put in the place of another ("after" for
"before"); such an edit is refused, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from difflib import SequenceMatcher
from unicodedata import normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bitext.languages.record import Language, Wording
from bitext.languages.scripts import HAN, KANA, KATAKANA
from bitext.page import inline
from bitext.patterns import pattern

# The minimum likeness of two messages (per cent) for the edit between them to be a typo.
TYPO = 85.0

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
# "n't" belongs to its word: "can't" does not count as "can".
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def change_of_meaning(
    old: str,
    new: str,
    language: Language,
    terms: Iterable[str] = (),
    confirmed: Container[str] = (),
    known: Container[str] = frozenset(),
) -> str | None:
    """Return which change of an edit translations must follow, as a sentence; None if none.

    The messages and the glossary's `terms` are in `language`. `confirmed` has the swaps, as
    `swaps` writes them, that somebody has looked at; `known` has words that stand elsewhere, so
    that they are no misspellings.
    """
    old, new = normalize("NFC", old), normalize("NFC", new)
    guarded = language.editorial
    kinds: dict[str, Callable[[str], list[str]]] = {
        "a number": lambda text: _DIGITS.findall(text) + _found(guarded.numbers, text),
        "a date": lambda text: _found(guarded.dates, text),
        "a negation": lambda text: _found(guarded.negations, text),
        "a modal verb": lambda text: _found(guarded.modals, text),
        "a link target": lambda text: [e.target or e.key for e in inline.elements(text)],
    }
    for what, found in kinds.items():
        if Counter(found(old)) != Counter(found(new)):
            return f"{what} has changed"
    for term in terms:
        if _count(term, old) != _count(term, new):
            return f"the glossary's term “{term}” has changed"
    swapped = changed_words(old, new, language, known)
    left = [swap for swap in swapped if swap not in confirmed]
    if (left or not swapped) and fuzz.ratio(old, new) < TYPO:
        return "more than a typo has changed"
    return f"a word has become another one ({', '.join(left)})" if left else None


def changed_words(
    old: str, new: str, language: Language, known: Container[str] = frozenset()
) -> tuple[str, ...]:
    """Return the words of an edit that are no typos, each as `before/after`.

    A word that was added is `/word`, one that was taken out is `word/`. A typo is a word that
    differs in a letter or two, but not in its case or at its start, and whose old spelling is not
    `known`; and a word that was doubled.
    """
    old, new = normalize("NFC", old), normalize("NFC", new)
    changes = _unspaced if _CJK.search(old + new) else _spaced
    opposites = language.editorial.opposites
    found = [
        f"{before}/{after}"
        for before, after in changes(old, new, language.editorial.articles.words)
        if not _is_typo(before, after) or before in known or _found(opposites, before)
    ]
    return tuple(dict.fromkeys(found))


def vocabulary(text: str) -> set[str]:
    """Return the words of a text, as `known` of `changed_words` takes them."""
    return set(_TOKEN.findall(normalize("NFC", text)))


Change = tuple[str, str]
"""What an edit put in the place of what; "" for nothing."""


def _spaced(old: str, new: str, articles: Collection[str]) -> Iterator[Change]:
    """Yield the changed words of messages with blanks between words."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for kind, i, i_end, j, j_end in SequenceMatcher(None, before, after, False).get_opcodes():
        mine, theirs = before[i:i_end], after[j:j_end]
        if kind == "equal":
            continue
        if len(mine) == len(theirs):
            yield from zip(mine, theirs, strict=True)
            continue
        doubled = kind == "delete" and (
            mine == before[i - len(mine) : i] or mine == before[i_end : i_end + len(mine)]
        )
        if not doubled and not {word.casefold() for word in (*mine, *theirs)}.issubset(articles):
            yield " ".join(mine), " ".join(theirs)


def _unspaced(old: str, new: str, articles: Collection[str]) -> Iterator[Change]:
    """Yield the changed letters of messages without blanks between words."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, False).get_opcodes():
        before, after = (_PUNCTUATION.sub("", each) for each in (old[i:i_end], new[j:j_end]))
        if kind != "equal" and before != after:
            yield before, after


def _is_typo(before: str, after: str) -> bool:
    """Tell whether one spelling is most likely a misspelling of the other."""
    if _CJK.search(before + after):
        return _is_typo_of_cjk(before, after)
    shortest = min(len(before), len(after))
    if shortest < _SHORTEST or before.casefold() == after.casefold() or " " in before + after:
        return False
    allowed = 1 if shortest < _LONG else 2
    starts_alike = before[0] == after[0] or before[:2] == after[1::-1]
    return starts_alike and OSA.distance(before, after) <= allowed


_SHORTEST, _LONG = 4, 8


def _is_typo_of_cjk(before: str, after: str) -> bool:
    """Tell the same of letters: kanji written as kana, or a letter of kana more, less or other."""
    han = [_HAN.findall(each) for each in (before, after)]
    if all(han) or (any(han) and not (before and after)):
        return False
    if any(han):
        return bool(_KANA_ALONE.fullmatch(before) or _KANA_ALONE.fullmatch(after))
    return max(len(before), len(after)) == 1


_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CJK = pattern(f"[{HAN}{KANA}{KATAKANA}]")
_HAN = pattern(f"[{HAN}]")
_KANA_ALONE = re.compile(f"[{KANA}]{{1,5}}")
_PUNCTUATION = re.compile(r"[\W_]+")


def _found(wording: Wording, text: str) -> list[str]:
    """Return the words and phrases of `wording` that are in a text, in lower case."""
    words = [word for word in _WORD.findall(text.casefold()) if word in wording.words]
    if wording.pattern:
        words += (match[0].casefold() for match in re.finditer(wording.pattern, text))
    return words


def _count(term: str, text: str) -> int:
    term = normalize("NFC", term)
    return len(
        re.findall(
            rf"(?<!\w){re.escape(term)}" if term.isascii() else re.escape(term), text, re.IGNORECASE
        )
    )
