"""Extract a gettext template (POT) from any Markdown files; no handbook is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bitext.catalog import po
from bitext.catalog.units import Catalog, Unit, header
from bitext.files import read
from bitext.page import scan
from bitext.page.segments import Page, Segment
from bitext.problem import Problem
from bitext.project import settings


def extract(paths: Sequence[Path]) -> tuple[str, list[Problem]]:
    """Return one gettext template of all messages of the pages at `paths`, and the problems.

    The template is "" if there are no messages. A message in several places is one entry with
    several references.
    """
    found: dict[str, Segment] = {}
    places: dict[str, dict[str, None]] = {}
    notes: dict[str, dict[str, None]] = {}
    problems: list[Problem] = []
    for name, file in files(paths):
        text = read(file, str(file))
        if isinstance(text, Problem):
            problems.append(text)
            continue
        name = name.replace(" ", "%20")
        for segment in scan_file(text, file).segments:
            place = f"{name}#{segment.place}" if segment.place else name
            found.setdefault(segment.key, segment)
            places.setdefault(segment.key, {})[place] = None
            note = notes.setdefault(segment.key, {})
            note[segment.kind] = None
            if segment.note:
                note[segment.note] = None
    if not found:
        return "", problems or [Problem(str(next(iter(paths), ".")), 1, "no Markdown with words")]
    template = {**header("", "", "handbook"), "Plural-Forms": ""}
    units = tuple(
        Unit(
            segment.message,
            places=tuple(places[key]),
            note="\n".join(notes[key]),
            context=segment.context,
        )
        for key, segment in found.items()
    )
    return po.dump(Catalog(template, units)), problems


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
