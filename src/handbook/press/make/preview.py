"""Show a catalog beside its page in a browser, and follow every save: `handbook preview`.

One page is assembled and rendered, no site is built; so a save is on the screen within a second.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from handbook.bitext.files import is_file, put
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.upkeep import wording
from handbook.press.make.livereload import Server
from handbook.press.preview import view
from handbook.press.preview.view import View

_LOOK = 0.1
"""Seconds between two scans of the files: they are few."""

Tell = Callable[[str], None]
"""A function that shows a line of text to the user."""
Warn = Callable[[Problem], None]
"""A function that shows a problem to the user."""


class Asked(NamedTuple):
    """What is to be shown."""

    source: Source
    language: str
    beside: str = ""
    """The language beside the translation; "" for the source's."""


def asked(handbook: Handbook, given: Path) -> Asked | Problem:
    """Return the page and the language of a catalog, `translations/<language>/….po`."""
    name = handbook.given(given)
    parts = PurePosixPath(name).parts
    cure = "give one such as translations/es/index.po"
    if parts[:1] != ("translations",) or given.suffix != ".po" or len(parts) < 3:
        return Problem(name, 0, f"is no catalog of a page; {cure}")
    path = PurePosixPath(*parts[2:]).with_suffix(".md").as_posix()
    source = handbook.source_at(path)
    if source is None or parts[1] not in handbook.languages:
        return Problem(name, 0, f"is the catalog of no page; {cure}, or see all: handbook serve")
    if source.language == parts[1]:
        return Problem(name, 0, f"{source.name} was written in {parts[1]}; {cure}")
    return Asked(source, parts[1])


class CatalogPreview:
    """A view of one catalog, made anew whenever it is asked for."""

    def __init__(
        self, handbook: Handbook, source: Source, language: str, folder: Path, tell: Tell
    ) -> None:
        """Take the page and the language it is translated into, and the folder to write into."""
        self._handbook, self._source, self._language = handbook, source, language
        self._folder, self._tell = folder, tell

    def watched(self) -> list[Path]:
        """Return the folders that have the page and its catalogs, or will have them."""
        book, path = self._handbook, self._source.path
        names = (catalog_path(path, code) for code in book.languages)
        files = (self._source.file, *(book.root / name for name in names))
        return list(dict.fromkeys(each.parent for each in files))

    def refresh(self) -> Iterator[Problem]:
        """Write the view with each language beside it; yield what cannot be read."""
        book, path = self._handbook, self._source.path
        others = [each for each in book.languages if each != self._language]
        unread = book.reread(path, self._language)
        yield from unread
        for code in others:
            if code != self._source.language:
                yield from book.reread(path, code)
        warnings = tuple(wording.wording(book, self._language, self._source))
        for beside in others:
            shown = View(self._source, self._language, beside)
            made = view.html(book, shown, warnings, self._put)
            put(self._folder / view.address(beside), made.encode())
        if not unread:
            self._tell(f"{book.catalog_in_use(path, self._language)} is up to date")

    def _put(self, picture: Path) -> str:
        """Copy a picture of the handbook to where it is served; return its address."""
        docs = (self._handbook.root / "docs").resolve()
        if not is_file(picture) or not picture.resolve().is_relative_to(docs):
            return ""
        name = sha256(str(picture).encode()).hexdigest()[:16] + picture.suffix
        shutil.copyfile(picture, self._folder / name)
        return name


def serve(
    handbook: Handbook, asked: Asked, where: tuple[str, int], tell: Tell, warn: Warn, show: Tell
) -> None:
    """Serve the view of a catalog until an exception ends it; `show` opens its address.

    `where` is host and port. Raises SettingsError.
    """
    with tempfile.TemporaryDirectory(prefix="handbook-") as name, ExitStack() as stack:
        server = Server(Path(name), *where, look=_LOOK)
        stack.callback(server.shutdown)
        preview = CatalogPreview(handbook, asked.source, asked.language, Path(name), tell)

        def refresh() -> None:
            for problem in preview.refresh():
                warn(problem)

        server.follow(refresh, warn)
        refresh()
        for folder in preview.watched():
            server.watch(str(folder), recursive=False)
        address = f"{server.url}{view.address(asked.beside or asked.source.language)}"
        tell(f"Serving on {address}; Ctrl-C ends it")
        show(address)
        server.serve()  # type: ignore[no-untyped-call]  # of MkDocs
