"""What a build keeps stays in the handbook, wherever a link in it leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.bitext.project import output
from handbook.press.core import caches
from handbook.press.core.log import collected
from rows import rows


def _link(place: str) -> Callable[[Path, Path], None]:
    def make(root: Path, outside: Path) -> None:
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).symlink_to(outside)

    return make


def _file(root: Path, outside: Path) -> None:
    (root / "build").write_text("a file")


@rows(
    ("make", "place"),
    [
        (_link("build"), "build:"),
        (_link("build/pdf"), "build/pdf:"),
        (lambda root, outside: (root / "build").symlink_to(root / "nothing"), "build:"),
        (_file, "build:"),
    ],
)
def test_what_leads_out_is_named_once_and_not_followed(
    tmp_path: Path, make: Callable[[Path, Path], None], place: str
) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    make(root, outside)
    with collected() as problems:
        folder = caches.folder(root, "pdf")
        assert caches.folder(root, "pdf") == folder
    (told,) = problems
    assert str(told).startswith(place)
    folder.mkdir(parents=True)
    assert not folder.resolve().is_relative_to(tmp_path.resolve())
    assert not list(outside.iterdir())


def test_a_folder_in_the_handbook_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert caches.folder(tmp_path, "pdf") == tmp_path / "build/pdf"
    (tmp_path / "build").symlink_to(tmp_path / "elsewhere")
    assert caches.folder(tmp_path, "pdf") == tmp_path / "build/pdf"


def test_books_are_not_written_through_a_link_that_leads_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "pyproject.toml").write_text("[tool.handbook]\n")
    (root / "build").symlink_to(outside)
    monkeypatch.chdir(root)
    assert "leads out of the handbook" in str(output.prepare(Path("build/books")))
    assert output.prepare(tmp_path / "given") is None
    assert not list(outside.iterdir())
