"""Check the folder that a site is built into: nothing but an older site may be in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.bitext.project.settings import MKDOCS

_MARKS = ("index.html", "404.html", "sitemap.xml")
"""Files of which a built site has at least one."""
_CURE = "give it a folder of its own, such as site"


def refusal(folder: Path, root: Path, sources: Iterable[Path]) -> Problem | None:
    """Return the reason why no site may be built into `folder`; None if one may be.

    A build deletes the folder's old content. So the folder must not contain or be inside `sources`,
    which people write, and must not contain anything but a built site.
    """
    target = folder.resolve()
    for source in (root.resolve() / MKDOCS, *(each.resolve() for each in sources)):
        if source.is_relative_to(target):
            return _problem(folder, root, f"holds {source.name}, which would be deleted; {_CURE}")
        if source.is_dir() and target.is_relative_to(source):
            return _problem(folder, root, f"is within {source.name}, which people write; {_CURE}")
    if target.is_dir() and _is_foreign(target):
        return _problem(folder, root, f"holds files that are of no site; empty it, or {_CURE}")
    if target.exists() and not target.is_dir():
        return _problem(folder, root, f"is a file; {_CURE}")
    return None


def _is_foreign(folder: Path) -> bool:
    """Tell whether a folder has files, but none of a built site. Hidden files do not count."""
    entries = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
    return bool(entries) and not any(mark in entries for mark in _MARKS)


def _problem(folder: Path, root: Path, reason: str) -> Problem:
    name = os.path.relpath(folder, root)
    return Problem(MKDOCS, _line(root / MKDOCS), f"site_dir {name} {reason}")


def _line(file: Path) -> int:
    """Return the line of mkdocs.yml that sets site_dir; 1 if none does."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1
    return next((n for n, line in enumerate(lines, 1) if line.startswith("site_dir:")), 1)
