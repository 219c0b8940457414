"""The order of words in dictionaries of a language."""

import re
import unicodedata

from handbook.bitext.languages.record import Language
from handbook.bitext.languages.scripts import KANA, in_hiragana

READING = re.compile(f"（([{KANA}]+)）")
"""Matches the reading of a Japanese term, at the beginning of its definition."""


def key(word: str, record: Language) -> str:
    """Return a word's sort key as in dictionaries: kana unified, no accents but in `sorting`."""
    word = in_hiragana(word.casefold())
    for letter, followers in record.sorting.items():
        for number, follower in enumerate(followers, 1):
            word = word.replace(follower, letter + number * "\uffff")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
