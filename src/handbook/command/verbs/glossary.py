"""Print the glossary of a language for translators' programs.

Each spelling of a term, its agreed translation and its definition: as a table for OmegaT and
others, or as a catalog for Weblate and others. Terms without a translation are left out, and from
tables those whose translation is not current.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, WrongCall, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("language", metavar="LANGUAGE", help="the language that is translated into")
    words = "the language that is translated from; that of the glossary's page if none is given"
    parser.add_argument("--from", dest="source_language", metavar="LANGUAGE", help=words)
    words = "a table with tabs, or a catalog"
    parser.add_argument("--format", dest="shape", choices=("tsv", "po"), default="tsv", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the terms that both languages have."""
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import glossary

    handbook = Handbook.open(Path())
    page = glossary.page(handbook)
    if page is None:
        name = handbook.settings.glossary
        fault = f"there is no page {name}; name the glossary: glossary below [tool.handbook]"
        raise Refused(Problem("pyproject.toml", 1, fault))
    source_language = arguments.source_language or page.language
    for each in (arguments.language, source_language):
        require_language(each, handbook)
    asked = source_language, arguments.language
    if len(set(asked)) == 1:
        others = ", ".join(each for each in handbook.languages if each != asked[0])
        raise WrongCall(f"glossary: from {asked[0]} into {asked[0]}; give another: {others}")
    found = glossary.terms(handbook, page, *asked)
    is_table = arguments.shape == "tsv"
    text = glossary.as_table(found) if is_table else glossary.as_catalog(found, handbook, *asked)
    console.file(text)
    yield from ()
