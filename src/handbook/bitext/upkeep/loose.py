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
    pages = [(name, file, _page(file)) for name, file in files(paths)]
    if not _has_any(units, [page for _, _, page in pages if isinstance(page, Page)]):
        listed = ", ".join(map(str, paths))
        fault = f"has no message of {listed}; give the catalog of that page"
        yield Problem(str(catalog), 1, fault)
        return
    used: set[str] = set()
    for name, file, page in pages:
        if isinstance(page, Problem):
            yield page
        elif (to / name).resolve() == file.resolve():
            yield Problem(str(file), 1, "would be overwritten; give another folder")
        else:
            result = assemble_page(page, _own(page, units, used), Original(page, render))
            write(to / name, result.text)
            for refusal in result.refusals:
                yield Problem(str(catalog), refusal.line or 1, f"words: {refusal.reason}")
    for unit in known.units:
        if unit.context is not None and unit.translation and unit.key not in used:
            yield Problem(str(catalog), unit.line or 1, unknown_context_fault(unit))


def _page(file: Path) -> Page | Problem:
    text = read(file, str(file))
    return text if isinstance(text, Problem) else scan_file(text, file)


def _has_any(units: Container[str], pages: Sequence[Page]) -> bool:
    """Tell whether there is a unit for any message of some pages; true if they have none."""
    found = [each.message for page in pages for each in page.segments]
    return not found or any(normalize("NFC", message) in units for message in found)


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
