"""Print the handbook as components of Weblate, for `weblate import_json`.

A component for each page, with the source language of that page and the settings that leave its
catalogs in their form; one for the words around the pages; a glossary for each source language.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "the address Weblate fetches the repository from and pushes to"
    parser.add_argument("repository", metavar="REPOSITORY", help=words)
    words = "the branch it works on; main if none is given"
    parser.add_argument("--branch", default="main", help=words)
    words = "the project's name in Weblate's addresses; handbook if none is given"
    parser.add_argument("--project", default="handbook", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the components as JSON."""
    from handbook.bitext.project.faults import page_problems
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import weblate
    from handbook.press.core import places
    from handbook.press.core.config import load

    handbook, config = Handbook.open(Path()), load(Path())

    def address_of(path: str, language: str) -> str:
        site = config.site_url
        return urljoin(site, places.address(path, language, config)) if site else ""

    repository = weblate.Repository(arguments.repository, arguments.branch, arguments.project)
    found = list(weblate.components(handbook, repository, address_of))
    console.result(json.dumps(found, ensure_ascii=False, indent=2))
    yield from page_problems(handbook)
