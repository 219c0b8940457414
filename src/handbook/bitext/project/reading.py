"""Read a page or a catalog from disk; return a Problem if it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handbook.bitext import conflicts
from handbook.bitext.catalog import encoding, po
from handbook.bitext.catalog.units import Catalog, CatalogError
from handbook.bitext.datafile import DataError
from handbook.bitext.files import ONE_LINE, is_one_line, read, read_bytes
from handbook.bitext.limits import text_excess
from handbook.bitext.page import fences, frontmatter
from handbook.bitext.problem import Problem, line_at

_QUOTE = "put values with a colon, a quotation mark or a # between quotation marks"


def read_page(file: Path, name: str) -> str | Problem:
    """Read the text of a page, called `name` in problems; its front matter must be a mapping."""
    text = read(file, name)
    if isinstance(text, Problem):
        return text
    if excess := text_excess(text):
        return Problem(name, *excess)
    return _conflict(text, name) or _front_problem(text, name) or text


def _conflict(text: str, name: str) -> Problem | None:
    """Return the problem of a page that git could not merge; None if there is none.

    A page may show such lines in a code block.
    """
    found = conflicts.places(text)
    code = [(start, fence.end) for start, fence in fences.find(text, 0)] if found else []
    for place in found:
        if not any(start < place < end for start, end in code):
            return Problem(name, line_at(text, place), conflicts.FAULT)
    return None


def read_catalog(file: Path, name: str) -> Catalog | Problem | None:
    """Read a catalog, called `name` in problems; return None if there is no such file."""
    if not file.exists():
        return None
    data = read_bytes(file, name)
    return data if isinstance(data, Problem) else parse_catalog(data, name)


def parse_catalog(data: bytes, name: str) -> Catalog | Problem:
    """Parse the bytes of a catalog, called `name` in problems, in the encoding they declare."""
    try:
        text = encoding.decode(data)
    except CatalogError as error:
        return Problem(name, error.line, error.text)
    if is_one_line(text):
        return Problem(name, 1, ONE_LINE)
    try:
        return po.parse(text)
    except CatalogError as error:
        cure = "; correct the line or undo the last edit"
        if error.text == conflicts.FAULT:  # of one whose marks were partly deleted it says all
            cure = f"; or run: handbook resolve {name}" if conflicts.is_whole(text) else ""
        return Problem(name, error.line, f"{error.text}{cure}")


def front_matter(text: str) -> Mapping[str, object]:
    """Return the front matter of a text that `read_page` returned."""
    values = frontmatter.load(text)
    return values if isinstance(values, dict) else {}


def _front_problem(text: str, name: str) -> Problem | None:
    """Return the problem of a page's front matter; None if there is none."""
    try:
        values = frontmatter.load(text)
    except DataError as error:
        return Problem(name, error.line, f"front matter is not YAML ({error}); {_QUOTE}")
    if values is not None and not isinstance(values, dict):
        return Problem(name, 1, 'front matter has no keys; write each value as "key: value"')
    return None
