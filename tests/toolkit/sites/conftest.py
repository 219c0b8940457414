"""Sites for the tests of this folder: the sample's, and one whose readers can write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import handbooks
import hosting
import sites
from handbook.press.make import build
from sites import Built


@pytest.fixture(scope="session")
def built(sample: Path) -> Built:
    """The sample's site, and what came of the build."""
    return sites.built(sample, sample / "site")


@pytest.fixture(scope="session")
def served(built: Built) -> Iterator[str]:
    """The address at which the sample can be browsed."""
    with hosting.serve(built[0]) as address:
        yield address


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook to which one can write."""
    root = tmp_path_factory.mktemp("tools")
    handbooks.pair(root, "plugins: {bitext: {report: 'mailto:keepers@example.org'}}\n")
    build.build(root)
    return root / "site"


@pytest.fixture(scope="session")
def hosted(made: Path) -> Iterator[str]:
    """The address at which it can be browsed."""
    with hosting.serve(made) as address:
        yield address


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """What pages of a browser share; one that stays open keeps their process running.

    Service workers, which would outlive a page, are tried in `test_offline`.
    """
    with browser.new_context(service_workers="block") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.new_page()
        yield context


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """A page of a browser that keeps what it visits, and what is copied, until the test ends."""
    page = reader.new_page()
    visited: set[str] = set()
    page.on("framenavigated", lambda frame: visited.add(urljoin(frame.url, "/")))
    yield page
    first, *others = reader.pages
    for each in others:
        each.close()
    tool = reader.new_cdp_session(first)
    for origin in visited:
        tool.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    tool.detach()
