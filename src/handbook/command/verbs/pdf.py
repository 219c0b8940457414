"""Print the handbook, its sections, pages and sheets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import (
    Parser,
    Refused,
    WrongCall,
    declare_books,
    languages,
    require_language,
)
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_books(parser)
    words = "print only this page or section, in two columns with another language"
    parser.add_argument("--beside", metavar=("LANGUAGE", "PAGE"), nargs=2, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the handbook in each language; say how large the files are."""
    from handbook.bitext.project import output
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.make import build

    handbook = Handbook.open(Path())
    chosen, (other, page) = languages(handbook, arguments), arguments.beside or ("", "")
    if other:
        require_language(other, handbook)
        chosen = [each for each in chosen if each != other]
        if not chosen:
            raise WrongCall(f"pdf: --beside {other}: give another language to set it beside")
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    beside = f" beside {other}" if other else ""
    with console.progress(f"printing ({', '.join(chosen)}{beside})"):
        if other:
            made = build.beside(Path(), chosen, other, page, arguments.to)
        else:
            made = build.pdfs(Path(), chosen, arguments.to)
        yield from console.say_made(made)
