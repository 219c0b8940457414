"""The history of pages: on which days their text has changed, as git tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bitext.changes.repository import Repository

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


@dataclass(frozen=True)
class _Step:
    """What a commit has done to a file."""

    commit: str
    day: date
    old: str
    new: str
    before: str
    """The name that the file had before."""


def days(repository: Repository, names: Iterable[str]) -> dict[str, tuple[Day, ...]]:
    """Return the days on which each of some files was changed, the newest first.

    Along the first parents: what a merge has brought in is a change of the day of the merge.
    """
    steps = _steps(repository)
    return {name: tuple(_joined(_followed(name, steps))) for name in names}


def _steps(repository: Repository) -> Mapping[str, list[_Step]]:
    """Return what commits have done to the files of pages, by the names they had then."""
    told = ("--raw", "-M40%", "--no-abbrev", "--relative", "-z", "--format=%x00%H %cs")
    along = ("--first-parent", "--diff-merges=first-parent", "HEAD", "--", "docs")
    log = repository.git("log", *told, *along) or b""
    found: dict[str, list[_Step]] = {}
    commit, day = "", date.min
    fields = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    for each in fields:
        field = each.strip("\n")
        if head := _HEAD.fullmatch(field):
            commit, day = head[1], date.fromisoformat(head[2])
        elif field.startswith(":"):
            _, _, old, new, status = field.split(" ")
            before = next(fields)
            name = next(fields) if status[0] in "RC" else before
            if name.endswith(".md"):
                step = _Step(commit, day, old.strip("0") and old, new.strip("0") and new, before)
                found.setdefault(name, []).append(step)
    return found


_HEAD = re.compile(r"([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d)")


def _followed(name: str, steps: Mapping[str, list[_Step]]) -> Iterator[_Step]:
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
            if step.before != name:
                former = step.before
                break
        if former == name:
            return
        name = former


_MOST_NAMES = 20


def _joined(steps: Iterable[_Step]) -> Iterator[Day]:
    """Yield the days of steps, those of one day as one."""
    last: Day | None = None
    count = 0
    for step in steps:
        if last is not None and last.day == step.day:
            last = Day(step.day, (*last.commits, step.commit), step.old, last.new)
            continue
        if last is not None:
            yield last
            count += 1
            if count >= MOST_DAYS:
                return
        last = Day(step.day, (step.commit,), step.old, step.new)
    if last is not None:
        yield last
