"""The settings that staged pages are built with by another generator."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from handbook.bitext.files import write
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


SITE = """\
site_name: x
theme: {name: material, custom_dir: own}
plugins: {bitext: {}, i18n: {docs_structure: folder, languages: [
  {locale: en, name: English, default: true}]}}
"""


def test_a_link_to_nothing_is_no_part_of_a_theme(tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", SITE)
    write(tmp_path / "docs/en/index.md", "# A\n")
    write(tmp_path / "own/.icons/a.svg", "<svg/>")
    (tmp_path / "own/b.html").symlink_to("nowhere")
    staging.furnish(tmp_path, tmp_path / "out", ["en"])
    made = [each.name for each in (tmp_path / "out/theme").rglob("*") if not each.is_dir()]
    assert made == ["a.svg"]
