"""The tools at the foot of a page: downloads, sharing, reports of mistakes, reading offline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page

import hosting
from places import ROOT
from press.frame import sharing
from press.make import build

_MAIL = "mailto:keepers@example.org"
_PAGE = "# A page\n\nThe first paragraph.\n\nThe *second* paragraph, which is wrong.\n"


def _write(root: Path, settings: str) -> None:
    """Write a handbook of two pages, in English alone but for its Spanish home."""
    for folder in ("hooks", "theme", "translations"):
        (root / folder).symlink_to(ROOT / folder)
    (root / "docs/en").mkdir(parents=True)
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (root / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: null\n{settings}")
    (root / "docs/en/index.md").write_text("# Home “sweet” home & garden\n\nHere.\n", "utf-8")
    (root / "docs/en/page.md").write_text(_PAGE, "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook to which one can write."""
    root = tmp_path_factory.mktemp("tools")
    _write(root, f"extra: {{report: '{_MAIL}'}}\n")
    build.build(root)
    return root / "site"


@pytest.fixture(scope="module")
def hosted(made: Path) -> Iterator[str]:
    with hosting.serve(made) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(service_workers="allow") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page()


def _tools(file: Path) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    (found,) = lxml_html.document_fromstring(file.read_bytes(), parser=parser).find_class("tools")
    return found


def _mail(link: str) -> dict[str, str]:
    """What a mail program makes of a link."""
    return {key: value for key, (value,) in parse_qs(urlsplit(link).query).items()}


# Sharing and reporting --------------------------------------------------------------------------


def test_a_mail_says_what_the_handbook_is(made: Path) -> None:
    (link,) = _tools(made / "index.html").xpath(".//a[starts-with(@href, 'mailto:?')]/@href")
    assert "+" not in link  # in a mail a plus sign is a plus sign
    title, name, description, address = _mail(link)["body"].split("\r\n")
    assert title == _mail(link)["subject"] == "Home “sweet” home & garden"
    assert (name, address) == ("Handbook for a Participatory Society", "https://handbook.example/")
    assert description.startswith("What the International Organization")


def test_a_report_names_page_and_language_without_a_script(made: Path) -> None:
    (link,) = _tools(made / "page/index.html").xpath(".//a[@data-report]/@href")
    assert urlsplit(link).path == "keepers@example.org"
    lines = _mail(link)["body"].split("\r\n")
    assert lines[:2] == ["Page: A page https://handbook.example/page/", "Language: English (en)"]
    assert lines[2].strip() == "Paragraph:"


def test_a_report_quotes_the_paragraph_that_was_touched(hosted: str, page: Page) -> None:
    page.goto(f"{hosted}/page/")
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    page.get_by_text("which is wrong").click()
    report = page.locator("[data-report]")
    report.click()
    link = report.get_attribute("href")
    assert link is not None
    assert "“The second paragraph, which is wrong.”" in _mail(link)["body"]


def test_what_is_shared_is_copied_where_nothing_shares(hosted: str, page: Page) -> None:
    page.goto(f"{hosted}/page/")
    page.locator(".tools button").click()
    page.get_by_text("The text and the address are copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == "A page"
    assert copied.splitlines()[-1] == "https://handbook.example/page/"


def test_a_form_is_filled_in(tmp_path: Path) -> None:
    _write(
        tmp_path, "extra: {report: 'https://forms.example/?p={page}&q={paragraph}', books: false}\n"
    )
    build.build(tmp_path)
    (link,) = _tools(tmp_path / "site/page/index.html").xpath(".//a[@data-report]/@data-report")
    assert unquote(link) == (
        "https://forms.example/?p=A page https://handbook.example/page/&q={paragraph}"
    )


@pytest.mark.parametrize("wrong", ["keepers@example.org", "https://forms.example/{pge}", "[a, b]"])
def test_a_report_address_that_is_none_is_told(tmp_path: Path, wrong: str) -> None:
    _write(tmp_path, f"extra: {{report: {json.dumps(wrong)}, books: false}}\n")
    problems = build.build(tmp_path).problems
    assert [each for each in problems if "report" in each and "write a bare mailto:" in each]
    assert not _tools(tmp_path / "site/page/index.html").xpath(".//a[@data-report]")


# Downloads --------------------------------------------------------------------------------------


def test_a_download_tells_its_size(made: Path) -> None:
    (offer,) = _tools(made / "page/index.html").xpath(".//a[contains(@href, '.epub')]")
    size = (made / "books/handbook-en.epub").stat().st_size
    assert offer.text_content().strip() == f"Whole handbook (EPUB) · {-(-size // 1000)} kB"


@pytest.mark.parametrize(
    ("count", "language", "told"),
    [
        (1, "en", "1 kB"),
        (84_001, "es", "85 kB"),
        (2_340_000, "es", "2,3 MB"),
        (2_000, "ja", "2 KB"),
    ],
)
def test_sizes_are_written_as_readers_write_them(count: int, language: str, told: str) -> None:
    assert sharing.size(count, language).replace("\N{NO-BREAK SPACE}", " ") == told


# Reading offline --------------------------------------------------------------------------------


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
    _write(tmp_path, "extra: {offline: false, books: false}\n")
    build.build(tmp_path)
    assert (tmp_path / "site/worker.js").read_text("utf-8").startswith("const KEPT = null\n")
    assert "offline.js" not in (tmp_path / "site/index.html").read_text("utf-8")
