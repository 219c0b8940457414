"""Give the handbook another language.

Its code goes into pyproject.toml and mkdocs.yml, with what it calls itself, and its catalogs are
made, with what is the same in every language filled in. Readers see the source until somebody
translates: `handbook todo CODE` says where to begin.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem, SettingsError, amount
from handbook.command.arguments import Parser, Refused
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", help="such as pt, pt_BR or zh-Hant")
    words = "what the language calls itself; as Unicode has it if none is given"
    parser.add_argument("--name", metavar="NAME", default="", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write settings and catalogs; say which."""
    from handbook.bitext.project import edits, faults
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import languages, update
    from handbook.press.make import interface

    since = edits.stamps(Path())
    made = languages.addition(Handbook.open(Path()), arguments.code, arguments.name)
    if isinstance(made, Problem):
        raise Refused(made)
    before = {name: Path(name).read_bytes().decode("utf-8") for name in made.texts}
    lines = list(edits.carry_out(Path(), made, since))
    try:
        words = interface.find(Path())
    except SettingsError as error:  # the site takes no such code
        list(edits.carry_out(Path(), edits.Edits(texts=before)))
        raise Refused(error.problems[0]) from None
    for line in lines:
        console.say(line)
    yield from words.problems
    handbook = Handbook.open(Path())
    count = 0
    for each in update.updates(handbook, [arguments.code], words.messages):
        count += each.changed
        if problem := update.write(handbook, each):
            yield problem
    console.say(f"wrote {amount(count, 'catalog')} in translations/{arguments.code}")
    console.say(f"begin with translations/{arguments.code}/site.po: handbook todo {arguments.code}")
    yield from faults.catalog_problems(handbook, arguments.code)
