"""The files that git keeps in this folder: whether they are all committed, and what is to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from handbook.bitext import git
from handbook.bitext.problem import Problem
from handbook.bitext.project.walk import shown

_COMMIT = "git add -A && git commit -m 'Before the handbook'"


def refusal(*folders: str) -> Problem | None:
    """Return the reason why what is done here could not be undone as a whole; None if it could."""
    if said := git.refusal():
        return Problem(".", 0, f"git does not open the repository here: {said}")
    if _git("rev-parse", "--verify", "HEAD") is None:
        cure = f"git init && {_COMMIT}"
        return Problem(".", 0, f"is not kept by git, so nothing could be undone; {cure}")
    changed = (_git("status", "--porcelain", "--untracked-files=no") or "").strip()
    strange = (_git("ls-files", "--others", "--exclude-standard", "--", *folders) or "").strip()
    if changed or strange:
        return _uncommitted((changed or f"?? {strange}").splitlines()[0].split(maxsplit=1)[-1])
    return None


def strangers(paths: Sequence[str]) -> list[str]:
    """Return the files among `paths`, and in folders, that git does not keep, or is to ignore."""
    return _listed("--others", *paths)


def overwritten(names: Iterable[str], strangers: Collection[str]) -> Problem | None:
    """Return the problem that a file would be written that git does not keep; None if none is."""
    return next((_uncommitted(name) for name in names if name in strangers), None)


def _uncommitted(name: str) -> Problem:
    return Problem(shown(name), 0, f"is not committed, so nothing could be undone; {_COMMIT}")


def files(folder: str) -> list[str]:
    """Return the files that git keeps in a folder, from this one."""
    return _listed("--cached", folder)


def _listed(kind: str, *paths: str) -> list[str]:
    return [each for each in (_git("ls-files", "-z", kind, "--", *paths) or "").split("\0") if each]


def below() -> str:
    """Return the path of this folder in its repository; "" if it is the top of it."""
    return (_git("rev-parse", "--show-prefix") or "").strip()


def stage(paths: Iterable[str], strangers: Collection[str]) -> Problem | None:
    """Put all changes of files and folders into the next commit, but for `strangers`.

    These are never added, not even to be taken out again: where that failed, `undo` would delete
    them. Returns the problem that git has not taken what is new.
    """
    named, known = list(paths), set(strangers)
    for path in named:
        _git("add", "--update", "--", path)
    new = [each for each in _listed("--others", *named) if each not in known]
    given = "".join(f"{name}\0" for name in new)
    if _git("update-index", "--add", "-z", "--stdin", given=given) is None:
        what = "git takes nothing that is new here into the next commit"
        return Problem(new[0] if new else ".", 0, f"{what}; mend what it says to: git add -A")
    return None


def undo(paths: Iterable[str], strangers: Collection[str]) -> Problem | None:
    """Take all changes of tracked files back, and what is new in `paths`, unless git refuses."""
    problem = stage(paths, strangers)
    if _git("reset", "--quiet", "--hard") is not None and problem is None:
        return None
    cure = "git reset --hard, then delete what git status calls untracked"
    return Problem(problem.path if problem else ".", 0, f"could not be undone; {cure}")


def _git(*words: str, given: str = "") -> str | None:
    """Return what git prints; None if it fails or is not there."""
    printed = git.ask(*words, given=given.encode("utf-8", "surrogateescape"))
    return None if printed is None else printed.decode("utf-8", "surrogateescape")
