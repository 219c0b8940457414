"""Lists in the order of their reader's language, and pictures that are found from its pages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.structure.files import File, Files

from handbook.bitext.languages.registry import Languages
from handbook.bitext.page import scan
from handbook.press.core import tree
from handbook.press.markdown import renderers
from handbook.press.pages import embedded, sorting
from rows import rows

RECORDS = Languages(Path("nowhere"))
RENDER = renderers.renderer(["def_list", "tables", "handbook.press.markdown.sorting"], {})
SORTED = "<!-- i18n: sorted -->\n\n"


def words(text: str, tag: str, language: str = "es", glossary: str | None = None) -> list[str]:
    """What stands in the elements `tag` of a page, in order."""
    content = tree.parse(RENDER(text))
    leaf: Any = SimpleNamespace(  # all of one that it reads
        translation=object(), record=RECORDS[language], source_record=RECORDS["en"]
    )
    page = None if glossary is None else scan.read(glossary)
    sorting.put_in_order(content, leaf, page)
    return [tree.text(each) for each in content.iter(tag)]


@rows(
    ("text", "tag", "expected"),
    [
        (f"{SORTED}- zona\n- ñame\n- nube\n- Ámbito", "li", "Ámbito nube ñame zona"),
        ("- zona\n- asamblea", "li", "zona asamblea"),
        (f"{SORTED}z\n:   1\n\na\nb\n:   2\n:   3", "dt", "a b z"),
        (f"{SORTED}| W | N |\n| - | - |\n| z | 1 |\n| a | 2 |", "td", "a 2 z 1"),
        (f"1. x\n\n    {SORTED.strip()}\n\n    - z\n    - a", "li", "x a z a z"),
    ],
)
def test_what_is_marked_is_sorted(text: str, tag: str, expected: str) -> None:
    assert " ".join(words(text, tag)) == expected


def test_japanese_entries_are_sorted_by_their_reading() -> None:
    text = f"{SORTED}総会\n:   （そうかい）一。\n\n会合\n:   （かいごう）二。\n"
    assert words(text, "dt", "ja") == ["会合", "総会"]


def test_a_glossary_that_is_sorted_in_its_source_is_sorted() -> None:
    translated = "".join(f"{word}\n:   x\n\n" for word in ("zona", "asamblea", "delegada"))
    source = "".join(f"{word}\n:   x\n\n" for word in ("area", "council", "delegate"))
    themes = "".join(f"{word}\n:   x\n\n" for word in ("council", "area", "delegate"))
    assert words(translated, "dt", glossary=source) == ["asamblea", "delegada", "zona"]
    assert words(translated, "dt", glossary=themes) == ["zona", "asamblea", "delegada"]


@rows(
    ("address", "expected"),
    [
        ("../a.png", "../../a.png"),
        ("../../a.png", "../../a.png"),
        ("a.png?x#y", "a.png?x#y"),
        (" ../a.png?x#y", "../../a.png?x#y"),
        ("https://example.org/a.png", "https://example.org/a.png"),
        ("/a.png", "/a.png"),
    ],
)
def test_a_picture_is_found_from_the_page_of_another_language(address: str, expected: str) -> None:
    page = File("es/two.md", "docs", "site", True)
    picture = File("en/a.png", "docs", "site", True, dest_uri="a.png")
    content = tree.parse(f'<img src="{address}">')
    embedded.readdress(content, page, "two/", Files([page, picture]))
    assert content[0].get("src") == expected
