"""What slow steps have made of pages, kept on disk for the next build.

Each result lies in a file of its own, behind a digest of all that it was made from: the text, the
settings, and the program with the packages that it uses. One that was made from anything else is
made again, so that the folder may be deleted at any time. A whole build deletes what it has not
used, such as the results of pages that are gone.
"""

from __future__ import annotations

import io
import logging
import pickle
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from handbook.bitext.files import put
from handbook.press.core import caches
from handbook.press.core.log import logs_anything

Made = TypeVar("Made")

_DIGEST = sha256().digest_size
_FAST = 1
"""The level of compression that takes least time: results are five times smaller anyway."""
_GLITCHES = (
    *(pickle.UnpicklingError, zlib.error, EOFError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)
"""What reading a damaged file raises."""


Used = dict[Path, set[str]]
"""The names of files that were used, by their folders."""


class Kept:
    """An on-disk cache of one step; it unpickles plain values and given record classes."""

    used: ClassVar[Used] = {}
    """What this process has taken or kept, in all folders that it has looked into."""

    def __init__(self, folder: Path, seal: Iterable[str], *records: type) -> None:
        """Take the folder, what all results are made from, and the classes of their records.

        What git keeps in the folder is somebody's, and no result of ours: then nothing is kept.
        """
        self._folder = None if caches.is_somebodys(folder) else folder
        if self._folder:
            Kept.used.setdefault(self._folder, set())
        self._seal = _digest((program(), *seal))
        self._records = {(each.__module__, each.__qualname__): each for each in records}

    def find(self, name: str, made_from: Iterable[str]) -> Any:
        """Return the cached result for `name` if its inputs are the same; else None."""
        if self._folder is None:
            return None
        with suppress(OSError, *_GLITCHES):
            file = self._file(name)
            data = file.read_bytes()
            if data[:_DIGEST] == self._sealed(made_from):
                found = _Reader(zlib.decompress(data[_DIGEST:]), self._records).load()
                Kept.used.setdefault(self._folder, set()).add(file.name)
                return found
        return None

    def keep(self, name: str, made_from: Iterable[str], result: object) -> None:
        """Keep a result under a name; on a disk that takes nothing, it is made anew each time."""
        if self._folder is None:
            return
        file, data = self._file(name), zlib.compress(pickle.dumps(result), _FAST)
        Kept.used.setdefault(self._folder, set()).add(file.name)
        with suppress(OSError):
            put(file, self._sealed(made_from) + data)

    def find_or_make(self, name: str, made_from: Sequence[str], make: Callable[[], Made]) -> Made:
        """Return the cached result, or `make()`, cached unless anything was logged.

        What is logged is to be said at each build.
        """
        if (found := self.find(name, made_from)) is not None:
            return cast("Made", found)
        made: list[Made] = []
        if not logs_anything(lambda: made.append(make())):
            self.keep(name, made_from, made[0])
        return made[0]

    def _file(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / sha256(name.encode()).hexdigest()[:32]

    def _sealed(self, made_from: Iterable[str]) -> bytes:
        """Return the digest of what a result is made from, and of how much MkDocs says meanwhile.

        In a quiet build nobody hears what is to be said in another one.
        """
        level = str(logging.getLogger("mkdocs").getEffectiveLevel())
        return _digest((self._seal.hex(), level, *made_from))


def delete_unused(used: Used) -> None:
    """Delete the results that a whole build has not used; another build makes them again."""
    for folder, names in used.items():
        with suppress(OSError):
            for file in folder.iterdir():
                if file.name not in names:
                    file.unlink(missing_ok=True)


class _Reader(pickle.Unpickler):
    """A reader of results, which makes nothing but plain values and records of known classes.

    A pickle can name any function of Python to be called; here that is a damaged file.
    """

    def __init__(self, data: bytes, records: dict[tuple[str, str], type]) -> None:
        super().__init__(io.BytesIO(data))
        self._records = records

    def find_class(self, module: str, name: str) -> type:
        """Return the class of a record."""
        if (module, name) not in self._records:
            raise pickle.UnpicklingError(f"{module}.{name} is no record")
        return self._records[module, name]


def in_text(mapping: Mapping[Any, object]) -> str:
    """Return a mapping as text, the same whatever the order and the types of its keys."""
    return repr(sorted((repr(key), repr(value)) for key, value in mapping.items()))


def _digest(texts: Iterable[str]) -> bytes:
    """Return a digest of some texts; where one ends and the next begins makes a difference."""
    digest = sha256()
    for each in texts:
        data = each.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (len(data), data))
    return digest.digest()


@cache
def program() -> str:
    """Return a digest of this program, and of the versions of Python and of all packages."""
    package = Path(str(files("handbook")))
    parts = sorted(each for each in package.rglob("*") if each.suffix not in ("", ".pyc"))
    packages = sorted(f"{each.name} {each.version}" for each in distributions())
    code = (sha256(each.read_bytes()).hexdigest() for each in parts if each.is_file())
    names = (each.relative_to(package).as_posix() for each in parts)
    return _digest((sys.version, *packages, *names, *code)).hex()
