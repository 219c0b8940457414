"""Check that generated files do not overwrite the sources of a handbook or other files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from handbook.bitext import git
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings, walk
from handbook.bitext.project.settings import MKDOCS

_SOURCES = ("docs", "hooks", "languages", "src", "tests", "theme", "translations")
"""The folders of a handbook with files that people write."""
_OF_FILES = frozenset(".epub .html .md .pdf .po .pot .toml .txt .yaml .yml".split())
"""How names of files end; a folder of such a name is a slip."""


def prepare(folder: Path) -> Problem | None:
    """Create a folder for generated files; return a problem if it cannot be used, else None.

    Refused are a file, the folder of a handbook, a folder that contains one, and, inside a
    handbook, a hidden folder, a folder with files that people write or that git keeps, and a link
    that leads out of it.
    """
    if folder.exists() and not folder.is_dir():
        return Problem(str(folder), 1, "is a file; give a folder")
    if not folder.exists() and folder.suffix in _OF_FILES:
        return Problem(str(folder), 1, "is the name of a file; give a folder such as build/out")
    if problem := _leading_out(folder):
        return problem
    if _holds_sources(folder.resolve()):
        return Problem(str(folder), 1, "is where sources are kept; give a folder such as build/out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        reason = f"cannot be written to ({error.strerror}); give another folder"
        return Problem(str(folder), 1, reason)


def _leading_out(folder: Path) -> Problem | None:
    """Return the problem of a link in the handbook here on the way to a folder, if it leads out."""
    here = Path.cwd()
    if folder.is_absolute() or ".." in folder.parts or not _is_handbook(here):
        return None
    return walk.fault(here, folder.as_posix())


def _holds_sources(folder: Path) -> bool:
    """Tell whether a folder is, contains or is among what a handbook is made from."""
    here = Path.cwd()
    if _is_handbook(folder) or (_is_handbook(here) and here.is_relative_to(folder)):
        return True
    for parent in folder.parents:
        if _is_handbook(parent):
            first = folder.relative_to(parent).parts[0]
            is_source = first in _SOURCES or first.startswith(".")
            return is_source or _is_kept_by_git(folder, parent)
    return ".git" in folder.parts


def _is_kept_by_git(folder: Path, root: Path) -> bool:
    return bool(git.ask("ls-files", "--", str(folder), root=root))


def _is_handbook(folder: Path) -> bool:
    """Tell whether a folder contains the settings of a handbook, even invalid ones."""
    if settings.mkdocs_languages(folder / MKDOCS):
        return True
    try:
        return "[tool.handbook]" in (folder / "pyproject.toml").read_text("utf-8", "replace")
    except OSError:
        return False


def template_refusal(file: Path) -> Problem | None:
    """Return the reason not to write a gettext template to `file`: only a .pot is overwritten."""
    if file.suffix == ".po":
        return Problem(str(file), 1, "would be taken for a catalog; give a file such as all.pot")
    if file.suffix == ".md" or (file.exists() and file.suffix != ".pot"):
        return Problem(str(file), 1, "would be lost; give a new file, such as all.pot")
    return None
