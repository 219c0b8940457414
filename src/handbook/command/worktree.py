"""The files that git keeps in this folder: whether they are all committed, and what is to be."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.bitext import git
from handbook.bitext.problem import Problem

_COMMIT = "git add -A && git commit -m 'Before the handbook'"


def refusal(folder: str) -> Problem | None:
    """Return the reason why what is done here could not be undone as a whole; None if it could."""
    if _git("rev-parse", "--verify", "HEAD") is None:
        cure = f"git init && {_COMMIT}"
        return Problem(".", 0, f"is not kept by git, so nothing could be undone; {cure}")
    changed = (_git("status", "--porcelain", "--untracked-files=no") or "").strip()
    strange = (_git("ls-files", "--others", "--exclude-standard", "--", folder) or "").strip()
    if changed or strange:
        first = (changed or f"?? {strange}").splitlines()[0].split(maxsplit=1)[-1]
        fault = "is not committed, so nothing could be undone"
        return Problem(first, 0, f"{fault}; {_COMMIT}")
    return None


def files(folder: str) -> list[str]:
    """Return the files that git keeps in a folder, from this one."""
    return [each for each in (_git("ls-files", "-z", "--", folder) or "").split("\0") if each]


def below() -> str:
    """Return the path of this folder in its repository; "" if it is the top of it."""
    return (_git("rev-parse", "--show-prefix") or "").strip()


def stage(paths: Sequence[str]) -> None:
    """Put all changes of files and folders into the next commit."""
    for path in paths:
        _git("add", "--all", "--force", "--", path)


def undo(paths: Sequence[str]) -> None:
    """Take all changes of tracked files back, and what is new in `paths`."""
    stage(paths)
    _git("reset", "--quiet", "--hard")


def _git(*words: str) -> str | None:
    """Return what git prints; None if it fails or is not there."""
    printed = git.ask(*words)
    return None if printed is None else printed.decode("utf-8", "replace")
