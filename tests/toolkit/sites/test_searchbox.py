"""The search box: it answers whatever puts text into it, and says what it is doing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """The home page, whose service worker does not come between the page and its host."""
    with browser.new_page(service_workers="block") as page:
        page.goto(served, wait_until="networkidle")
        yield page


def found(page: Page) -> str:
    """The address of the first result, as soon as there is one."""
    first = page.locator(".md-search-result__item a").first
    return str(first.get_attribute("href"))


def test_text_that_comes_without_keys_is_searched_for(page: Page) -> None:
    """As what is pasted with the mouse, dictated, or chosen among a keyboard's candidates."""
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("glossary")
    assert "reference/glossary/" in found(page)


def test_text_that_is_dropped_is_searched_for(page: Page) -> None:
    page.evaluate(
        """() => {
            const box = document.querySelector(".md-search__input")
            box.value = "glossary"
            box.dispatchEvent(new InputEvent("input", {inputType: "insertFromDrop"}))
        }"""
    )
    assert "reference/glossary/" in found(page)


def test_the_index_comes_when_the_box_is_entered_and_the_panel_says_so(page: Page) -> None:
    waiting: list[Route] = []
    is_slow = True
    page.route(
        "**/search/en.json",
        lambda route: waiting.append(route) if is_slow else route.continue_(),
    )
    told = page.locator(".md-search-result__meta")
    with page.expect_request("**/search/en.json"):  # although only the box has the focus
        page.locator(".md-search__input").click()
    page.keyboard.insert_text("glossary")
    expect(told).to_have_text("Loading the search…")
    expect(page.locator(".search-ways")).to_be_hidden()
    is_slow = False
    for each in waiting:
        each.continue_()
    assert "reference/glossary/" in found(page)


def test_an_index_that_does_not_come_is_said_and_asked_for_again(page: Page) -> None:
    page.route("**/search/en.json", lambda route: route.abort())
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("glossar")
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")
    page.unroute("**/search/en.json")
    page.keyboard.insert_text("y")
    assert "reference/glossary/" in found(page)


def test_where_nothing_is_found_ways_to_go_on_are_offered(page: Page) -> None:
    ways = page.locator(".search-ways")
    expect(ways).to_be_hidden()
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("xqzw")
    expect(ways).to_be_visible()
    links = ways.locator("a")
    assert "Glossary" in links.all_inner_texts()
    for query, shown in (("glossary", False), ("xqzw", True), ("", False)):
        page.locator(".md-search__input").fill(query)
        expect(ways).to_be_visible(visible=shown)
    nearest = ways.locator(".search-ways__nearest")
    for query, shown in (("glossary words glorptic brumbled", True), ("xqzw", False)):
        page.locator(".md-search__input").fill(query)
        expect(nearest).to_be_visible(visible=shown)
        expect(ways).to_be_visible()


def test_what_is_found_are_pages(page: Page, served: str) -> None:
    page.goto(f"{served}/es/", wait_until="networkidle")
    page.locator(".md-search__input").fill("qxqxqx")
    expect(page.locator(".md-search-result__meta")).to_have_text("No se encontró ninguna página")


def test_the_worker_reads_the_index_before_the_first_letter(page: Page) -> None:
    with page.expect_request("**/assets/search/find.js"):
        page.locator(".md-search__input").click()
    assert page.locator(".md-search__input").input_value() == ""
    expect(page.locator(".search-ways")).to_be_hidden()
    page.keyboard.insert_text("glossary")
    assert "reference/glossary/" in found(page)


_AT_ONCE = """() => {
    const box = document.querySelector(".md-search__input")
    const told = document.querySelector(".md-search-result__meta")
    window.said = []
    new MutationObserver(() => said.push(told.textContent)).observe(told, { childList: true })
    box.addEventListener("keyup", () => queueMicrotask(() => {
        box.value = "glossary"
        box.dispatchEvent(new Event("input"))
    }), { once: true })
}"""
"""Notes what is told, and types a word in the moment in which the worker hears of one."""


def test_nothing_is_told_of_a_word_before_it_is_looked_for(page: Page) -> None:
    page.evaluate(_AT_ONCE)
    page.locator(".md-search__input").focus()
    assert "reference/glossary/" in found(page)
    said = page.evaluate("said")
    assert len(said) == 1, said
