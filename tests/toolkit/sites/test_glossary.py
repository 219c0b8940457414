"""The glossary's terms on the pages of a site, and in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Locator, Page, Route, expect

from handbook.press.core import places
from handbook.press.core.config import load
from handbook.press.pages import glossary
from handbook.press.plugin import plugin
from rows import rows
from sites import Built

LANGUAGES = ("en", "es", "ja")


Pages = dict[tuple[str, str], lxml_html.HtmlElement]


@pytest.fixture(scope="module")
def pages(built: Built, sample: Path) -> Pages:
    """Every page of the site by language and address."""
    config = load(sample)
    paths = plugin.of(config).editions(config).sources
    return {
        (language, places.address(path, language, config)): lxml_html.document_fromstring(
            (built[0] / places.file(path, language, config)).read_bytes(),
            parser=lxml_html.HTMLParser(encoding="utf-8"),
        )
        for path in paths
        for language in LANGUAGES
    }


def _glossary(pages: Pages, language: str) -> tuple[str, lxml_html.HtmlElement]:
    return next(
        (address, page)
        for (tongue, address), page in pages.items()
        if tongue == language and address.endswith("reference/glossary/")
    )


def _terms(pages: Pages, language: str) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    for (tongue, address), page in pages.items():
        if tongue == language:
            for term in page.xpath("//a[@class='term']"):
                yield address, term


@rows("language", LANGUAGES)
def test_every_term_leads_to_its_entry_and_has_its_definition(pages: Pages, language: str) -> None:
    there, entries = _glossary(pages, language)
    ids = set(entries.xpath("//dt/@id"))
    assert len(ids) == 5
    found = list(_terms(pages, language))
    assert len(found) >= 7
    for address, term in found:
        page, key = urldefrag(urljoin(f"https://a/{address}", term.get("href")))
        assert (page, key in ids) == (f"https://a/{there}", True)
        told = term.xpath("//dl[@class='definitions'][@hidden]/dd[@id=$id]", id=f"definition-{key}")
        assert len(told) == 1
        assert told[0].text_content().strip()


@rows("language", LANGUAGES)
def test_an_entry_lists_the_pages_that_use_it(pages: Pages, language: str) -> None:
    there, entries = _glossary(pages, language)
    used: dict[str, set[str]] = {}
    for address, term in _terms(pages, language):
        key = urldefrag(term.get("href"))[1]
        used.setdefault(key, set()).add(urljoin("https://a/", address))
    listed = {
        entry.get("id"): {
            urljoin(f"https://a/{there}", link)
            for link in entry.xpath(
                "following-sibling::dd[@class='used'][preceding-sibling::dt[1]/@id = $id]//a/@href",
                id=entry.get("id"),
            )
        }
        for entry in entries.xpath("//dt[@id]")
    }
    assert {key: pages for key, pages in listed.items() if pages} == used
    for each in entries.xpath("//dd[@class='used']"):
        assert bool(each.xpath("details")) == (len(each.xpath(".//a")) > glossary.FEW)


def test_sheets_and_the_glossary_have_no_terms(pages: Pages) -> None:
    for (_, address), page in pages.items():
        if "/sheets/" in f"/{address}" and not address.endswith("sheets/"):
            assert page.xpath("//div[@class='sheet']")
            assert not page.xpath("//a[@class='term'] | //dl[@class='definitions']")
    for language in LANGUAGES:
        assert not _glossary(pages, language)[1].xpath("//article//a[@class='term']")


def test_search_finds_the_words_and_not_the_machinery(built: Built) -> None:
    told = {
        language: (built[0] / "search" / f"{language}.json").read_text("utf-8")
        for language in LANGUAGES
    }
    assert "The groups form a federation" in told["en"]
    assert not re.search("Used in:|Used in [0-9]|Entry in the glossary", told["en"])
    assert not re.search("Se usa en|Entrada del glosario", told["es"])
    assert not re.search("使っているページ|用語集の項目", told["ja"])


@pytest.fixture
def page(page: Page) -> Page:
    """A page on a desk, with a mouse."""
    page.set_viewport_size({"width": 1000, "height": 700})
    return page


def _term(page: Page) -> tuple[Locator, Locator]:
    return page.locator("a.term[href$='#federation']").first, page.locator(".definition")


def test_the_pointer_shows_a_definition_that_can_be_reached_and_put_away(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/es/structure/")
    term, box = _term(page)
    term.hover()
    expect(box).to_be_visible()
    expect(box).to_contain_text("Unión cuyas partes conservan su autonomía")
    expect(box.get_by_role("link")).to_have_text("Entrada del glosario")
    box.hover()
    page.wait_for_timeout(400)  # longer than the box waits before it goes
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    term.hover()
    expect(box).to_be_visible()
    page.locator("h1").hover()
    expect(box).to_be_hidden()


def test_the_keyboard_shows_a_definition_and_goes_to_its_entry(page: Page, served: str) -> None:
    page.goto(f"{served}/structure/")
    term, box = _term(page)
    expect(term).to_have_accessible_description(re.compile("^A union whose parts keep"))
    term.evaluate(
        "term => { [...document.links].at([...document.links].indexOf(term) - 1).focus() }"
    )
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(box).to_be_visible()
    page.mouse.move(5, 300)
    page.wait_for_timeout(400)
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary/#federation")
    expect(page.locator("dt:target")).to_have_text("federation")


def test_a_term_is_told_whose_id_is_in_another_script_beside_a_link_of_its_class(
    page: Page, served: str
) -> None:
    def rename(route: Route) -> None:
        html = route.fetch().text().replace("definition-federation", "definition-連合")
        own = '</h1><a class="term" href="#none">A link of the author</a>'
        html = html.replace("#federation", "#%E9%80%A3%E5%90%88").replace("</h1>", own, 1)
        route.fulfill(body=html)

    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.route("**/structure/", rename)
    page.goto(f"{served}/structure/")
    term = page.locator("a.term[href$='%E9%80%A3%E5%90%88']").first
    expect(term).to_have_accessible_description(re.compile("^A union whose parts keep"))
    term.hover()
    expect(page.locator(".definition")).to_contain_text("A union whose parts keep")


def test_the_first_tap_shows_a_definition_and_its_link_leads_on(
    browser: Browser, served: str
) -> None:
    phone = {"width": 360, "height": 640}
    with browser.new_context(viewport=phone, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{served}/ja/structure/")
        term, box = _term(page)
        term.tap()
        expect(box).to_be_visible()
        assert page.url.endswith("/ja/structure/")
        place = box.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 360
        page.locator("h1").tap()
        expect(box).to_be_hidden()
        term.tap()
        box.get_by_role("link").tap()
        page.wait_for_url("**/ja/reference/glossary/#federation")


def test_without_scripts_a_term_is_a_link_and_nothing_else(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}/structure/")
        term, box = _term(page)
        expect(box).to_have_count(0)
        expect(page.locator(".definitions")).to_be_hidden()
        term.click()
        page.wait_for_url("**/reference/glossary/#federation")


def test_on_paper_terms_are_words(page: Page, served: str) -> None:
    page.goto(f"{served}/structure/")
    term, box = _term(page)
    term.focus()
    expect(box).to_be_visible()
    page.emulate_media(media="print")
    expect(box).to_be_hidden()
    expect(term).to_have_css("text-decoration-line", "none")
