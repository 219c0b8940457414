"""What a process has freed goes back to the system."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from handbook.press.core import memory, tree

_PAGE = "<table>" + "<tr><td><a href='#'>word</a></td></tr>" * 25_000 + "</table>"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_tree_of_a_large_page_is_given_back() -> None:
    tree.parse(_PAGE)
    memory.give_back()
    before = _resident()
    content = tree.parse(_PAGE)
    kept = [each.get("href") for each in content.iter("a")]  # lies above the tree
    held = _resident() - before
    del content
    memory.give_back()
    assert kept
    assert held > 8
    assert _resident() - before < held / 2


def _resident() -> int:
    """Return how many megabytes of memory this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1_000_000
