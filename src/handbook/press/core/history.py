"""What git knows of the pages and catalogs: when each was changed, and its earlier versions.

Without git, or in a copy that has only the last commit (a shallow clone), there is no history;
nothing fails then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property
from hashlib import sha1
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from mkdocs.utils import get_build_datetime

from handbook.bitext import git
from handbook.bitext.changes.history import turned

SHORT = 7
"""The length of a revision as people quote it."""


class Change(NamedTuple):
    """A commit that changed a file."""

    commit: str
    when: datetime
    blob: str
    """The name that git gives the content of the file after it."""
    name: str
    """The name that the file had after it."""


class Side(NamedTuple):
    """A commit beside this branch's own line that changed a file: readers may have seen it."""

    change: Change
    merge: str
    """The commit of the own line that has brought it in."""


class Version(NamedTuple):
    """The version that a page is in."""

    revision: str
    """The short name of its text."""
    day: date | None = None
    """The day of the last change; None if there is no history, or the page is newer than it."""


@dataclass(frozen=True)
class History:
    """The changes of the handbook's files, the newest first, by the paths that they have now."""

    root: Path
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    """Empty if there is no history."""

    @cached_property
    def sides(self) -> Mapping[str, Sequence[Side]]:
        """What merges have brought in, likewise, but for catalogs; asked for where it is wanted.

        There may be many times as many commits as on this branch's own line.
        """
        if not self.changes or not (merges := git.brought_in(self.root)):
            return {}
        everything = _changes(git.file_changes(self.root, "docs", sides=True))
        return {
            name: [Side(each, merges[each.commit]) for each in found if each.commit in merges]
            for name, found in everything.items()
        }

    def texts(self, blobs: Sequence[str]) -> list[str]:
        """Return earlier contents of files; "" for one that git does not have."""
        found = git.contents(self.root, blobs)
        return ["" if data is None else data.decode("utf-8", "replace") for data in found]

    def is_of(self, change: Change, text: str) -> bool:
        """Tell whether a change made a file into this text, however it ends its lines."""
        name = revision(text)
        return change.blob.startswith(name) or _revision_of(self.root, change.blob) == name

    def version(self, text: str, name: str) -> Version:
        """Return the version of a page with this text, which is in the file `name`."""
        last = next(iter(self.changes.get(name, ())), None)
        is_last = last is not None and self.is_of(last, text)
        return Version(revision(text), last.when.date() if last and is_last else None)


def today() -> date:
    """Return the day of the build; the variable SOURCE_DATE_EPOCH may set it."""
    return get_build_datetime().astimezone(UTC).date()


def revision(text: str) -> str:
    """Return the short id that git gives this text, whether it is in git or not."""
    data = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    return sha1(b"blob %d\0%s" % (len(data), data), usedforsecurity=False).hexdigest()[:SHORT]


@cache
def _revision_of(root: Path, blob: str) -> str:
    """Return the short id of the text of a blob, which may end its lines otherwise."""
    [data] = git.contents(root, [blob])
    return revision((data or b"").decode("utf-8", "replace"))


@cache
def of(root: Path) -> History:
    """Return the history of the handbook in `root`, read once in a process."""
    if (git.ask("rev-parse", "--is-shallow-repository", root=root) or b"").strip() != b"false":
        return History(root)
    return History(root, _changes(git.file_changes(root, "docs", "translations")))


def _changes(steps: Iterable[git.FileChange]) -> dict[str, list[Change]]:
    """Return the changes of each file by the name it has now; the steps go back in time."""
    found: dict[str, list[Change]] = {}
    names: dict[str, str] = {}  # what a file is called now, by what it was called then
    for _, commit in groupby(steps, key=lambda each: each.commit):
        renamed: dict[str, str] = {}
        for step in turned(list(commit)):
            now = names.get(step.name, step.name)
            if step.former != step.name:
                renamed[step.former] = now
            if step.new:
                change = Change(step.commit, step.when, step.new, step.name)
                found.setdefault(now, []).append(change)
        names |= renamed
    return found
