"""Tell what is left to translate in a language, what matters most first.

Key documents come first, then the words around all pages, then pages in the order of the
navigation. Of each unit its line in the catalog is shown, and what was edited since it was
translated. Hours are reckoned at 300 words each. In the end stand pages that were first written in
the language and are due for review.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("language", metavar="LANGUAGE", help="the code of the language")
    parser.add_argument("--all", action="store_true", help="list every unit, not ten of a page")
    parser.add_argument("--json", action="store_true", help="print it as JSON, every unit")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the pages with open units, and these."""
    from handbook.bitext.changes import todo
    from handbook.bitext.project import faults
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import status
    from handbook.press.make import navigation

    handbook = Handbook.open(Path())
    require_language(arguments.language, handbook)
    pages = todo.todo(handbook, arguments.language, navigation.of_pages(Path()))
    if arguments.json:
        console.result(json.dumps(todo.as_json(pages), ensure_ascii=False, indent=2))
    else:
        shown = None if arguments.all else todo.SHOWN
        lines = [
            *todo.as_text(arguments.language, pages, shown),
            *status.due(handbook, date.today(), arguments.language),
        ]
        for line in lines:
            console.result(line)
        if not lines:
            console.say(f"{arguments.language}: nothing is left to do")
    yield from faults.catalog_problems(handbook, arguments.language)
