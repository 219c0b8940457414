"""Characters by script, as ranges to put between the brackets of a regular expression."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import groupby

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "ぁ-ゖ"
KATAKANA = "ァ-ヺー"
KANA = "\u3040-\u30ff"
"""Hiragana, katakana and their marks, such as the middle dot."""
CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
"""Han, kana, and the punctuation and full-width letters that go with them: no blanks between."""
SOUTHEAST_ASIAN = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, which have blanks between phrases, but not between words."""
APART = frozenset("LATIN GREEK CYRILLIC CJK HIRAGANA KATAKANA HANGUL".split())
"""Of `names`, the scripts whose letters stand apart: each has one glyph."""

_HIRAGANA_OF = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@cache
def marks() -> str:
    """Return the characters that are a part of the one before them: accents and signs of vowels.

    Those that join letters or signs, and those that choose the form of one, count among them.
    """
    # Beyond the second plane there are only those that choose a form: a tenth of a second saved.
    codes = range(0x300, 0x20000)
    kinds = map(unicodedata.category, map(chr, codes))
    found = [n for n, kind in zip(codes, kinds, strict=True) if kind[0] == "M" or n in _JOINERS]
    runs = (list(run) for _, run in groupby(enumerate(found), lambda pair: pair[1] - pair[0]))
    ranges = (f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)
    return f"{''.join(ranges)}\U000e0100-\U000e01ef"


_JOINERS = (0x200C, 0x200D)


def is_wide(character: str) -> bool:
    """Tell whether a character is as wide as two Latin letters, as kanji and kana are (UAX #11)."""
    return unicodedata.east_asian_width(character) in "WF"


_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
"""The directions of letters, by their class in Unicode's bidirectional algorithm (UAX #9)."""


def direction(text: str) -> str:
    """Return the direction in which all letters of a text are written; "" if they differ."""
    classes = {unicodedata.bidirectional(each) for each in text} & _DIRECTIONS.keys()
    found = {_DIRECTIONS[each] for each in classes}
    return found.pop() if len(found) == 1 else ""


def names(letters: Iterable[str]) -> set[str]:
    """Return the scripts of letters as Unicode's names of them begin: ARABIC, HANGUL, CJK."""
    return {unicodedata.name(each, "").partition(" ")[0] for each in letters if each.isalpha()}


_LETTERS = {
    "Latn": {"LATIN"},
    "Cyrl": {"CYRILLIC"},
    "Grek": {"GREEK"},
    "Arab": {"ARABIC"},
    "Hebr": {"HEBREW"},
    "Deva": {"DEVANAGARI"},
    "Thai": {"THAI"},
    "Armn": {"ARMENIAN"},
    "Beng": {"BENGALI"},
    "Ethi": {"ETHIOPIC"},
    "Geor": {"GEORGIAN"},
    "Gujr": {"GUJARATI"},
    "Guru": {"GURMUKHI"},
    "Khmr": {"KHMER"},
    "Knda": {"KANNADA"},
    "Laoo": {"LAO"},
    "Mlym": {"MALAYALAM"},
    "Mymr": {"MYANMAR"},
    "Sinh": {"SINHALA"},
    "Taml": {"TAMIL"},
    "Telu": {"TELUGU"},
    "Tibt": {"TIBETAN"},
    "Kore": {"HANGUL", "CJK"},
    "Jpan": {"HIRAGANA", "KATAKANA", "CJK"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
}
"""Of scripts as ISO 15924 calls them, how Unicode's names of their letters begin."""


_FEWEST = 4
_ONE_IN = 50
"""So few letters of a script may be in a text that is in another."""


def is_in(script: str, text: str) -> bool:
    """Tell whether a text may be in a script, by its name in ISO 15924: `Latn`.

    Texts in any script have names in Latin letters, even more of them than of their own; only other
    letters tell that one is in another. A text of hardly any letters is in any, and any is in a
    script that is not known here.
    """
    own = _LETTERS.get(script)
    letters = [names([each]) for each in text if each.isalpha()]
    if own is None or len(letters) < _FEWEST:
        return True
    count = sum(each <= own for each in letters)
    telling = [each for each in letters if script == "Latn" or each != {"LATIN"}]
    return 2 * count >= len(telling) and _ONE_IN * count >= len(letters)


def of(text: str) -> str:
    """Return the script that a text is in, by its name in ISO 15924; "" if it is not known here.

    It is in Latin letters if it has hardly any others. Chinese may name something in kana.
    """
    counts = Counter(name for each in text if each.isalpha() for name in names([each]))
    others = counts.total() - counts["LATIN"]
    if others * _ONE_OTHER_IN <= counts.total():
        return "Latn"
    of_each = {
        script: sum(counts[name] for name in own)
        for script, own in _LETTERS.items()
        if script != "Latn"
    }
    most = max(of_each, key=lambda each: of_each[each])
    if 2 * of_each[most] < others:
        return ""
    return "Hans" if _ONE_IN * of_each["Hans"] > (_ONE_IN - 1) * of_each[most] else most


_ONE_OTHER_IN = 5
"""So few letters of a text in Latin letters may be of other scripts."""


def in_hiragana(text: str) -> str:
    """Return `text` with each katakana replaced by the hiragana of the same sound."""
    return text.translate(_HIRAGANA_OF)
