"""What git knows of the handbook in this folder: versions, conflicts, and what commits declare.

`settle` and `set_up` change what git knows, `merge_text` a file; all else only asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from handbook.bitext import git
from handbook.bitext.project.past import Version
from handbook.bitext.upkeep.declared import Declaration

_LINE = re.compile(
    r"^[ \t]*Editorial:[ \t]*(\S+\.md)[ \t]*(?:\(([^()\n]*)\))?[ \t]*$", re.MULTILINE | re.I
)
"""A line of a commit's message: `Editorial: docs/en/mission.md (old=new, other=another)`."""
_COMMITS = 500
"""How far back declarations are looked for; what is older has long been updated."""


def last_commit(path: str, commit: str = "HEAD") -> bytes | None:
    """Return the content of a file in the last commit, or another; None if it is not in it."""
    return git.ask("show", f"{commit}:./{path}")


def last_other(path: str) -> bytes | None:
    """Return the newest version of a file that is not what is on disk; None if there is none."""
    now = Path(path).read_bytes() if Path(path).is_file() else b""
    return next((each.data for each in versions(path) if each.data != now), None)


def is_there() -> bool:
    """Tell whether there is a last commit."""
    return git.ask("rev-parse", "--verify", "HEAD") is not None


def versions(path: str) -> Iterator[Version]:
    """Yield the versions of a file, the newest first, also those that it had under other names."""
    words = ("log", f"-{_COMMITS}", "--follow", "--format=%x00%H %cs", "--name-only", "-z")
    log = (git.ask(*words, "--", path) or b"").decode("utf-8", "surrogateescape")
    found, is_deleted = _VERSION.findall(log), False
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE]
        contents = git.contents(Path(), [f"{commit}:{name}" for commit, _, name in some])
        for (commit, day, _), data in zip(some, contents, strict=True):
            if data is not None:
                yield Version(commit, day, data, is_deleted)
            is_deleted |= data is None


_AT_ONCE = 20
"""How many versions one process of git reads; most callers want no more."""
_VERSION = re.compile(r"([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d)[\0\n]+([^\0\n]+)\0")


Stages = tuple[bytes | None, bytes | None, bytes | None]
"""The common version of a file in conflict, ours and theirs; None for one that is not there."""


def stages(suffix: str) -> dict[str, Stages]:
    """Return what git keeps of the files it has left in conflict, as named from this folder."""
    rows = [each.partition("\t") for each in _listed("ls-files", "--unmerged", "-z")]
    chosen = [(head.split(), name) for head, _, name in rows if name.endswith(suffix) and head]
    contents = git.contents(Path(), [blob for (_, blob, _), _ in chosen])
    found: dict[str, list[bytes | None]] = {}
    for ((_, _, number), name), data in zip(chosen, contents, strict=True):
        found.setdefault(name, [None, None, None])[int(number) - 1] = data
    return {name: (base, ours, theirs) for name, (base, ours, theirs) in found.items()}


def not_kept(names: Collection[str]) -> list[str]:
    """Return the files that the last commit does not have as they are; all without git."""
    known = _listed("ls-tree", "-r", "-z", "--name-only", "HEAD", ".")
    kept = set(known).difference(_listed("diff", "--name-only", "--relative", "-z", "HEAD"))
    return [name for name in names if name not in kept]


def side(name: str, theirs: bytes | None) -> str:
    """Return the commit of the side that still has the file `name`; "" if unknown.

    It is ours if it is not `theirs`. Where git does not say what it takes in, as with
    `merge --squash`, `am`, `stash` and some of `rebase`, it is the newest commit in which the file
    is as it is there, or, if a patch has made it, what our own side was before it was deleted.
    """
    if theirs is None:
        return "HEAD"
    for commit in _THEIRS:
        if git.ask("rev-parse", "--verify", "--quiet", commit) is not None:
            return commit
    blob = (git.ask("hash-object", "--stdin", given=theirs) or b"").decode().strip()
    for commit in _commits(name, "--all", f"--find-object={blob}", "--diff-filter=AMR"):
        if (
            git.ask("rev-parse", "--verify", "--quiet", f"{commit}:./{name}")
            == f"{blob}\n".encode()
        ):
            return commit
    return next((f"{each}^" for each in _commits(name, "-1", "--diff-filter=D")), "")


def _commits(name: str, *words: str) -> list[str]:
    """Return the commits that have changed the file `name`, the newest first."""
    options = ("log", "--no-renames", "--format=%H", *words, "--", name)
    return (git.ask("--literal-pathspecs", *options) or b"").decode().split()


_THEIRS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
"""What git names only while it takes it in; a `REBASE_HEAD` outlives `rebase --quit`."""


def names(commit: str) -> frozenset[str]:
    """Return the files of a commit that are in this folder; none if there is no such commit."""
    return frozenset(_listed("ls-tree", "-r", "-z", "--name-only", commit, "."))


def deleted(folder: str) -> frozenset[str]:
    """Return the files of a folder that the last commit has, and that are not there any more.

    What git was told not to check out is there for it.
    """
    words = ("--name-only", "--no-renames", "--diff-filter=D", "--relative", "-z", "HEAD")
    return frozenset(_listed("diff", *words, "--", folder))


def tracked(folder: str) -> frozenset[str]:
    """Return the files of a folder that git keeps, or will with the next commit."""
    return frozenset(_listed("ls-files", "-z", "--", folder))


def _listed(*words: str) -> list[str]:
    """Return what git prints with a NUL behind each; nothing if it fails."""
    return (git.ask(*words) or b"").decode("utf-8", "surrogateescape").split("\0")[:-1]


def settle(path: str) -> None:
    """Tell git that the conflict of a file is resolved."""
    git.ask("add", "--", path)


def set_up(name: str, value: str) -> bool:
    """Write a setting of this repository; tell whether there is one."""
    return git.ask("config", "--local", name, value) is not None


def merge_text(ours: str, base: str, theirs: str) -> bool:
    """Join two files line by line, as git does, into the first; tell whether without conflict."""
    return (
        git.ask("merge-file", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs) == b""
    )


def declared(since: str = "") -> Iterator[Declaration]:
    """Yield the edits that commits declare as editorial, the newest first; all, or since one."""
    span = [f"{since}..HEAD"] if since else []
    options = ("-i", "--grep=^[[:space:]]*Editorial:", "--format=%H%n%B%x00")
    log = git.ask("log", f"-{_COMMITS}", *options, *span)
    for entry in (log or b"").decode("utf-8", "replace").split("\0"):
        commit, _, message = entry.strip().partition("\n")
        for page, words in _LINE.findall(message):
            before, after = last_commit(page, f"{commit}^"), last_commit(page, commit)
            if before is not None and after is not None:
                old, new = (each.decode("utf-8", "replace") for each in (before, after))
                yield Declaration(page, old, new, confirmed_words(words), f"commit {commit[:10]}")


def confirmed_words(words: str) -> frozenset[tuple[str, str]]:
    """Return the words that somebody confirms: `old=new, other=another`."""
    pairs = (pair.partition("=") for pair in words.split(",") if "=" in pair)
    return frozenset((old.strip().casefold(), new.strip().casefold()) for old, _, new in pairs)
