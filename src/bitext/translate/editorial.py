"""Judge whether an edit that its author calls editorial may leave translations untouched.

Correcting a typo changes no translation. A number, a "not" or a "must" does, however few
letters it takes; such an edit is refused, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

from bitext.page import inline

# How alike two messages must be for the edit between them to be the size of a typo.
TYPO = 85.0

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_NUMBERS = """one two three four five six seven eight nine ten eleven twelve twenty thirty forty
    fifty hundred thousand million half third quarter first second twice once both
    uno una dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien mil millón
    mitad tercio cuarto primero primera segundo segunda ambos ambas"""
_DATES = """january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miércoles jueves viernes sábado domingo primavera verano otoño invierno"""
_NEGATIONS = """no not never none nobody nothing neither nor without cannot unless except
    nunca jamás nadie nada ninguno ninguna ningún tampoco ni sin salvo excepto"""
_MODALS = """must may might can could shall should will would need ought
    debe deben debería deberían debemos puede pueden podría podrían podemos podrá podrán
    hay tiene tienen hace"""
_JAPANESE = {
    "a number": "[一二三四五六七八九十百千万半]",
    "a negation": "ない|なか|なけ|ません|ずに|なし|以外|だけ",
    "a modal verb": "べき|ければ|てもよい|てもかまい|できる|できま|ください|でしょう|かもしれ",
}
_MAY = re.compile(r"\bMay\b(?= \d)|(?<=\d )May\b|(?<=[a-z,] )May\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def change_of_meaning(old: str, new: str, terms: Iterable[str] = ()) -> str | None:
    """Return what an edit changes that translations have to follow; None if nothing.

    `terms` are those of the glossary, in the language of the text.
    """
    kinds: dict[str, Callable[[str], list[str]]] = {
        "a number": lambda text: _DIGITS.findall(text) + _among(text, _NUMBERS),
        "a date": lambda text: _among(text, _DATES) + _MAY.findall(text),
        "a negation": lambda text: _among(text, _NEGATIONS) + _contractions(text),
        "a modal verb": lambda text: _among(text, _MODALS),
        "a link target": lambda text: [e.target or e.key for e in inline.elements(text)],
    }
    for what, found in kinds.items():
        if Counter(found(old)) != Counter(found(new)):
            return f"{what} has changed"
    for what, pattern in _JAPANESE.items():
        if Counter(re.findall(pattern, old)) != Counter(re.findall(pattern, new)):
            return f"{what} has changed"
    for term in terms:
        if _count(term, old) != _count(term, new):
            return f"the glossary's term “{term}” has changed"
    if fuzz.ratio(old, new) < TYPO:
        return "more than a typo has changed"
    return None


def _among(text: str, words: str) -> list[str]:
    known = frozenset(words.split())
    return [word for word in _WORD.findall(text.casefold()) if word in known]


def _contractions(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word.endswith(("'t", "’t"))]


def _count(term: str, text: str) -> int:
    return len(
        re.findall(
            rf"(?<!\w){re.escape(term)}" if term.isascii() else re.escape(term), text, re.IGNORECASE
        )
    )
