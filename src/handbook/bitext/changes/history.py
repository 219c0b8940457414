"""The history of pages: on which days a page, or what it is made of, has changed in git.

That is what it shows or includes, and the catalogs of its translation.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from heapq import merge
from itertools import groupby, repeat
from typing import NamedTuple, Self
from urllib.parse import quote

from handbook.bitext.changes.included import Joined
from handbook.bitext.changes.repository import Repository
from handbook.bitext.git import FileChange, file_changes

_TRANSLATIONS = "translations/"
_FOLDERS = ("docs/", _TRANSLATIONS)
MOST_DAYS = 60
"""How many days of a page's history are looked at."""


class Exchange(NamedTuple):
    """A file that got another content under its name, such as a picture."""

    path: str
    """From the folder of the page."""
    old: str
    new: str


@dataclass(frozen=True)
class Day:
    """What a day has done to a page: its text before and after, by the ids of git."""

    when: datetime
    """When the last of its commits was made."""
    names: tuple[str, ...]
    """The name that the page had in the end, and all that it had before."""
    commits: tuple[str, ...]
    """The newest first."""
    old: str
    """The id of the text before; "" if the page was new."""
    new: str
    exchanged: tuple[Exchange, ...] = ()
    """Files of names that the page has; whether it shows them on that day is not said."""

    @property
    def day(self) -> date:
        """The day, by the clock of its last commit."""
        return self.when.date()

    @property
    def name(self) -> str:
        """The name that the page had in the end."""
        return self.names[0]


@dataclass(frozen=True)
class Steps:
    """What commits have done to files, the newest first, by the names they had then.

    Along the first parents: what a merge has brought in is a change of the day of the merge.
    """

    files: Mapping[str, Sequence[FileChange]]
    order: Mapping[str, int]
    """The numbers of commits, the newest first."""

    @classmethod
    def of(cls, repository: Repository, included: Iterable[str] = ()) -> Self:
        """Return what was done to the files of a handbook, and to others that pages include."""
        files: dict[str, list[FileChange]] = {}
        order: dict[str, int] = {}
        outside = sorted(name for name in included if not name.startswith(_FOLDERS))
        steps = file_changes(repository.root, *_FOLDERS, *outside)
        for commit, done in groupby(steps, key=lambda each: each.commit):
            order[commit] = len(order)
            for step in turned(list(done)):
                files.setdefault(step.name, []).append(step)
        return cls(files, order)

    def days(self, name: str, page: Joined) -> tuple[Day, ...]:
        """Return the days on which a file was changed, the newest first; none if git has not it.

        `page` is its text as it reads now: of this, pictures are looked for. Its files are those
        that it includes, and the catalogs of a translation that is asked about.
        """
        return tuple(_joined(self._of_page(name, page)))

    @cached_property
    def _exchanges(self) -> list[tuple[frozenset[str], list[FileChange]]]:
        """The steps that have exchanged files which are no pages, with the spellings of each."""
        found = (
            (spellings(posixpath.basename(name)), list(filter(_is_exchange, steps)))
            for name, steps in self.files.items()
            if not name.endswith(".md") and not name.startswith(_TRANSLATIONS)
        )
        return [each for each in found if each[1]]

    @cached_property
    def _suffixes(self) -> set[str]:
        return {posixpath.splitext(each)[1] for names, _ in self._exchanges for each in names}

    def _shown(self, text: str) -> Iterator[list[FileChange]]:
        """Yield the steps of each exchanged file that a text names; most of its lines name none."""
        rows = (row for row in text.split("\n") if any(map(row.__contains__, self._suffixes)))
        has = "\n".join(rows).__contains__
        return (steps for names, steps in self._exchanges if any(map(has, names)))

    def _of_page(self, name: str, page: Joined) -> Iterator[Day]:
        """Yield each step of a page, and of files it shows or includes, as a day of its own."""
        own = list(_followed(name, self.files))
        if not own:
            return
        parts = (_followed(each, self.files) for each in page.files)
        tagged = [zip(repeat("own"), own)]
        tagged += (zip(repeat("part"), each) for each in parts)
        tagged += (zip(repeat("shown"), each) for each in self._shown(page.text))
        blob, names = own[0].new, _names(own)
        for kind, step in merge(*tagged, key=lambda each: self.order[each[1].commit]):
            facts = step.when, names[names.index(name) :], (step.commit,)
            if kind == "own":
                yield Day(*facts, step.old, step.new)
                blob, name = step.old, step.former
            elif kind == "part":
                yield Day(*facts, blob, blob)
            else:
                yield Day(
                    *facts, blob, blob, (Exchange(_path(step.name, name), step.old, step.new),)
                )
            if not blob:
                return


def turned(steps: Sequence[FileChange]) -> Iterator[FileChange]:
    """Yield what a commit has done; a page that it has turned into another language is renamed.

    The two texts are so unlike that git takes one for deleted and the other for new.
    """
    gone = {path: step for step in steps if not step.new and (path := place(step.name)[1])}
    for step in steps:
        before = gone.get(place(step.name)[1]) if not step.old else None
        yield step._replace(former=before.name, old=before.old) if before else step


def place(name: str) -> tuple[str, str]:
    """Return the language of a page, and the path that it has in every language, from its name.

    Both are "" for what is no page: a name of one is `docs/<language>/<path>.md`.
    """
    folder, language, path = (*name.split("/", 2), "", "")[:3]
    return (language, path) if folder == "docs" and path.endswith(".md") else ("", "")


@lru_cache(maxsize=4096)
def _path(name: str, page: str) -> str:
    """Return the path of a file from the folder of a page."""
    return posixpath.relpath(name, posixpath.dirname(page))


def _names(steps: Iterable[FileChange]) -> tuple[str, ...]:
    """Return all names that a file has had, the newest first."""
    return tuple(dict.fromkeys(name for step in steps for name in (step.name, step.former)))


def _is_exchange(step: FileChange) -> bool:
    return bool(step.old and step.new and step.former == step.name)


@lru_cache(maxsize=4096)
def spellings(name: str) -> frozenset[str]:
    """Return how the name of a file may be written in a page."""
    return frozenset((name, quote(name), name.replace(" ", "%20")))


def _followed(name: str, steps: Mapping[str, Sequence[FileChange]]) -> Iterator[FileChange]:
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


def _joined(steps: Iterable[Day]) -> Iterator[Day]:
    """Yield steps, those of one day as one."""
    last: Day | None = None
    count = 0
    for step in steps:
        if last is not None and last.day == step.day:
            last = _of_both(step, last)
            continue
        if last is not None:
            yield last
            count += 1
            if count >= MOST_DAYS:
                return
        last = step
    if last is not None:
        yield last


def _of_both(older: Day, newer: Day) -> Day:
    """Return two parts of a day as one."""
    exchanged = {each.path: each for each in newer.exchanged}
    for each in older.exchanged:
        exchanged[each.path] = exchanged.get(each.path, each)._replace(old=each.old)
    commits = dict.fromkeys((*newer.commits, *older.commits))
    return Day(
        newer.when, newer.names, tuple(commits), older.old, newer.new, tuple(exchanged.values())
    )
