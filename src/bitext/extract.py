"""A gettext template of any Markdown pages; no handbook needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bitext import catalog as po
from bitext import scan
from bitext.catalog import Catalog, Unit
from bitext.files import Problem, read


def extract(paths: Iterable[Path]) -> tuple[str, list[Problem]]:
    """One gettext template of all messages of the pages at `paths`, and what is wrong.

    The template is "" where there is none. A message that stands in several places is one
    entry with several references.
    """
    places: dict[str, dict[str, None]] = {}
    notes: dict[str, dict[str, None]] = {}
    problems: list[Problem] = []
    for name, file in files(paths):
        text = read(file, str(file))
        if isinstance(text, Problem):
            problems.append(text)
            continue
        name = name.replace(" ", "%20")
        for segment in scan.read(text).segments:
            place = f"{name}#{segment.place}" if segment.place else name
            places.setdefault(segment.message, {})[place] = None
            note = notes.setdefault(segment.message, {})
            note[segment.kind] = None
            if segment.note:
                note[segment.note] = None
    if not places:
        return "", problems or [Problem(str(next(iter(paths), ".")), 1, "no Markdown with words")]
    header = po.empty("", "", "handbook").header
    units = tuple(
        Unit(message, places=tuple(where), note="\n".join(notes[message]))
        for message, where in places.items()
    )
    return po.dump(Catalog({**header, "Plural-Forms": ""}, units)), problems


def files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The Markdown files at `paths`: a name below the path given, with slashes, and the file."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.md")):
                yield file.relative_to(path).as_posix(), file
        else:
            yield path.name, path
