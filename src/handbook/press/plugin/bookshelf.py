"""Write the books (EPUB and PDF) as files, in the site or in another folder."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext import limits
from handbook.bitext.files import put
from handbook.bitext.problem import Problem
from handbook.bitext.project.settings import MKDOCS
from handbook.press.books.book import Book, Chapter, Part
from handbook.press.books.epub.package import epub
from handbook.press.books.pdf.composer import Kind
from handbook.press.books.pdf.documents import LEFT_OUT, LETTER, SHEET, print_all, print_sample
from handbook.press.books.pdf.printer import Printed
from handbook.press.core import caches, memory, theme
from handbook.press.core.interface import N_
from handbook.press.core.log import log
from handbook.press.frame.sharing import Download
from handbook.press.plugin.collect import collect
from handbook.press.plugin.state import State

FOLDER = "books"
"""The folder of the books on the site."""
# Translators: A file to download: the whole handbook as an e-book.
_WHOLE = N_("Whole handbook (EPUB)")
_PRINTED: dict[Kind, str] = {
    # Translators: A file to download, to be printed or read on a screen.
    "page": N_("This page (PDF)"),
    # Translators: A file to download, to be printed or read on a screen.
    "letter": N_("This page on US Letter (PDF)"),
    # Translators: A file to download, to be printed or read on a screen.
    "section": N_("This section (PDF)"),
    # Translators: A file to download, to be printed or read on a screen.
    "handbook": N_("Whole handbook (PDF)"),
}


EMPTY = Problem(MKDOCS, 1, "there are no books, since the menu has no pages; name some in nav")
"""What is said where no page is in a book."""


@dataclass(frozen=True)
class Made:
    """A file of a book that was written, or a folder of such files."""

    path: Path
    size: int
    """In bytes."""
    files: int = 1
    """The number of files in `path`; 1 if it is a file."""

    def __str__(self) -> str:
        many = f"{self.files} files, " if self.files > 1 else ""
        return f"{self.path}: {many}{round(self.size / 1000)} kB"


def write(state: State, config: MkDocsConfig) -> dict[str, tuple[Download, ...]]:
    """Write the books of the language into its site; return each page's downloads, by its path.

    Logs a warning for each document that cannot be printed.
    """
    book, folder = collect(state, config), Path(config.site_dir, FOLDER)
    if not book.chapters:
        log.info(EMPTY)
        return {}
    whole = make_epub(book, folder, state, config)
    memory.give_back()
    printed = {}
    for each in make_pdfs(book, folder, state, config):
        if isinstance(each, Problem):
            is_told = each.rule == "link" and state.dead_links.tells_of(each)
            is_remark = is_told or each.rule == LEFT_OUT or each.level != "error"
            log.log(logging.INFO if is_remark else logging.WARNING, each)
        else:
            printed[each.kind, each.key] = Made(each.file, each.size)
            _keep_old_names(each, folder, state)
    offered = {}
    for part, chapter in _sorted(book):
        made = {_PRINTED[kind]: printed.get((kind, key)) for kind, key in _holding(part, chapter)}
        offered[chapter.path] = tuple(
            Download(state.say(label), quote(_from_root(each.path, config)), each.size)
            for label, each in (*made.items(), (_WHOLE, whole))
            if each
        )
    return offered


def _from_root(file: Path, config: MkDocsConfig) -> str:
    """Return the path of a file of the site from the root of the site."""
    return file.relative_to(config.site_dir).as_posix()


def _keep_old_names(made: Printed, folder: Path, state: State) -> None:
    """Copy the file of a page that was moved to the names that it had: links lead there."""
    name = made.file.relative_to(folder).as_posix()
    for old, new in state.editions.handbook.redirects.items():
        path = new.partition("#")[0]
        if made.key == path and made.kind in ("page", "letter"):
            stem, before = path.removesuffix(".md"), old.removesuffix(".md")
            put(folder / name.replace(f"/{stem}-", f"/{before}-", 1), made.file.read_bytes())


def _sorted(book: Book) -> Iterator[tuple[Part | None, Chapter]]:
    """Yield each chapter with the section that contains it, or None."""
    for item in book.items:
        if isinstance(item, Part):
            yield from ((item, chapter) for chapter in item.chapters)
        else:
            yield None, item


def _holding(part: Part | None, chapter: Chapter) -> Iterator[tuple[Kind, str]]:
    """Yield the kind and key of each document that may contain a chapter, the smallest first."""
    yield "page", chapter.path
    yield "letter", chapter.path
    if part:
        yield "section", part.slug
    yield "handbook", ""


def make_pdfs(
    book: Book, folder: Path, state: State, config: MkDocsConfig
) -> Iterable[Printed | Problem]:
    """Write PDF files of the handbook in one language, its sections, pages and sheets to `folder`.

    They are also kept in `build/pdf`, as a cache: what has not changed is not printed again.
    """
    handbook = state.editions.handbook
    sizes = {each.name: each.file.stat().st_size for each in handbook.sources()}
    kept = caches.folder(handbook.root, "pdf")
    made = print_all(
        book,
        handbook.settings.glossary,
        state.say,
        handbook.root,
        kept,
        emblem=theme.emblem(config) or "",
        tolerant=state.options.tolerant,
        memory=limits.print_memory(sum(sizes.values()), _size_made(book.chapters, sizes)),
    )
    return [_copied(each, kept, folder) for each in dict.fromkeys(made)]


def sample_problems(book: Book, state: State) -> Iterator[Problem]:
    """Print a sample of the handbook in one language into `build/pdf`; yield what is wrong.

    What books leave out as the settings want is no problem.
    """
    root = state.editions.handbook.root
    wanted = (SHEET,) if state.options.tolerant else (SHEET, LETTER)
    for each in print_sample(book, state.say, root, caches.folder(root, "pdf")):
        if isinstance(each, Problem) and each.rule in wanted:
            yield each


def _size_made(chapters: Iterable[Chapter], sizes: Mapping[str, int]) -> int:
    """Return how many bytes of text the pages have, whatever is sent as their translation.

    `sizes` are those of their files. What plugins and hooks add to a page, such as the reference of
    a module, is no part of its file.
    """
    made = {
        each.file: max(sizes.get(each.file, 0), len(each.html) // _HTML_TIMES)
        for each in chapters
        if each.language == each.source_language
    }
    return sum({**sizes, **made}.values())


_HTML_TIMES = 3
"""How many times as long as its Markdown a page is as HTML: two, and more with much code."""


def _copied(made: Printed | Problem, kept: Path, folder: Path) -> Printed | Problem:
    if isinstance(made, Problem):
        return made
    copy = folder / made.file.relative_to(kept)
    put(copy, made.file.read_bytes())
    return replace(made, file=copy)


def make_epub(book: Book, folder: Path, state: State, config: MkDocsConfig) -> Made:
    """Write the handbook in one language as an EPUB into `folder`."""
    path = folder / f"handbook-{book.language}.epub"
    content = epub(book, theme.emblem(config) or "", state.say)
    put(path, content)
    return Made(path, len(content))
