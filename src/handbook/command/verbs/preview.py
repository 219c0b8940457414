"""Show a catalog beside its page in a browser, and what is saved at once; no site is built.

The translation stands beside its source, block by block, or beside the translation into another
language that its translator reads. Above it is what is left to do, each with its line and with what
was edited, what readers are not shown, and what to look at again.
"""

from __future__ import annotations

import argparse
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, WrongCall, port, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "the catalog of a page: translations/<language>/….po"
    parser.add_argument("catalog", metavar="CATALOG", type=Path, help=words)
    words = "the language to show beside it; that of the page if none is given"
    parser.add_argument("--beside", metavar="LANGUAGE", default="", help=words)
    words = "the port to answer at, on this computer alone"
    parser.add_argument("--port", metavar="NUMBER", type=port, default=8001, help=words)
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Serve the view until Ctrl-C. Problems are printed as they come; they end nothing."""
    from handbook.press.make import build, preview

    handbook = build.handbook(Path())
    asked = preview.asked(handbook, arguments.catalog)
    if isinstance(asked, Problem):
        raise Refused(asked)
    if arguments.beside:
        require_language(arguments.beside, handbook)
        if arguments.beside == asked.language:
            raise WrongCall(f"preview: {asked.language} beside itself; give another language")
    preview.serve(
        handbook,
        asked._replace(beside=arguments.beside),
        ("127.0.0.1", arguments.port),
        console.say,
        console.problem,
        (lambda address: None) if arguments.no_browser else _open,
    )
    yield from ()


def _open(address: str) -> None:
    """Open a browser, if this computer has one."""
    webbrowser.open(address)
