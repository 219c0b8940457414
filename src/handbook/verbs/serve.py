"""Show the site in a browser, and what is saved at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, declare_languages, languages
from handbook.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    words = "the computer's name or address to answer at; that of mkdocs.yml if none is given"
    parser.add_argument("--host", metavar="NAME", help=words)
    words = "the port to answer at; that of mkdocs.yml if none is given"
    parser.add_argument("--port", metavar="NUMBER", type=_port, help=words)


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"{word!r} is not a port; give a number from 1 to 65535")
    return int(word)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Serve the site until Ctrl-C. Problems of pages are printed as they come; they end nothing."""
    from bitext.project.handbook import Handbook
    from press.make import serve

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
