"""Words of mkdocs.yml that readers see are translated in site.po."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from handbook.press.plugin import sitetexts
from rows import rows


@rows(
    ("given", "words"),
    [
        ({"mdx_configs": {"toc": {"title": "Auf dieser Seite"}}}, ["Auf dieser Seite"]),
        ({"mdx_configs": {"toc": {"title": ""}}}, []),
        ({"extra": {"social": [{"icon": "x", "name": "Wir dort"}, {}, 3]}}, ["Wir dort"]),
        ({"extra": {"social": "x", "consent": False, "analytics": None}}, []),
        ({"extra": {"consent": {"title": "Kekse?", "description": "Ja."}}}, ["Kekse?", "Ja."]),
        (
            {"extra": {"analytics": {"feedback": {"title": "Gut?", "ratings": [
                {"name": "Ja", "note": "Danke!", "data": 1}
            ]}}}},
            ["Gut?", "Ja", "Danke!"],
        ),
    ],
)  # fmt: skip
def test_words_of_the_theme_in_settings_are_messages(
    given: dict[str, Any], words: list[str]
) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "A", **given})
    config.mdx_configs = given.get("mdx_configs", {})
    config.theme = {}
    found = [message for message, _ in sitetexts.messages(config)]
    assert found == ["A", *words]
