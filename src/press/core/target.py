"""The folder of a site: what may be written there, and how it is replaced as a whole.

A site is built in a folder beside its own and put in its place when it is finished: readers of a
served folder see the old site or the new one, and a build that ends early leaves the old one whole.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock, Timeout

from bitext.problem import Problem, SettingsError

_MARKS = ("index.html", "404.html", "sitemap.xml")
"""Files of which a built site has at least one."""
_CURE = "give it a folder of its own, such as site"


def refusal(folder: Path, root: Path, sources: Iterable[Path]) -> Problem | None:
    """Why no site may be built into `folder`; None if one may.

    Building empties a folder. So it must not hold or be within what people write (`sources`), nor
    hold anything but a site.
    """
    target = folder.resolve()
    for source in (root.resolve() / "mkdocs.yml", *(each.resolve() for each in sources)):
        if source.is_relative_to(target):
            return _problem(folder, root, f"holds {source.name}, which would be deleted; {_CURE}")
        if source.is_dir() and target.is_relative_to(source):
            return _problem(folder, root, f"is within {source.name}, which people write; {_CURE}")
    if target.is_dir() and _is_foreign(target):
        return _problem(folder, root, f"holds files that are of no site; empty it, or {_CURE}")
    if target.exists() and not target.is_dir():
        return _problem(folder, root, f"is a file; {_CURE}")
    return None


def _is_foreign(folder: Path) -> bool:
    """Whether a folder has files and none that tells it is a site. Hidden ones do not count."""
    entries = [each.name for each in folder.iterdir() if not each.name.startswith(".")]
    return bool(entries) and not any(mark in entries for mark in _MARKS)


def _problem(folder: Path, root: Path, reason: str) -> Problem:
    name = os.path.relpath(folder, root)
    return Problem("mkdocs.yml", _line(root / "mkdocs.yml"), f"site_dir {name} {reason}")


def _line(file: Path) -> int:
    """The line of mkdocs.yml that names the folder; 1 if it has none."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1
    return next((n for n, line in enumerate(lines, 1) if line.startswith("site_dir:")), 1)


class Aside:
    """A folder beside that of a site, to build the next one in; closing it removes it.

    One build at a time: a second one of the same site is refused. The lock goes with its process.
    """

    def __init__(self, folder: Path) -> None:
        """Take the site's folder, which need not be there. Raises SettingsError."""
        self._site = folder.resolve()
        self.folder = self._site.with_name(f".{self._site.name}.new")
        """Where to build; what an ended build left there is gone."""
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
        """Put what was built in the place of the site."""
        if not self._site.exists():
            self.folder.rename(self._site)
        elif not _exchange(self.folder, self._site):
            _refill(self._site, self.folder)

    def close(self) -> None:
        """Remove the folder; other builds may begin."""
        self._clear()
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def _clear(self) -> None:
        """Remove the folder, but for hidden files of a site that was exchanged for it."""
        if self._site.is_dir() and self.folder.is_dir():
            for entry in self.folder.glob(".*"):
                if not (self._site / entry.name).exists():
                    entry.rename(self._site / entry.name)
        shutil.rmtree(self.folder, ignore_errors=True)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def _exchange(one: Path, other: Path) -> bool:
    """Have two folders take each other's place in one step, where Linux and its disk can.

    renameat2(2). False where that cannot be done; then nothing has happened.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    done: int = rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    return done == 0


def _refill(folder: Path, new: Path) -> None:
    """Put what is in `new` into `folder`, file by file, then remove what is left of before."""
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
