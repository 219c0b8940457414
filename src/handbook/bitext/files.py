"""Text on disk: read as UTF-8, written whole or not at all."""

from __future__ import annotations

import os
import posixpath
import re
import stat
import tempfile
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePath
from unicodedata import normalize

from handbook.bitext.problem import Problem, SettingsError


def given(root: Path, path: str | Path) -> str:
    """Return the name of a file from `root`, where somebody typed it from there or in full."""
    if Path(path).is_absolute():
        root, full = root.resolve(), Path(path).resolve()
        return (full.relative_to(root) if full.is_relative_to(root) else full).as_posix()
    return posixpath.normpath(PurePath(path).as_posix())


def read(file: Path, name: str) -> str | Problem:
    """Return the text of `file`, which problems call `name`; its line ends as they are."""
    data = read_bytes(file, name)
    try:
        text = data if isinstance(data, Problem) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(name, line, "is not UTF-8; save the file in that encoding")
    return Problem(name, 1, ONE_LINE) if isinstance(text, str) and is_one_line(text) else text


ONE_LINE = (
    "its lines end in CR alone, as on old Macs, and git takes them for one line; save it with LF"
)


def is_one_line(text: str) -> bool:
    """Tell whether all line ends of a text are those of old Macs."""
    return "\r" in text and "\n" not in text and "\r" in text.strip()


def read_bytes(file: Path, name: str) -> bytes | Problem:
    """Return the bytes of `file`, which problems call `name`."""
    try:
        if not stat.S_ISREG(mode := file.stat().st_mode) and not stat.S_ISDIR(mode):
            return Problem(name, 1, "is a pipe, a socket or a device; give a file")
        return file.read_bytes()
    except (FileNotFoundError, ValueError):  # the name contains NUL
        return Problem(name, 1, "not found; correct the path")
    except IsADirectoryError:
        return Problem(name, 1, "is a folder; give a file")
    except OSError as error:
        return Problem(name, 1, f"cannot be read ({error.strerror}); mend that")


Stamp = tuple[int, int] | None
"""When a file was last saved, and its size; None for no file."""


def stamp(file: Path) -> Stamp:
    """Return what tells whether a file was saved since; None for a folder too."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


def is_file(file: Path) -> bool:
    """Tell whether there is a file, whatever somebody has written as its name."""
    try:
        return file.is_file()
    except (OSError, ValueError):  # the name is too long, or contains NUL
        return False


def meant(path: str, paths: Collection[str]) -> str:
    """Return the one of some paths that a path is to the eye; it as it is if none or several are.

    macOS may write a letter and its accent apart (NFD), and a keyboard writes them as one (NFC).
    """
    if path.isascii() or path in paths:
        return path
    wanted = normalize("NFC", path)
    found = [each for each in paths if normalize("NFC", each) == wanted]
    return found[0] if len(found) == 1 else path


def write(file: Path, text: str) -> bool:
    """Write `text` to `file` if it says anything else; a reader sees the old or the new, whole.

    Raises SettingsError where the disk says no.
    """
    return write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, data: bytes) -> bool:
    """Write `data` to `file`, as `write` does."""
    try:
        if file.exists() and file.read_bytes() == data:
            return False
        _write(file, data)
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); mend that"
        raise SettingsError(Problem(str(file), 1, reason)) from None
    return True


def remove(file: Path) -> None:
    """Remove a file, and the folders that are empty without it.

    Raises SettingsError where the disk says no.
    """
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        reason = f"cannot be removed ({error.strerror}); mend that"
        raise SettingsError(Problem(str(file), 1, reason)) from None
    with suppress(OSError):  # the first that is not empty
        for folder in file.parents:
            folder.rmdir()


def put(file: Path, data: bytes) -> None:
    """Write `data` to `file`, whole or not at all. Raises OSError, which names the file.

    For what can be made again: after a power cut it may be lost.
    """
    try:
        _write(file, data, lasting=False)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None


_PART = ".part"
"""How names of files end that are still being written."""
_LEFT = re.compile(r"\..+\.\w{8}\.part")
_ABANDONED = 60.0
"""Seconds after which nobody writes to such a file any more."""


def sweep(folder: Path) -> None:
    """Remove what runs that were killed while writing left below a folder."""
    _remove_abandoned(folder.rglob(f".*{_PART}"))


def _remove_abandoned(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # another run may remove it at the same time
            if _LEFT.fullmatch(file.name) and time.time() - file.stat().st_mtime > _ABANDONED:
                file.unlink()


@cache
def _tidy(folder: Path) -> None:
    """Remove what killed runs left in a folder, when this process first writes there."""
    _remove_abandoned(list(folder.glob(f".*{_PART}")))


def _write(file: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file beside its place and exchange the two; `lasting`: wait until it is on disk.

    It keeps the permissions that it had. A link becomes a file: nobody is led to write elsewhere.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    _tidy(file.parent.absolute())
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=_PART, dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        temporary.chmod(_permissions(file))
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _permissions(file: Path) -> int:
    """Return who may do what with a file that is there, or with a new one."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return _USUAL
    return mode & 0o777 if stat.S_ISREG(mode) else _USUAL


_USUAL = 0o644
