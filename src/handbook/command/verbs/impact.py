"""Show what a branch does to the translations of every language.

The pages of this folder are compared with those that the branch began from. What is shown is what
`handbook update` will do then: which units stay current, which have to be translated again, which
are new, gone or moved, and about how long the work takes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused
from handbook.command.console import Console
from handbook.command.impacts import SHAPES

if TYPE_CHECKING:
    from handbook.bitext.changes.impact import Impact
    from handbook.bitext.changes.repository import Repository
    from handbook.bitext.project.handbook import Handbook


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "the branch that this one is to go into, or a commit of it"
    parser.add_argument("--base", metavar="REV", required=True, help=words)
    words = "how to tell it: for people, for programs, for a comment, or as notes on GitHub"
    parser.add_argument("--format", dest="shape", choices=SHAPES, default="text", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Print the impact; yield a problem for each edit that is declared editorial and is more."""
    from handbook.bitext.changes.repository import Repository
    from handbook.bitext.project import faults
    from handbook.bitext.project.handbook import Handbook

    repository, head = Repository(Path()), Handbook.open(Path())
    commit = repository.fork(arguments.base)
    if isinstance(commit, Problem):
        if repository.is_whole and repository.commit(arguments.base) == commit:
            raise Refused(commit)
        yield commit
        return
    found = of_branch(repository, head, commit)
    if isinstance(found, Problem):
        yield found
        return
    for line in SHAPES[arguments.shape](found):
        console.result(line)
    yield from found.false_claims
    yield from faults.problems(head)


def of_branch(repository: Repository, head: Handbook, commit: str) -> Impact | Problem:
    """Return the impact of the branch in this folder, which has left another at a commit."""
    from handbook.bitext.changes import versions
    from handbook.bitext.changes.impact import BranchContext, Snapshots, impact
    from handbook.bitext.changes.translators import translators
    from handbook.command import history
    from handbook.press.make import interface

    with ExitStack() as stack:
        base = stack.enter_context(versions.at(repository, commit))
        untouched = stack.enter_context(versions.at(repository, commit, pages_of=Path()))
        if isinstance(base, Problem):
            return base
        if isinstance(untouched, Problem):
            return untouched
        asked = BranchContext(
            declared=list(history.declared()),
            claims=list(history.declared(commit)),
            interface=interface.find(Path()).messages,
            committed=history.last_commit,
            former=repository.names_before(commit),
            translators=lambda name, catalog, units: translators(
                repository, name, commit, catalog, units
            ),
        )
        return impact(Snapshots(base, untouched, head), head.languages, asked)
