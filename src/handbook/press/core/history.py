"""What git knows of the pages and catalogs: when each was changed, and its earlier versions.

Without git, or in a copy that has only the last commit (a shallow clone), there is no history;
nothing fails then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha1
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from mkdocs.utils import get_build_datetime

from handbook.bitext import git

SHORT = 7
"""The length of a revision as people quote it."""


class Change(NamedTuple):
    """A commit that changed a file."""

    commit: str
    when: datetime
    blob: str
    """The name that git gives the content of the file after it."""


@dataclass(frozen=True)
class History:
    """The changes of the handbook's files, the newest first, by the paths that they have now."""

    root: Path
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    """Empty if there is no history."""

    def texts(self, blobs: Sequence[str]) -> list[str]:
        """Return earlier contents of files; "" for one that git does not have."""
        found = git.contents(self.root, blobs)
        return ["" if data is None else data.decode("utf-8", "replace") for data in found]


class Version(NamedTuple):
    """The version that a page is in."""

    revision: str
    """The short name of its text."""
    day: date | None = None
    """The day of the last change; None if there is no history, or the page is newer than it."""


def version(text: str, changes: Sequence[Change]) -> Version:
    """Return the version of a page with this text, whose last change comes first."""
    name = revision(text)
    is_last = bool(changes) and changes[0].blob.startswith(name)
    return Version(name, changes[0].when.date() if is_last else None)


def today() -> date:
    """Return the day of the build; the variable SOURCE_DATE_EPOCH may set it."""
    return get_build_datetime().astimezone(UTC).date()


def revision(text: str) -> str:
    """Return the short id that git gives this text, whether it is in git or not."""
    data = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    return sha1(b"blob %d\0%s" % (len(data), data), usedforsecurity=False).hexdigest()[:SHORT]


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
        for step in commit:
            now = names.get(step.name, step.name)
            if step.former != step.name:
                renamed[step.former] = now
            if step.new:
                found.setdefault(now, []).append(Change(step.commit, step.when, step.new))
        names |= renamed
    return found
