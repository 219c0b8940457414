"""Make a new handbook with two example pages.

It builds, checks and prints at once. The first language is the one its pages are written in, and
the site's default; the others have catalogs.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, WrongCall
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="the new folder")
    words = "codes with commas between them, such as fr,de; the pages are written in the first"
    parser.add_argument("--languages", metavar="CODES", required=True, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the files; say what to do next."""
    from handbook.bitext.files import write
    from handbook.bitext.migrate import languagelist, new
    from handbook.bitext.project.handbook import Handbook
    from handbook.command.catalogs import write_all

    codes, fault = languagelist.read(arguments.languages)
    if fault:
        raise WrongCall(f"new: {fault}")
    folder: Path = arguments.folder
    if problem := new.refusal(folder):
        raise Refused(problem)
    for name, text in new.texts(folder, codes):
        write(folder / name, text)
    for name, text in new.catalogs(Handbook.open(folder)):
        write(folder / name, text)
    yield from write_all(folder)
    for code in codes[:1]:
        if not new.is_known(code):
            console.say(f"the example pages are in English: write yours in {code} in their place")
    for note in languagelist.unprinted_notes(codes):
        console.say(note)
    step = f"cd {shlex.quote(str(folder))} && handbook serve"
    console.say(f"{folder}: a handbook in {', '.join(codes)}; next: {step}")
