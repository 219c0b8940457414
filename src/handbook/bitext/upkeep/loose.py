"""Write translated copies of any Markdown files, from any catalog; no handbook is needed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import read, read_bytes, write
from handbook.bitext.page.segments import Page, messages
from handbook.bitext.problem import Problem
from handbook.bitext.project.faults import unknown_context_fault
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.translate.assemble import assemble as assemble_page
from handbook.bitext.translate.proof import Original
from handbook.bitext.translate.skeleton import Renderer
from handbook.bitext.upkeep.extract import files, scan_file


def assemble(paths: Sequence[Path], catalog: Path, to: Path, render: Renderer) -> Iterator[Problem]:
    """Write the pages at `paths`, translated, below `to`; yield a problem for what was left out."""
    known = _catalog(catalog)
    if isinstance(known, Problem):
        yield known
        return
    units: dict[str, list[Unit]] = {}
    for unit in known.units:
        units.setdefault(normalize("NFC", unit.message), []).append(unit)
    if problem := _is_of_another_page(paths, catalog, units):
        yield problem
        return
    used: set[str] = set()
    for name, file in files(paths):
        text = read(file, str(file))
        if isinstance(text, Problem):
            yield text
        elif (to / name).resolve() == file.resolve():
            yield Problem(str(file), 1, "would be overwritten; give another folder")
        else:
            page = scan_file(text, file)
            result = assemble_page(page, _own(page, units, used), Original(page, render))
            write(to / name, result.text)
            for refusal in result.refusals:
                yield Problem(str(catalog), refusal.line or 1, f"words: {refusal.reason}")
    for unit in known.units:
        if unit.context is not None and unit.translation and unit.key not in used:
            yield Problem(str(catalog), unit.line or 1, unknown_context_fault(unit))


def _is_of_another_page(
    paths: Sequence[Path], catalog: Path, units: Container[str]
) -> Problem | None:
    """Return the problem that a catalog has no message of any of the pages; else None."""
    texts = [(read(file, str(file)), file) for _, file in files(paths)]
    pages_read = [scan_file(text, file) for text, file in texts if isinstance(text, str)]
    messages = [each.message for page in pages_read for each in page.segments]
    if not messages or any(normalize("NFC", message) in units for message in messages):
        return None
    pages = ", ".join(map(str, paths))
    return Problem(str(catalog), 1, f"has no message of {pages}; give the catalog of that page")


def _catalog(file: Path) -> Catalog | Problem:
    data = read_bytes(file, str(file))
    return data if isinstance(data, Problem) else parse_catalog(data, str(file))


def _own(page: Page, units: Mapping[str, Sequence[Unit]], used: set[str]) -> Catalog:
    """Return a catalog of only the units that a page needs, and add their keys to `used`.

    `units` has those of each message. Where none is in the context of the page, the only one
    there is serves.
    """
    found: list[Unit] = []
    for key, segment in messages(page.segments).items():
        same = units.get(normalize("NFC", segment.message), ())
        fitting = [
            unit for unit in same if normalize("NFC", unit.key) == normalize("NFC", key)
        ] or same
        if len(fitting) == 1:
            used.add(fitting[0].key)
            found.append(fitting[0]._replace(message=segment.message, context=segment.context))
    return Catalog({}, tuple(found))
