"""Figures that tests tell at the end of a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str, object, str], None]
"""Takes a figure's name, what was found, and what is wanted."""

FIGURES = pytest.StashKey[list[tuple[str, object, str]]]()
