"""The order in which the navigation of a site has its pages."""

from __future__ import annotations

from pathlib import Path

from handbook.bitext.project import settings
from handbook.press.core.config import load


def of_pages(root: Path) -> list[str]:
    """Return the paths of the pages in the navigation, in its order; none if it names none."""
    return list(settings.targets(load(root).nav))
