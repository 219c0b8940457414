"""Ask git about the folder of a handbook, or have it do something there."""

from __future__ import annotations

import subprocess
from pathlib import Path

_HERE = Path()


def ask(*words: str, root: Path = _HERE, given: bytes = b"") -> bytes | None:
    """Return what git prints in `root` when called with `words`; None if it fails or is not there.

    `given` is its standard input. Names of files are printed as they are, not quoted.
    """
    command = ["git", "-c", "core.quotePath=false", *words]
    try:
        done = subprocess.run(command, cwd=root, input=given, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
