"""Reading without a connection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import handbooks
from handbook.press.make import build


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that nothing was visited with."""
    with browser.new_context(service_workers="allow") as context:
        yield context.new_page()


def _visit(page: Page, address: str) -> None:
    """Visit a page and wait until all that it loaded is saved, some of it a moment later."""
    page.goto(address)
    page.wait_for_function("navigator.serviceWorker.controller")
    page.wait_for_function(
        """async () => {
          const loaded = performance.getEntriesByType("resource").map(({ name }) => name)
          const saved = await Promise.all([location.href, ...loaded].map(url => caches.match(url)))
          return saved.every(Boolean)
        }"""
    )


def test_a_visited_page_is_there_without_a_connection(hosted: str, page: Page) -> None:
    _visit(page, f"{hosted}/page/")
    page.context.set_offline(True)
    page.goto(f"{hosted}/page/?from=a-friend")
    assert page.get_by_text("The first paragraph.").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.tools ul')).display") == "flex"


def test_an_unvisited_page_says_so_in_its_language_and_lists_what_is_there(
    hosted: str, page: Page
) -> None:
    _visit(page, f"{hosted}/page/")
    page.context.set_offline(True)
    page.goto(f"{hosted}/es/page/")
    assert page.get_by_role("heading", name="Sin conexión").is_visible()
    assert page.locator("html").get_attribute("lang") == "es"
    page.locator("[data-saved] a").click()
    page.get_by_text("The first paragraph.").wait_for()


def test_who_is_online_never_sees_an_old_page(made: Path, hosted: str, page: Page) -> None:
    _visit(page, f"{hosted}/page/")
    file = made / "page/index.html"
    old = file.read_bytes()
    file.write_bytes(old.replace(b"The first paragraph.", b"A newer paragraph."))
    page.goto(f"{hosted}/page/")
    assert page.get_by_text("A newer paragraph.").is_visible()
    file.write_bytes(old)


def test_one_setting_takes_it_all_away_again(made: Path, hosted: str, page: Page) -> None:
    _visit(page, f"{hosted}/page/")
    worker = made / "worker.js"
    kept, rest = worker.read_text("utf-8").split("\n", 1)
    worker.write_text(f"const KEPT = null\n{rest}", "utf-8")
    page.evaluate("navigator.serviceWorker.getRegistration().then(each => each.update())")
    page.wait_for_function(
        """async () => {
          const caught = await navigator.serviceWorker.getRegistration()
          return !caught && !(await caches.keys()).length
        }"""
    )
    worker.write_text(f"{kept}\n{rest}", "utf-8")


def test_a_handbook_that_is_not_kept_offline_has_a_worker_that_removes_itself(
    tmp_path: Path,
) -> None:
    handbooks.pair(tmp_path, "plugins: {bitext: {offline: false, books: false}}\n")
    build.build(tmp_path)
    assert (tmp_path / "site/worker.js").read_text("utf-8").startswith("const KEPT = null\n")
    assert "offline.js" not in (tmp_path / "site/index.html").read_text("utf-8")
