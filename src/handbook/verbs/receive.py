"""Take catalogs that came by mail or chat into the handbook's own.

Page and language are found by what is in a catalog, whatever its file is called. It is joined unit
by unit with ours, from the version that it was made from: what was translated anew since stays.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, known_language
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="what was sent")
    words = "what they are in, where they do not say it"
    parser.add_argument("--language", metavar="CODE", default="", help=words)
    words = "whom to thank, as the sender wants to be called; no address"
    parser.add_argument("--credit", metavar="NAME", default="", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write each catalog that something was taken into; say what was taken, what not and why."""
    from bitext.project import receive
    from handbook import history
    from press.make import build

    handbook = build.handbook(Path())
    if arguments.language:
        known_language(arguments.language, handbook)
    for file in arguments.files:
        found = receive.receive(
            handbook,
            file,
            history.versions,
            language=arguments.language,
            credit=arguments.credit,
        )
        if isinstance(found, Problem):
            yield found
            continue
        if found.taken or found.left:
            receive.write(handbook, found)
        console.say(str(found))
        source = found.place.source
        if source and found.taken:
            yield from handbook.translated(source, found.place.language).problems
