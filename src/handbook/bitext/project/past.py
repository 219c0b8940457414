"""What git knows of a file: its versions. Callers pass them in, as only the command reads git."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Version(NamedTuple):
    """A file as it is in a commit."""

    commit: str
    day: str
    data: bytes


History = Callable[[str], Iterable[Version]]
"""A function that returns the versions of a file, the newest first."""


def no_history(name: str) -> Iterable[Version]:
    """Return no version: there is no git."""
    return ()
