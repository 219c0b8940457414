"""What an author can say, and a translator can write, on a site of a few pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.press.core import tree
from handbook.press.make import build, interface
from handbooks import DOT

SETTINGS = """\
site_name: Few pages
site_url: https://example.org/
theme: {name: material}
markdown_extensions:
  def_list: {}
  tables: {}
  abbr: {}
  attr_list: {}
  pymdownx.snippets: {base_path: [docs]}
plugins:
  search: {}
  bitext: {books: false}
  i18n:
    docs_structure: folder
    fallback_to_default: true
    languages:
      - {locale: en, name: English, default: true}
      - {locale: es, name: Español}
"""
PAGES = {
    "index.md": """# Home

<!-- i18n: sorted -->

- area
- council
- ñame

<!-- i18n: sorted -->

| Word | Number |
| --- | --- |
| area | 3,500 |
| same <!-- i18n: context dates --> | same |

- area
- council

<img src="picture.png" alt="A dot">

Read it [in Spanish](../es/index.md#home), or [here](guide/index.md). The NGO meets.

--8<-- "en/guide/part.md"

*[NGO]: non-governmental organization
""",
    "guide/index.md": '# The guide\n\nText.\n\n<div id="state-of-translations"></div>\n'
    '\n<div id="thanks-to-translators"></div>\n',
    "guide/part.md": "It is hot.\n",
    "reference/glossary.md": "# Glossary\n\n"
    + "".join(f"{word}\n:   A {word}.\n\n" for word in ("area", "council", "delegate"))
    + "guide { #guide }\n:   What shows a way.\n",
}
WORDS = {
    "area": "zona",
    "council": "asamblea",
    "delegate": "delegada",
    "ñame": "ñame",
    "Word": "Palabra",
    "3,500": "3500",
    "same": "lo mismo",
    "dates\x04same": "mismas fechas",
    "A dot": "Un punto",
    "It is hot.": "Hace calor.",
    "Guide": "Guía",
    "guide": "guía",
    "What shows a way.": "Lo que muestra un camino.",
    "Glossary": "Glosario",
    "NGO": "ONG",
    "non-governmental organization": "organización no gubernamental",
    "Read it [in Spanish](../es/index.md#home), or [here](guide/index.md). The NGO meets.": (
        "Léalo [en español](../es/index.md#home) o [aquí](guide/index.md). La ONG se reúne."
    ),
}
CREDITS = {
    "translations/es/guide/index.po": "Ana <ana@handbook.example>, <b>Bo</b>\u202e",
    "translations/es/site.po": "Zoe, Ana",
}


def translate(root: Path) -> None:
    """Write all catalogs, with the translations of `WORDS`."""
    handbook = Handbook.open(root)
    for each in update.updates(handbook, ["es"], interface.find(root).messages):
        units = tuple(
            unit._replace(translation=WORDS.get(unit.key, unit.translation))
            for unit in each.after.units
        )
        header = {**each.after.header, "X-Credit": CREDITS.get(each.path, "")}
        write(root / each.path, po.dump(replace(each.after, header=header, units=units)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("said")
    write(root / "mkdocs.yml", SETTINGS.replace("[docs]", f"[{root / 'docs'}]"))
    for path, text in PAGES.items():
        write(root / "docs/en" / path, text)
    (root / "docs/en/picture.png").write_bytes(DOT)
    translate(root)
    outcome = build.build(root)
    assert outcome.problems == ()
    return root / "site"


def shown(site: Path, path: str, pattern: str) -> list[str]:
    text = (site / path).read_text("utf-8")
    return re.findall(pattern, re.sub(r'<a class="number.*?</a>', "", text))


def test_a_page_shows_the_state_of_all_translations(site: Path) -> None:
    states = json.loads((site / "status.json").read_text("utf-8"))["languages"]
    sections = states["en"].pop("sections")
    assert [each["title"] for each in sections] == ["Guide", "Reference", "Other pages"]
    assert states["en"] == {
        "written": 4,
        "translated": 0,
        "reviewed": [],
        "credit": [],
        "words": {"current": 0, "changed": 0, "missing": 0, "suggested": 0},
        "percent": 100,
        "open": {},
        "waiting": [],
        "changed": [],
    }
    spanish = states["es"]
    words = spanish["words"]
    assert spanish["percent"] == 100 * words["current"] // sum(words.values()) < 100
    assert sum(spanish["open"].values()) == words["missing"] + words["changed"]
    [place] = tree.parse((site / "es/guide/index.html").read_text("utf-8")).xpath(
        ".//div[@id='state-of-translations']"
    )
    cells = [tree.text(cell) for cell in place.iter("td")]
    assert cells[:6] == ["inglés", "4", "100 %", "0", "0", "0 de 0"]
    assert cells[6:9] == ["español", "0", f"{spanish['percent']} %"]
    _, by_section = place.iter("table")
    rows = [[tree.text(cell) for cell in row] for row in by_section.iter("tr")]
    assert rows[1][0] == "Guía"
    assert rows[0][0] == "Sección"
    assert tree.text(next(place.iter("h3"))) == "Al día, por sección"
    assert place.xpath(".//a[@class='term']") == []  # names, no words of ours
    assert rows[-1][0] == "Otras páginas"
    shares = [f"{each['percent']} %" for each in spanish["sections"]]
    assert [row[2] for row in rows[1:]] == shares
    of_sections = [each["words"] for each in spanish["sections"]]
    assert {state: sum(each[state] for each in of_sections) for state in words} == words
    open_ = spanish["open"]
    assert f"Glosario {open_['reference/glossary.md']} palabras" in tree.text(place)
    assert f"The guide {open_['guide/index.md']} palabras" in tree.text(place)
    links = {tree.text(each): each for each in place.iter("a")}
    assert links["Glosario"].get("href") == "../catalog.html?page=reference/glossary.md"
    assert [links[each].get("lang") for each in ("Glosario", "The guide")] == [None, "en"]
    badge = (site / "assets/status/es.svg").read_text("utf-8")
    assert etree.fromstring(badge.encode()).get("aria-label") == f"Español: {spanish['percent']} %"


def test_translators_are_thanked_by_the_names_they_gave(site: Path) -> None:
    states = json.loads((site / "status.json").read_text("utf-8"))["languages"]
    assert states["es"]["credit"] == ["Ana", "<b>Bo</b>", "Zoe"]
    page = tree.parse((site / "es/guide/index.html").read_text("utf-8"))
    [place] = page.xpath(".//div[@id='thanks-to-translators']")
    assert tree.text(place).strip() == "español: Ana, <b>Bo</b> y Zoe"
    [foot] = page.xpath(".//aside[@class='foot']//li[contains(., 'Traducción:')]")
    assert tree.text(foot) == "Traducción: Ana y <b>Bo</b>"
    assert "Traducción:" not in (site / "es/index.html").read_text("utf-8")
    assert "Translated by" not in (site / "guide/index.html").read_text("utf-8")


def test_lists_stand_in_the_order_of_their_readers_language(site: Path) -> None:
    items = r"<li[^>]*>(zona|asamblea|ñame|area|council)"
    assert shown(site, "es/index.html", items) == ["asamblea", "ñame", "zona", "zona", "asamblea"]
    assert shown(site, "index.html", items) == ["area", "council", "ñame", "area", "council"]
    entries = r"<dt[^>]*>(\w+)"
    glossary = "reference/glossary/index.html"
    assert shown(site, f"es/{glossary}", entries) == ["asamblea", "delegada", "guía", "zona"]
    assert shown(site, f"es/{glossary}", r"<dt[^>]*data-place=.?(\d)") == ["2", "4", "6", "0"]
    assert shown(site, glossary, entries) == ["area", "council", "delegate", "guide"]
    cells = r"<td[^>]*>([^<]*)"
    assert shown(site, "es/index.html", cells) == ["mismas fechas ", "lo mismo", "zona", "3500"]


def test_a_part_is_included_in_the_readers_language(site: Path) -> None:
    assert shown(site, "es/index.html", "Hace calor|It is hot") == ["Hace calor"]
    assert shown(site, "index.html", "Hace calor|It is hot") == ["It is hot"]


def test_a_section_that_is_a_folder_has_a_title_in_every_language(site: Path) -> None:
    assert shown(site, "es/index.html", r">\s*(Gu\w+)\s*<")[0] == "Guía"
    assert shown(site, "index.html", r">\s*(Gu\w+)\s*<")[0] == "Guide"


def test_a_link_leads_to_a_page_of_one_language(site: Path) -> None:
    link = r'<a href="?([^ ">]*)[^>]*>(?:in Spanish|en español)'
    assert shown(site, "index.html", link) == ["es/#home"]
    assert shown(site, "es/index.html", link) in (["#home"], ["./#home"])


def test_a_picture_in_html_is_found_from_every_language(site: Path) -> None:
    picture = r'<img src="([^"]*)" alt="([^"]*)"'
    assert shown(site, "index.html", picture) == [("picture.png", "A dot")]
    assert shown(site, "es/index.html", picture) == [("../picture.png", "Un punto")]


def test_an_abbreviation_of_the_language_is_explained(site: Path) -> None:
    abbreviation = r'<abbr title="([^"]*)">(\w+)'
    found = shown(site, "es/index.html", abbreviation)
    assert found == [("organización no gubernamental", "ONG")]
    assert shown(site, "index.html", abbreviation)[0][1] == "NGO"


def test_nothing_that_is_not_work_is_counted(site: Path) -> None:
    handbook = Handbook.open(site.parent)
    source = next(each for each in handbook.sources() if each.path == "index.md")
    units = handbook.catalog(source, "es").units
    assert handbook.tally(source, "es").total == len(units) - 2  # 3,500 and NGO
