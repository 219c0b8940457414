"""How a problem is printed: for people, for programs, or as an annotation on GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from handbook.bitext.problem import Problem


@dataclass(frozen=True)
class Format:
    """How problems become lines, each printed when it is found."""

    line: Callable[[Problem], str]
    opening: str = ""
    """Before the first problem, on the same line."""
    between: str = ""
    """Before each further one."""
    closing: str = ""
    """A line after the last."""
    is_output: bool = True
    """Whether the problems are what is asked for: then they go to standard output."""


def _json(problem: Problem) -> str:
    return json.dumps(asdict(problem), ensure_ascii=False)


def _annotation(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions that shows a problem beside its line."""
    return annotation(
        problem.level, problem.text, file=problem.path, line=problem.line, title=problem.rule
    )


def annotation(level: str, text: str, **place: str | int) -> str:
    """Return a workflow command of GitHub Actions that shows a text; `place`: file, line, title."""
    given = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    return f"::{level} {given}::{_data(text)}" if given else f"::{level}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


TEXT = Format(str, is_output=False)

FORMATS = {
    "text": TEXT,
    "json": Format(_json, opening="[", between=",", closing="]"),
    "github": Format(_annotation),
}
