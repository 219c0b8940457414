"""Find the files below a folder of a handbook that may be read, and name those that may not.

A link may lead to anywhere on the machine that builds, in circles, or to nothing; a pipe or a
device never ends. None of them is opened; each is returned as a Problem.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from handbook.bitext.problem import Problem

_OUTSIDE = "is a link that leads out of the handbook and is not followed; put a copy in its place"
_NOTHING = "is a link that leads to nothing, or to itself; correct it or delete it"
_CIRCLE = "is a link to a folder that it is in; delete it"
_CHAIN = "is a linked folder within a linked folder and is not followed; delete one of the links"
_SPECIAL = "is a pipe, a socket or a device, no file; delete it"
_UNREADABLE = "cannot be read (Permission denied); mend that"
_NAME = "its name is not UTF-8; rename it"
_INVISIBLE = "its name has a character that is invisible or reorders text; rename it"
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def files(root: Path, name: str, *, hidden: bool = False) -> Iterator[Path | Problem]:
    """Yield each file below the folder `name` of the handbook in `root` that may be read, sorted.

    Yields a Problem for what cannot or must not be read; nothing for a folder that does not exist.
    Names that begin with a dot are left out, except with `hidden`.
    """
    folder = root / name
    if not os.path.lexists(folder):
        return
    if problem := fault(root, name):
        yield problem
    elif folder.is_dir():
        yield from _below(root, folder, (folder.resolve(),), hidden)
    else:
        yield Problem(name, 1, "is a file; make a folder of that name")


def _below(
    root: Path, folder: Path, above: tuple[Path, ...], hidden: bool, is_linked: bool = False
) -> Iterator[Path | Problem]:
    """Yield the files below a folder; `above` are the real paths of it and the folders around it.

    `is_linked`: one of those is a link. Links in linked folders could make a tree without end.
    """
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") and not hidden:
            continue
        if _is_plain_file(path):
            yield path
        elif reason := _reason(root, path):
            yield _problem(root, path, reason)
        elif path.is_dir():
            real, is_link = path.resolve(), path.is_symlink()
            if real in above:
                yield _problem(root, path, _CIRCLE)
            elif is_link and is_linked:
                yield _problem(root, path, _CHAIN)
            else:
                yield from _below(root, path, (*above, real), hidden, is_linked or is_link)
        else:
            yield path


def _is_plain_file(path: Path) -> bool:
    """Tell whether a file in a folder that may be read may be read too; most may, at once."""
    try:
        is_file = stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
    name = path.name
    return is_file and name.isascii() and name.isprintable() and os.access(path, os.R_OK)


def _is_plainly_inside(root: Path, name: str) -> bool:
    """Tell whether a file may be read because no link leads to it; most may, at once."""
    *folders, last = name.split("/")
    if not last or any(each in ("", ".", "..") for each in (*folders, last)):
        return False
    above = accumulate(folders, lambda folder, each: f"{folder}/{each}", initial=str(root))
    try:  # as strings: each verb asks this of every file, and paths take five times as long
        return not any(stat.S_ISLNK(os.lstat(each).st_mode) for each in above) and _is_plain_file(
            root / name
        )
    except OSError:
        return False


def fault(root: Path, name: str) -> Problem | None:
    """Return the reason not to read the file or folder `name` of the handbook in `root`, or None.

    The problem is that of the outermost folder at fault. None too for what does not exist, but may
    be written: its folder is in the handbook.
    """
    path = root / name
    if _is_plainly_inside(root, name) or not _reason(root, path):
        return None
    inner = path.relative_to(root)
    places = (root / place for place in (*reversed(inner.parents[:-1]), inner))
    found = ((place, _reason(root, place)) for place in places)
    return next(_problem(root, place, reason) for place, reason in found if reason)


def _reason(root: Path, path: Path) -> str | None:
    """Return why a file or a folder must not be read, with the cure; None if it may be."""
    if path.name != shown(path.name):
        return _INVISIBLE if _HIDDEN.search(path.name) else _NAME
    try:
        inside = path.resolve().relative_to(root.resolve())
        mode = path.stat().st_mode
    except ValueError:
        return _OUTSIDE
    except PermissionError:
        return _UNREADABLE
    except (OSError, RuntimeError):  # a circle of links is one or the other
        return _NOTHING if path.is_symlink() else None
    if path.is_symlink() and any(part.startswith(".") for part in inside.parts):
        return _OUTSIDE
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return _SPECIAL
    needed = os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK
    return None if os.access(path, needed) else _UNREADABLE


def _problem(root: Path, path: Path, reason: str) -> Problem:
    return Problem(shown(path.relative_to(root).as_posix()), 1, reason)


def shown(name: str) -> str:
    """Return the name of a file as text that can be printed: what is not UTF-8 as `\\xff`."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
