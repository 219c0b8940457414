"""Sign a translation of a page as read by a native speaker: what `handbook reviewed` does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from handbook.bitext.catalog import headers, po, tidy
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.moving.move import split_path
from handbook.bitext.problem import Problem
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.reading import read_page
from handbook.bitext.translate.assemble import tally


def sign(handbook: Handbook, given: str, language: str, by: str, month: str) -> Edits | Problem:
    """Return the catalog of a page with who has read it and when; `by` is "" to take that out.

    `given` is the page, or its catalog.
    """
    source = _source(handbook, given, language)
    if isinstance(source, Problem):
        return source
    name = handbook.catalog_in_use(source.path, language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        fault = "is not there; run handbook update, and translate the page first"
        return loaded or Problem(name, 0, fault)
    counted = tally(handbook.catalog(source, language).units)
    if by and not counted.current:
        return Problem(name, 0, "has no translation that is current; what was read?")
    shown = re.sub(r"\s+", " ", tidy.without_address(by)).strip()
    if by and not shown:
        return Problem(name, 0, "an address is no name; give what the reader wants to be called")
    value = f"{month}, {shown}" if by else ""
    made = replace(loaded, header={**loaded.header, headers.REVIEWED: value})
    return Edits(texts={name: po.dump(made)})


def count_not_current(handbook: Handbook, given: str, language: str) -> int:
    """Count the units of a page that are not current; 0 if there is no such page."""
    source = _source(handbook, given, language)
    if isinstance(source, Problem):
        return 0
    counted = handbook.tally(source, language)
    return counted.total - counted.current


def _source(handbook: Handbook, given: str, language: str) -> Source | Problem:
    """Return the page that is meant; a catalog stands for its page."""
    parts = PurePosixPath(handbook.given(given)).parts
    is_catalog = parts[:1] == ("translations",) and given.endswith(".po") and len(parts) > 2
    if is_catalog and parts[1] != language:
        return Problem(given, 0, f"is in {parts[1]}, not in {language}; give one or the other")
    path = str(PurePosixPath(*parts[2:]).with_suffix(".md")) if is_catalog else given
    meant = split_path(handbook, path)
    if isinstance(meant, Problem):
        return meant
    folder, path = meant
    source = handbook.source_at(path)
    if source is None:
        file = handbook.root / given
        read = read_page(file, given) if file.is_file() and file.suffix == ".md" else None
        if isinstance(read, Problem):
            return read
        return Problem(given, 0, "is no page that can be read; give docs/<language>/….md")
    if source.language == language or (folder and folder != source.language):
        fault = f"was written in {source.language}, and a review is of a translation"
        return Problem(source.name, 0, f"{fault}; give another language")
    return source
