"""Options of plugins that write over them while a language is built."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig

from handbook.press.plugin import given


def test_what_has_become_another_kind_of_value_is_read_as_it_was_given() -> None:
    """As mkdocs-rss-plugin makes a time of its text; what was not given stays as it was found."""
    options: dict[str, Any] = {"from": {"time": "08:00", "zone": "UTC"}, "lang": None, "on": True}
    config = cast("MkDocsConfig", SimpleNamespace(plugins={"rss": SimpleNamespace(config=options)}))
    before = given.options(config)
    options["from"]["time"] = datetime.strptime("08:00", "%H:%M")
    options |= {"lang": ["en"], "on": False}
    given.put_back(before, config)
    assert options == {"from": {"time": "08:00", "zone": "UTC"}, "lang": ["en"], "on": False}
