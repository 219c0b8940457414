"""Rules for punctuation: the end of a sentence, pairs of marks, and what a language writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.checks.pair import Pair
from handbook.bitext.languages.record import Language

_CLASSES = {
    "full stop": ".。．｡।۔։።။។",
    "question mark": "?？؟՞;\u037e",
    "exclamation mark": "!！",
    "colon": ":：",
    "ellipsis": "…",
}
_STOPS = {
    **dict.fromkeys("as bn hi ne or pa sa".split(), "।"),
    **{"ur": "۔", "hy": "։", "am": "።", "ti": "።", "my": "။", "km": "។", "lo": "", "th": ""},
}
"""The full stops of languages that have another than English, or none."""
_CLOSING = "\"'”’»›)）]］」』】〉》* "
_PAIRS = tuple(zip("(（«「『【“[", ")）»」』】”]", strict=True))
_FREE = frozenset("heading title cell label term image drawing".split())
"""Kinds of text in which a language may do without a full stop."""


_SENTENCES = re.compile(r"[.!?。！？:：;；](?=\s|$|[^\W\d_])")
# Japanese asks with a particle, and needs no mark.
_ASKS = re.compile(
    r"(?<!けん)(?<![けほ])か(?![ぁ-ん月国所年条])|でしょう|だろう|ましょう|には$|のでは$"
)
_ASKS_AT_END = re.compile(r"(?:(?<!けん)(?<![けほ])か|でしょう|だろう)$")


def full_stop(language: Language) -> str:
    """Return the mark that ends a sentence in a language; "" if none does."""
    return "。" if language.is_cjk else _STOPS.get(language.locale.language, ".")


def _ends(text: str, language: Language) -> str:
    """Return the class of the punctuation mark that ends a text; "" if none does."""
    text = text.rstrip(_CLOSING)
    if text.endswith("..."):
        return "ellipsis"
    if language.is_cjk and _ASKS_AT_END.search(text.rstrip("。")):
        return "question mark"
    if text.endswith(";") and not _asks_with_semicolon(language):
        return ""
    return next((name for name, marks in _CLASSES.items() if text[-1:] and text[-1] in marks), "")


def ending(pair: Pair) -> Iterator[str]:
    """A sentence ends otherwise than the source: as no question, or without its full stop."""
    if pair.kind in ("code", "short form", "address", "label") or pair.source.endswith(")"):
        return  # the last words of a link are the title of another page
    mine, theirs = _ends(pair.said, pair.source_language), _ends(pair.own, pair.language)
    is_one = len(_SENTENCES.findall(pair.said)) == 1
    asks = "question mark"
    is_title = pair.kind == "heading" and pair.language.is_cjk
    if mine == asks and is_one and not is_title and not _has_question(pair.written, pair.language):
        yield "the source asks a question, the translation does not; end it as one"
    elif (
        theirs == asks
        and is_one
        and not pair.language.is_cjk  # there an indirect question ends in the same way
        and not _has_question(pair.said, pair.source_language)
    ):
        yield "the translation asks a question, the source does not; end it as the source does"
    elif mine == "full stop" and not theirs and pair.kind not in _FREE and full_stop(pair.language):
        # A short item of a list may do without one, in Japanese any text that stands by itself.
        if pair.kind == "paragraph" or not (is_one or pair.language.is_cjk):
            yield "the source ends with a full stop, the translation does not; add one"
    elif mine == "colon" != theirs and pair.kind == "paragraph" and not pair.language.is_cjk:
        yield "the source ends with a colon: something follows; end it with one"


def _has_question(text: str, language: Language) -> bool:
    marks = _CLASSES["question mark"]
    if not _asks_with_semicolon(language):
        marks = marks.replace(";", "")
    return any(mark in text for mark in marks) or (language.is_cjk and bool(_ASKS.search(text)))


def _asks_with_semicolon(language: Language) -> bool:
    return language.locale.language == "el"


def pairs(pair: Pair) -> Iterator[str]:
    """A bracket or quotation mark opens and is not closed, or closes what never opened."""
    said, written = (_SINGLE.sub("", text) for text in (pair.said, pair.written))
    for opening, closing in _PAIRS:
        is_paired = written.count(opening) == written.count(closing)
        if not is_paired and said.count(opening) == said.count(closing):
            yield f"{opening} and {closing} are not in pairs; close what is open"


_SINGLE = re.compile(r"^\s*\w{1,3}\)|[:;]-?[()]", re.MULTILINE)
"""Brackets that have no other: behind the number of an item, as in `a)`, and in a smiley."""


def openers(pair: Pair) -> Iterator[str]:
    """A question or exclamation lacks the mark that opens it, as ¿ and ¡ do in Spanish."""
    for closing, opening in pair.language.checks.openers.items():
        ends = re.findall(rf"(?<=[^\s(])[{re.escape(closing)}]+", pair.own)
        begins = re.findall(rf"{re.escape(opening)}+(?=[^\s),.])", pair.own)
        if len(ends) > len(begins):
            yield f"{closing} has no {opening} before it; write {opening}…{closing}"
        elif len(ends) < len(begins):
            yield f"{opening} has no {closing} after it; write {opening}…{closing}"


def style(pair: Pair) -> Iterator[str]:
    """Something is written as the language, or its handbook, does not write it."""
    said: set[str] = set()
    for style in pair.language.checks.styles:
        if style.say in said:
            continue
        text = re.sub(style.outside, "", pair.own) if style.outside else pair.own
        if found := re.search(style.find, text):
            said.add(style.say)
            yield f"{_around(text, found)!r}: {style.say}"


def _around(text: str, found: re.Match[str]) -> str:
    """Return what was found with the word before and after it."""
    start, end = max(0, found.start() - 6), min(len(text), found.end() + 6)
    return text[start:end].strip()
