"""Write the pages to a folder, translated, with all that another generator needs.

Each language has its settings, `mkdocs.<language>.yml`, which build with MkDocs and Material and
with Zensical; its pictures and files; and its interface words, `words/<language>.json`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem, amount
from handbook.command.arguments import Parser, Refused, declare_languages, languages
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write all pages; say how many."""
    from handbook.bitext.project import faults, output
    from handbook.bitext.upkeep.stage import stage
    from handbook.press.make import build, staging

    handbook = build.handbook(Path())
    chosen = languages(handbook, arguments)
    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    yield from faults.problems(handbook)
    with console.progress("writing pages"):
        yield from stage(handbook, arguments.to, chosen)
    for file in staging.furnish(Path(), arguments.to, chosen):
        console.detail(f"settings for another generator: {file}")
    pages = len(handbook.sources())
    console.say(f"{amount(pages, 'page')} in {amount(len(chosen), 'language')} in {arguments.to}")
