"""What is folded on a phone: the years of a timeline and long lists of footnotes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

PHONE = {"width": 360, "height": 800}
_ROWS = "".join(
    f'<tr data-year="{year}"><td id="row{at}">{year}</td><td>What happened</td></tr>'
    for at, year in enumerate([2010, 2012, 2012, 2012, 2013])
)
_NOTES = "".join(f'<li id="fn{at}">A note</li>' for at in range(10))
ADDED = f"""<p><a id="down" href="#fn7">7</a></p>
<table data-cards><thead><tr><th>Date</th><th>Event</th></tr></thead><tbody>{_ROWS}</tbody></table>
<div class="footnote"><ol>{_NOTES}</ol></div></article>"""


def _lengthen(route: Route) -> None:
    """Give a page a timeline and notes."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</article>", ADDED))


@pytest.fixture
def long(served: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with a timeline and notes, on a phone; its parameter: settings of the browser."""
    settings = {"viewport": PHONE, "service_workers": "block", **getattr(request, "param", {})}
    with browser.new_context(**settings) as context:
        page = context.new_page()
        page.route("**/structure/", _lengthen)
        page.goto(f"{served}/structure/")
        yield page


def _visible(page: Page) -> tuple[int, int]:
    """How many rows and notes are to be seen."""
    rows, notes = (
        page.locator(each).all() for each in ("[data-year] > td:first-child", ".footnote li")
    )
    sees = "each => each.checkVisibility({ contentVisibilityAuto: true })"
    return sum(each.evaluate(sees) for each in rows), sum(each.evaluate(sees) for each in notes)


def test_buttons_open_and_shut_what_is_folded(long: Page) -> None:
    year, notes = long.locator(".fold").all()
    expect(year).to_have_text("2012 (3)")
    expect(notes).to_have_text("Footnotes: 10")
    assert _visible(long) == (2, 0)
    for button, seen in ((year, (5, 0)), (notes, (5, 10)), (year, (2, 10))):
        button.click()
        assert _visible(long) == seen
    expect(year).to_have_attribute("aria-expanded", "false")
    expect(notes).to_have_attribute("aria-expanded", "true")
    assert year.evaluate("each => each.getBoundingClientRect().height") >= 44


def test_a_link_opens_what_it_leads_to(long: Page) -> None:
    long.locator("#down").click()
    expect(long.locator("#fn7")).to_be_in_viewport()
    long.evaluate("location.hash = '#row2'")
    expect(long.locator("#row2")).to_be_in_viewport()
    assert _visible(long) == (5, 10)
    long.reload()  # the address still has the fragment
    expect(long.locator("#row2")).to_be_in_viewport()
    assert _visible(long) == (5, 0)


@pytest.mark.parametrize(
    "long",
    [{"viewport": {"width": 768, "height": 800}}, {"java_script_enabled": False}],
    indirect=True,
)
def test_elsewhere_all_is_open(long: Page) -> None:
    expect(long.locator("#row2")).to_be_visible()
    expect(long.locator("#fn7")).to_be_visible()
    expect(long.locator(".fold:visible")).to_have_count(0)


def test_on_paper_all_is_open(long: Page) -> None:
    long.emulate_media(media="print")
    assert _visible(long) == (5, 10)
    expect(long.locator(".fold:visible")).to_have_count(0)


def test_a_page_with_folded_rows_stands_beside_another_language(long: Page) -> None:
    """The texts of both pages are the same ones, folded or not."""
    texts = """async () => {
        const { textsOf } = await import("/assets/texts.js")
        const other = new DOMParser().parseFromString(
            await (await fetch(location)).text(), "text/html")
        return [textsOf(document).length, textsOf(other).length]
    }"""
    ours, theirs = long.evaluate(texts)
    assert ours == theirs
