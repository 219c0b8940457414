"""The versions of a file that git has, as they are handed in to whatever looks into the past."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Version(NamedTuple):
    """A file as it is in a commit."""

    commit: str
    day: str
    data: bytes
    is_deleted: bool = False
    """Whether a later commit has deleted the file."""


History = Callable[[str], Iterable[Version]]
"""A function that returns the versions of a file, the newest first."""
