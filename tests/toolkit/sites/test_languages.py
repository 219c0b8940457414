"""Between languages, in a browser: keeping the place, offering a language, reading side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import hosting
from unfinished import OLD

PHONE = {"width": 360, "height": 700}
SCREEN = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that asks for English."""
    with browser.new_context(locale="en-US", viewport=SCREEN) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        yield page


# The switcher ----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["/mission/", "/toolkit/deciding/"])
def test_the_switcher_keeps_the_paragraph(page: Page, served: str, start: str) -> None:
    page.goto(served + start)
    paragraph = "article > p >> nth=4"
    page.locator(paragraph).evaluate("each => scrollBy(0, each.getBoundingClientRect().top - 100)")
    page.locator(".md-select a[hreflang=ja]").evaluate("link => link.click()")
    page.wait_for_url(f"{served}/ja{start}**", wait_until="load")
    top = page.locator(paragraph).evaluate("each => each.getBoundingClientRect().top")
    assert top == pytest.approx(100, abs=6)


def test_a_page_opened_in_another_tab_leaves_no_place_in_this_one(page: Page, served: str) -> None:
    page.goto(f"{served}/mission/")
    page.evaluate("scrollTo(0, 900)")
    click = "link => link.dispatchEvent(new MouseEvent('click', {bubbles: true, ctrlKey: true}))"
    with page.context.expect_page() as opened:
        page.locator(".md-select a[hreflang=ja]").evaluate(click)
    opened.value.close()
    page.goto(f"{served}/ja/mission/")
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 0


_HEADINGS = """[...document.querySelectorAll("article :is(h1, h2, h3)")]
    .map(each => each.getBoundingClientRect().top)"""


@pytest.mark.parametrize("path", ["/mission/", "/ja/toolkit/", "/es/sheets/agenda/"])
def test_no_script_moves_what_stands_on_a_page(browser: Browser, served: str, path: str) -> None:
    """Safari would not keep the place of who has come to a heading or a paragraph."""
    found = []
    for scripted in (True, False):
        with browser.new_context(java_script_enabled=scripted, viewport=PHONE) as context:
            page = context.new_page()
            page.goto(served + path)
            if scripted:  # the theme puts every table into a box that scrolls
                page.wait_for_selector(".md-typeset__table .md-typeset__table", state="attached")
            found.append(page.evaluate(_HEADINGS))
    assert found[0] == found[1]


