"""Mend wording that has one right answer: what `handbook check --fix` writes.

Code, addresses, HTML, signs of emphasis and quotations of the source are left alone: while a
translation is mended, each is one character that stands for it. What is mended breaks fewer rules
than before and none that it did not break; else the translation stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from unicodedata import normalize

from handbook.bitext.checks.emphasis import tightened
from handbook.bitext.checks.pair import HIDDEN, QUOTED, Pair
from handbook.bitext.checks.punctuation import full_stop
from handbook.bitext.checks.rules import findings
from handbook.bitext.checks.words import DOUBLED_WORDS, FOREIGN_TITLE, doubled_words
from handbook.bitext.languages.record import Style

_FIRST = 0xF0000
"""The first of the characters that stand for what is left alone; they are for private use."""


def fixed(pair: Pair, comment: str = "") -> str:
    """Return a translation with what has one right answer put right.

    What the translator's `comment` waives is left as it is.
    """
    before = list(findings(pair, comment))
    for name in dict.fromkeys(name for name, _ in before if name in _FIXES):
        fix = _FIXES[name]
        made = replace(pair, target=tightened(pair) if fix is None else _apart(pair, fix))
        after = list(findings(made, comment))
        if after != before and not _names(after) - _names(before):
            pair, before = made, after
    return pair.target


def _names(found: Iterable[tuple[str, str]]) -> Counter[str]:
    return Counter(name for name, _ in found)


Fix = Callable[[Pair, str], str]
"""Mends a text that has stand-ins for what is left alone."""


def _apart(pair: Pair, fix: Fix) -> str:
    """Return the translation of a pair, mended outside of what is left alone.

    One that has such characters itself, such as icons, stays as it is.
    """
    if max(pair.target, default="") >= chr(_FIRST):
        return pair.target
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return chr(_FIRST + len(kept) - 1)

    def hide_quoted(found: re.Match[str]) -> str:
        return hide(found) if found[0][1:-1].strip() in pair.said else found[0]

    text = HIDDEN.sub(hide, QUOTED.sub(hide_quoted, pair.target))
    text = fix(pair, text)
    for number in reversed(range(len(kept))):  # what was hidden last may hold others
        text = text.replace(chr(_FIRST + number), kept[number])
    return text


def _style(pair: Pair, text: str) -> str:
    for style in pair.language.checks.styles:
        if not style.outside:
            text = _written(style, text)
    return text


def _written(style: Style, text: str) -> str:
    """Return a text with what a style finds as it says to write it, if it does."""
    if style.write is not None:
        return re.sub(style.find, style.write, text)
    if style.letters:
        table = str.maketrans(dict(style.letters))
        return re.sub(style.find, lambda found: found[0].translate(table), text)
    if style.is_compatible:  # a mark of voicing is a character of its own, and joins the one before
        for first, last in reversed(_runs(style.find, text)):
            text = text[:first] + normalize("NFKC", text[first:last]) + text[last:]
    return text


def _runs(find: str, text: str) -> list[tuple[int, int]]:
    """Return where a pattern finds something, what follows on each other as one."""
    runs: list[tuple[int, int]] = []
    for found in re.finditer(find, text):
        is_next = bool(runs) and runs[-1][1] == found.start()
        first = runs.pop()[0] if is_next else found.start()
        runs.append((first, found.end()))
    return runs


def _spelling(pair: Pair, text: str) -> str:
    if pair.spellings is None:
        return text
    return _outside(FOREIGN_TITLE, text, pair.spellings.replaced)


def _outside(pattern: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """Return a text that is changed but for what a pattern finds."""
    made: list[str] = []
    last = 0
    for found in pattern.finditer(text):
        made += (change(text[last : found.start()]), found[0])
        last = found.end()
    return "".join((*made, change(text[last:])))


def _doubled(pair: Pair, text: str) -> str:
    if pair.language.is_cjk:
        return DOUBLED_WORDS.sub(lambda found: found[1] or "を", text)
    for word, _ in doubled_words(pair):
        text = re.sub(rf"\b({re.escape(word)})\s+{re.escape(word)}\b", r"\1", text)
    return text


def _ending(pair: Pair, text: str) -> str:
    """Add the full stop that the source has, after the last word."""
    stop = full_stop(pair.source_language)
    is_ended = bool(stop) and pair.said.endswith(stop)
    return text + full_stop(pair.language) if is_ended and text[-1:].isalpha() else text


def _openers(pair: Pair, text: str) -> str:
    """Open a sentence that stands alone."""
    for closing, opening in pair.language.checks.openers.items():
        is_alone = len(re.findall(r"[.!?…:;]", text)) == 1 and text[:1].isalpha()
        if is_alone and text.endswith(closing) and opening not in text:
            text = opening + text
    return text


_FIXES: dict[str, Fix | None] = {
    "emphasis": None,  # mends the very signs that others leave alone
    "style": _style,
    "spelling": _spelling,
    "doubled": _doubled,
    "ending": _ending,
    "openers": _openers,
}
"""By the names of their rules. Others have no one right answer: a figure, a term, a length."""
