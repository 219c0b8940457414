"""Addresses at a forge, made from the one that edits a page."""

from __future__ import annotations

from handbook.press.frame import forge
from rows import rows

GITHUB = "https://github.com/one/book"
GITLAB = "https://gitlab.com/one/group/book"
CODEBERG = "https://codeberg.org/one/book"


@rows(
    ("edit_uri", "root"),
    [
        (f"{GITHUB}/edit/main/", GITHUB),
        (f"{GITLAB}/-/edit/main/", GITLAB),
        (f"{CODEBERG}/_edit/main/", CODEBERG),
        ("https://wiki.example/edit/", ""),
        ("edit/main/", ""),
    ],
)
def test_the_repository_is_known_by_the_address_of_edits(edit_uri: str, root: str) -> None:
    assert forge.repository(edit_uri) == root


@rows(
    ("edit_url", "shown"),
    [
        (f"{GITHUB}/edit/main/a.md", f"{GITHUB}/blob/main/a.md?plain=1"),
        (f"{GITLAB}/-/edit/main/a.md", f"{GITLAB}/-/blob/main/a.md?plain=1"),
        (f"{CODEBERG}/_edit/main/a.md", f"{CODEBERG}/src/main/a.md?display=source"),
        (f"{GITHUB}/blob/main/a.md", ""),
        ("https://wiki.example/edit/a.md", ""),
    ],
)
def test_a_file_is_shown_with_its_lines(edit_url: str, shown: str) -> None:
    assert forge.source(edit_url) == shown


@rows(
    ("url", "name", "written"),
    [
        (f"{GITHUB}/edit/main/a b.md", "a b.md", f"{GITHUB}/edit/main/a%20b.md"),
        (f"{GITHUB}/edit/main/a%20b.md", "a b.md", f"{GITHUB}/edit/main/a%20b.md"),
        (f"{GITHUB}/edit/main/c#.md", "c#.md", f"{GITHUB}/edit/main/c%23.md"),
        (
            "https://a.example/?at=why?.md&go=1#c",
            "why?.md",
            "https://a.example/?at=why%3F.md&go=1#c",
        ),
    ],
)
def test_what_would_end_a_path_is_encoded_in_names(url: str, name: str, written: str) -> None:
    assert forge.written(url, name) == written


@rows(
    ("edit_url", "opened"),
    [
        (f"{GITHUB}/edit/main/a.md", f"{GITHUB}/issues/new?title={{title}}&body={{body}}"),
        (
            f"{GITLAB}/-/edit/main/a.md",
            f"{GITLAB}/-/issues/new?issue%5Btitle%5D={{title}}&issue%5Bdescription%5D={{body}}",
        ),
        ("https://wiki.example/edit/a.md", ""),
    ],
)
def test_an_issue_is_opened_with_a_title_and_a_text(edit_url: str, opened: str) -> None:
    assert forge.issue(edit_url) == opened
