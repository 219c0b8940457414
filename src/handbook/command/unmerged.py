"""The catalogs that git has left in conflict, and those that their pages have now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handbook.bitext import files
from handbook.bitext.problem import Problem
from handbook.bitext.project import walk
from handbook.bitext.upkeep import joining
from handbook.command import history

Said = dict[str, frozenset[str]]
"""What each of some catalogs says, by their names."""


class Unmerged:
    """The catalogs that git has left in conflict; it is asked once, and told what is settled.

    Where many pages were renamed, each of their catalogs is held against all new ones: these are
    read once.
    """

    def __init__(self) -> None:
        """Ask git for all versions of them."""
        self.stages = history.stages(".po")
        self._names: dict[str, frozenset[str]] = {}
        self._tracked: dict[str, Said] = {}
        self._added: dict[str, tuple[Said, Said]] = {}

    def settle(self, *names: str) -> None:
        """Tell git that the conflicts of some catalogs are resolved."""
        for name in names:
            history.settle(name)
            self.stages.pop(name, None)

    def successor(self, name: str) -> str | None:
        """Return the catalog that a page has now on the side that has deleted the catalog `name`.

        None if no one stands out, or nothing is known of the common version.
        """
        base, ours, theirs = self.stages[name]
        if base is None:
            return None
        commit, folder = history.side(name, None if ours is not None else theirs), _folder(name)
        if commit not in self._names:
            self._names[commit] = history.names(commit) if commit else frozenset()
        if folder not in self._tracked:
            self._tracked[folder] = dict(_tracked(folder))
        old = self._names[commit] | {name}
        new = {each: said for each, said in self._tracked[folder].items() if each not in old}
        return joining.successor(name, base, new)

    def renamed(self, name: str, base: bytes) -> tuple[str | None, str | None]:
        """Return the name that a catalog has got on our side, and on theirs."""
        folder = _folder(name)
        if folder not in self._added:
            self._added[folder] = self._only(folder, 1), self._only(folder, 2)
        ours, theirs = self._added[folder]
        return joining.successor(name, base, ours), joining.successor(name, base, theirs)

    def _only(self, folder: str, side: int) -> Said:
        """Return what the catalogs in conflict say on a side that had no common version."""
        datas = {name: found[side] for name, found in self.stages.items() if found[0] is None}
        return {
            name: said
            for name, data in datas.items()
            if data and _folder(name) == folder and (said := joining.messages(data, name))
        }


def _folder(name: str) -> str:
    """Return the folder of the language that a catalog is in."""
    return "/".join(name.split("/")[:2])


def _tracked(folder: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the catalogs in a folder that git keeps, and what they say; copies are nobody's."""
    kept = history.tracked(folder)
    for file in walk.files(Path(), folder):
        if isinstance(file, Path) and file.suffix == ".po" and file.as_posix() in kept:
            data = files.read_bytes(file, file.as_posix())
            said = None if isinstance(data, Problem) else joining.messages(data, file.as_posix())
            if said:
                yield file.as_posix(), said
