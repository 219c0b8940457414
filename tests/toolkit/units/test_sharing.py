"""Sizes of downloads, as readers of a language write them."""

from __future__ import annotations

from babel import Locale

from handbook.press.frame import sharing
from rows import rows


@rows(
    ("count", "language", "told"),
    [
        (1, "en", "1 kB"),
        (84_001, "es", "85 kB"),
        (2_340_000, "es", "2,3 MB"),
        (2_000, "ja", "2 KB"),
    ],
)
def test_sizes_are_written_as_readers_write_them(count: int, language: str, told: str) -> None:
    assert sharing.size(count, Locale(language)).replace("\N{NO-BREAK SPACE}", " ") == told
