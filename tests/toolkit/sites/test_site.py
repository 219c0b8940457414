"""Built sites: of the sample, and of small handbooks with something wrong or unfinished."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import reduce
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree
from lxml import html as lxml_html
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser

from folders import ROOT
from handbook.bitext.files import write
from handbook.bitext.project.catalogs import catalog_path
from handbook.press.core import places
from handbook.press.core.config import load
from handbook.press.core.editions import Edition, Editions
from handbook.press.make import build, interface, serve
from handbook.press.plugin import plugin
from handbooks import furnish
from programs import PATIENCE
from sites import Built

LANGUAGES = ("en", "es", "ja")
ADDRESS = "https://handbook.example/"

_Pages = dict[tuple[str, str], lxml_html.HtmlElement]


# The sample ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pages(built: Built, config: MkDocsConfig) -> _Pages:
    """Every page by language and path: `es`, `toolkit/roles.md`."""
    folder, _ = built
    return {
        (language, path): _parsed(folder / places.file(path, language, config))
        for path in plugin.of(config).editions(config).sources
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def config(sample: Path) -> MkDocsConfig:
    """The sample's configuration, and with it what is known of the handbook."""
    return load(sample)


@pytest.fixture(scope="session")
def book(config: MkDocsConfig) -> Editions:
    """What is known of the sample."""
    return plugin.of(config).editions(config)


def _parsed(file: Path) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(file.read_text("utf-8").encode(), parser=_PARSER)


_PARSER = lxml_html.HTMLParser(encoding="utf-8")


def test_it_builds_without_a_problem(built: Built, book: Editions) -> None:
    folder, outcome = built
    assert outcome.problems == ()
    assert [each.language for each in outcome.languages] == list(LANGUAGES)
    homes = ["index.html", "es/index.html", "ja/index.html"]
    assert [each.home.relative_to(folder).as_posix() for each in outcome.languages] == homes
    for each in outcome.languages:
        assert each.pages == len(book.sources)
        assert f"({each.language}): {each.pages} pages" in str(each)


