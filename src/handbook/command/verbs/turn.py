"""Make a translation of a page its source, and keep all translations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "docs/<language>/….md, or the path in the folders of all languages"
    parser.add_argument("page", metavar="PAGE", help=words)
    parser.add_argument("language", metavar="LANGUAGE", help="the language that it is to be in")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the page in its new language, and the catalogs of the others; say which."""
    from handbook.bitext.moving import turn
    from handbook.bitext.project import edits
    from handbook.press.make import build

    since = edits.stamps(Path())
    handbook = build.handbook(Path())
    require_language(arguments.language, handbook)
    found = turn.turn(handbook, arguments.page, arguments.language)
    if isinstance(found, edits.Edits):
        for line in edits.carry_out(Path(), found, since):
            console.say(line)
    elif len(found) == 1 and found[0].path == arguments.page:
        raise Refused(found[0])
    else:
        yield from found
