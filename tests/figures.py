"""Figures that tests tell at the end of a run."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, object, str], None]
"""Takes a figure's name, what was found, and what is wanted."""

FIGURE = "figure"
"""The name of the property of a test's report that holds a figure."""
