"""Write the handbook as e-books."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, declare_books, languages
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_books(parser)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write an e-book in each language; say how large each is."""
    from handbook.bitext.project import output
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.make import build

    chosen = languages(Handbook.open(Path()), arguments)
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    with console.progress(f"writing e-books ({', '.join(chosen)})"):
        yield from console.say_made(build.epubs(Path(), chosen, arguments.to))
