"""Make the catalogs of a whole handbook, or name those that are gone, as several verbs have to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook


def write_all(root: Path) -> Iterator[Problem]:
    """Write every catalog of the handbook in `root` that is not up to date; yield problems."""
    from handbook.bitext.project import faults
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.upkeep import update
    from handbook.press.make import interface

    handbook = Handbook.open(root)
    (root / "translations").mkdir(exist_ok=True)  # mkdocs.yml may watch it
    yield from faults.problems(handbook)
    words = interface.find(root)
    yield from words.problems
    for each in update.updates(handbook, handbook.languages, words.messages):
        if each.changed and (problem := update.write(handbook, each)):
            yield problem


def deleted(handbook: Handbook, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each catalog that was deleted, with translations that git still has."""
    from handbook.bitext.upkeep import deleted
    from handbook.command import history

    names = history.deleted("translations")
    for language in languages if names else ():
        yield from deleted.deleted(handbook, language, names, history.last_commit)
