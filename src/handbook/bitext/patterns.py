"""Regular expressions that are compiled when they are first used.

A set with all Han characters takes Python 5 ms and more to compile, and most commands use few.
"""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern `source`, for its methods; a mistake in it shows at the first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    """A pattern that is compiled when its first method is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copy and pickle ask for theirs
            raise AttributeError(name)
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)
        return value
