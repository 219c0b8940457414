"""Tell whether two messages have the same words, and join sentences as their script does."""

from __future__ import annotations

import re
from unicodedata import normalize

from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page.markup import code_spans
from handbook.bitext.patterns import pattern

# Signs of emphasis stand beside a word, and inside of one only where there are no blanks between
# words: `2*3` and `a_b` are text.
_LETTER = f"[^\\W{CJK}]"
_SIGNS = r"(?:[*_]+|==)"
_EMPHASIS = pattern(rf"(?<!\\)(?<!{_LETTER}){_SIGNS}(?=\S)|(?<=[^\s\\]){_SIGNS}(?!{_LETTER})")
_BESIDE_CJK = pattern(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‹›", "'")})
_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), "…": "..."})
_NO_BREAK = re.compile("&(?:nbsp|#160|#[xX][aA]0);")


def is_editorial(old: str, new: str) -> bool:
    """Tell whether messages differ only in emphasis, quotes, dashes, dots or the amount of blanks.

    Where a blank comes or goes, or a letter's case changes, it is another text: "now here" and
    "nowhere", "US" and "us". Code counts to the letter.
    """
    return bare(old) == bare(new)


def bare(message: str) -> str:
    """Return what all messages with the same words have in common."""
    message = normalize("NFC", message)
    if "&" in message:
        message = _NO_BREAK.sub(" ", message)
    if "`" not in message:
        return _folded(_bare_words(message))
    parts: list[str] = []
    position = 0
    for start, end in code_spans(message):
        parts += _bare_words(message[position:start]), message[start:end]
        position = end
    return _folded("".join((*parts, _bare_words(message[position:]))))


def _folded(text: str) -> str:
    """Return a text with one blank for many, and none beside letters that have none between."""
    return " ".join((text if text.isascii() else _BESIDE_CJK.sub("", text)).split())


def _bare_words(text: str) -> str:
    if "*" in text or "_" in text or "==" in text:
        text = _EMPHASIS.sub("", text)
    return text if text.isascii() else text.translate(_QUOTES).translate(_DASHES)


def join_sentences(one: str, other: str) -> str:
    """Join two sentences, without a blank where their script has none."""
    is_unspaced = _CJK.match(one[-1:]) and _CJK.match(other)
    return one + other if is_unspaced else f"{one} {other}"


_CJK = pattern(f"[{CJK}]")
