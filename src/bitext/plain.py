"""Plain files: a template of any Markdown pages, and pages from any catalog. No project needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bitext import catalog as po
from bitext import scan
from bitext.assemble import assemble as assemble_page
from bitext.catalog import Catalog, CatalogError, Unit
from bitext.page import Page
from bitext.project import Problem, write
from bitext.render import Renderer


def extract(paths: Iterable[Path]) -> tuple[str, list[Problem]]:
    """One gettext template of all messages of the pages at `paths`, and what is wrong.

    A message that stands in several places is one entry with several references.
    """
    places: dict[str, dict[str, None]] = {}
    notes: dict[str, dict[str, None]] = {}
    problems: list[Problem] = []
    for name, file in files(paths):
        page = _read(file)
        if isinstance(page, Problem):
            problems.append(page)
            continue
        name = name.replace(" ", "%20")
        for segment in page.segments:
            place = f"{name}#{segment.place}" if segment.place else name
            places.setdefault(segment.message, {})[place] = None
            note = notes.setdefault(segment.message, {})
            note[segment.kind] = None
            if segment.note:
                note[segment.note] = None
    header = po.empty("", "", "handbook").header
    units = tuple(
        Unit(message, places=tuple(where), note="\n".join(notes[message]))
        for message, where in places.items()
    )
    return po.dump(Catalog({**header, "Plural-Forms": ""}, units)), problems


def assemble(paths: Iterable[Path], catalog: Path, to: Path, render: Renderer) -> Iterator[Problem]:
    """Write the pages at `paths`, translated, below `to`; what was left out, and why."""
    try:
        known = po.parse(catalog.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        yield Problem(str(catalog), 1, "not found; give the catalog's path")
        return
    except UnicodeDecodeError:
        yield Problem(str(catalog), 1, "is not UTF-8; save the file in that encoding")
        return
    except CatalogError as error:
        yield Problem(str(catalog), error.line, f"{error.text}; correct the line")
        return
    units = {unit.message: unit for unit in known.units if unit.context is None}
    for name, file in files(paths):
        page = _read(file)
        if isinstance(page, Problem):
            yield page
            continue
        result = assemble_page(page, _own(page, units), render)
        write(to / name, result.text)
        for refusal in result.refusals:
            yield Problem(str(catalog), refusal.line or 1, f"words: {refusal.reason}")


def files(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The Markdown files at `paths`: a name below the path given, with slashes, and the file."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.md")):
                yield file.relative_to(path).as_posix(), file
        else:
            yield path.name, path


def _own(page: Page, units: Mapping[str, Unit]) -> Catalog:
    """The part of a catalog that a page asks for."""
    wanted = dict.fromkeys(segment.message for segment in page.segments)
    return Catalog({}, tuple(units[message] for message in wanted if message in units))


def _read(file: Path) -> Page | Problem:
    try:
        return scan.read(file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return Problem(str(file), 1, "not found; give a Markdown file or a folder")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(str(file), line, "is not UTF-8; save the file in that encoding")
