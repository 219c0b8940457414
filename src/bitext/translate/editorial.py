"""Decide whether translations can stay current after an edit that its author calls editorial.

The correction of a typo does not change translations. A change to a number, a "not" or a "must"
does, however few letters it has; such an edit is refused, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

from bitext.languages.record import Language, Wording
from bitext.page import inline

# The minimum likeness of two messages (per cent) for the edit between them to be a typo.
TYPO = 85.0

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
# "n't" belongs to its word: "can't" does not count as "can".
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def change_of_meaning(
    old: str, new: str, language: Language, terms: Iterable[str] = ()
) -> str | None:
    """Return which change of an edit translations must follow, as a sentence; None if none.

    The messages and the glossary's `terms` are in `language`.
    """
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
    if fuzz.ratio(old, new) < TYPO:
        return "more than a typo has changed"
    return None


def _found(wording: Wording, text: str) -> list[str]:
    """Return the words and phrases of `wording` that are in a text, in lower case."""
    words = [word for word in _WORD.findall(text.casefold()) if word in wording.words]
    if wording.pattern:
        words += (match[0].casefold() for match in re.finditer(wording.pattern, text))
    return words


def _count(term: str, text: str) -> int:
    return len(
        re.findall(
            rf"(?<!\w){re.escape(term)}" if term.isascii() else re.escape(term), text, re.IGNORECASE
        )
    )
