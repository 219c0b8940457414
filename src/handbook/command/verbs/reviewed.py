"""Sign a translation: a native speaker has read the page to its end.

The month and the name go into the header X-Reviewed of the page's catalog, and the page no longer
tells readers that nobody has reviewed it. `--withdraw` takes that back, as when much has changed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, WrongCall, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("page", metavar="PAGE", help="docs/<language>/….md, or its catalog")
    parser.add_argument("language", metavar="LANGUAGE", help="the language that was read")
    words = "who has read it, as they want to be called; no address"
    parser.add_argument("--by", metavar="NAME", default="", help=words)
    words = "the month it was read in; this one if none is given"
    parser.add_argument("--month", metavar="YYYY-MM", type=_month, help=words)
    parser.add_argument("--withdraw", action="store_true", help="take a signature back")


def _month(word: str) -> str:
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", word):
        raise argparse.ArgumentTypeError(f"{word!r} is no month; give one such as 2026-11")
    return word


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the catalog; say what is not covered."""
    from handbook.bitext.project import edits
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import reviewed

    if bool(arguments.by.strip()) == arguments.withdraw:
        what = "not both" if arguments.withdraw else "who has read it"
        raise WrongCall(f"reviewed: give --by NAME, or --withdraw; {what}")
    since = edits.stamps(Path())
    handbook = Handbook.open(Path())
    require_language(arguments.language, handbook)
    month = arguments.month or date.today().strftime("%Y-%m")
    asked = arguments.page, arguments.language
    made = reviewed.sign(handbook, *asked, arguments.by.strip(), month)
    if isinstance(made, Problem):
        raise Refused(made)
    count = 0 if arguments.withdraw else reviewed.count_not_current(handbook, *asked)
    for line in edits.carry_out(Path(), made, since):
        console.say(line)
    if count:
        units = "unit is" if count == 1 else "units are"
        console.say(f"{count} {units} not current, and readers are told so")
    yield from ()
