"""Text on disk: read as UTF-8, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from bitext.problem import Problem, SettingsError


def read(file: Path, name: str) -> str | Problem:
    """The text of `file`, which problems call `name`; its line ends as they are."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Problem(name, 1, "not found; correct the path")
    except IsADirectoryError:
        return Problem(name, 1, "is a folder; give a file")
    except OSError as error:
        return Problem(name, 1, f"cannot be read ({error.strerror}); mend that")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(name, line, "is not UTF-8; save the file in that encoding")


def write(file: Path, text: str) -> bool:
    """Write `text` to `file` if it says anything else; a reader sees the old or the new, whole.

    Raises SettingsError where the disk says no.
    """
    data = text.encode("utf-8")
    with suppress(FileNotFoundError):
        if file.read_bytes() == data:
            return False
    try:
        _write(file, data)
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); mend that"
        raise SettingsError(Problem(str(file), 1, reason)) from None
    return True


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
