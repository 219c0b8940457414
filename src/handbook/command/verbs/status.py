"""Show how much of each page is current."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, declare_languages, languages
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the figures of each language, and which pages are due for review."""
    from handbook.bitext.changes import todo
    from handbook.bitext.project import faults
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import status
    from handbook.command import catalogs

    handbook = Handbook.open(Path())
    report = status.report(handbook, languages(handbook, arguments))
    if arguments.json:
        console.result(json.dumps(status.as_json(report), ensure_ascii=False, indent=2))
    else:
        open_pages = {each.language: todo.todo(handbook, each.language, ()) for each in report}
        left = {language: str(todo.total(pages)) for language, pages in open_pages.items() if pages}
        for line in (*status.as_text(report, left), *status.due(handbook, date.today())):
            console.result(line)
    yield from faults.problems(handbook)
    yield from catalogs.deleted(handbook, handbook.languages)
