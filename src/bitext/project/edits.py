"""What is to be done to the files of a handbook: worked out first, then done as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bitext import files


@dataclass(frozen=True)
class Edits:
    """New contents of files, files that move, and files that go; paths are from the root."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """The whole new text of each file that is written."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """The new path of each file that moves; `texts` may have a new text for it there."""
    gone: tuple[str, ...] = ()
    """The files whose content is in others now."""


def carry_out(root: Path, edits: Edits) -> Iterator[str]:
    """Write, move and remove files; yield a line for each.

    Nothing is removed before everything is written: a full disk loses nothing. Raises
    SettingsError.
    """
    for old, new in edits.moves.items():
        if new not in edits.texts:
            files.write_bytes(root / new, (root / old).read_bytes())
    for name, text in edits.texts.items():
        files.write(root / name, text)
    for old, new in sorted(edits.moves.items()):
        files.remove(root / old)
        yield f"moved {old} to {new}"
    moved = edits.moves.values()
    yield from (f"wrote {name}" for name in sorted(edits.texts) if name not in moved)
    for name in edits.gone:
        files.remove(root / name)
        yield f"removed {name}"
