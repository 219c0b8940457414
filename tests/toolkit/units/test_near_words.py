"""What the index of a search says of near words."""

from __future__ import annotations

from pathlib import Path

from handbook.press.core.kept import Kept
from handbook.press.search import index

_PAGE: dict[str, object] = {"keywords": "", "sections": [["a/", "Dinero", "Reunión"]]}


def test_a_near_word_is_the_first_that_the_pages_have(tmp_path: Path) -> None:
    """Also where what each entry says was kept, and one is new."""
    given = {"plata": "cuentas dinero", "junta": "reunion", "jefe": "lideres"}
    kept = Kept(tmp_path / "near", [])
    for _ in range(2):
        found = index.near(given, [_PAGE], kept, "es")
        assert found == {"plata": "dinero", "junta": "reunion"}
    new: dict[str, object] = {"keywords": "cuentas", "sections": []}
    assert index.near(given, [_PAGE, new], kept, "es") == found | {"plata": "cuentas"}
    assert index.near(given, [new], kept, "es") == {"plata": "cuentas"}


def test_a_japanese_near_word_may_be_part_of_another(tmp_path: Path) -> None:
    pages: list[dict[str, object]] = [{"keywords": "グループの会議室", "sections": []}]
    given = {"打ち合わせ": "会議", "班": "チーム グループ"}
    found = index.near(given, pages, Kept(tmp_path / "near", []), "ja")
    assert found == {"打ち合わせ": "会議", "班": "グループ"}
