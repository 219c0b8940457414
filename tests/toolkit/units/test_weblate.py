"""`handbook weblate`: a handbook as components that Weblate imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import handbooks
from handbook.command.main import main

TEXTS = {
    "pyproject.toml": '[tool.handbook]\nglossary = "words.md"\n',
    "docs/en/words.md": "# Words\n\ncouncil\n:   Who decides.\n",
    "docs/en/start/about.md": "# About\n",
    "docs/en/start--about.md": "# Another\n",
    "docs/en/start/About us.md": "# Us\n",
    "docs/en/会.md": "# Meeting\n",
    "docs/pt_BR/red.md": "# Rede\n",
    f"docs/en/{'long/' * 25}page.md": "# Deep\n",
}
PUSHED = "git@host.example:notes.git"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with pages in two languages, under names of all kinds."""
    address = "site_url: https://notes.example/\n"
    handbooks.notes(tmp_path, TEXTS, ("en", "pt_BR"), address)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, dict[str, Any]]:
    """The components that are printed, by what Weblate finds them with; no two have it alike."""
    assert main(["weblate", PUSHED, *more]) == 0
    listed = json.loads(capsys.readouterr().out)
    found = {each.get("filemask", "") + each["source_language"]["code"]: each for each in listed}
    assert len({each["slug"] for each in listed}) == len(listed) == len(found)
    assert len({each["name"] for each in listed}) == len(listed)
    return found


def test_a_page_is_a_component_in_its_own_language(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(capsys)
    about, red = found["translations/*/start/about.poen"], found["translations/*/red.popt_BR"]
    assert about["slug"] == "start--about"
    assert about["name"] == "start/about.md"
    assert about["repo"] == red["repo"] == "weblate://handbook/site"
    assert about["check_flags"].startswith("md-text, ignore-end-stop, ")
    assert about["file_format_params"]["po_line_wrap"] == 65535
    assert not about["allow_translation_propagation"]
    place = "https://notes.example/pt_BR/red/#{{ filename"
    assert red["repoweb"] == place + '|cut:"red.md"|cut:"%23" }}'
    assert len([each for each in found.values() if each.get("file_format") == "po"]) == 8


def test_interface_text_has_the_repository_and_no_markdown(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = printed(capsys, "--branch", "next", "--project", "notes")["translations/*/site.poen"]
    assert (site["repo"], site["push"], site["branch"]) == (PUSHED, PUSHED, "next")
    assert (site["merge_style"], site["slug"]) == ("rebase", "site")
    assert "md-text" not in site["check_flags"]


def test_pages_are_linked_to_the_project_that_is_named(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = printed(capsys, "--project", "notes")["translations/*/start/about.poen"]
    assert about["repo"] == "weblate://notes/site"


def test_any_path_has_a_slug_that_weblate_takes(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in printed(capsys).values():
        assert each["slug"].replace("-", "").replace("_", "").isalnum()
        assert each["slug"].isascii()
        assert len(each["slug"]) <= 100
        assert len(each["name"]) <= 100


def test_a_place_is_quoted_as_weblate_quotes_it(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    us = printed(capsys)["translations/*/start/About us.poen"]
    assert '|cut:"start/About%20us.md"' in us["repoweb"]


def test_there_are_glossaries_and_places_only_where_they_are_known(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = {code for code in ("en", "pt_BR") if f"*.tbx{code}" in printed(capsys)}
    assert kept == {"en", "pt_BR"}
    (notes / "docs/en/words.md").unlink()
    config = notes / "mkdocs.yml"
    config.write_text(config.read_text().replace("site_url: https://notes.example/\n", ""))
    found = printed(capsys)
    assert not any(each.get("is_glossary") for each in found.values())
    assert not any(each.get("repoweb") for each in found.values())
