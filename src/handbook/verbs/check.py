"""Name translations that change more than words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bitext.problem import Problem
from handbook.arguments import Parser, declare_languages, languages
from handbook.console import Console
from handbook.formats import FORMATS


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    words = "how to print problems: for people, for programs, or as annotations on GitHub"
    parser.add_argument("--format", choices=FORMATS, default="text", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Assemble every translated page; say to which hosts addresses of translations lead."""
    from bitext.changes import ledger
    from bitext.project import check
    from press.make import build

    handbook = build.handbook(Path())
    chosen = languages(handbook, arguments)
    yield from handbook.problems()
    found = check.refused_translations(handbook, chosen)
    total = sum(source.language != language for source in handbook.sources() for language in chosen)
    for source, language, problems in console.counted(found, "checking translations", total):
        console.detail(f"checked {handbook.catalog_path(source.path, language)}")
        yield from problems
    yield from ledger.problems(handbook)
    if hosts := check.changed_hosts(handbook, chosen):
        console.say("Addresses of a language's own lead to: " + ", ".join(hosts))