# The offer of a language -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "path", "offered"),
    [
        ("ja-JP", "/", "日本語で読む"),
        ("es-MX", "/mission/", "Leer en español"),
        ("es-MX", "/es/", None),
        ("en-GB", "/", None),
        ("de-DE", "/", None),
    ],
)
def test_a_first_visitor_is_offered_the_language_of_the_browser(
    browser: Browser, served: str, locale: str, path: str, offered: str | None
) -> None:
    with browser.new_context(locale=locale, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(served + path)
        offer = page.locator(".offer:visible")
        if offered is None:
            page.wait_for_load_state("networkidle")
            expect(offer).to_have_count(0)
            return
        expect(offer.get_by_role("link")).to_have_text(offered)
        assert page.url == served + path
        assert page.evaluate("document.activeElement === document.body")
        offer.get_by_role("button").click()
        expect(offer).to_have_count(0)
        page.reload(wait_until="networkidle")
        expect(offer).to_have_count(0)


def test_a_reader_who_has_chosen_is_offered_nothing(browser: Browser, served: str) -> None:
    with browser.new_context(locale="ja-JP") as context:
        page = context.new_page()
        page.goto(f"{served}/ja/")
        page.locator(".md-select a[hreflang=en]").evaluate("link => link.click()")
        page.wait_for_url(f"{served}/", wait_until="networkidle")
        expect(page.locator(".offer:visible")).to_have_count(0)


# Side by side ----------------------------------------------------------------------------------


_SIDES = ("own", "other")


def _ids(page: Page) -> list[str]:
    ids: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    return ids


def test_a_page_can_be_read_beside_itself_and_alone_again(page: Page, served: str) -> None:
    page.goto(f"{served}/toolkit/deciding/", wait_until="networkidle")
    article = page.locator("article")
    before, ids = article.inner_html(), _ids(page)
    page.locator(".languages").focus()
    page.get_by_role("button", name="Side by side: 日本語").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("日本語")
    expect(page.get_by_role("button", name="Back to one language")).to_be_focused()
    assert page.url == f"{served}/toolkit/deciding/?with=ja"
    assert _ids(page) == ids

    own, other = (page.locator(f"h1 .pair__{name}") for name in _SIDES)
    expect(own).to_have_attribute("lang", "en")
    expect(other).to_have_attribute("lang", "ja")
    assert own.bounding_box()["y"] == pytest.approx(other.bounding_box()["y"], abs=12)
    links = page.locator(".pair__other a:not([href^='#'])")
    assert links.count() > 2
    assert all("/ja/" in link.get_attribute("href") for link in links.all())
    assert page.locator(".diagram[lang=ja]").count() == page.locator(".diagram").count() / 2

    page.get_by_role("button", name="Back to one language").click()
    expect(page.locator(".languages")).to_be_focused()
    assert article.inner_html() == before
    assert page.url == f"{served}/toolkit/deciding/"


@pytest.mark.parametrize("name", ["guide", "document"])
def test_what_is_said_of_a_translation_is_no_text_of_the_page(
    page: Page, edited: Path, name: str
) -> None:
    with hosting.serve(edited) as address:
        page.goto(f"{address}/{name}/?with=es")
        expect(page.get_by_role("status").first).to_contain_text("Español.")
        assert page.locator(".pair").count() > len(OLD)
        assert page.locator(".pair .passage").count() == 0
        assert len(_ids(page)) == len(set(_ids(page)))


def test_the_address_of_a_page_side_by_side_can_be_shared(page: Page, served: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{served}/ja/mission/?with=es")
    expect(page.get_by_role("status").first).to_contain_text("Español")
    own, other = (page.locator(f"article > p .pair__{n} >> nth=0").bounding_box() for n in _SIDES)
    assert other["y"] >= own["y"] + own["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate("document.activeElement === document.body")


def test_titles_keep_their_face_side_by_side(page: Page, served: str) -> None:
    page.goto(f"{served}/ja/mission/")
    face = page.locator("h1").evaluate(_FACE)
    assert "Mincho" in face
    for address, side in (("ja/mission/?with=es", "own"), ("es/mission/?with=ja", "other")):
        page.goto(f"{served}/{address}")
        assert page.locator(f"h1 .pair__{side}").evaluate(_FACE) == face


_FACE = "element => getComputedStyle(element).fontFamily"


@pytest.mark.parametrize(
    ("path", "element", "title"),
    [("mission", "p", "Misión y valores"), ("toolkit/deciding", "figure", "Decidir en común")],
)
def test_pages_that_are_not_alike_stand_beside_each_other_as_wholes(
    page: Page, served: str, path: str, element: str, title: str
) -> None:
    """A paragraph is missing; a diagram could be drawn in one of the languages alone."""

    def lose_one(route: Route) -> None:
        html = route.fetch().text()
        start = html.index(f"<{element}", html.index("<h1"))
        end = f"</{element}>"
        route.fulfill(body=html[:start] + html[html.index(end, start) + len(end) :])

    page.route(f"**/es/{path}/", lose_one)
    page.goto(f"{served}/{path}/?with=es")
    expect(page.get_by_role("status").first).to_contain_text("not built alike")
    expect(page.locator(".pair")).to_have_count(1)
    expect(page.locator(".pair__other h1")).to_have_text(title)
    expect(page.locator(".pair__other .number")).to_have_count(0)
    page.get_by_role("button", name="Back to one language").click()
    expect(page.locator(".pair")).to_have_count(0)


def test_an_address_that_is_none_keeps_no_page_from_being_read(page: Page, served: str) -> None:
    def break_an_address(route: Route) -> None:
        html = route.fetch().text()
        route.fulfill(body=html.replace("</h1>", ' <a href="http://%5Bbad">…</a></h1>', 1))

    page.route("**/mission/", break_an_address)
    page.route("**/es/mission/", break_an_address)
    page.goto(f"{served}/mission/?with=es")
    expect(page.locator("h1 .pair__other a")).to_have_attribute("href", "http://%5Bbad")


def test_a_language_that_cannot_be_fetched_is_told(page: Page, served: str) -> None:
    page.route("**/es/mission/", lambda route: route.abort())
    page.goto(f"{served}/mission/?with=es")
    expect(page.get_by_role("status").first).to_contain_text("could not be fetched")
    expect(page.locator(".pair")).to_have_count(0)


def test_without_a_script_nothing_is_offered_that_needs_one(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False, locale="ja-JP") as context:
        page = context.new_page()
        page.goto(f"{served}/mission/")
        page.locator(".languages").focus()
        expect(page.locator(".md-select a[hreflang=ja]")).to_be_visible()
        assert page.locator("button[data-with]:visible, .offer:visible").count() == 0
