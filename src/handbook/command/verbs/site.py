"""Build the site into site/.

With languages, these alone are built, with the scripts and styles that all share, and the pages
that site/ has in others stay. The default language has no folder of its own there: its deleted
pages are removed only when the whole site is built.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, declare_languages, languages
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.press.make.workshop import Outcome


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Build the site; say what each language holds."""
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.make import build

    handbook = Handbook.open(Path())
    chosen = languages(handbook, arguments)
    outcomes = build.outcomes(Path(), languages=chosen if arguments.languages else ())
    counted = console.counted(outcomes, "building languages", len(chosen))
    yield from console.say_made(_parts(counted))


def _parts(outcomes: Iterable[Outcome]) -> Iterator[object]:
    """Yield the languages that were built, and problems."""
    for outcome in outcomes:
        yield from outcome.languages
        yield from outcome.problems
