"""Read what git keeps of a handbook: commits, files at a commit, names that files had before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from handbook.bitext import git
from handbook.bitext.problem import Problem

_LOOKED_AT = 20
"""How many commits of a file are looked at for who has changed it."""


class Entry(NamedTuple):
    """A file at a commit: its name, and the id by which git knows its content."""

    name: str
    """From the root of the handbook, with slashes."""
    blob: str


class Line(NamedTuple):
    """A line of a file, and who has written it."""

    text: str
    author: str


class Repository:
    """The history of the handbook in a folder, which need not be the root of its repository."""

    def __init__(self, root: Path) -> None:
        """Take the folder of a handbook; git is asked when something is wanted of it."""
        self.root = root

    def commit(self, revision: str) -> str | Problem:
        """Return the commit id that a revision names, such as a branch, a tag or `HEAD~3`."""
        found = self.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
        if found is not None:
            return found.decode().strip()
        return self.no_history() or Problem("", 0, f"git knows no revision {revision!r}{self._cut}")

    def no_history(self) -> Problem | None:
        """Return the problem that there is no history here; None if there is some."""
        if self.git("rev-parse", "--verify", "--quiet", "HEAD") is not None:
            return None
        if said := git.refusal(self.root):
            return Problem("", 0, f"git does not open the repository here: {said}")
        cure = "clone the handbook with git; an archive has no history"
        if self.git("rev-parse", "--git-dir") is not None:
            cure = "commit the handbook first: git add --all && git commit"
        return Problem("", 0, f"there is no history here; {cure}")

    @property
    def is_whole(self) -> bool:
        """Whether all of the history is here: what git does not know then was named wrongly."""
        return not self.is_shallow and self.no_history() is None

    @property
    def is_shallow(self) -> bool:
        """Whether older commits have been left out of this clone."""
        return (self.git("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"

    @property
    def _cut(self) -> str:
        if self.is_shallow:
            return ": this clone is shallow; fetch the rest: git fetch --unshallow"
        return "; git log lists commits, git branch -a branches"

    def day(self, commit: str) -> date:
        """Return the day on which a commit was made."""
        found = self.git("show", "-s", "--format=%cs", commit, "--")
        return date.fromisoformat((found or b"1970-01-01").decode().strip())

    def fork(self, revision: str, branch: str = "HEAD") -> str | Problem:
        """Return the last commit that a branch (this one) shares with another: the merge base."""
        other = self.commit(revision)
        if isinstance(other, Problem):
            return other
        found = self.git("merge-base", other, branch)
        if found is not None:
            return found.decode().split()[0]
        return Problem("", 0, f"this branch and {revision} have no commit in common{self._cut}")

    def entries(self, commit: str) -> Iterator[Entry]:
        """Yield the files of a commit that are below the root; links and submodules are none."""
        listed = self.git("ls-tree", "-r", "-z", commit) or b""
        for row in listed.decode("utf-8", "surrogateescape").split("\0"):
            facts, _, name = row.partition("\t")
            if facts.startswith("100"):
                yield Entry(name, facts.split()[2])

    def blob(self, name: str, commit: str | None) -> str:
        """Return the id of a file at a commit, or of that in this folder; "" if it is not there."""
        if commit is None:
            found = self.git("hash-object", "--", name)
        else:
            found = self.git("rev-parse", "--verify", "--quiet", f"{commit}:./{name}")
        return (found or b"").decode().strip()

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """Yield the content of each of some blobs, in their order; one process reads them all."""
        return (data or b"" for data in git.contents(self.root, list(blobs)))

    def former_name(self, name: str, since: str, until: str | None) -> str:
        """Return what a file was called at the commit `since`; its name if it was not renamed.

        `until` is the commit at which it is called `name`; None means this folder.
        """
        names = {each.name for each in self.entries(since)}
        if name in names:
            return name
        if until is None:
            name = self._renames(["diff", since]).get(name, name)
            until = "HEAD"
        # One commit after the other: over many, too little of the text may be left to be known.
        span = f"{since}..{until}"
        for line in self._lines("log", "--follow", "--format=", span, "--", name):
            if line[0] == name and name not in names:
                name = line[1]
        return name

    def names_before(self, since: str) -> Callable[[str], str]:
        """Return the function that returns what a file of this folder was called at a commit."""
        names = {each.name for each in self.entries(since)}
        renamed = self._renames(["diff", since])
        return lambda name: name if name in names else renamed.get(name, name)

    def lines(self, name: str, commit: str) -> Iterator[Line]:
        """Yield the lines of a file at a commit, each with its author, wherever it has been."""
        found = self.git("blame", "-w", "-M", "-C", "--line-porcelain", commit, "--", name) or b""
        author = ""
        for row in found.decode("utf-8", "replace").split("\n"):
            if row.startswith("author "):
                author = row.removeprefix("author ")
            elif row.startswith("\t"):
                yield Line(row[1:], author)

    def committers(self, name: str, commit: str) -> list[str]:
        """Return who has changed a file until a commit, whoever did so last first."""
        found = self.git("log", f"-{_LOOKED_AT}", "--format=%aN", commit, "--", name) or b""
        return list(filter(None, dict.fromkeys(found.decode("utf-8", "replace").split("\n"))))

    def _renames(self, words: list[str]) -> dict[str, str]:
        return dict(self._lines(*words, "--", "."))

    def _lines(self, *words: str) -> Iterator[tuple[str, str]]:
        """Yield the new and the old name of each file that a command of git says was renamed."""
        verb, *others = words
        options = ("--relative", "-M40%", "--name-status", "--diff-filter=R", "-z")
        given = (self.git(verb, *options, *others) or b"").decode("utf-8", "surrogateescape")
        fields = iter(field for field in given.split("\0") if field)
        for field in fields:
            if field.strip().startswith("R"):
                old, new = next(fields, ""), next(fields, "")
                yield new, old

    def git(self, *words: str, given: bytes = b"") -> bytes | None:
        """Return what git prints; None if it fails or is not there."""
        return git.ask(*words, root=self.root, given=given)
