"""The foot of a page."""

from __future__ import annotations

import pytest

from handbook.press.frame import foot


@pytest.mark.parametrize(
    ("edit_uri", "root"),
    [
        ("https://github.com/one/book/edit/main/", "https://github.com/one/book"),
        ("https://gitlab.com/one/group/book/-/edit/main/", "https://gitlab.com/one/group/book"),
        ("https://codeberg.org/one/book/_edit/main/", "https://codeberg.org/one/book"),
        ("https://wiki.example/edit/", ""),
        ("edit/main/", ""),
    ],
)
def test_the_repository_is_known_by_the_address_of_edits(edit_uri: str, root: str) -> None:
    assert foot.repository(edit_uri) == root
