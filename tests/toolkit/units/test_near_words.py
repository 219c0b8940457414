"""What the index of a search says of near words."""

from __future__ import annotations

from handbook.press.search import index


def test_a_near_word_is_the_first_that_the_pages_have() -> None:
    pages: list[dict[str, object]] = [{"keywords": "", "sections": [["a/", "Dinero", "Reunión"]]}]
    given = {"plata": "cuentas dinero", "junta": "reunion", "jefe": "lideres"}
    assert index.near(given, pages) == {"plata": "dinero", "junta": "reunion"}


def test_a_japanese_near_word_may_be_part_of_another() -> None:
    pages: list[dict[str, object]] = [{"keywords": "グループの会議室", "sections": []}]
    assert index.near({"打ち合わせ": "会議", "班": "チーム グループ"}, pages) == {
        "打ち合わせ": "会議",
        "班": "グループ",
    }
