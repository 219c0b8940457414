"""What the tests promise of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import ROOT
from handbooks import SAMPLE


def test_no_test_of_the_toolkit_can_read_the_texts_of_this_handbook(tmp_path: Path) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for page in (ROOT / "docs/en/index.md", tmp_path / "docs/en/index.md"):
        with pytest.raises(RuntimeError, match="a test of the toolkit reads"):
            page.read_text("utf-8")
    with pytest.raises(RuntimeError, match="a test of the toolkit reads"):
        list((ROOT / "translations").iterdir())
    assert (SAMPLE / "docs/en/index.md").read_text("utf-8")
