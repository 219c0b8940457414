"""Write a gettext template of any Markdown files."""

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
    words = "write here instead of to standard output"
    parser.add_argument("--output", metavar="FILE", type=Path, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the template of all messages."""
    from handbook.bitext.files import write
    from handbook.bitext.project import output
    from handbook.bitext.upkeep.extract import extract

    if arguments.output and (problem := output.template_refusal(arguments.output)):
        raise Refused(problem)
    text, problems = extract(arguments.paths)
    yield from problems
    if not text:
        return
    if arguments.output is None:
        console.file(text)
    else:
        write(arguments.output, text)
