"""Write translated copies of any Markdown files, from any catalog; no handbook is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from bitext.catalog import po
from bitext.catalog.units import Catalog, CatalogError, Unit
from bitext.files import read, write
from bitext.page import scan
from bitext.page.segments import Page
from bitext.problem import Problem
from bitext.project.extract import files
from bitext.translate.assemble import assemble as assemble_page
from bitext.translate.proof import Original
from bitext.translate.skeleton import Renderer


def assemble(paths: Sequence[Path], catalog: Path, to: Path, render: Renderer) -> Iterator[Problem]:
    """Write the pages at `paths`, translated, below `to`; yield a problem for what was left out."""
    known = _catalog(catalog)
    if isinstance(known, Problem):
        yield known
        return
    units = {normalize("NFC", u.message): u for u in known.units if u.context is None}
    for name, file in files(paths):
        text = read(file, str(file))
        if isinstance(text, Problem):
            yield text
            continue
        if (to / name).resolve() == file.resolve():
            yield Problem(str(file), 1, "would be overwritten; give another folder")
            continue
        page = scan.read(text)
        result = assemble_page(page, _own(page, units), Original(page, render))
        write(to / name, result.text)
        for refusal in result.refusals:
            yield Problem(str(catalog), refusal.line or 1, f"words: {refusal.reason}")


def _catalog(file: Path) -> Catalog | Problem:
    text = read(file, str(file))
    if isinstance(text, Problem):
        return text
    try:
        return po.parse(text)
    except CatalogError as error:
        return Problem(str(file), error.line, f"{error.text}; correct the line")


def _own(page: Page, units: Mapping[str, Unit]) -> Catalog:
    """Return a catalog of only the units that a page needs, found in `units` by message in NFC."""
    wanted = dict.fromkeys(segment.message for segment in page.segments)
    found = ((message, units.get(normalize("NFC", message))) for message in wanted)
    return Catalog({}, tuple(unit._replace(message=m) for m, unit in found if unit))
