"""Print the handbook, its sections, pages and sheets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, Refused, declare_books, languages
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_books(parser)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the handbook in each language; say how large the files are."""
    from bitext.project import output
    from bitext.project.handbook import Handbook
    from press.make import build

    chosen = languages(Handbook.open(Path()), arguments)
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    with console.progress(f"printing ({', '.join(chosen)})"):
        yield from console.say_made(build.pdfs(Path(), chosen, arguments.to))
