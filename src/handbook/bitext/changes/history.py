"""The history of pages: on which days their text has changed, as git tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handbook.bitext.changes.repository import Repository
from handbook.bitext.git import FileChange, file_changes

MOST_DAYS = 60
"""How many days of a page's history are looked at."""


@dataclass(frozen=True)
class Day:
    """What a day has done to a page: its text before and after, by the ids of git."""

    day: date
    commits: tuple[str, ...]
    """The newest first."""
    old: str
    """The id of the text before; "" if the page was new."""
    new: str


def days(repository: Repository, names: Iterable[str]) -> dict[str, tuple[Day, ...]]:
    """Return the days on which each of some files was changed, the newest first.

    Along the first parents: what a merge has brought in is a change of the day of the merge.
    """
    steps = _steps(repository)
    return {name: tuple(_joined(_followed(name, steps))) for name in names}


def _steps(repository: Repository) -> Mapping[str, list[FileChange]]:
    """Return what commits have done to the files of pages, by the names they had then."""
    found: dict[str, list[FileChange]] = {}
    for step in file_changes(repository.root, "docs"):
        if step.name.endswith(".md"):
            found.setdefault(step.name, []).append(step)
    return found


def _followed(name: str, steps: Mapping[str, list[FileChange]]) -> Iterator[FileChange]:
    """Yield what was done to a file, the newest first, by whatever names it had."""
    new = ""
    for _ in range(_MOST_NAMES):
        former = name
        for step in steps.get(name, ()):
            if new and step.new != new:
                continue  # of another file of that name
            yield step
            new = step.old
            if not step.old:
                return
            if step.former != name:
                former = step.former
                break
        if former == name:
            return
        name = former


_MOST_NAMES = 20


def _joined(steps: Iterable[FileChange]) -> Iterator[Day]:
    """Yield the days of steps, those of one day as one."""
    last: Day | None = None
    count = 0
    for step in steps:
        if last is not None and last.day == step.when.date():
            last = Day(step.when.date(), (*last.commits, step.commit), step.old, last.new)
            continue
        if last is not None:
            yield last
            count += 1
            if count >= MOST_DAYS:
                return
        last = Day(step.when.date(), (step.commit,), step.old, step.new)
    if last is not None:
        yield last
