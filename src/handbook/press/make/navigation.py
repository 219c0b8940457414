"""The order in which the navigation of a site has its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from handbook.bitext.problem import SettingsError
from handbook.bitext.project import settings
from handbook.press.core.config import load
from handbook.press.core.log import collected


def of_pages(root: Path) -> list[str]:
    """Return the paths of the pages in the navigation, in its order; none if it names none."""
    return list(settings.targets(load(root).nav))


def unmatched(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each pattern of awesome-nav that no page fits: its file, and the pattern."""
    with collected() as problems, suppress(SettingsError):  # the build tells of that
        load(root)
    for each in problems:
        if found := _UNMATCHED.match(each.text):
            yield each.path, found[1]


_UNMATCHED = re.compile(r"The nav item '([^'\n]*[*?\[][^'\n]*)' doesn't match any")
