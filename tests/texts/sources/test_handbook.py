"""What the program makes of the handbook's own texts; `handbook check` says what is wrong there."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

import ours
from folders import ROOT
from handbook.bitext.page import scan
from handbook.bitext.project.handbook import Handbook
from handbook.press.core.config import load

BOOK = Handbook.open(ROOT)
SOURCES = BOOK.sources()


def test_pages_are_first_written_in_every_language() -> None:
    counted = Counter(source.language for source in SOURCES)
    grown = [code for code in BOOK.languages if counted[code] > 1]
    assert len(grown) >= ours.WRITTEN_IN  # a language that was added begins without pages


def test_lists_and_keywords_are_not_published() -> None:
    excluded = load(ROOT).exclude_docs
    assert excluded is not None
    lists = [file.relative_to(ROOT / "docs") for file in (ROOT / "docs").rglob("*/*.yml")]
    assert {file.name for file in lists} >= ours.LISTS
    assert all(excluded.match_file(str(each)) for each in lists)


def test_every_page_keeps_its_segments_and_no_more() -> None:
    """A page's catalogs hold just its messages, in its order."""
    for source in SOURCES:
        wanted = list(dict.fromkeys(s.key for s in BOOK.read(source).segments))
        for language in BOOK.languages:
            if language != source.language:
                units = BOOK.catalog(source, language).units
                assert [unit.key for unit in units] == wanted


def test_scanning_the_handbook_finds_its_glossary() -> None:
    glossary = [source for source in SOURCES if source.path == BOOK.settings.glossary]
    pages = [scan.read(each.file.read_text("utf-8")) for each in glossary]
    terms = [s for page in pages for s in page.segments if s.kind == "term"]
    assert bool(terms) == bool(glossary)
    for language in BOOK.languages:  # one that was just written has no translation yet
        is_own = language == glossary[0].language if glossary else False
        known = BOOK.terms(language).keys()
        assert known <= {s.message for s in terms}
        assert len(known) == len(terms) or not is_own


def test_the_questions_asked_of_the_menus_name_pages_that_are_there() -> None:
    """Titles and groups can change; a count in benchmarks/menus.toml must be made anew then."""
    file = ROOT / "benchmarks/menus.toml"
    if not file.exists():
        pytest.skip("this handbook has no such questions")
    text = file.read_text("utf-8")
    paths = {source.path for source in SOURCES}
    for each in tomllib.loads(text)["question"]:
        named = {*each["pages"], *each["opened"]}
        assert named <= paths, f"{each['en']} There is no {named - paths}"
        assert each["opened"][-1] in each["pages"], each["en"]
        assert 1 <= len(each["opened"]) <= 3, each["en"]
