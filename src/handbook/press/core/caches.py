"""What builds keep to use it again: drawings, PDFs, templates, in `build/` of the handbook."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from handbook.bitext import git
from handbook.bitext.problem import Problem
from handbook.bitext.project import walk
from handbook.press.core.log import log

FOLDER = "build"


def folder(root: Path, name: str) -> Path:
    """Return the folder `name` of `build/`, which need not exist.

    Where a link leads out of the handbook, or to nothing, it is not followed: a folder takes its
    place that is deleted when the process ends.
    """
    if problem := _fault(root, name):
        return _instead(root, problem) / name
    return root / FOLDER / name


def _fault(root: Path, name: str) -> Problem | None:
    place = root / FOLDER
    if os.path.lexists(place) and not place.is_dir():
        return Problem(FOLDER, 1, "is no folder; delete it: builds make one of that name")
    return walk.fault(root, f"{FOLDER}/{name}")


def is_somebodys(place: Path) -> bool:
    """Tell whether git keeps a folder of `build/`, or files in it: then a build leaves it alone."""
    return f"{place.parent.name}/{place.name}" in _of_git(place.parent)


@cache
def _of_git(place: Path) -> frozenset[str]:
    """Return what is in the folder `build/` and git keeps; it is asked once for all of it."""
    listed = git.ask("ls-files", "-z", "--", place.name, root=place.parent) or b""
    names = listed.decode("utf-8", "surrogateescape").split("\0")
    return frozenset("/".join(name.split("/")[:2]) for name in names)


def forget() -> None:
    """Ask git again at the next build what it keeps in `build/`."""
    _of_git.cache_clear()


@cache
def _instead(root: Path, problem: Problem) -> Path:
    """Warn of the problem, once, and make a folder for this process."""
    log.warning(problem)
    made = Path(tempfile.mkdtemp(prefix="handbook-"))
    Finalize(None, shutil.rmtree, (made, True), exitpriority=0)  # forked, nothing else is called
    return made
