"""The handbook as a record, from which books are made."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import ours
from folders import ROOT
from handbook.bitext.project import settings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.assemble import Tally
from handbook.press.books.book import Book, Chapter, Part, Place
from handbook.press.books.imprint import imprint
from handbook.press.plugin import plugin


@pytest.fixture
def spanish(books: dict[str, Book]) -> Book:
    return books["es"]


def test_a_book_has_every_page_once_in_the_order_of_the_navigation(spanish: Book) -> None:
    paths = [chapter.path for chapter in spanish.chapters]
    assert paths == list(settings.targets(_SETTINGS["nav"]))
    assert sorted(paths) == sorted(source.path for source in Handbook.open(ROOT).sources())


def test_its_words_are_in_its_language_and_its_slugs_in_every_language(spanish: Book) -> None:
    editions = plugin.open_editions(ROOT)
    first, say = spanish.items[0], editions.say("es")
    part = next(each for each in spanish.items if isinstance(each, Part))
    titles = {title for each in _SETTINGS["nav"] for title in each}
    assert isinstance(first, Chapter)
    assert (first.title, first.language) == (editions.title("index.md", "es")[0], "es")
    assert part.title in map(say, titles)
    assert re.fullmatch("[a-z-]+", part.slug)
    name = _SETTINGS["site_name"]
    assert spanish.title == say(name) != name
    assert spanish.date is not None


_SETTINGS = settings.mkdocs_settings(ROOT / "mkdocs.yml")


def test_links_between_its_pages_are_found(spanish: Book) -> None:
    home, mission = spanish.chapters[0], spanish.find(spanish.chapters[0], "mission/#values")
    assert mission == Place("mission.md", "values")
    assert spanish.find(home, "https://example.org/") is None
    assert spanish.find(home, "../en/mission/") is None
    for chapter in spanish.chapters:
        for href in re.findall(r'<a href="(?!https?:)([^"]*)"', chapter.html):
            assert spanish.find(chapter, href), f"{chapter.path}: {href}"


def test_a_part_is_a_book_of_its_own(spanish: Book) -> None:
    parts = [each for each in spanish.items if isinstance(each, Part)]
    [part] = [each for each in parts if any(chapter.sheet for chapter in each.chapters)]
    sheets = spanish.only(part)
    assert sheets.title == part.title
    assert sum(chapter.sheet for chapter in sheets.chapters) == len(ours.SHEETS)
    assert sheets.find(sheets.chapters[0], "../mission/") is None


def test_its_imprint_names_translators_who_want_to_be_named(spanish: Book) -> None:
    def say(message: str) -> str:
        return message

    first, second, *rest = spanish.chapters
    named = [replace(first, credit=("Ana", "Bo")), replace(second, credit=("Bo", "Zoe")), *rest]
    assert "Translated by: Ana, Bo y Zoe" in imprint(replace(spanish, items=tuple(named)), say)
    assert not any(line.startswith("Translated by") for line in imprint(spanish, say))


def test_its_imprint_says_how_far_the_translation_keeps_up(spanish: Book) -> None:
    say = plugin.open_editions(ROOT).say("es")
    chapter = next(each for each in spanish.chapters if each.tally)
    behind = replace(chapter, tally=Tally(current=399, missing=1))
    lines = imprint(replace(spanish, items=(behind,)), say)
    assert "Páginas: 1; escritas originalmente en esta lengua: 0" in lines
    assert "Pasajes traducidos que corresponden al original actual: 99\N{NO-BREAK SPACE}%" in lines
    assert spanish.license in lines
    assert spanish.standing == lines[0]
