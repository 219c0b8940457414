"""What is wrong with a file, as a value: place, fault and cure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "notice"]

_PLACED = re.compile(r"([^:\n]+):(\d{1,9}): (.*)", re.DOTALL)


def line_at(text: str, offset: int) -> int:
    """Return the line, counted from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1


@dataclass(frozen=True, order=True)
class Problem:
    """Something to correct: where it is, what is wrong, and the cure."""

    path: str
    """Where it is, from the root of the handbook; "" if no file is known."""
    line: int
    """The line, from 1; 0 if no line is known."""
    text: str
    rule: str = ""
    """The name of the rule that found it, if rules have names."""
    level: Level = "error"
    """A warning is for a person to judge, a notice for information; neither fails anything."""

    def __str__(self) -> str:
        text = self.text if self.level == "error" else f"{self.level}: {self.text}"
        if not self.path:
            return text
        return f"{self.path}:{self.line}: {text}" if self.line else f"{self.path}: {text}"

    @classmethod
    def parse(cls, message: str) -> Problem:
        """Read a problem from a line of text: `path:line: text`, or text alone.

        MkDocs logs strings; `str()` of what is read here is the same string again.
        """
        if placed := _PLACED.fullmatch(message):
            return cls(placed[1], int(placed[2]), placed[3])
        return cls("", 0, message)


def amount(number: int, noun: str) -> str:
    """Return a number with what is counted: 1 page, 2 pages."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


class SettingsError(Exception):
    """The folder is not a handbook, its settings cannot be used, or the disk refuses a file."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
