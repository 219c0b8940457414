"""Patterns by which options of plugins choose files, such as `exclude: [drafts/*]`.

Plugins match them against the path of a file below the folder of pages, and that path begins with a
language once the files have moved. A pattern that would choose other files then is written anew; it
holds for the pages of every language.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

from handbook.bitext.project.yamlscalars import Keys, Scalar

_OPTION = re.compile(r"(?:^|_)(?:exclude|include|ignore|glob|regex|filters)(?:_|$)")
"""The names of options that hold such patterns."""
_LINE_START = re.compile(r"(?:(?<=[|(])|^)\^")
"""The sign for the beginning of a path, where a pattern or one of several in it begins."""


def moved(scalar: Scalar, docs: str, moves: Mapping[str, str]) -> str | None:
    """Return the pattern that chooses the same files in their new places; None if it does now.

    `moves` has the new path of each file that moves out of the folder `docs`, from the root.
    """
    if scalar.is_key or not _has_patterns(scalar.keys):
        return None
    chooses: Callable[[str, str], bool] = fnmatchcase
    new = f"*/{scalar.value}"
    if scalar.keys[-1] == "regex":
        chooses, new = _finds, f"[^/]+/(?:{_LINE_START.sub('', scalar.value)})"
    paths = {posixpath.relpath(old, docs): _below_top(path) for old, path in moves.items()}
    before = {path for path in paths if chooses(path, scalar.value)}
    after = {path for path, there in paths.items() if chooses(there, scalar.value)}
    return new if before and before != after else None


def _has_patterns(keys: Keys) -> bool:
    """Tell whether what stands below these keys is an option of a plugin with patterns."""
    return keys[:1] == ("plugins",) and any(map(_OPTION.search, keys[2:]))


def _below_top(path: str) -> str:
    """Return the path of a file below the folder of all pages."""
    return path.partition("/")[2]


def _finds(path: str, pattern: str) -> bool:
    try:
        return re.match(pattern, path) is not None
    except re.error:  # is the plugin's to name
        return False
