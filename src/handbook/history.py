"""What git knows of the handbook in this folder: the last commit, and what commits declare."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

from bitext.project.update import Declaration

_LINE = re.compile(
    r"^[ \t]*Editorial:[ \t]*(\S+\.md)[ \t]*(?:\(([^()\n]*)\))?[ \t]*$", re.MULTILINE | re.I
)
"""A line of a commit's message: `Editorial: docs/en/mission.md (old=new, other=another)`."""
_COMMITS = 500
"""How far back declarations are looked for; what is older has long been updated."""


def last_commit(path: str, commit: str = "HEAD") -> bytes | None:
    """Return the content of a file in the last commit, or another; None if it is not in it."""
    return _git("show", f"{commit}:./{path}")


def is_there() -> bool:
    """Tell whether there is a last commit."""
    return _git("rev-parse", "--verify", "HEAD") is not None


def declared(since: str = "") -> Iterator[Declaration]:
    """Yield the edits that commits declare as editorial, the newest first; all, or since one."""
    span = [f"{since}..HEAD"] if since else []
    told = ("-i", "--grep=^[[:space:]]*Editorial:", "--format=%H%n%B%x00")
    log = _git("log", f"-{_COMMITS}", *told, *span)
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


def _git(*words: str) -> bytes | None:
    """Return what git prints; None if it fails or is not there."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