def test_a_plain_mkdocs_build_gives_the_same_sites(
    built: Built, sample: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    subprocess.run(command, cwd=sample, check=True, capture_output=True)
    ours, theirs = _tree(built[0]), _tree(tmp_path)
    assert ours.keys() == theirs.keys()
    assert [path for path, content in ours.items() if content != theirs[path]] == []


def _tree(folder: Path) -> dict[str, bytes]:
    """The files of a site. The compressed map is left out, for it holds the time."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_page_says_which_language_it_is_in(pages: _Pages, book: Editions) -> None:
    for (language, path), page in pages.items():
        spoken = language if book.is_available(path, language) else book.sources[path].language
        assert (path, page.get("lang")) == (path, spoken)


def test_ids_of_headings_are_the_source_pages(pages: _Pages) -> None:
    for (language, path), page in pages.items():
        assert (language, path, _ids(page)) == (language, path, _ids(pages["en", path]))


def _ids(page: lxml_html.HtmlElement) -> list[str]:
    return page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]/@id")


def test_edit_links_lead_to_what_is_edited(pages: _Pages, book: Editions) -> None:
    for (language, path), page in pages.items():
        [edit] = set(page.xpath("//a[@rel='edit']/@href"))  # of the page, and of a paragraph
        source = book.sources[path]
        catalog = catalog_path(path, language)
        file = f"docs/{language}/{path}" if language == source.language else catalog
        assert edit.endswith(f"/edit/main/{file}")


def test_no_page_asks_another_host_for_anything(pages: _Pages) -> None:
    asking = "//script/@src | //link[not(@rel='canonical' or @rel='alternate ')]/@href | //img/@src"
    for page in pages.values():
        assert [each for each in page.xpath(asking) if re.match(r"(?:https?:)?//", each)] == []


def test_diagrams_are_drawn_in_every_language(pages: _Pages, book: Editions) -> None:
    drawn = 0
    for (_, path), page in pages.items():
        fences = book.handbook.read(book.sources[path]).text.count("```mermaid")
        figures = page.xpath("//figure[@class='diagram']")
        assert (path, len(figures)) == (path, fences)
        assert page.xpath("//*[contains(@class, 'mermaid')]") == []
        for figure in figures:
            assert figure.xpath(".//title") or figure.xpath(".//*[local-name()='title']")
        drawn += len(figures)
    assert drawn >= len(LANGUAGES)


def test_alternates_are_absolute_and_point_back(
    pages: _Pages, book: Editions, config: MkDocsConfig
) -> None:
    for (language, path), page in pages.items():
        found = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")}
        if not book.is_available(path, language):
            assert found == {}
            continue
        translated = [each for each in places.alternates(path, book, config) if each.translated]
        expected = {each.language: each.address for each in translated}
        assert found == expected | {"x-default": translated[0].address}
        assert found[language] == page.xpath("//link[@rel='canonical']/@href")[0]
        assert all(address.startswith(ADDRESS) for address in found.values())


def test_the_switcher_keeps_the_page(pages: _Pages, book: Editions, config: MkDocsConfig) -> None:
    for (language, path), page in pages.items():
        addresses = {each.language: each.address for each in places.alternates(path, book, config)}
        menu = page.xpath("//a[contains(@class, 'md-select__link')]")
        led = {a.get("hreflang"): urljoin(addresses[language], a.get("href")) for a in menu}
        assert (path, led) == (path, addresses)


def test_each_language_has_its_own_error_page(built: Built) -> None:
    for language, folder in zip(LANGUAGES, ("", "es", "ja"), strict=True):
        page = _parsed(built[0] / folder / "404.html")
        menu = page.xpath("//a[contains(@class, 'md-select__link')]/@href")
        assert (page.get("lang"), menu) == (language, ["/./", "/es/", "/ja/"])
        ways = page.xpath("//article//li/a/@href")
        assert f"/{folder}/toolkit/".replace("//", "/") in ways


def test_the_foot_of_a_page_tells_its_upkeep_in_the_readers_language(pages: _Pages) -> None:
    told = {
        language: [
            " ".join(each.text_content().split())
            for each in pages[language, "mission.md"].xpath(
                "//aside[@class='foot']/ul[not(@class)]/li"
            )
        ]
        for language in LANGUAGES
    }
    assert told["en"][1] == "Version 1.0"
    assert "Keeper" not in " ".join(told["en"])  # of a page that says "none yet"
    dates = (r"\w+ \d+, \d{4}", r"\d+ de \w+ de \d{4}", r"\d{4}年\d+月\d+日")
    for language, written in zip(LANGUAGES, dates, strict=True):
        assert len(told[language]) == 7
        assert [bool(re.search(written, each)) for each in told[language]].count(True) == 3


def test_each_section_has_its_icon_in_every_language(pages: _Pages) -> None:
    for language in LANGUAGES:
        tabs = pages[language, "toolkit/deciding.md"].find_class("md-tabs__link")
        drawings = [etree.tostring(tab.find("svg")) for tab in tabs]
        assert len(set(drawings)) == len(tabs) == 5
        shown = pages[language, "toolkit/index.md"].xpath(
            "//nav[contains(@class,'md-nav--primary')]/ul/li//a[contains(@class,'--active')]/svg"
        )
        assert len(shown) == 1


def test_a_translation_that_nobody_reviewed_says_so(pages: _Pages, book: Editions) -> None:
    words = "No native speaker has reviewed this translation yet."
    for (language, path), page in pages.items():
        leaf = book.leaf(path, language)
        said = leaf.say(words) in page.xpath("string(//aside[@class='foot'])")
        assert (language, path, said) == (language, path, leaf.needs_review)


def test_the_foot_of_a_translation_leads_to_how_one_helps(
    pages: _Pages, book: Editions, config: MkDocsConfig
) -> None:
    """Straight to the heading that the settings name, in the reader's language."""
    there, mark, heading = plugin.of(config).config.help.partition("#")
    for (language, path), page in pages.items():
        leaf = book.leaf(path, language)
        here = urljoin(ADDRESS, places.address(path, language, config))
        link = page.xpath("//aside[@class='foot']//a[.=$w]/@href", w=leaf.say("How you can help"))
        wanted = urljoin(ADDRESS, places.address(there, language, config)) + mark + heading
        asked = [urljoin(here, each) for each in link]
        assert (path, asked) == (path, [wanted] if leaf.translation else [])


def test_the_map_of_the_site_lists_what_is_translated(
    built: Built, book: Editions, config: MkDocsConfig
) -> None:
    listed = etree.parse(built[0] / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    pages = (places.alternates(path, book, config) for path in book.sources)
    expected = [each.address for page in pages for each in page if each.translated]
    assert sorted(listed) == sorted(expected)


def test_old_addresses_lead_to_the_new_ones(built: Built, served: str, browser: Browser) -> None:
    """In every language, with the reader's anchor; neither the map nor search lists them."""
    site = built[0]
    for language in LANGUAGES:
        folder = site if language == "en" else site / language
        page = _parsed(folder / "toolkit/old/choosing/index.html")
        [canonical] = page.xpath("//link[@rel='canonical']/@href")
        assert canonical.endswith("/toolkit/deciding/")
        [refresh] = page.xpath("//meta[@http-equiv='refresh']/@content")
        assert refresh == "0; url=../../deciding/"
        assert page.xpath("//h1/a/@href") == ["../../deciding/"]
        [title] = _parsed(folder / "toolkit/deciding/index.html").xpath("//h1")
        assert page.xpath("string(//title)") == title.text_content().strip("¶")
    for file in ("sitemap.xml", "search/en.json", "search/es.json"):
        assert "choosing" not in (site / file).read_text("utf-8")
    assert not (site / "redirects.yml").exists()
    for language in LANGUAGES:  # the printed page too, for who has the old address of the file
        books = site / "books" / language
        assert (books / f"toolkit/old/choosing-{language}.pdf").read_bytes() == (
            books / f"toolkit/deciding-{language}.pdf"
        ).read_bytes()
        assert (books / f"agenda-{language}-us-letter.pdf").exists()
    with closing(browser.new_page()) as page:
        for old, new in {
            "es/toolkit/old/choosing/#way": "es/toolkit/deciding/#way",
            "agenda/": "sheets/agenda/#leave",
            "kitchen/?q=a#b": "cocina/?q=a#b",
        }.items():
            page.goto(f"{served}/{old}")
            page.wait_for_url(f"{served}/{new}")


def test_words_that_stand_on_no_page_are_listed(sample: Path) -> None:
    words = dict(interface.find(sample).messages)
    assert {"Key documents", "Page not found", "not translated yet", "Use the dark colors"} <= {
        *words
    }
    assert "theme/404.html" in words["Page not found"]
    assert len(words) == len(interface.find(sample).messages)


def test_mkdocs_and_the_handbook_name_the_same_languages(
    book: Editions, config: MkDocsConfig
) -> None:
    assert tuple(book.handbook.languages) == LANGUAGES
    assert [each.locale for each in config.plugins["i18n"].config.languages] == list(LANGUAGES)


# Small handbooks -------------------------------------------------------------------------------

_PAGE = """\
---
description: A page.
---

# The page

## First { #first }

One sentence that is translated.

## Second { #second }

Another sentence.

Nobody has put these words into Spanish yet.
"""
_DRAWN = f"""{_PAGE}
```mermaid
flowchart TD
    A["Chapter"] -->|"sends"| B["Branch"]
```
"""
_CATALOG = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

msgid "One sentence that is translated."
msgstr "Una frase traducida."

msgid "Another sentence, as it was."
msgstr "Otra frase, como era."
"""
_WORDS = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

msgid "A section"
msgstr "Una «sección» & más"

msgid "Handbook for a Participatory Society"
msgstr "Manual"

msgid "not translated yet"
msgstr "sin traducir"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A handbook of two pages with the repository's configuration, theme and hooks."""
    return _small(tmp_path)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that handbook. What describes its page, and keywords, are in two languages."""
    root = _small(tmp_path_factory.mktemp("small"))
    described = _DRAWN.replace("A page.", "Told in English")
    (root / "docs/en/page.md").write_text(described, "utf-8")
    for language, words in (("en", "asked in English"), ("es", "buscado en español")):
        listed = f"page.md: >-\n  {words},\n  a: b\n\npage.md#second: {words} too\n"
        (root / f"docs/{language}/keywords.yml").write_text(listed, "utf-8")
    assert build.build(root).problems == ()
    return root / "site"


def _small(root: Path) -> Path:
    for folder in ("docs/en", "docs/es", "translations/es"):
        (root / folder).mkdir(parents=True)
    furnish(
        root,
        f"site_url: {ADDRESS}\nplugins: {{bitext: {{books: false}}}}\n"
        "nav: [index.md, {A section: [page.md]}]\n",
    )
    (root / "docs/en/index.md").write_text("# Home\n\nWelcome.\n", "utf-8")
    (root / "docs/en/page.md").write_text(_PAGE, "utf-8")
    (root / "translations/es/page.po").write_text(_CATALOG, "utf-8")
    (root / "translations/es/site.po").write_text(_WORDS, "utf-8")
    return root


def test_what_is_not_current_is_shown_and_says_so(shown: Path) -> None:
    page = _parsed(shown / "es/page/index.html")
    assert page.get("lang") == "es"
    current, changed, missing = page.xpath("//article/p")
    (number,) = current.xpath("./*")
    assert (number.get("class"), number.tail) == ("number at-hand", "Una frase traducida.")
    _number, label, passage = changed.xpath("./*")
    assert (label.text, passage.text) == ("versión anterior", "Otra frase, como era.")
    _number, label, passage = missing.xpath("./*")
    assert (label.text, passage.get("lang"), passage.get("dir")) == ("sin traducir", "en", "ltr")
    [notice] = page.xpath("//aside[@class='notice']")
    assert notice.xpath(".//a/@href")[0] == "../catalog.html?page=page.md"


_NOON_OF_MAY_FIRST = "1777636800"  # 2026


@pytest.mark.parametrize(
    ("due", "late", "keeper"),
    [("2026-04-30", True, "the <b>web</b> team"), ("2026-05-01", False, "none yet")],
)
def test_a_page_whose_review_is_overdue_says_so(
    small: Path, monkeypatch: pytest.MonkeyPatch, due: str, late: bool, keeper: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", _NOON_OF_MAY_FIRST)
    front = f"description: A page.\nkeeper: {keeper}\nreview_by: {due}\n"
    page = small / "docs/en/page.md"
    page.write_text(_PAGE.replace("description: A page.\n", front), "utf-8")
    assert build.build(small, languages=["en"]).problems == ()
    [foot] = _parsed(small / "site/page/index.html").xpath("//aside[@class='foot']")
    overdue = foot.xpath("string(p[@class='foot__overdue'])")
    assert overdue.startswith("Overdue") == late
    assert (f"Keeper: {keeper}" in foot.text_content()) == (keeper != "none yet")
    assert ("Next review by" in foot.text_content()) != late


def test_a_reviewed_translation_does_not_ask_for_review(shown: Path, small: Path) -> None:
    page, asked = "es/page/index.html", "//aside[@class='foot']/p[last()][not(@class)]"
    assert len(_parsed(shown / page).xpath(asked)) == 1
    reviewed = _CATALOG.replace(
        '"Language: es', '"X-Reviewed: 2026-11, a reader\\n"\n"Language: es'
    )
    (small / "translations/es/page.po").write_text(reviewed, "utf-8")
    build.build(small, languages=["es"])
    assert _parsed(small / "site" / page).xpath(asked) == []


def test_words_come_from_the_catalog_of_the_site(shown: Path) -> None:
    page = _parsed(shown / "es/page/index.html")
    assert page.findtext(".//title") == "The page - Manual"
    tabs = [each.text_content().strip() for each in page.xpath("//a[@class='md-tabs__link']")]
    assert tabs[-1] == "Una «sección» & más"
    assert page.xpath("//nav[contains(@class, 'md-nav--secondary')]/@aria-label")[0] == (
        "En esta página"
    )
    english = _parsed(shown / "page/index.html")
    assert english.findtext(".//title") == "The page - Handbook for a Participatory Society"


def test_a_page_with_nothing_translated_does_not_pretend(shown: Path) -> None:
    page = _parsed(shown / "es/index.html")
    assert page.get("lang") == "en"
    assert page.xpath("//header/@lang") == ["es"]
    told = "//div[@class='since' or @class='passages'] | //*[starts-with(@class, 'menu')] | //form"
    assert {
        each.get("lang") for each in page.xpath(f"({told})[not(ancestor::*/@lang = 'es')]")
    } == {"es"}
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == [ADDRESS]
    assert page.xpath("//link[@hreflang]") == []
    notice = page.xpath("string(//aside[@class='notice'])")
    assert "en inglés" in notice
    menu = page.xpath("//a[@hreflang='es'][contains(@class, 'md-select__link')]")
    assert "sin traducir" in menu[0].text_content()
    assert f"{ADDRESS}es/<" not in (shown / "sitemap.xml").read_text("utf-8")
    index = json.loads((shown / "search/es.json").read_text("utf-8"))
    assert [page["sections"][0][0] for page in index["pages"]] == ["es/page/"]


def test_what_is_not_translated_is_not_found(shown: Path) -> None:
    texts = {each: (shown / f"search/{each}.json").read_text("utf-8") for each in LANGUAGES}
    source = ("Nobody has put these words", "Told in English")
    found = [[each in texts[language] for each in source] for language in LANGUAGES]
    assert found == [[True] * 2, [False] * 2, [False] * 2]
    assert ["Una frase traducida" in texts[each] for each in LANGUAGES] == [False, True, False]


def test_each_language_is_searched_by_its_own_keywords(shown: Path) -> None:
    indexes = [json.loads((shown / f"search/{each}.json").read_bytes()) for each in LANGUAGES]
    told = [[page["keywords"] for page in index["pages"] if page["keywords"]] for index in indexes]
    assert told == [["asked in English, a: b"], ["buscado en español, a: b"], []]
    subjects = [page.get("subjects") for index in indexes for page in index["pages"]]
    assert [each for each in subjects if each] == [
        [[2, "asked in English too"]],
        [[2, "buscado en español too"]],
    ]
    assert not list(shown.rglob("keywords.yml"))


@pytest.mark.parametrize(
    ("listed", "problem"),
    [
        ("page.md: a\n\ngone.md: b\n", "3: there is no page gone.md; rename the entry"),
        ("page.md: a\nindex.md: b\npage.md: c\n", "3: page.md is in line 1 already; join"),
        ("page.md#gone: a\n", "1: page.md has no heading #gone; name another, or delete"),
        ("gone.md#drawn: b\n", "1: there is no page gone.md#drawn; rename the entry"),
        ("page.md#first: b\npage.md#first: c\n", "2: page.md#first is in line 1 already; join"),
        ("page.md: a\nindex.md: [b]\n", "2: the keywords of index.md are no text; write"),
        ("page.md: a: b\n", "1: is not YAML (mapping values"),
        ("- page.md\n", "1: is not a list of pages; write"),
        (b"page.md: \xff\n", "1: is not UTF-8; save"),
    ],
)
def test_what_is_wrong_with_keywords_is_named(
    small: Path, listed: str | bytes, problem: str
) -> None:
    file = small / "docs/en/keywords.yml"
    file.write_bytes(listed if isinstance(listed, bytes) else listed.encode())
    found = build.build(small, languages=["en"]).problems
    assert [str(each).startswith(f"docs/en/keywords.yml:{problem}") for each in found] == [True], (
        found
    )


def test_a_page_that_is_not_utf_8_is_left_out_and_the_rest_is_built(small: Path) -> None:
    (small / "docs/en/page.md").write_bytes("# Cafés\n".encode("latin-1"))
    outcome = build.build(small)
    assert any(str(each).startswith("docs/en/page.md:1: is not UTF-8") for each in outcome.problems)
    assert not (small / "site/page").exists()
    assert [each.pages for each in outcome.languages] == [1, 1, 1]
    assert all(each.home.exists() for each in outcome.languages)


def test_the_parts_that_processes_assemble_are_the_whole(small: Path) -> None:
    for name in ("es/gone", "ja/index", "ja/page", "ja/zone"):
        file = small / f"translations/{name}.po"
        file.parent.mkdir(exist_ok=True)
        file.write_text("no catalog\n", "utf-8")
    books = [plugin.open_editions(small) for _ in range(3)]
    parts = [book.part(number, 3, LANGUAGES) for number, book in enumerate(books)]
    whole = [plugin.open_editions(small).edition(language) for language in LANGUAGES]
    made = [reduce(Edition.plus, each) for each in zip(*parts, strict=True)]
    # What all languages share is in the first edition that is assembled.
    assert made[0].layouts == whole[0].layouts
    assert [replace(each, layouts={}) for each in made] == [
        replace(each, layouts={}) for each in whole
    ]
    assert [len(edition.problems) for edition in whole] == [0, 1, 3]


_DEADLY = """\
import os
import signal
from handbook.press.core import i18n

def on_env(env, config, files):
    if i18n.current(config) == "es":
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_dies_is_a_problem_and_the_others_finish(small: Path) -> None:
    (small / "deadly.py").write_text(_DEADLY, "utf-8")
    hooks = [*(f"hooks/{each.name}" for each in (ROOT / "hooks").glob("*.py")), "deadly.py"]
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"hooks: {json.dumps(hooks)}\n")
    outcome = build.build(small)
    assert [str(each) for each in outcome.problems] == [
        "es: its process was ended by signal 9; free some memory and try again"
    ]
    assert [each.language for each in outcome.languages] == ["en", "ja"]
    assert all(each.home.exists() for each in outcome.languages)
    assert not (small / "site/es").exists()
    assert not (small / "site/.building").exists()


def test_a_language_alone_brings_the_scripts_that_its_pages_need(
    shown: Path, tmp_path: Path
) -> None:
    """It also replaces what it had, and leaves what is there in other languages."""
    small = shutil.copytree(shown.parent, tmp_path / "copy", symlinks=True)
    site = small / "site"
    shared, gone = site / "assets/numbers.js", site / "es/gone/index.html"
    script = shared.read_text("utf-8")
    english = (site / "page/index.html").read_text("utf-8")
    for file in (shared, site / "search/es.json", gone):
        write(file, "of an older program")
    (site / "assets/texts.js").unlink()  # as if no older program had it
    shutil.rmtree(site / "assets/search")
    write(site / "assets/search", "a file where now a folder is")
    write(small / "docs/en/page.md", "# Another page\n\n## Second { #second }\n")
    assert build.build(small, languages=["es"]).problems == ()
    assert shared.read_text("utf-8") == script
    assert (site / "assets/texts.js").exists()
    assert (site / "assets/search/find.js").exists()
    assert "older program" not in (site / "search/es.json").read_text("utf-8")
    assert not gone.exists()
    assert "Another page" in (site / "es/page/index.html").read_text("utf-8")
    assert (site / "page/index.html").read_text("utf-8") == english


def test_a_broken_configuration_is_a_problem(small: Path) -> None:
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("theme: nowhere\n")
    outcome = build.build(small)
    assert outcome.languages == ()
    assert len(outcome.problems) >= 1


def test_a_page_written_in_spanish_is_edited_in_spanish(small: Path) -> None:
    (small / "docs/en/page.md").rename(small / "docs/es/page.md")
    (small / "translations/es/page.po").unlink()
    assert build.build(small, languages=["en", "es"]).problems == ()
    spanish, english = (
        _parsed(small / "site" / path) for path in ("es/page/index.html", "page/index.html")
    )
    assert spanish.xpath("//a[@rel='edit']/@href")[0].endswith("/docs/es/page.md")
    assert english.xpath("//a[@rel='edit']/@href")[0].endswith("/translations/en/page.po")
    assert (spanish.get("lang"), english.get("lang")) == ("es", "es")
    assert english.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}es/page/"]


