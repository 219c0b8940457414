"""Show the site in a browser, and what is saved at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, declare_languages, languages, port
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    words = "the computer's name or address to answer at; that of mkdocs.yml if none is given"
    parser.add_argument("--host", metavar="NAME", help=words)
    words = "the port to answer at; that of mkdocs.yml if none is given"
    parser.add_argument("--port", metavar="NUMBER", type=port, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Serve the site until Ctrl-C. Problems of pages are printed as they come; they end nothing."""
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.make import serve

    chosen = languages(Handbook.open(Path()), arguments) if arguments.languages else ()
    serve.serve(
        Path.cwd(),
        console.say,
        console.problem,
        languages=chosen,
        host=arguments.host,
        port=arguments.port,
    )
    yield from ()
