"""Extract a gettext template (POT) from any Markdown files; no handbook is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import read
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings


def extract(paths: Sequence[Path]) -> tuple[str, list[Problem]]:
    """Return one gettext template of all messages of the pages at `paths`, and the problems.

    The template is "" if there are no messages. A message in several places is one entry with
    several references.
    """
    found: dict[str, _Entry] = {}
    problems: list[Problem] = []
    for name, file in files(paths):
        text = read(file, str(file))
        if isinstance(text, Problem):
            problems.append(text)
            continue
        for segment in scan_file(text, file).segments:
            found.setdefault(segment.key, _Entry(segment)).add(segment, name.replace(" ", "%20"))
    if not found:
        return "", problems or [Problem(str(next(iter(paths), ".")), 1, "no Markdown with words")]
    template = {**headers.new("", "", "handbook"), headers.PLURALS: ""}
    units = tuple(entry.unit() for entry in found.values())
    return po.dump(Catalog(template, units)), problems


@dataclass
class _Entry:
    """A message with all places where it stands."""

    first: Segment
    places: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, segment: Segment, name: str) -> None:
        """Note that the file `name` has the message, as a segment of some kind."""
        self.places[f"{name}#{segment.place}" if segment.place else name] = None
        self.notes |= dict.fromkeys(filter(None, (segment.kind, segment.note)))

    def unit(self) -> Unit:
        """Return its unit in a template."""
        return Unit(
            self.first.message,
            places=tuple(self.places),
            note="\n".join(self.notes),
            context=self.first.context,
        )


def scan_file(text: str, file: Path) -> Page:
    """Read the page in `text`, from a file, as the site that the file belongs to shows it."""
    return scan.read(text, keeps_lines=settings.keeps_lines_at(file.resolve()))


# The suffixes that MkDocs treats as Markdown (mkdocs.utils.markdown_extensions).
_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the Markdown files at `paths`, each with its path from the folder they share.

    If `paths` is a single folder, it is that folder; if a single file, the folder that contains it.
    """
    given = [path.resolve() for path in paths]
    shared = os.path.commonpath([path if path.is_dir() else path.parent for path in given])
    for path, full in zip(paths, given, strict=True):
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file == path or (file.suffix in _ENDINGS and not file.is_dir()):
                yield (full / file.relative_to(path)).relative_to(shared).as_posix(), file
