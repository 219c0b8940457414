"""Name what is wrong with pages and translations, and warn of doubtful wording."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.checks.rules import NAMES, explained
from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, declare_languages, languages
from handbook.command.console import Console
from handbook.command.formats import FORMATS

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    words = "how to print problems: for people, for programs, or as annotations on GitHub"
    parser.add_argument("--format", choices=FORMATS, default="text", help=words)
    parser.add_argument("--errors", action="store_true", help="leave out the warnings")
    words = "mend wording that has one right answer, then check"
    parser.add_argument("--fix", action="store_true", help=words)
    words = "say what a rule for wording finds and how it is waived, and check nothing"
    parser.add_argument("--explain", metavar="RULE", choices=NAMES, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Assemble every translated page; say to which hosts addresses of translations lead."""
    if arguments.explain:
        console.result(explained(arguments.explain))
        return
    from handbook.bitext.changes import ledger
    from handbook.bitext.moving import dead
    from handbook.bitext.project import faults
    from handbook.bitext.upkeep import check
    from handbook.bitext.upkeep.wording import wording
    from handbook.command import history
    from handbook.press.make import build

    handbook = build.handbook(Path())
    chosen = languages(handbook, arguments)
    if arguments.fix:
        yield from _fix(handbook, chosen, console)
        handbook = build.handbook(Path())
    yield from faults.problems(handbook)
    if any(dead.dead_links(handbook)):
        yield from build.find_generated(handbook)
    yield from (link.problem for link in dead.dead_links(handbook))
    yield from check.translated_twice(handbook, chosen)
    yield from check.damaged_messages(handbook, chosen, history.versions)
    yield from _refused(handbook, chosen, console)
    yield from ledger.problems(handbook)
    yield from check.form_notices(handbook, chosen)
    if not arguments.errors:
        for language in console.counted(chosen, "checking wording", len(chosen)):
            yield from wording(handbook, language)
    if hosts := check.changed_hosts(handbook, chosen):
        console.say("Addresses of a language's own lead to: " + ", ".join(hosts))


def _refused(handbook: Handbook, chosen: Sequence[str], console: Console) -> Iterator[Problem]:
    """Yield what is wrong with translations that cannot be put into their pages; count these."""
    from handbook.bitext.project.catalogs import catalog_path
    from handbook.bitext.upkeep import check

    found = check.refused_translations(handbook, chosen)
    total = sum(source.language != language for source in handbook.sources() for language in chosen)
    for source, language, problems in console.counted(found, "checking translations", total):
        console.detail(f"checked {catalog_path(source.path, language)}")
        yield from problems


def _fix(handbook: Handbook, languages: Sequence[str], console: Console) -> Iterator[Problem]:
    """Write the catalogs in which wording can be mended; say which."""
    from handbook.bitext.project import edits
    from handbook.bitext.upkeep.wording import fixed

    made, counts = fixed(handbook, languages)
    saved = [name for name in made.texts if handbook.catalogs.is_stale(name)]
    for name in saved:
        yield Problem(name, 1, "was saved while wording was mended; run this again")
    texts = {name: text for name, text in made.texts.items() if name not in saved}
    list(edits.carry_out(Path(), edits.Edits(texts)))
    for name in texts:
        console.say(f"mended {counts[name]} in {name}")
    if not counts:
        console.say("nothing to mend: no wording has one right answer that it does not have")
