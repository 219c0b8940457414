"""The order of words in dictionaries of a language.

Marks of punctuation do not count (`¿`, `«`), nor do accents, unless all else is alike or the
language sorts the letter as one of its own: Spanish ñ follows n, Swedish å follows z. Kana have the
order of gojūon. Han have that of the character set of the language: by reading in Japanese, by
pinyin in simplified Chinese, by strokes in traditional Chinese. That holds for common characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from handbook.bitext.languages import cldr
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.scripts import HAN, KANA, in_hiragana

READING = re.compile(f"（([{KANA}]+)）")
"""Matches the reading of a Japanese term, at the beginning of its definition."""

Key = tuple[str, str]
"""By what words are compared: their letters, and then their accents and marks."""

_AFTER = "\uffff"
"""What follows a letter to make it another, which is sorted behind all words with the first."""
_MARKS = "[\u0300-\u036f]"
_ACCENTS = (8, *range(10, 36), 107, 122, *range(200, 255))
"""The classes of marks that make no other letter: kana's voicing, points, accents and tones."""
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that are not composed, as languages sort them that do not have them."""
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_ROWS = ("あかさたなはまやらわ", "いきしちにひみりゐ", "うくすつぬふむゆる", "えけせてねへめれゑ")
_VOWELS = {kana: row[0] for row in (*_ROWS, "おこそとのほもよろを") for kana in row}
_LONG = re.compile("(.)ー")
_BEFORE = re.compile("([เ-ไ\u0ec0-\u0ec4])([ก-ฮ\u0e81-\u0eae])")
"""A Thai or Lao vowel that is written before its consonant, and spoken behind it."""
_CHARACTER_SETS = {"Jpan": "euc_jp", "Hans": "gb2312", "Hant": "big5"}
_HAN = re.compile(f"[{HAN}]")
_PRIVATE = 0xF0000


def key(word: str, record: Language) -> Key:
    """Return what a word is sorted by in dictionaries of a language."""
    text = unicodedata.normalize("NFKC", word)
    if cldr.fallbacks(record.code)[-1:] in (["tr"], ["az"]):
        text = text.replace("I", "ı").replace("İ", "i")
    text = in_hiragana(text.casefold())
    return _letters(text, record) or text, text


def _letters(text: str, record: Language) -> str:
    """Return the letters and digits of a word, each as what it is sorted as."""
    flat = unicodedata.normalize("NFD", text)
    for pattern, put in _apart(tuple((k, tuple(v)) for k, v in record.sorting.items())):
        flat = pattern.sub(put, flat)
    flat = "".join(each for each in flat if unicodedata.combining(each) not in _ACCENTS)
    flat = _LONG.sub(_prolonged, flat.translate(_PLAIN).translate(_SMALL))
    flat = _BEFORE.sub(r"\2\1", flat)
    script = cldr.script(record.code)
    if charset := _CHARACTER_SETS.get(script):
        flat = _HAN.sub(lambda found: _placed(found[0], charset), flat)
    return " ".join("".join(map(_counted, flat)).split())


@cache
def _apart(sorting: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[re.Pattern[str], str]]:
    """Return a pattern of each letter that follows another in the alphabet, with its sort key.

    The longest come first.

    Those that a language writes with a mark may have another mark before that: Vietnamese ậ is â.
    """
    made = [
        (one, letter + number * _AFTER)
        for letter, followers in sorting
        for number, each in enumerate(followers, 1)
        for one in unicodedata.normalize("NFD", each).split("=")
    ]
    made.sort(key=lambda pair: -len(pair[0]))
    return [(re.compile(_pattern(one)), put) for one, put in made]


def _pattern(letter: str) -> str:
    parts = (
        f"{_MARKS}*?{each}" if unicodedata.combining(each) else re.escape(each) for each in letter
    )
    return "".join(parts)


def _prolonged(found: re.Match[str]) -> str:
    """Return a kana with the vowel that a mark of length stands for: はー is はあ."""
    return found[1] + _VOWELS.get(found[1], "")


def _placed(character: str, charset: str) -> str:
    """Return the sort key of a Han character: a private one for its place in a character set."""
    try:
        return chr(_PRIVATE + int.from_bytes(character.encode(charset)[:2], "big"))
    except UnicodeEncodeError:
        return chr(_PRIVATE + 0xFFFD)


def _counted(character: str) -> str:
    """Return a character if it counts, a blank for what divides words, "" for other marks."""
    kind = unicodedata.category(character)
    if kind[0] in "LNM" or character == _AFTER or ord(character) >= _PRIVATE:
        return character
    return " " if kind[0] == "Z" or kind == "Pd" else ""
