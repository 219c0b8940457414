"""Take a language out of the handbook.

Its code goes out of the settings, and its folders are deleted: git keeps them. Pages that were
first written in it have to be turned to another language before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem, amount
from handbook.command.arguments import Parser, Refused, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", help="the code of the language")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write settings and delete files, if git keeps them; say what was done."""
    from handbook.bitext.project import edits, faults
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import languages
    from handbook.command import history

    since = edits.stamps(Path())
    handbook = Handbook.open(Path())
    require_language(arguments.code, handbook)
    made = languages.removal(handbook, arguments.code)
    if isinstance(made, Problem):
        raise Refused(made)
    unkept = history.not_kept(made.gone)
    if unkept:
        fault = "is not in the last commit as it is, and would be lost; commit it first"
        raise Refused(Problem(unkept[0], 0, fault))
    lines = [
        line for line in edits.carry_out(Path(), made, since) if not line.startswith("removed ")
    ]
    for line in lines:
        console.say(line)
    console.say(f"removed {amount(len(made.gone), 'file')} in {arguments.code}; git keeps them")
    yield from faults.page_problems(Handbook.open(Path()))