def test_a_broken_link_and_a_broken_diagram_are_named_and_every_language_is_built(
    small: Path,
) -> None:
    (small / "docs/en/index.md").write_text("# Home\n\n[There](nowhere.md)\n", "utf-8")
    broken = _DRAWN.replace('B["Branch"]', 'B["Branch"')
    (small / "docs/en/page.md").write_text(broken, "utf-8")
    outcome = build.build(small)
    assert any("nowhere.md" in each.text for each in outcome.problems)
    named = [str(each) for each in outcome.problems if each.path == "docs/en/page.md"]
    assert named[0].startswith("docs/en/page.md:17: cannot draw this diagram: Error")
    page = _parsed(small / "site/page/index.html")
    assert 'B["Branch"' in page.xpath("string(//pre[@class='undrawn'])")
    assert [each.home.exists() for each in outcome.languages] == [True] * 3


def test_the_switcher_keeps_the_place(served: str, browser: Browser) -> None:
    with closing(browser.new_page()) as page:
        for start in ("mission/#values", "mission/"):
            page.goto(f"{served}/{start}")
            page.locator(".md-select a[hreflang=es]").evaluate("link => link.click()")
            page.wait_for_url(f"{served}/es/{start}")


# While it is worked on -------------------------------------------------------------------------


@pytest.fixture
def preview(small: Path) -> Iterator[tuple[serve.SitePreview, list[str]]]:
    """A preview of the small handbook, built once, and what it tells from then on."""
    told: list[str] = []
    address = "http://127.0.0.1:8000/"
    preview = serve.SitePreview(
        small, small / "site", address, told.append, lambda problem: told.append(str(problem))
    )
    preview.refresh()
    assert told == ["up to date: 3 languages"]
    told.clear()
    yield preview, told
    preview.close()


