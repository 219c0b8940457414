"""Print the handbook, its sections, pages and sheets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import (
    Parser,
    Refused,
    WrongCall,
    declare_books,
    known_language,
    languages,
)
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_books(parser)
    words = "print only this page or section, in two columns with another language"
    parser.add_argument("--beside", metavar=("LANGUAGE", "PAGE"), nargs=2, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the handbook in each language; say how large the files are."""
    from bitext.project import output
    from bitext.project.handbook import Handbook
    from press.make import build

    chosen = languages(Handbook.open(Path()), arguments)
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    if arguments.beside:
        other, page = arguments.beside
        yield from _beside(other, page, chosen, arguments, console)
        return
    with console.progress(f"printing ({', '.join(chosen)})"):
        yield from console.say_made(build.pdfs(Path(), chosen, arguments.to))


def _beside(
    other: str, page: str, chosen: list[str], arguments: argparse.Namespace, console: Console
) -> Iterator[Problem]:
    """Print a page or section in two languages; raise WrongCall where there are no two."""
    from bitext.project.handbook import Handbook
    from press.make import build

    known_language(other, Handbook.open(Path()))
    mine = [each for each in chosen if each != other]
    if not mine:
        raise WrongCall(f"pdf: --beside {other}: give another language to set it beside")
    with console.progress(f"printing ({', '.join(mine)} beside {other})"):
        yield from console.say_made(build.beside(Path(), mine, other, page, arguments.to))
