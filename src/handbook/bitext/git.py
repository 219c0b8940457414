"""Ask git about the folder of a handbook, or have it do something there."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self

_HERE = Path()
_TOP = PurePosixPath()
_AS_IT_IS = (
    *("core.quotePath=false", "core.safecrlf=false", "submodule.recurse=false"),
    *("diff.orderFile=/dev/null", "diff.relative=false", "diff.renameLimit=1000"),
    *("i18n.logOutputEncoding=UTF-8", "log.follow=false", "log.showRoot=true"),
    "log.showSignature=false",
)
"""Settings with which git does and prints the same for everybody, whatever their own settings are.

Names of files stand as they are and from where they are asked for, and a log holds what it is asked
for, all of it, and nothing else: whoever signs commits may have git tell of signatures there.
"""


def ask(*words: str, root: Path = _HERE, given: bytes = b"") -> bytes | None:
    """Return what git prints in `root` when called with `words`; None if it fails or is not there.

    `given` is its standard input. What else it prints for somebody, by settings, is left out.
    """
    done = _run(words, root, given)
    return done.stdout if done and done.returncode == 0 else None


def refusal(root: Path = _HERE) -> str:
    """Return why git does not open the repository around a folder, with git's own cure.

    "" if it does, or there is none: git has a reason where the repository is somebody else's.
    """
    done = _run(("rev-parse", "--git-dir"), root)
    if done is None or done.returncode == 0 or not is_around(root):
        return ""
    said = list(filter(None, map(str.strip, done.stderr.decode("utf-8", "replace").split("\n"))))
    cures = (each for each in said[1:] if each.startswith("git "))
    return "; ".join((*(each.removeprefix("fatal: ") for each in said[:1]), *cures))


def is_around(root: Path) -> bool:
    """Tell whether a folder is in a repository, whether git opens it or not."""
    return any((each / ".git").exists() for each in (root.resolve(), *root.resolve().parents))


def _run(
    words: Sequence[str], root: Path, given: bytes = b""
) -> subprocess.CompletedProcess[bytes] | None:
    """Call git; return what came of it, None if it is not there."""
    try:
        return subprocess.run(
            _command(words),
            cwd=root,
            env=_environment(root),
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None


def _command(words: Sequence[str]) -> list[str]:
    return ["git", *(word for each in _AS_IT_IS for word in ("-c", each)), *words]


def _environment(root: Path) -> dict[str, str]:
    """Return the environment in which git finds the repository around a folder.

    Where git runs a program in a second working tree, as hooks and aliases, it names its own folder
    alone. Then it would take any folder that it is called in for the top of the tree.
    """
    found = dict(os.environ)
    if "GIT_DIR" in found and "GIT_WORK_TREE" not in found and is_around(root):
        del found["GIT_DIR"]
    return found


def ignored(root: Path, names: Sequence[str]) -> dict[str, bool]:
    """Tell of some files whether git is told to ignore them; their names are from `root`.

    Of what git does not answer for there is nothing: of all, where it is not there.
    """
    asked = _own(root, names)
    given = "\0".join(asked).encode("utf-8", "surrogateescape")
    printed = ask("check-ignore", "-z", "--stdin", root=root, given=given) if asked else b""
    if printed is None and ask("rev-parse", "--git-dir", root=root) is None:
        return {}  # where it only ignores none of them, it fails too
    found = (printed or b"").decode("utf-8", "surrogateescape").split("\0")
    return {name: name in found for name in asked}


def _own(root: Path, names: Sequence[str]) -> list[str]:
    """Return the names that are below no link and in no other repository, such as a submodule.

    Asked about one of these, git fails and says nothing of the others.
    """
    folders = {folder for name in names for folder in PurePosixPath(name).parents} - {_TOP}
    foreign = {
        folder
        for folder in folders
        if (root / folder).is_symlink() or (root / folder / ".git").exists()
    }
    return [name for name in names if foreign.isdisjoint(PurePosixPath(name).parents)]


class FileChange(NamedTuple):
    """What a commit has done to a file."""

    commit: str
    when: datetime
    name: str
    """The name that the file has after it, from the root that was asked about."""
    former: str
    """The name it had before; the same if the commit has not renamed it."""
    old: str
    """The id by which git knows its content before; "" if the file was new."""
    new: str
    """That of its content after; "" if the file was deleted."""


_HEAD = re.compile(r"([0-9a-f]{40,64}) (\d{4}-\S+)")
_ALIKE = 40
"""The likeness (per cent) from which on a file is another one that was renamed and edited."""


def file_changes(root: Path, *paths: str, sides: bool = False) -> Iterator[FileChange]:
    """Yield what the commits of this branch have done to files below `paths`, the newest first.

    Along the first parents: what a merge has brought in is a change of the merge. With `sides`,
    the commits that it has brought in are there too.
    """
    options = ("--raw", f"-M{_ALIKE}%", "--no-abbrev", "--relative", "-z", "--format=%x00%H %cI")
    line = ("--topo-order",) if sides else ("--first-parent",)
    commits = (*line, "--diff-merges=first-parent", "HEAD", "--", *paths)
    log = ask("log", *options, *commits, root=root) or b""
    commit, when = "", _LAST
    fields = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    for each in fields:
        field = each.strip("\n")
        if head := _HEAD.fullmatch(field):
            commit, when = head[1], _not_later(datetime.fromisoformat(head[2]), when)
        elif field.startswith(":"):
            _, _, old, new, status = field.split(" ")
            former = next(fields)
            name = next(fields) if status[0] in "RC" else former
            yield FileChange(
                commit, when, name, former, old.strip("0") and old, new.strip("0") and new
            )


def brought_in(root: Path) -> dict[str, str]:
    """Return by which commit of this branch's own line each commit beside it has come into it.

    The own line is that of the first parents.
    """
    listed = (ask("rev-list", "--topo-order", "--parents", "HEAD", root=root) or b"").decode()
    parents = {commit: others for commit, *others in map(str.split, listed.splitlines())}
    own: dict[str, None] = {}
    commit = next(iter(parents), "")
    while commit in parents and commit not in own:
        own[commit] = None
        commit = next(iter(parents[commit]), "")
    found: dict[str, str] = {}
    for commit, others in parents.items():  # the oldest that has it is the last to say so
        found |= {each: found.get(commit, commit) for each in others if each not in own}
    return found


_LAST = datetime.max.replace(tzinfo=UTC)


def _not_later(when: datetime, newer: datetime) -> datetime:
    """Return a time on a day that is not later than that of a newer commit, if its clock was right.

    People far from each other commit on the same day by different dates. Their own dates stand,
    unless the days would run backwards.
    """
    is_odd = when <= newer and when.date() > newer.date()
    return when.astimezone(newer.tzinfo) if is_odd else when


_BLOB = re.compile(rb"[0-9a-f]{40,64} \w+ (\d+)")


def contents(root: Path, blobs: Sequence[str]) -> Iterator[bytes | None]:
    """Yield what git keeps under each of some ids, in their order; None for what it has not.

    An id may be written `commit:path` too, from the root of the repository. One process reads all.
    """
    lines = ("" if "\n" in each else each for each in (*blobs, ""))  # a name may have two lines
    given = "\n".join(lines).encode("utf-8", "surrogateescape")
    printed = (ask("cat-file", "--batch", root=root, given=given) or b"") if blobs else b""
    place = 0
    for _ in blobs:
        end = printed.find(b"\n", place)
        head = _BLOB.fullmatch(printed, place, max(place, end))
        if head is None:
            yield None
            place = max(place, end + 1)
            continue
        size = int(head[1])
        yield printed[end + 1 : end + 1 + size]
        place = end + size + 2


class Store:
    """What git keeps in a repository, read piece by piece from one process.

    It starts with the first piece that is wanted; the end of a `with` block stops it.
    """

    def __init__(self, root: Path) -> None:
        """Take the folder of a handbook."""
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            with suppress(OSError):  # it has ended by itself
                self._process.communicate()

    def content(self, blob: str) -> bytes | None:
        """Return what git keeps under an id; None if it has nothing, or is not there.

        An id may be written `commit:./path` too, from the folder of the handbook.
        """
        if "\n" in blob:  # a name may have two lines; git would give two answers
            return None
        try:
            return self._asked(blob)
        except OSError:
            return None

    def _asked(self, blob: str) -> bytes | None:
        """Ask the process of git, which is started with the first question."""
        if self._process is None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                _command(("cat-file", "--batch")),
                cwd=self._root,
                env=_environment(self._root),
                stdin=pipe,
                stdout=pipe,
                stderr=subprocess.DEVNULL,
            )
        given, printed = self._process.stdin, self._process.stdout
        assert given
        assert printed
        given.write(f"{blob}\n".encode("utf-8", "surrogateescape"))
        given.flush()
        line = printed.readline().rstrip(b"\n")
        head = _BLOB.fullmatch(line)
        if head is None:  # "… missing", or nothing more comes
            return None
        size = int(head[1])
        content = printed.read(size + 1)[:size]
        return content if b" blob " in line else None  # of a folder