def test_what_is_saved_is_shown_and_nothing_else_is_made_anew(
    small: Path, preview: tuple[serve.SitePreview, list[str]]
) -> None:
    preview_, told = preview
    assert not (small / "site/books").exists()
    spanish, english = (small / "site" / path for path in ("es/page/index.html", "page/index.html"))
    before = _stamps(small / "site")

    catalog = small / "translations/es/page.po"
    catalog.write_text(_CATALOG.replace("Una frase traducida.", "Una frase mejor."), "utf-8")
    preview_.refresh()
    assert told == ["page.md is up to date: es"]
    assert "Una frase mejor." in spanish.read_text("utf-8")
    assert _changed(small / "site", before) == {"es/page/index.html"}

    catalog.write_text("msgid oops\n", "utf-8")
    preview_.refresh()
    assert told[1].startswith("translations/es/page.po:1: ")
    assert "Una frase mejor." in spanish.read_text("utf-8")

    catalog.write_text(_CATALOG, "utf-8")
    page = small / "docs/en/page.md"
    page.write_text(_PAGE.replace("Another sentence.", "Another one."), "utf-8")
    preview_.refresh()
    assert told[-1] == "page.md is up to date: en, es, ja"
    assert "Another one." in english.read_text("utf-8")
    assert "Una frase traducida." in spanish.read_text("utf-8")
    assert _changed(small / "site", before) == {
        f"{each}page/index.html" for each in ("", "es/", "ja/")
    }


