"""The rows of a test: all are tried, and those that fail are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from rows import rows


def test_all_rows_that_fail_are_named(tmp_path: Path) -> None:
    tried = []

    @rows(("one", "other"), [("a", "a"), ("a", "b"), ("c", ""), ("d", "d")])
    def test(one: str, other: str, tmp_path: Path) -> None:
        tried.append(tmp_path.name)
        if not other:
            pytest.fail("it is empty")
        assert one == other

    with pytest.raises(BaseExceptionGroup) as raised:
        test(tmp_path=tmp_path)
    assert str(raised.value).splitlines()[1:3] == ["row 2: 'a', 'b'", "row 3: 'c', ''"]
    assert tried == ["1", "2", "3", "4"] == sorted(each.name for each in tmp_path.iterdir())


def test_a_test_without_rows_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="there are no rows"):
        rows("one", [])
