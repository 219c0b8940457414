"""The figures the built site has to reach; `make audit` prints them."""

from __future__ import annotations

import subprocess
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

import audits
import hosting
import ours
from figures import Tell
from folders import ROOT
from handbook.command import main
from papers import pages_of
from sites import Built

ADDRESS = "https://handbook.example/"
LANGUAGES = ("", *(f"{each}/" for each in ours.LANGUAGES[1:]))
UNFINISHED = ("es/guide/", "es/document/", "ja/guide/")  # the last one in nothing but its frame
KILOBYTES = 250
LIGHTHOUSE = ("es/mission/", "", "ja/toolkit/facilitation/")  # `make test` asks for the first


@pytest.fixture(scope="module")
def redline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what has changed on a key document since its first version, `index.html`."""
    name, folder = f"docs/{ours.LANGUAGES[0]}/{ours.KEY_DOCUMENTS[0]}.md", "redline"
    known = ("git", "log", "--format=%H", "--diff-filter=A", "--", name)
    first = subprocess.run(known, cwd=ROOT, capture_output=True, text=True, check=True)
    file = tmp_path_factory.mktemp(folder) / "index.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        words = ["redline", name, "--from", first.stdout.split()[-1], "--to-file", str(file)]
        assert main.main(words) == 0
    return file.parent


@pytest.fixture(scope="module")
def visits(served: str, edited: Path, redline: Path) -> list[audits.Visit]:
    """First visits to each type of page, in light on a wide screen and in dark on a phone.

    On a wide screen each language is visited, on a phone one after the other.
    """
    with hosting.serve(edited) as beside, hosting.serve(redline) as changes:
        others = [f"{served}/{page}" for page in (*ours.SIDE_BY_SIDE, *ours.HISTORIES)]
        others.append(f"{changes}/")
        others += [f"{beside}/{page}" for page in UNFINISHED]
        pages = [f"{served}/{language}{page}" for page in ours.AUDITED for language in LANGUAGES]
        pairs = zip(cycle(LANGUAGES), ours.AUDITED, strict=False)
        in_turn = [f"{served}/{language}{page}" for language, page in pairs]
        return audits.visits(
            [
                *(audits.View(url, "light", 1280) for url in (*pages, *others)),
                *(audits.View(url, "dark", 360) for url in (*in_turn, *others)),
            ]
        )


def test_axe_finds_no_violation(visits: list[audits.Visit], tell: Tell) -> None:
    found = [f"{each.url}: {line}" for each in visits for line in each.violations]
    tell(f"axe, violations on {len(visits)} views", len(found), "0")
    assert found == []


def test_no_page_is_wider_than_its_window(visits: list[audits.Visit], tell: Tell) -> None:
    found = [f"{each.url}: {each.excess}" for each in visits if each.excess > 0]
    tell("Pages wider than their window", len(found), "0")
    assert found == []


def test_what_has_changed_is_printed_whole(built: Built, browser: Browser, redline: Path) -> None:
    """In black, underlined or struck out, with no heading at the end of a page."""
    page = browser.new_page(viewport={"width": 680, "height": 1000})  # as wide as the text of A4
    page.emulate_media(media="print")
    for file in (redline / "index.html", *(built[0] / each for each in ours.HISTORIES)):
        page.goto(file.as_uri())
        assert page.evaluate(audits.EXCESS) <= 0, file
        for tag, line in (("ins", "underline"), ("del", "line-through")):
            for each in page.locator(tag).all()[:1]:
                expect(each).to_have_css("color", "rgb(0, 0, 0)")
                expect(each).to_have_css("text-decoration-line", line)
        page.pdf(path=redline / "page.pdf", prefer_css_page_size=True)
        ends = {text.rstrip().split("\n")[-1].strip() for text in pages_of(redline / "page.pdf")}
        headings = {each.split("\n")[-1] for each in page.locator(".heading, h2").all_inner_texts()}
        assert not ends & headings, file
    page.close()


def test_no_page_asks_another_host(visits: list[audits.Visit], tell: Tell) -> None:
    own = ("http://127.0.0.1:", "data:")
    found = [url for each in visits for url in each.requested if not url.startswith(own)]
    tell("Requests to other hosts", len(found), "0")
    assert found == []


def test_no_request_fails_and_the_console_is_empty(visits: list[audits.Visit], tell: Tell) -> None:
    found = [f"{each.url}: {line}" for each in visits for line in each.failures]
    tell("Failing requests, lines in the console", len(found), "0")
    assert found == []


def test_a_first_view_is_light(visits: list[audits.Visit], tell: Tell) -> None:
    heaviest = max(visits, key=lambda each: each.size)
    tell("Heaviest first view, kB", round(heaviest.size / 1000), f"at most {KILOBYTES}")
    assert heaviest.size <= KILOBYTES * 1000, heaviest


def test_the_index_of_search_waits_until_it_is_used(visits: list[audits.Visit], tell: Tell) -> None:
    asked = [url for each in visits for url in each.requested]
    found = [url for url in asked if urlsplit(url).path.startswith("/search/")]
    tell("Search indexes loaded on first views", len(found), "0")
    assert found == []


def test_every_page_is_valid_html(built: Built, edited: Path, tell: Tell) -> None:
    found = audits.invalid(built[0], edited)
    tell("HTML errors (Nu checker)", len(found), "0")
    assert found == []


def test_every_link_and_anchor_leads_somewhere(built: Built, tell: Tell) -> None:
    found = audits.broken(built[0], ADDRESS)
    tell("Broken links and anchors", len(found), "0")
    assert found == []


@pytest.mark.parametrize("page", LIGHTHOUSE if audits.IS_WHOLE else LIGHTHOUSE[:1])
def test_lighthouse_gives_full_marks_on_a_phone(served: str, page: str, tell: Tell) -> None:
    """Performance is printed and not judged: a busy machine lowers it."""
    scores = audits.scores(f"{served}/{page}")
    for category, score in scores.items():
        wanted = "at least 95 on a quiet machine" if category == "performance" else "100"
        tell(f"Lighthouse, /{page}, {category}", score, wanted)
    del scores["performance"]
    assert set(scores.values()) == {100}
