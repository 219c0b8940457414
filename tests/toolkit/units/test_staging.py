"""The settings that staged pages are built with by another generator."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from handbook.press.make import staging
from rows import rows

AT = partial(
    staging._snippets_at, root=Path("/site"), folder=Path("/site/build/pages"), places=("en", "fr")
)


@rows(
    ("given", "made"),
    [
        (["docs/en/parts", "includes"], ["fr/parts", "../../includes"]),
        ("docs/en", ["fr"]),
        (["docs", "."], ["../../docs", "../.."]),
    ],
)
def test_snippets_are_found(given: Any, made: list[str]) -> None:
    extensions = ["toc", {"pymdownx.snippets": {"base_path": given, "check_paths": True}}]
    options = {"base_path": made, "check_paths": True}
    assert staging.with_snippets(extensions, AT) == ["toc", {"pymdownx.snippets": options}]


@rows("given", [["pymdownx.snippets"], {"pymdownx.snippets": None}])
def test_snippets_without_a_folder_are_those_of_the_handbook(given: Any) -> None:
    made = staging.with_snippets(given, AT)
    [found] = made if isinstance(made, list) else [made]
    assert found == {"pymdownx.snippets": {"base_path": ["../.."]}}


def test_patterns_are_those_of_one_language() -> None:
    rows = "/*/loose.md\n!/en/kept.md\nhidden*.md\n/other/x.md\n"
    assert (
        staging.in_folder(rows, ["en", "fr"]) == "/loose.md\n!/kept.md\nhidden*.md\n/other/x.md\n"
    )
