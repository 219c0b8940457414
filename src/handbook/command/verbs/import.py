"""Take translations from catalogs of other programs: mdpo, po4a, mdbook-i18n-helpers and others.

One file for all pages, or many; files or folders of them. What is the same text is current, what
is nearly the same is changed, what matches nothing is listed and kept. Translations that the
handbook has already stay.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem, amount
from handbook.command.arguments import Parser, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "catalogs (.po), or folders of them"
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=words)
    words = "their language, where neither their header nor their path says it"
    parser.add_argument("--language", metavar="CODE", default="", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the catalogs; say how much came along."""
    from handbook.bitext.migrate import importing
    from handbook.bitext.migrate.refused import MARKED, set_aside
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.make import build

    handbook = Handbook.open(Path())
    if arguments.language:
        require_language(arguments.language, handbook)
    found, problems = importing.read(handbook, arguments.files, arguments.language)
    yield from problems
    if not found:
        return
    with console.progress("comparing texts"):
        for language, units in found.items():
            before = importing.catalogs(handbook, language)
            titles = importing.fill_interface(handbook, language, units)
            made = importing.take(handbook, language, units, titles.numbers)
            for line in made.alone:
                console.say(line)
            if titles.taken:
                console.say(
                    f"translations/{language}/site.po: {amount(titles.taken, 'title')} taken"
                )
            console.say(str(made))
            if refused := set_aside(build.handbook(Path()), language, before):
                console.say(f"{refused} of them {MARKED}")
