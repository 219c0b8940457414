"""Without a mouse, and without scripts: everything is reached, and the focus is always seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import handbooks
import hosting
from figures import Tell
from handbook.press.make import build

PAGE = "strategy/barriers/"  # it has tabs, and stands two levels deep in the navigation

_FOCUSED = """() => {
    const focused = document.activeElement
    if (focused === document.body) return "the end"
    const shown = focused.id === "__drawer" ? document.querySelector(".md-header [for=__drawer]")
        : focused.name === "__palette" ? focused.nextElementSibling
        : focused.type === "radio" ? focused.parentElement.querySelector(".tabbed-labels")
        : focused
    const [box] = shown.getClientRects()
    const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    const outlined = getComputedStyle(shown).outlineStyle !== "none"
    return outlined && shown.contains(top) && (focused.href || focused.id || focused.classList[0])
}"""
"""What has the focus, by its address, id or class; false while nobody can see that it has."""
_LINKS = """() => [...document.querySelectorAll("main a[href]:not([tabindex])")]
    .filter(each => each.checkVisibility({visibilityProperty: true})).map(each => each.href)"""


@pytest.fixture
def page(page: Page) -> Page:
    """A page on a desk."""
    page.set_viewport_size({"width": 1280, "height": 800})
    return page


def _walk(page: Page) -> list[str]:
    """The stops of the tabulator key, from the top of the page to its end."""
    stops: list[str] = []
    while "the end" not in stops:
        page.keyboard.press("Tab")
        stop = page.wait_for_function(_FOCUSED).json_value()
        assert stops.count(stop) < 3, f"no way on from {stop}"
        stops.append(stop)
    return stops


@pytest.mark.parametrize(("language", "width"), [("", 1280), ("ja/", 360)])
def test_every_link_is_reached_and_every_stop_is_seen(
    served: str, page: Page, language: str, width: int, tell: Tell
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}/{language}{PAGE}")
    links = set(page.evaluate(_LINKS))
    stops = _walk(page)
    tell(f"Stops of a keyboard on a page {width} wide", len(stops), "each seen, no trap")
    assert "#" in stops[0]  # “Skip to content”
    assert {"__palette_0", "md-header__button", "md-search__input", "__tabbed_1_1"} <= {*stops}
    assert not links - {*stops}


def test_a_language_is_chosen_by_keyboard(served: str, page: Page) -> None:
    page.goto(f"{served}/{PAGE}")
    page.locator(".languages").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator(".md-select [hreflang=es]")).to_be_focused()
    expect(page.locator(".md-select__inner")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}/es/{PAGE}**")


def test_search_is_used_by_keyboard(served: str, page: Page) -> None:
    page.goto(f"{served}/{PAGE}")
    field = page.locator(".md-search__input")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.insert_text("decidin")
    page.keyboard.press("g")  # each key would ask anew, and each answer takes the list away
    expect(page.locator(".md-search-result__link mark").first).to_have_text("Deciding")
    page.keyboard.press("ArrowDown")
    assert "deciding" in page.wait_for_function(_FOCUSED).json_value()
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolkit/deciding/**")


def test_search_opens_again_however_soon(served: str, page: Page) -> None:
    page.goto(f"{served}/{PAGE}")
    page.keyboard.press("/")
    expect(page.locator("#__search")).to_be_checked()
    page.evaluate("""() => ["Escape", "/"].forEach(key => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true})
    ))""")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()


def test_tabs_and_colors_are_changed_by_arrows(served: str, page: Page) -> None:
    page.goto(f"{served}/{PAGE}")
    page.locator("#__tabbed_1_1").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tabbed-block").nth(1)).to_be_visible()
    expect(page.locator(".tabbed-block").nth(0)).not_to_be_visible()
    page.locator("#__palette_0").focus()
    for scheme in ("slate", "default"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def test_the_drawer_of_a_phone_is_used_by_keyboard(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{served}/{PAGE}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.wait_for_function(_FOCUSED).json_value() == "__drawer"
    page.keyboard.press("Space")
    page.wait_for_function("() => document.getAnimations().length === 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    shown = page.locator("#__toc_label")
    expect(shown).to_be_focused()
    expect(shown.locator("[aria-current=page]")).to_be_visible()
    link = page.locator(".md-nav--primary a.md-nav__link--active").last
    expect(link).to_have_attribute("aria-current", "page")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getAnimations().length === 0")
    page.keyboard.press("Tab")
    expect(page.locator(".md-nav__title[for=__toc] > .md-nav__icon").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown).to_be_focused()
    page.wait_for_function("() => document.getAnimations().length === 0")
    page.keyboard.press("Shift+Tab")
    for panel, left in (("__nav_3_3", 2), ("__nav_3", 0)):
        arrow = page.locator(f".md-nav__title[for={panel}] > .md-nav__icon")
        expect(arrow).to_be_focused()
        page.keyboard.press("Enter")  # back to the panel below, to where this one opened
        expect(page.locator(f"#{panel}_label")).to_be_focused()
        page.wait_for_function("() => document.getAnimations().length === 0")
        for _ in range(left):
            page.keyboard.press("Shift+Tab")
    page.locator("#__drawer").focus()
    stops = _walk(page)
    assert f"{served}/mission/" in stops
    assert "md-search__input" not in stops
    page.keyboard.press("Escape")
    expect(page.locator("#__drawer")).not_to_be_checked()


@pytest.mark.parametrize("language", ["", "es/", "ja/"])
def test_a_page_is_read_without_scripts(served: str, browser: Browser, language: str) -> None:
    """Text, tabs, the drawer of a phone, the menu of languages and its links."""
    phone = {"width": 360, "height": 800}
    with browser.new_context(java_script_enabled=False, viewport=phone) as context:
        page = context.new_page()
        page.goto(f"{served}/{language}{PAGE}")
        for part in page.locator("article :is(h1, h2, p, li):not(:empty, [hidden])").all():
            if part.evaluate("each => !each.closest('.tabbed-block, details:not([open])')"):
                expect(part).to_be_visible()
        page.locator(".tabbed-labels label").nth(1).click()
        expect(page.locator(".tabbed-block").nth(1)).to_be_visible()
        page.locator(".md-header [for=__drawer]").click()
        expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
        page.locator(".md-overlay").click(position={"x": 340, "y": 400})
        page.locator(".languages").click()
        page.locator(".md-select [hreflang=ja]").click()
        page.wait_for_url(f"{served}/ja/{PAGE}")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site without styles of its own and without search."""
    root = tmp_path_factory.mktemp("plain")
    texts = {f"docs/en/{name}.md": f"# {name}\n\nHere.\n" for name in ("index", "one")}
    handbooks.notes(root, texts, settings=f"nav: [index.md, {{{_LONG}: [one.md]}}]\n")
    build.build(root)
    with hosting.serve(root / "site") as address:
        yield address


