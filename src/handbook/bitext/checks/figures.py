"""The rule for figures: a number of the source stands in the translation, and no other does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import decimal

from handbook.bitext.checks.pair import Pair
from handbook.bitext.languages.record import Language

_WIDE = str.maketrans("．٫，٬：％٪", "..,,:%%")
_DIGIT = re.compile(r"(?![0-9])\d")
"""A digit of another script than Latin, be it a wide one."""
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:([ \u00a0\u2009\u202f,.'’])\d{3})(?:\1\d{3})*(?!\d)")
"""A number in groups of three digits; not a year and a number after it."""
_MYRIAD = re.compile(
    r"(?<!\d)(\d{1,12}(?:\.\d+)?)\s*([万億])(?:\s*(\d{1,4})(?![\d.])(?=[人円年]|\b|\D|$))?"
)
_MYRIADS = {"万": 10**4, "億": 10**8}
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_TIME = re.compile(r"(\d{1,2})時(\d{1,2})分")
_HALF_HOUR = re.compile(r"(\d{1,2})時半")
_TENTHS = re.compile(r"(\d)割")
_SMALL = 31
"""Numbers up to this may be words, or the number of a month: they are not compared."""
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(rf"({'|'.join(_ERAS)})(\d{{1,4}}|元)年")
_ZEROS = re.compile(r"^0+(?=\d)")


def figures(pair: Pair) -> Iterator[str]:
    """A number, a year or a date is not the source's."""
    mine, theirs = numbers(pair.said), numbers(pair.written)
    lost = [each for each in sorted(mine - theirs) if _counts(each)]
    if lost and _has_words(pair.written, pair.language):
        lost = [each for each in lost if not _is_round(each)]
    # A translation may write in digits what the source has in words, if that is not large.
    added = [each for each in sorted(theirs - mine) if _counts(each)]
    added = [each for each in added if _is_exact(each) or float(each) > 100]
    if added and _has_words(pair.said, pair.source_language):
        added = [each for each in added if not _is_round(each)]
    if lost and added:
        yield f"{_listed(lost)} has become {_listed(added)}; write what the source says"
    elif lost:
        yield f"{_listed(lost)} is missing; write it too"
    elif added:
        yield f"{_listed(added)} is not in the source; take it out"


def numbers(text: str) -> set[str]:
    """Return the numbers of a text, those that are grouped or of other scripts written one way."""
    text = _DIGIT.sub(lambda found: str(decimal(found[0])), text.translate(_WIDE))
    text = _ERA.sub(lambda m: f"{_ERAS[m[1]] + (1 if m[2] == '元' else int(m[2]))}年", text)
    text = _TENTHS.sub(r"\g<1>0 ", _HALF_HOUR.sub(r"\1:30", _TIME.sub(r"\1:\2", text)))
    text = _GROUPED.sub(lambda found: found[0].replace(found[1], ""), text)
    text = _MYRIAD.sub(_unfolded, text)
    return {_ZEROS.sub("", each.replace(",", ".")) for each in _NUMBER.findall(text)}


def _unfolded(match: re.Match[str]) -> str:
    """Return a number in myriads, `3万5000`, in digits alone."""
    whole = round(float(match[1]) * _MYRIADS[match[2]])
    return str(whole + (int(match[3]) if match[3] else 0))


def _counts(number: str) -> bool:
    """Tell whether a number is too large, or too exact, to be written as a word."""
    return not number.isdecimal() or float(number) > _SMALL


def _is_exact(number: str) -> bool:
    """Tell whether no words say a number: it is a time, or that of a section or version: 1.2.3."""
    return ":" in number or number.count(".") > 1


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers)


def _has_words(text: str, language: Language) -> bool:
    """Tell whether a text has a number in words."""
    words = language.editorial.numbers
    if words.pattern and re.search(words.pattern, text):
        return True
    return any(re.search(rf"\b{re.escape(each)}", text, re.IGNORECASE) for each in words.words)


def _is_round(number: str) -> bool:
    return number.isdecimal() and (number.endswith("0") or float(number) <= 100)
