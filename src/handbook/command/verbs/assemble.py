"""Write translated copies of any Markdown files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, declare_files
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_files(parser)
    parser.add_argument("--catalog", metavar="FILE", type=Path, required=True, help="translations")
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write a translated copy of each file."""
    from handbook.bitext.project import output
    from handbook.bitext.upkeep import loose
    from handbook.press.markdown import renderers

    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    yield from loose.assemble(arguments.paths, arguments.catalog, arguments.to, renderers.whole())
