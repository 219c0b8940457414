"""The handbook's own texts: complete, dated and linked."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest
import yaml

import ours
from folders import ROOT
from handbook.bitext.moving import dead
from handbook.bitext.page import frontmatter, scan
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.press.core.config import load
from handbook.press.plugin import plugin
from rows import rows

BOOK = Handbook.open(ROOT)
SOURCES = BOOK.sources()


def front(source: Source) -> dict[str, object]:
    text = source.file.read_text("utf-8")
    values = yaml.safe_load(text[: frontmatter.end(text)].strip("-\n"))
    assert isinstance(values, dict), f"{source.file}: give it front matter, see CONTRIBUTING"
    return values


def test_there_is_nothing_wrong_with_any_file() -> None:
    """What it warns of is left to people: a warning stops no proposal."""
    assert [*faults.problems(BOOK), *(link.problem for link in dead.dead_links(BOOK))] == []


def test_pages_are_first_written_in_every_language() -> None:
    counted = Counter(source.language for source in SOURCES)
    grown = [code for code in BOOK.languages if counted[code] > 1]
    assert len(grown) >= ours.WRITTEN_IN  # a language that was added begins without pages


@rows("source", SOURCES)
def test_a_page_has_what_every_page_needs(source: Source) -> None:
    text = source.file.read_text("utf-8")
    values = front(source) if ours.KEYS else {}
    missing = ours.KEYS - values.keys()
    assert not missing, f"{source.file}: add {missing} to its front matter, see CONTRIBUTING"
    described = "description" not in values or 20 < len(str(values["description"])) <= 160
    assert described, f"{source.file}: write 21 to 160 characters into its description"
    dated = "review_by" not in values or str(values["review_by"]) > str(values["reviewed"])
    assert dated, f"{source.file}: its review_by is to be later than its reviewed"
    headings = re.findall(r"^(#+) (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.M)
    titles = [marks for marks, _ in headings].count("#")
    assert titles == 1, f"{source.file}: {titles} of its headings begin with a single #; have one"
    for marks, words in headings:
        is_free = len(marks) == 1 or not ours.LAST_SECTION
        named = is_free or re.search(r"\{ #[a-z0-9-]+( \.[a-z-]+)? \}$", words)
        assert named, f"{source.file}: give the heading an id of its own: {words} {{ #name }}"
    ids = re.findall(r"\{ #([a-z0-9-]+)(?: \.[a-z-]+)? \}$", text, re.MULTILINE)
    twice = [each for each, count in Counter(ids).items() if count > 1]
    assert not twice, f"{source.file}: give each heading an id of its own: {twice}"
    ended = source.path == "index.md" or ours.LAST_SECTION in {*ids, ""}
    assert ended, f"{source.file}: give its last section the id {ours.LAST_SECTION}"


@rows("source", SOURCES)
def test_notes_stand_in_the_order_in_which_they_are_read(source: Source) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", source.read_text(), flags=re.DOTALL)
    notes = re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE)
    read = list(dict.fromkeys(re.findall(r"\[\^([^\]]+)\](?!:)", text)))
    cure = "put the notes at the end into the order in which the text reads them"
    assert notes == read, f"{source.file}: {cure}: {', '.join(read)}"


def test_reviews_are_spread_over_the_months() -> None:
    due = [str(day) for each in SOURCES if (day := BOOK.front(each).get("review_by"))]
    months = Counter(day[:7] for day in due)
    full = [month for month, count in months.items() if count > 5]
    assert not full, f"more than five pages are due in {full}: choose another month for review_by"


@rows("name", ours.KEY_DOCUMENTS)
def test_a_key_document_says_what_it_is(name: str) -> None:
    source = next(source for source in SOURCES if source.path == f"{name}.md")
    values = front(source)
    assert values["status"] in ("restatement", "draft", "adopted")
    assert {"version", "date", "authentic"} <= values.keys()
    # What was adopted is the document itself: no box has to say that it is not.
    boxed = "!!! restatement" in source.file.read_text("utf-8")
    assert boxed or values["status"] == "adopted"


@rows("option", ["help", "without_account"])
def test_what_leads_translators_on_leads_to_a_heading_and_few_words(option: str) -> None:
    path, mark, heading = plugin.of(load(ROOT)).config[option].partition("#")
    if not path:
        return
    [source] = [each for each in SOURCES if each.path == path]
    sections = re.split(r"(?m)^## ", source.file.read_text("utf-8"))
    [section] = [each for each in sections if f"{mark}{heading} }}\n" in each]
    assert len(section.split()) <= ours.FIRST_STEPS, f"{source.file}: cut #{heading}"


def test_lists_and_keywords_are_not_published() -> None:
    excluded = load(ROOT).exclude_docs
    assert excluded is not None
    lists = [file.relative_to(ROOT / "docs") for file in (ROOT / "docs").rglob("*/*.yml")]
    assert {file.name for file in lists} >= ours.LISTS
    assert all(excluded.match_file(str(each)) for each in lists)


def test_no_address_of_a_person_stands_anywhere() -> None:
    files = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("translations/**/*.po")]
    for file in files:
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", file.read_text("utf-8")), file


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
    assert len(terms) >= ours.TERMS
    for language in BOOK.languages:
        assert len(BOOK.terms(language)) == len(terms)


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
