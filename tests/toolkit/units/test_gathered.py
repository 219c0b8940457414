"""What a page gathers of others: the names of passages in a section, each with its number."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from handbook.bitext.files import write
from handbook.press.make import build
from rows import rows

SETTINGS = """\
site_name: Gathered
theme: {name: material}
markdown_extensions: [attr_list, def_list, tables, footnotes]
nav: [index.md, two.md, one.md]
plugins:
  i18n:
    docs_structure: folder
    languages:
      - {locale: en, name: English, default: true}
      - {locale: fr, name: Français}
  bitext: {}
"""
ONE = """\
# One

Text.

## Trouble { #trouble }

A *fire*[^1]
Smoke
:   Run.

    Call.

### Smaller { #smaller }

| Sign | Then |
| --- | --- |
| It [rains](two.md) | Wait |

[^1]: A note.

## Next

Another
:   Thing.
"""
TWO = "# Two\n\n## What fails { #trouble }\n\nA word\n:   Its meaning.\n"
WANTED = '# Home\n\n<div data-gather="{}"></div>\n'
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "One"
msgstr "Un"

msgid "Smoke"
msgstr "La fumée"
"""


def site(folder: Path, section: str) -> tuple[str, ...]:
    """Build a site whose home page gathers a section; return what is wrong with it."""
    write(folder / "mkdocs.yml", SETTINGS)
    write(folder / "docs/en/index.md", WANTED.format(section))
    write(folder / "docs/en/one.md", ONE)
    write(folder / "docs/en/two.md", TWO)
    write(folder / "translations/fr/one.po", CATALOG)
    return tuple(map(str, build.build(folder).problems))


def found(folder: Path, name: str) -> list[tuple[str, str, str]]:
    """The links that a page has gathered: text, target and language."""
    page = html.parse(folder / "site" / name)
    links = page.xpath("//div[@class='gathered' and @data-search-exclude]//a")
    return [(each.text_content(), each.get("href"), each.get("lang", "")) for each in links]


def test_each_name_leads_to_its_passage_in_the_order_of_the_navigation(tmp_path: Path) -> None:
    """Also in books, which have no number there to be seen."""
    assert site(tmp_path, "trouble") == ()
    assert found(tmp_path, "index.html") == [
        ("Two", "two/", ""),
        ("A word", "two/#p1.1", ""),
        ("One", "one/", ""),
        ("A fire", "one/#p1.1", ""),
        ("Smoke", "one/#p1.1", ""),
        ("It rains", "one/#p1.3", ""),
    ]
    ids = html.parse(tmp_path / "site/one/index.html").xpath("//@id")
    assert {"p1.1", "p1.3"} <= set(ids)


def test_what_is_not_translated_is_in_the_language_of_its_source(tmp_path: Path) -> None:
    site(tmp_path, "trouble")
    assert found(tmp_path, "fr/index.html")[2:] == [
        ("Un", "one/", ""),
        ("A fire", "one/#p1.1", "en"),
        ("La fumée", "one/#p1.1", ""),
        ("It rains", "one/#p1.3", "en"),
    ]


def test_what_has_changed_on_another_page_is_gathered_anew(tmp_path: Path) -> None:
    site(tmp_path, "trouble")
    write(tmp_path / "docs/en/two.md", TWO.replace("A word", "Two words"))
    build.build(tmp_path)
    assert found(tmp_path, "index.html")[1] == ("Two words", "two/#p1.1", "")


@rows("section", ["smaller", "trouble"])
def test_a_section_ends_where_the_next_of_its_level_begins(tmp_path: Path, section: str) -> None:
    site(tmp_path, section)
    names = [text for text, _, _ in found(tmp_path, "index.html")]
    assert "It rains" in names
    assert ("A fire" in names) == (section == "trouble")
    assert "Another" not in names


@rows("section", ["troubel", ""])
def test_a_section_that_no_page_has_is_named(tmp_path: Path, section: str) -> None:
    (problem,) = {each for each in site(tmp_path, section) if "section" in each}
    assert problem.startswith("docs/en/index.md:3: ")
    assert found(tmp_path, "index.html") == []
