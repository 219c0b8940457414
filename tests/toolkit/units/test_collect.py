"""What the files of a section are called."""

from __future__ import annotations

from itertools import islice

from handbook.press.plugin.collect import names
from rows import rows


@rows(
    ("title", "inside", "outside", "best"),
    [
        ("Discussions", ["strategy/a.md", "strategy/b/c.md"], ["a.md"], "strategy"),
        ("Both", ["one/a.md", "two/b.md"], [], "both"),
        ("Start here", ["start/a.md", "joining.md"], [], "start-here"),
        ("A part of it", ["toolkit/a.md"], ["toolkit/b.md"], "a-part-of-it"),
        ("Deep", ["a/b/c.md"], ["a/d.md", "a/bc.md"], "a/b"),
        ("Étapes", ["a.md"], [], "etapes"),
        ("はじめに", ["a.md"], [], "はじめに"),
        ("…", ["a.md"], [], "section"),
        ("Links alone", [], ["a.md"], "links-alone"),
    ],
)
def test_a_folder_names_a_section_else_its_title_does(
    title: str, inside: list[str], outside: list[str], best: str
) -> None:
    assert next(names(title, inside, outside)) == best


def test_there_is_always_another_name() -> None:
    assert [*islice(names("…", ["a.md"], []), 3)] == ["section", "section-2", "section-3"]
