"""How much work a number of words is to translate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from handbook.bitext.problem import amount
from handbook.bitext.translate.volume import count_words

WORDS_AN_HOUR = 300
"""What somebody translates and reads again in an hour."""


@dataclass(frozen=True)
class Effort:
    """Words to translate, and how long that takes."""

    words: int = 0

    @property
    def minutes(self) -> int:
        """About how many minutes it takes, in steps of five."""
        return ceil(self.words * 12 / WORDS_AN_HOUR) * 5

    @property
    def hours(self) -> float:
        """About how many hours it takes."""
        return round(self.words / WORDS_AN_HOUR, 1)

    def __str__(self) -> str:
        words = amount(self.words, "word")
        if not self.words:
            return words
        if self.minutes < 60:
            return f"{words}, about {amount(self.minutes, 'minute')}"
        hours = round(self.words / WORDS_AN_HOUR * 2) / 2
        return f"{words}, about {hours:g} hour{'' if hours == 1 else 's'}"


def effort(messages: Iterable[str]) -> Effort:
    """Return what it takes to translate messages."""
    return Effort(sum(map(count_words, messages)))
