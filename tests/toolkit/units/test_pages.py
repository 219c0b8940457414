"""How a page of MkDocs is rendered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from handbook.press.plugin import pages, rendered


def test_a_page_that_a_preview_makes_again_is_rendered_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each save put one more rendering around it, until they were too many."""
    asked: list[Any] = []
    monkeypatch.setattr(rendered, "take_or_render", lambda *given: asked.append(given[-1]))
    page: Any = SimpleNamespace(render=(own := object()))
    leaf: Any = SimpleNamespace(file="docs/en/index.md")
    kept: Any = None
    for _ in range(3):
        pages.wrap_render(page, leaf, kept)
    page.render(None, None)
    assert asked == [own]
