"""Build a site beside the one that is there, and put it in its place as a whole.

Readers of a served folder see either the old or the new site, and a build that fails leaves the old
one complete.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from handbook.bitext.problem import Problem, SettingsError

PARTS = ".languages"
"""The subfolder of the new site with a folder for each language, where that is built."""


class Aside:
    """A temporary folder beside a site's folder, to build the next site in; `close` deletes it.

    Only one build at a time: a file lock refuses a second build of the same site. The lock ends
    with its process.
    """

    def __init__(self, folder: Path) -> None:
        """Create it beside `folder`, which need not exist. Raises SettingsError or OSError."""
        self._site = folder.resolve()
        self.folder = self._site.with_name(f".{self._site.name}.new")
        """The folder to build in; empty even if an earlier build was stopped."""
        name = hashlib.sha256(os.fsencode(self._site)).hexdigest()[:16]
        self._lock = FileLock(Path(tempfile.gettempdir(), f"bitext-{name}.lock"))
        try:
            self._site.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._clear()
            self.folder.mkdir()
        except Timeout:
            reason = "is being built by another process; wait until that has ended"
            raise SettingsError(Problem(str(folder), 0, reason)) from None
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(folder)) from None

    def publish(self) -> None:
        """Replace the site with what was built."""
        if not self._site.exists():
            self.folder.rename(self._site)
        elif not _exchange(self.folder, self._site):
            _refill(self._site, self.folder)

    def close(self) -> None:
        """Delete the folder and release the lock, so that other builds may start."""
        self._clear()
        with suppress(OSError):  # where it is open, Windows lets nobody; filelock does it later
            Path(self._lock.lock_file).unlink()
        self._lock.release()

    def _clear(self) -> None:
        """Delete the folder; hidden files of an old site that is now there go back to the site."""
        shutil.rmtree(self.folder / PARTS, ignore_errors=True)
        if self._site.is_dir() and self.folder.is_dir():
            for entry in self.folder.glob(".*"):
                if not (self._site / entry.name).exists():
                    entry.rename(self._site / entry.name)
        shutil.rmtree(self.folder, ignore_errors=True)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, if Linux and the file system can; tell whether it did.

    Uses renameat2(2). If it returns False, nothing has changed.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    done: int = rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    return done == 0


def _refill(folder: Path, new: Path) -> None:
    """Move the files of `new` into `folder` one by one, then delete the old files there."""
    fresh = {file.relative_to(new) for file in new.rglob("*")}
    for path in sorted(fresh):
        if (new / path).is_dir():
            (folder / path).mkdir(parents=True, exist_ok=True)
        else:
            (new / path).replace(folder / path)
    for file in sorted(folder.rglob("*"), reverse=True):
        path = file.relative_to(folder)
        if path not in fresh and not path.parts[0].startswith("."):
            file.rmdir() if file.is_dir() else file.unlink()
