"""Rows of one test: each is tried, and all that fail are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

import pytest

Test = Callable[..., None]

_SHOWN = 160
"""How many characters of a row that fails are shown."""


def rows(names: str | tuple[str, ...], values: Iterable[Any]) -> Callable[[Test], Test]:
    """Let one test try each row in turn, where `pytest.mark.parametrize` makes a test of each.

    A test costs pytest some milliseconds, which is more than most rows take. What a test asks for
    is made once for all rows, but `tmp_path`: each row has a folder of its own.
    """
    columns = (names,) if isinstance(names, str) else names
    listed = [(each,) if isinstance(names, str) else each for each in values]
    assert listed, "there are no rows"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def try_each(**fixtures: Any) -> None:
            given = (dict(zip(columns, row, strict=True)) for row in listed)
            tried = (_failure(test, row, nth, fixtures) for nth, row in enumerate(given, 1))
            if failed := [error for error in tried if error]:
                named = "\n".join(each.__notes__[-1] for each in failed)
                text = f"{len(failed)} of {len(listed)} rows fail:\n{named}\n"
                raise BaseExceptionGroup(text, failed)

        asked = signature(test)
        fixtures = [each for name, each in asked.parameters.items() if name not in columns]
        try_each.__signature__ = asked.replace(parameters=fixtures)  # type: ignore[attr-defined]  # pytest reads it
        return try_each

    return decorate


def _failure(
    test: Test, row: dict[str, Any], nth: int, fixtures: dict[str, Any]
) -> BaseException | None:
    """Try one row; return the exception that it ends in, with a note that names the row."""
    if "tmp_path" in fixtures:
        fixtures = fixtures | {"tmp_path": fixtures["tmp_path"] / str(nth)}
        fixtures["tmp_path"].mkdir()
    try:
        test(**fixtures, **row)
    except (Exception, pytest.fail.Exception) as error:
        error.add_note(f"row {nth}: {', '.join(map(repr, row.values()))}"[:_SHOWN])
        return error
    return None
