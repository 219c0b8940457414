"""What is to be done to the files of a handbook: worked out first, then done as a whole."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from handbook.bitext import files
from handbook.bitext.files import Stamp
from handbook.bitext.problem import Problem, SettingsError


@dataclass(frozen=True)
class Edits:
    """New contents of files, files that move, and files that go; paths are from the root."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """The whole new text of each file that is written."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """The new path of each file that moves; `texts` may have a new text for it there."""
    gone: tuple[str, ...] = ()
    """The files whose content is in others now."""


Stamps = Mapping[str, Stamp]
"""When each file was last saved, by its path from the root."""


def stamps(root: Path) -> Stamps:
    """Note when the files were last saved, before they are read for edits; see `carry_out`.

    Left out is what is hidden, but for settings of the forge, and what is made.
    """
    found: dict[str, Stamp] = {}
    for folder, folders, names in os.walk(root):
        is_top = Path(folder) == root
        folders[:] = [each for each in folders if not _is_left_out(each, is_top=is_top)]
        for file in (Path(folder, name) for name in names):
            found[file.relative_to(root).as_posix()] = files.stamp(file)
    return found


def _is_left_out(folder: str, *, is_top: bool) -> bool:
    if is_top and folder in ("build", "site", "node_modules"):
        return True
    return folder.startswith(".") and not (is_top and folder == ".github")


def carry_out(root: Path, edits: Edits, since: Stamps | None = None) -> Iterator[str]:
    """Write, move and remove files; yield a line for each.

    `since` has the stamps from before they were read: where one was saved meanwhile, nothing is
    done. Nothing is removed before everything is written, and where the disk refuses a file, or
    somebody ends this, all are put back as they were. Raises SettingsError, and OSError for what
    cannot be read.
    """
    if since is not None and (saved := list(saved_since(root, edits, since))):
        raise SettingsError(*saved)
    before: dict[Path, bytes | None] = {}
    try:
        for change in _changes(root, edits):
            before[change.file] = change.file.read_bytes() if change.file.exists() else None
            if change.data is None:
                files.remove(change.file)
            else:
                files.write_bytes(change.file, change.data)
    except BaseException:
        _put_back(before)
        raise
    yield from (f"moved {old} to {new}" for old, new in sorted(edits.moves.items()))
    moved = edits.moves.values()
    yield from (f"wrote {name}" for name in sorted(edits.texts) if name not in moved)
    yield from (f"removed {name}" for name in edits.gone)


def saved_since(root: Path, edits: Edits, since: Stamps) -> Iterator[Problem]:
    """Yield a problem for each file of some edits that was saved since it was read."""
    known = {posixpath.dirname(name) for name in since}  # others are reached through a link
    for name in dict.fromkeys((*edits.texts, *edits.moves, *edits.moves.values(), *edits.gone)):
        if posixpath.dirname(name) in known and since.get(name) != files.stamp(root / name):
            yield Problem(name, 1, "was saved meanwhile, and nothing was done; run this again")


class _Change(NamedTuple):
    """The new content of a file; None if it is removed."""

    file: Path
    data: bytes | None


def _changes(root: Path, edits: Edits) -> Iterator[_Change]:
    """Yield the files to write, then those to remove: what fails first has lost nothing.

    One that moves may take the name of another that does: all are read before any is written.
    """
    texts = {name: text.encode("utf-8") for name, text in edits.texts.items()}
    moved = {new: (root / old).read_bytes() for old, new in edits.moves.items() if new not in texts}
    for name, data in (*moved.items(), *texts.items()):
        yield _Change(root / name, data)
    for name in (*sorted(edits.moves), *edits.gone):
        if name not in moved and name not in texts:
            yield _Change(root / name, None)


def _put_back(before: dict[Path, bytes | None]) -> None:
    """Give files the content that they had, as far as the disk lets us."""
    for file, data in reversed(before.items()):
        with suppress(SettingsError):
            if data is None:
                files.remove(file)
            else:
                files.write_bytes(file, data)