_LONG = "A section whose name is longer than a line"


def test_a_site_without_search_has_its_other_scripts(plain: str, page: Page) -> None:
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(plain, wait_until="networkidle")


def test_on_a_site_without_styles_keys_open_the_drawer_and_titles_are_whole(
    plain: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{plain}/one/")
    expect(page.locator(".languages__current")).to_be_hidden()
    page.locator("#__drawer").focus()
    page.keyboard.press("Space")
    expect(page.locator("#__drawer")).to_be_checked()
    page.add_style_tag(content="html { font-size: 250% }")  # what a reader may set
    title = page.locator(".md-nav__title", has_text=_LONG)
    assert page.locator(".md-sidebar--primary").evaluate("each => each.offsetWidth") < 360
    assert title.evaluate("each => each.scrollWidth <= each.clientWidth")
    page.keyboard.press("Tab")  # past what the panel covers
    expect(title.locator(".md-nav__icon")).to_be_focused()


def test_on_a_site_without_styles_a_language_has_its_name_beside_its_icon(
    plain: str, page: Page
) -> None:
    page.goto(plain)
    icon, name = (
        page.locator(f".languages {each}").bounding_box() for each in ("svg", ".languages__current")
    )
    assert icon
    assert name
    assert name["x"] >= icon["x"] + icon["width"]
