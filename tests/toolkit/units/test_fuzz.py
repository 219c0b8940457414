"""A few hundred mutated pages and catalogs; `make fuzz` tries as many as one likes."""

from __future__ import annotations

import pytest

import fuzz


@pytest.mark.long
@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_no_mutated_text_is_a_fault(target: str) -> None:
    assert [text for seed in range(200) if (text := fuzz.attempt(target, seed))] == []
