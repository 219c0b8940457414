"""Books as files: beside the site, or alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from press import i18n, site, tools
from press.book import Book, collect
from press.epub import epub
from press.tools import Download

FOLDER = "books"
"""Where books stand on the site."""
_WHOLE = "Whole handbook (EPUB)"


@dataclass(frozen=True)
class Made:
    """A book as a file."""

    path: Path
    size: int
    """In bytes."""

    def __str__(self) -> str:
        return f"{self.path}: {round(self.size / 1000)} kB"


def put(config: MkDocsConfig) -> None:
    """Make the books of the language being built a part of its site, if it is to have any."""
    if config.extra["books"]:
        book = collect(config)
        made = make_epub(book, Path(config.site_dir, FOLDER), config)
        label = site.of(config).words(book.language)(_WHOLE)
        whole = Download(label, f"{FOLDER}/{made.path.name}", made.size)
        for chapter in book.chapters:
            tools.offer(chapter.path, book.language, (whole,), config)


def words() -> Iterator[tuple[str, str]]:
    """The English messages that name books, with notes for their translators."""
    yield _WHOLE, "A file to download: the whole handbook as an e-book."


def make_epub(book: Book, folder: Path, config: MkDocsConfig) -> Made:
    """Write the handbook in one language as an e-book into `folder`."""
    path = folder / f"handbook-{book.language}.epub"
    content = epub(book, _mark(config), site.of(config).words(i18n.current(config)))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Made(path, len(content))


def _mark(config: MkDocsConfig) -> str:
    """The site's own mark as SVG, for covers; "" where it has none of that kind."""
    mark = str(config.theme["favicon"] or "")
    found = (Path(folder, mark) for folder in config.theme.dirs)
    file = next((each for each in found if mark.endswith(".svg") and each.exists()), None)
    return file.read_text("utf-8") if file else ""
