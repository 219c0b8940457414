"""Make a catalog from a translated Markdown page: what `handbook align` does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from textwrap import shorten

from handbook.bitext import files
from handbook.bitext.catalog import po
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project import faults
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.reading import read_page
from handbook.bitext.translate import align as pairing
from handbook.bitext.translate.assemble import tally


@dataclass(frozen=True)
class Aligned:
    """The result of `align`: a catalog that was made from a translated page."""

    path: str
    taken: int
    """The number of translations found on the page."""
    missing: int
    total: int
    doubtful: int = 0
    """Of the translations found, those that are marked as changed until somebody has looked."""
    alone: tuple[str, ...] = ()
    """What the translated page has and the source has not, with its place."""

    def __str__(self) -> str:
        count = f"{amount(self.taken, 'translation')} taken"
        count += f", {self.missing} of {self.total} still missing"
        if self.doubtful:
            count += f"; {self.doubtful} to be looked at, marked as changed"
        return "\n".join((f"{self.path}: {count}", *self.alone))


def align(handbook: Handbook, file: Path) -> Aligned | Problem:
    """Write the catalog of a page with translations found in `file`, an older translation of it.

    `file` is `docs/<language>/<page>.md`. Translations already in the catalog are kept.
    """
    name = handbook.given(file)
    match PurePosixPath(name).parts:
        case ("docs", language, *rest) if language in handbook.languages and rest:
            path = PurePosixPath(*rest).as_posix()
        case _:
            return Problem(name, 1, "not a page; give docs/<language>/<page>.md")
    translated = handbook.scanned(read_page(handbook.root / name, name))
    if isinstance(translated, Problem):
        return translated
    if stray := faults.unfiled_page_problem(handbook, path):
        return stray  # it may be the source, and then no other page is
    others = [each for each in handbook.files_of_page(path) if each.language != language]
    page = handbook.try_read(others[0]) if others else None
    if not isinstance(page, Page):
        return Problem(name, 1, "has no source page in another language to be aligned with")
    return _write(handbook, others[0], page, translated, (name, language))


def _write(
    handbook: Handbook, source: Source, page: Page, translated: Page, other: tuple[str, str]
) -> Aligned | Problem:
    """Write the catalog of `page` in the language of `other`, the file and language of the text."""
    file, language = other
    name = catalog_path(source.path, language)
    known = handbook.catalogs.load(name)
    if isinstance(known, Problem):
        return known
    start = known or handbook.catalogs.empty(source.language, language)
    found = pairing.alignment(page, translated)
    made = pairing.filled(page, found, start, source.path)
    files.write(handbook.root / name, po.dump(made))
    before, after = tally(start.units), tally(made.units)
    return Aligned(
        name,
        after.current - before.current,
        after.missing,
        after.total,
        after.changed - before.changed,
        tuple(_alone(file, translated, each) for each in found.alone),
    )


def _alone(file: str, page: Page, segment: Segment) -> str:
    words = shorten(" ".join(segment.message.split()), 60, placeholder="…") or "…"
    return f"{file}:{page.line(segment)}: only here, in no pair: {words}"
