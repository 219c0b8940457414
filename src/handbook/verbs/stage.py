"""Write the pages to a folder, translated."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, Refused, declare_languages, languages
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write all pages; say how many."""
    from bitext.project import faults, output
    from bitext.project.stage import stage
    from press.make import build

    handbook = build.handbook(Path())
    chosen = languages(handbook, arguments)
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    yield from faults.problems(handbook)
    with console.progress("writing pages"):
        yield from stage(handbook, arguments.to, chosen)
    pages = len(handbook.sources())
    console.say(f"{pages} pages in {len(chosen)} languages in {arguments.to}")
