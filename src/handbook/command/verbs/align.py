"""Make catalogs of pages that were translated as pages."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "docs/<language>/….md"
    parser.add_argument("files", metavar="PAGE", nargs="+", type=Path, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the catalog of each page; say how many translations were found."""
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep.align import align

    handbook = Handbook.open(Path())
    yield from console.say_made(align(handbook, file) for file in arguments.files)
