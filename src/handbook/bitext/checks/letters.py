"""The rule for letters that a program has lost, or read in a wrong encoding and saved like that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.checks.pair import Pair

_LATER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What a byte of UTF-8 that is not the first of a letter looks like in Latin-1 or Windows-1252."""
_TWICE = re.compile(f"[Â-ß][{_LATER}]|[à-ï][{_LATER}]{{2}}|[ð-ô][{_LATER}]{{3}}")
_TELLING = frozenset("ÂÃâã")
"""With these begin accents, quotation marks and kana; with others, as in «café»…, one is chance."""
_LEAST = 5
"""Of the letters that so many are, one is no chance: two of kanji, three of Arabic."""
_LOST = "\ufffd"


def letters(pair: Pair) -> Iterator[str]:
    """A program has lost letters, or has read them in a wrong encoding: Ã³ stands for ó."""
    fault = garbled(pair.target)
    if fault and fault != garbled(pair.source):
        yield f"{fault}; take the text from an earlier version of the file"


def garbled(text: str) -> str:
    """Return what is wrong with the letters of a text; "" if nothing is."""
    if _LOST in text:
        return f"letters were lost where {_LOST} stands"
    found = [(each[0], read) for each in _TWICE.finditer(text) if (read := _read(each[0]))]
    if (
        any(wrong[0] in _TELLING for wrong, _ in found)
        or sum(len(wrong) for wrong, _ in found) >= _LEAST
    ):
        wrong, right = found[0]
        return f"“{wrong}” was “{right}” before a program read it in another encoding"
    return ""


def _read(wrong: str) -> str:
    """Return the letter that wrong ones are once their bytes are read as UTF-8; "" if none."""
    try:
        return b"".join(map(_byte, wrong)).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("windows-1252")
    except UnicodeEncodeError:  # those that Windows has no letter for
        return letter.encode("latin-1")
