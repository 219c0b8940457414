"""Write translated copies of any Markdown files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, Refused, declare_files
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_files(parser)
    parser.add_argument("--catalog", metavar="FILE", type=Path, required=True, help="translations")
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write a translated copy of each file."""
    from bitext.project import loose, output
    from press.markdown import renderers

    if problem := output.prepare(arguments.to):
        raise Refused(problem)
    yield from loose.assemble(arguments.paths, arguments.catalog, arguments.to, renderers.whole())
