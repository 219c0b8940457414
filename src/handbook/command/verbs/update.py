"""Bring catalogs up to date with their pages."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, WrongCall, declare_languages, languages
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep.declared import Declaration
    from handbook.bitext.upkeep.update import Update


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it would")
    words = "the edits of this page change no meaning: leave translations current"
    parser.add_argument(
        "--editorial", metavar="PAGE", type=Path, action="append", default=[], help=words
    )
    words = "the edits exchange these words, and that is all the same to readers"
    parser.add_argument(
        "--confirm", metavar="OLD=NEW", type=_swap, action="append", default=[], help=words
    )
    words = "OmegaT wrote the catalogs, even where they do not look like it: put back what it drops"
    parser.add_argument("--from-omegat", action="store_true", help=words)


def _swap(word: str) -> str:
    if "=" not in word or not word.strip("="):  # a word alone is put in, or taken out
        raise argparse.ArgumentTypeError(f"{word!r} is no pair of words; give old=new")
    return word


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write every catalog that is not up to date; say which."""
    from handbook.bitext.project import faults
    from handbook.bitext.project.handbook import Handbook

    if arguments.confirm and not arguments.editorial:
        raise WrongCall("update: --confirm says nothing alone; give --editorial PAGE too")
    handbook = Handbook.open(Path())
    chosen = languages(handbook, arguments)
    if not arguments.check:
        _prepare(Path("translations"))
    yield from faults.problems(handbook)
    yield from _restore(handbook, chosen, console, arguments)
    yield from _not_pages(arguments.editorial, {each.file for each in handbook.sources()})
    yield from _update(handbook, chosen, console, arguments)


def _update(
    handbook: Handbook, chosen: Sequence[str], console: Console, arguments: argparse.Namespace
) -> Iterator[Problem]:
    """Update the catalogs of some languages; name the declared edits that are none, at the end."""
    from handbook.bitext.upkeep import declared, update
    from handbook.command import catalogs, history
    from handbook.press.make import interface

    declarations = list(_declared(handbook, arguments))
    names = {each.page for each in declarations}
    editorial = {source.file for source in handbook.sources() if source.name in names}
    words = interface.find(Path())
    yield from words.problems
    gone = {each.path: each for each in catalogs.deleted(handbook, chosen)}
    yield from gone.values()
    refused: dict[Problem, None] = {}
    accepted: dict[object, None] = {}
    for language in console.counted(chosen, "updating languages", len(chosen)):
        for each in update.updates(
            handbook, [language], words.messages, editorial, history.last_other
        ):
            each, kept, problems = declared.apply(handbook, each, declarations)
            refused |= dict.fromkeys(problems)
            accepted |= dict.fromkeys(kept)
            if each.path not in gone:
                yield from _write(handbook, each, console, check=arguments.check)
    for edit in accepted:
        console.say(str(edit))
    yield from refused


def _declared(handbook: Handbook, arguments: argparse.Namespace) -> Iterator[Declaration]:
    """Yield the edits that are declared as editorial: on this call, and by commits."""
    from handbook.bitext.upkeep.declared import Declaration
    from handbook.command import history

    confirmed = history.confirmed_words(",".join(arguments.confirm))
    asked = _files(arguments.editorial)
    for source in handbook.sources():
        if source.file in asked:
            name = source.name
            old = history.last_commit(name)
            # Of a page that is new in git there is no earlier text; without git nobody knows.
            known = "" if history.is_there() else None
            before = known if old is None else old.decode("utf-8", "replace")
            yield Declaration(name, before, handbook.read(source).text, confirmed)
    yield from history.declared()


def _prepare(folder: Path) -> None:
    """Make the folder of catalogs, and remove what a killed run left in it."""
    from handbook.bitext.files import sweep

    folder.mkdir(exist_ok=True)  # a new handbook has none, and mkdocs.yml watches it
    sweep(folder)


def _write(handbook: Handbook, each: Update, console: Console, *, check: bool) -> Iterator[Problem]:
    """Write a catalog and say so; with `check`, yield that it is not up to date."""
    from handbook.bitext.upkeep import update

    if not each.changed:
        console.detail(f"up to date: {each.path}")
    elif check:
        yield Problem(each.path, 1, "is not up to date; run: handbook update")
    elif problem := update.write(handbook, each):
        yield problem
    else:
        console.say(
            f"moved {each.moved_from} to {each.path}" if each.moved_from else f"updated {each.path}"
        )


def _restore(
    handbook: Handbook, chosen: Sequence[str], console: Console, arguments: argparse.Namespace
) -> Iterator[Problem]:
    """Put back what programs have dropped from catalogs and git still has."""
    from handbook.bitext.upkeep import restoring, update
    from handbook.command import history

    if arguments.from_omegat and not history.is_there():
        yield Problem(".", 1, "git has no last commit to compare with; commit first")
    for language in chosen:
        for each in restoring.restored(
            handbook, language, history.versions, is_of_omegat=arguments.from_omegat
        ):
            if isinstance(each, Problem):
                yield each
            elif arguments.check:
                yield Problem(each.path, 1, "is not up to date; run: handbook update")
            elif problem := update.write(handbook, each):
                yield problem
            else:
                console.say(f"put back in {each.path} what a program had dropped")


def _files(paths: Iterable[Path]) -> set[Path]:
    """Return paths as the handbook in this folder names its files."""
    here = Path.cwd()
    full = (path.resolve() for path in paths)
    return {path.relative_to(here) if path.is_relative_to(here) else path for path in full}


def _not_pages(paths: Iterable[Path], pages: set[Path]) -> Iterator[Problem]:
    for path in paths:
        if not _files([path]) & pages:
            yield Problem(str(path), 1, "not a page of this handbook; give docs/<language>/….md")