def test_what_shows_on_other_pages_makes_all_anew(
    small: Path, preview: tuple[serve.SitePreview, list[str]]
) -> None:
    preview_, told = preview
    page = small / "docs/en/page.md"
    page.write_text(_PAGE.replace("# The page", "# Another title"), "utf-8")
    preview_.refresh()
    assert told == ["up to date: 3 languages"]
    assert "Another title" in (small / "site/es/index.html").read_text("utf-8")

    page.unlink()
    preview_.refresh()
    assert any("page.md" in problem for problem in told[1:-1])  # mkdocs.yml still names it
    assert not (small / "site/page").exists()


_SERVE = "import sys; from handbook.command.main import main; sys.exit(main(['serve']))"


@contextmanager
def _serving(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`handbook serve` of a handbook, with a folder `aside` for what it keeps only meanwhile."""
    (root / "aside").mkdir()
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"dev_addr: 127.0.0.1:{port}\n")
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        cwd=root,
        env={**os.environ, "TMPDIR": str(root / "aside")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_port_in_use_is_told_before_anything_is_built(small: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, _serving(small, taken.getsockname()[1]) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (1, "")
    assert re.search("^mkdocs.yml:1: dev_addr 127.0.0.1:.* cannot be used", errors, re.MULTILINE)
    assert list((small / "aside").iterdir()) == []


def test_a_preview_answers_where_it_says_and_leaves_nothing_behind(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with _serving(small, port) as process:
        assert process.stdout is not None
        told = next(line for line in process.stdout if line.startswith("Serving on"))
        assert f"http://127.0.0.1:{port}/;" in told
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/es/page/")
            assert connection.getresponse().status == 200
        assert len(list((small / "aside").glob("handbook-*"))) == 1
        process.terminate()
        process.communicate(timeout=PATIENCE)  # ends once nobody is left who could write
    assert process.returncode == 128 + signal.SIGTERM
    assert list((small / "aside").iterdir()) == []


def _stamps(folder: Path) -> dict[str, int]:
    """When each page was written."""
    files = (file for file in folder.rglob("*.html") if ".building" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in files}


def _changed(folder: Path, before: dict[str, int]) -> set[str]:
    return {path for path, _ in _stamps(folder).items() ^ before.items()}
