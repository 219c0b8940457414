"""Pages are built alike in every language."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

import ours

SCREEN = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that asks for English."""
    with browser.new_context(locale="en-US", viewport=SCREEN) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        yield page


_TEXTS = """async (urls) => {
    const { textsOf } = await import("/assets/texts.js")
    const parsed = async url =>
        new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html")
    return Promise.all(urls.map(async url =>
        textsOf(await parsed(url)).map(({ element }) => element.localName).join(" ")))
}"""


def test_every_page_has_the_same_texts_in_every_language(page: Page, served: str) -> None:
    page.goto(f"{served}/sitemap.xml")
    urls = page.evaluate("[...document.querySelectorAll('loc')].map(each => each.textContent)")
    folders = tuple(f"/{each}" for each in ours.LANGUAGES[1:])
    starts = tuple(f"{each}/" for each in folders)
    paths = [path for url in urls if not (path := urlsplit(url).path).startswith(starts)]
    page.goto(f"{served}/404.html")
    found = [page.evaluate(_TEXTS, [folder + path for path in paths]) for folder in ("", *folders)]
    assert len(paths) > ours.AT_LEAST.get("pages", 0)
    for path, *texts in zip(paths, *found, strict=True):
        assert texts[0].count(" ") > 1, path
        assert len(set(texts)) == 1, path
