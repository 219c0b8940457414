"""Give a page or a folder of pages another path, and change all that names it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "docs/<language>/….md or a folder there; or the path in the folders of all languages"
    parser.add_argument("old", metavar="OLD", help=words)
    parser.add_argument(
        "new", metavar="NEW", help="the same, as it is to be; or a folder to put it in"
    )


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Move the files and write those that name them; say which, and what still names them."""
    from handbook.bitext.moving import leftovers, move
    from handbook.bitext.project import edits
    from handbook.bitext.project.handbook import Handbook

    since = edits.stamps(Path())
    handbook = Handbook.open(Path())
    found = move.move(handbook, arguments.old, arguments.new)
    if isinstance(found, Problem):
        raise Refused(found)
    for line in edits.carry_out(Path(), found, since):
        console.say(line)
    for line in leftovers.leftovers(Path(), found.moves):
        console.say(line)
    yield from ()
