"""The tools at the foot of a page: downloads, sharing, reports of mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Page, expect

import handbooks
from handbook.press.make import build
from rows import rows


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
    assert (name, address) == ("A Sample", "https://handbook.example/")
    assert description == "Two pages."


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


def test_what_may_not_be_copied_is_shown(hosted: str, page: Page) -> None:
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(Error('not allowed')) }"
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{hosted}/page/")
    page.evaluate(refuse)
    page.locator(".tools button").click()
    expect(page.locator(".tools [aria-live]")).to_contain_text("https://handbook.example/page/")


def test_a_form_is_filled_in(tmp_path: Path) -> None:
    handbooks.pair(
        tmp_path,
        "plugins: {bitext: {books: false, "
        "report: 'https://forms.example/?p={page}&q={paragraph}'}}\n",
    )
    build.build(tmp_path)
    (link,) = _tools(tmp_path / "site/page/index.html").xpath(".//a[@data-report]/@data-report")
    assert unquote(link) == (
        "https://forms.example/?p=A page https://handbook.example/page/&q={paragraph}"
    )


@rows("wrong", ["keepers@example.org", "https://forms.example/{pge}", "[a, b]"])
def test_a_report_address_that_is_none_is_told(tmp_path: Path, wrong: str) -> None:
    handbooks.pair(
        tmp_path, f"plugins: {{bitext: {{report: {json.dumps(wrong)}, books: false}}}}\n"
    )
    problems = build.build(tmp_path).problems
    assert [each for each in problems if "report" in each.text and "write a bare" in each.text]
    assert not _tools(tmp_path / "site/page/index.html").xpath(".//a[@data-report]")


# Downloads --------------------------------------------------------------------------------------


def test_a_download_tells_its_size(made: Path) -> None:
    (offer,) = _tools(made / "page/index.html").xpath(".//a[contains(@href, '.epub')]")
    size = (made / "books/handbook-en.epub").stat().st_size
    assert offer.text_content().strip() == f"Whole handbook (EPUB) · {-(-size // 1000)} kB"
