"""What git knows of the pages and catalogs: when each was changed, and its earlier versions.

Without git, or in a copy that has only the last commit (a shallow clone), there is no history;
nothing fails then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

from mkdocs.utils import get_build_datetime

from bitext import git

SHORT = 7
"""The length of a revision as people quote it."""
_MARK = "\x01"
_LOG = (
    "log --first-parent --diff-merges=first-parent --raw --no-abbrev -M "
    f"--relative --format={_MARK}%H%x09%cI --"
).split()


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
        if not blobs:
            return []
        out = git.ask("cat-file", "--batch", root=self.root, given="\n".join([*blobs, ""]).encode())
        return list(_contents(out or b"", len(blobs)))


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
    """Return the name of a text, short: that which git gives its content, in git or not."""
    data = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    return sha1(b"blob %d\0%s" % (len(data), data), usedforsecurity=False).hexdigest()[:SHORT]


@cache
def of(root: Path) -> History:
    """Return the history of the handbook in `root`, read once in a process."""
    if (git.ask("rev-parse", "--is-shallow-repository", root=root) or b"").strip() != b"false":
        return History(root)
    log = git.ask(*_LOG, "docs", "translations", root=root)
    return History(root, _changes((log or b"").decode("utf-8", "replace")))


def _changes(log: str) -> dict[str, list[Change]]:
    """Return the changes of each file in a log, which goes from the newest commit to the oldest."""
    found: dict[str, list[Change]] = {}
    names: dict[str, str] = {}  # what a file is called now, by what it was called then
    for entry in log.split(_MARK)[1:]:
        head, *lines = entry.split("\n")
        commit, _, when = head.partition("\t")
        renamed: dict[str, str] = {}
        for line in lines:
            if not line.startswith(":"):
                continue
            about, *paths = line.split("\t")
            *_, blob, _status = about.split(" ")
            now = names.get(paths[-1], paths[-1])
            if len(paths) == 2:
                renamed[paths[0]] = now
            if blob.strip("0"):  # else the file was deleted
                change = Change(commit, datetime.fromisoformat(when), blob)
                found.setdefault(now, []).append(change)
        names |= renamed
    return found


def _contents(out: bytes, count: int) -> Iterator[str]:
    """Yield the contents that `git cat-file --batch` prints: each after a line with its size."""
    position = 0
    for _ in range(count):
        end = out.find(b"\n", position)
        words = out[position:end].split()
        if end < 0 or len(words) != 3:
            yield ""
            position = max(position, end + 1)
            continue
        size = int(words[2])
        yield out[end + 1 : end + 1 + size].decode("utf-8", "replace")
        position = end + 1 + size + 1
