"""Judge whether an edit that its author calls editorial may leave translations untouched.

Correcting a typo changes no translation. A number, a "not" or a "must" does, however few
letters it takes; such an edit is refused, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

from bitext.languages.record import Language, Wording
from bitext.page import inline

# How alike two messages must be for the edit between them to be the size of a typo.
TYPO = 85.0

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
# "n't" belongs to its word: "can't" has no "can" in it.
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def change_of_meaning(
    old: str, new: str, language: Language, terms: Iterable[str] = ()
) -> str | None:
    """Return what an edit changes that translations have to follow; None if nothing.

    The text is in `language`, and so are `terms`, those of the glossary.
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
    """What is worded so in a text, in small letters."""
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
