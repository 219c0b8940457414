"""The figures the built site has to reach; `make audit` prints them."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

import audits
import hosting
import ours
from figures import Tell
from sites import Built

ADDRESS = "https://handbook.example/"
LANGUAGES = ("", *(f"{each}/" for each in ours.LANGUAGES[1:]))
UNFINISHED = ("es/guide/", "es/document/", "ja/guide/")  # the last one in nothing but its frame
KILOBYTES = 250


@pytest.fixture(scope="module")
def visits(served: str, edited: Path) -> list[audits.Visit]:
    """First visits to each type of page, in light on a wide screen and in dark on a phone.

    On a wide screen each language is visited, on a phone one after the other.
    """
    with hosting.serve(edited) as beside:
        others = [f"{served}/{page}" for page in ours.SIDE_BY_SIDE]
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
    found = [url for each in visits for url in each.requested if "search_index" in url]
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


@pytest.mark.parametrize("page", ["", "es/mission/", "ja/toolkit/facilitation/"])
def test_lighthouse_gives_full_marks_on_a_phone(served: str, page: str, tell: Tell) -> None:
    """Performance is printed and not judged: a busy machine lowers it."""
    scores = audits.scores(f"{served}/{page}")
    for category, score in scores.items():
        wanted = "at least 95 on a quiet machine" if category == "performance" else "100"
        tell(f"Lighthouse, /{page}, {category}", score, wanted)
    del scores["performance"]
    assert set(scores.values()) == {100}
