"""A new handbook, and sites that become one: with real builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import main
from press.make import build


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a call."""
    status = main.main(list(words))
    return status, *capsys.readouterr()


def test_a_new_handbook_is_built_checked_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The theme has no words in the first language, and no font is there for the third."""
    root = tmp_path / "our-group"
    status, said, problems = run(capsys, "new", str(root), "--languages", "qu,fr,ar,pt-br")
    assert (status, problems) == (0, "")
    assert "write yours in qu" in said
    assert "no books in ar" in said
    outcome = build.build(root)
    assert outcome.problems == ()
    assert [each.language for each in outcome.languages] == ["qu", "fr", "ar", "pt-BR"]
    assert "Bienvenue" in (root / "site/fr/index.html").read_text("utf-8")
    books = {each.stem for each in (root / "site/books").glob("*.pdf")}
    assert books == {f"handbook-{each}" for each in ("qu", "fr", "pt-BR")}
    monkeypatch.chdir(root)
    assert run(capsys, "check")[0] == run(capsys, "update", "--check")[0] == 0
    assert run(capsys, "new", ".", "--languages", "fr")[0] == 2
