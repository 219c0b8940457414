"""The order in which the navigation of a site has its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook.press.core.config import load


def of_pages(root: Path) -> list[str]:
    """Return the paths of the pages in the navigation, in its order; none if it names none."""
    return list(_paths(load(root).nav))


def _paths(nav: Any) -> Iterator[str]:
    """Yield the paths in a `nav` of mkdocs.yml: lists, mappings, paths."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _paths(item)
    elif isinstance(nav, dict):
        for item in nav.values():
            yield from _paths(item)
