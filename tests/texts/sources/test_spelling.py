"""One spelling of each word: the lists docs/<language>/spelling.yml, held against every text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bitext.project.handbook import Handbook
from folders import ROOT
from press.core.config import load

BOOK = Handbook.open(ROOT)
LISTED = [code for code in BOOK.languages if (ROOT / "docs" / code / "spelling.yml").is_file()]
"""A language that was added begins without a list."""
Spellings = Mapping[str, list[str]]
"""The variants that are not used, by the form that is."""


class Found(NamedTuple):
    """A variant that a text should not have."""

    place: str
    variant: str
    instead: str


def spellings(language: str) -> Spellings:
    file = ROOT / f"docs/{language}/spelling.yml"
    listed: Spellings = yaml.safe_load(file.read_text("utf-8"))
    return listed


def variants(text: str, listed: Spellings, *, blanks: bool) -> Iterator[tuple[str, str]]:
    """Yield each variant in `text` with the form that should stand there.

    What is no running text may spell as it must: code, addresses, titles in quotation marks.
    """
    text = re.sub(r"`[^`\n]*`|\]\([^)\s]*\)|\{ #[^}]*\}", " ", text)
    text = re.sub(r'"[A-Z][^"\n]*"|«[A-Z][^»\n]*»|「[A-Z][^」\n]*」|『[^』\n]*』', " ", text)
    for preferred, others in listed.items():
        for other in others:
            pattern = rf"\b{re.escape(other)}\b" if blanks else re.escape(other)
            if re.search(pattern, text, re.IGNORECASE):
                yield other, preferred


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text of a language with its place: pages first written in it, and translations."""
    for file in sorted((ROOT / "docs" / language).rglob("*.md")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            yield f"{file.relative_to(ROOT)}:{number}", line
    for source in BOOK.sources():
        if source.language != language:
            name = BOOK.catalog_path(source.path, language)
            for unit in BOOK.catalog(source, language).units:
                yield name, unit.translation


@pytest.mark.long
@pytest.mark.parametrize("language", LISTED)
def test_no_text_uses_a_variant(language: str) -> None:
    listed = spellings(language)
    blanks = not BOOK.records[language].is_cjk
    found = [
        Found(place, variant, preferred)
        for place, text in texts(language)
        for variant, preferred in variants(text, listed, blanks=blanks)
    ]
    assert not found, "\n".join(
        f"{each.place}: {each.variant}: write {each.instead}" for each in found
    )


@pytest.mark.parametrize("language", LISTED)
def test_a_list_contradicts_itself_nowhere(language: str) -> None:
    listed = spellings(language)
    blanks = not BOOK.records[language].is_cjk
    assert listed
    for preferred, others in listed.items():
        assert others, preferred
        assert not list(variants(preferred, listed, blanks=blanks)), preferred
    every = [other for others in listed.values() for other in others]
    assert len(every) == len(set(every))


def test_a_variant_is_found_in_running_text_alone() -> None:
    english = {"neighborhood": ["neighbourhood"], "organize": ["organise"]}
    text = (
        'In our Neighbourhood we organize; see `organise` and "To Organise" in [it](organise.md).'
    )
    assert list(variants(text, english, blanks=True)) == [("neighbourhood", "neighborhood")]
    assert not list(variants("neighbourhoods", english, blanks=True))
    japanese = {"子ども": ["子供"]}
    assert list(variants("この子供たちは", japanese, blanks=False)) == [("子供", "子ども")]
    assert not list(variants("映画『子供たち』", japanese, blanks=False))


def test_lists_are_not_published() -> None:
    excluded = load(ROOT).exclude_docs
    assert excluded is not None
    lists = [file.relative_to(ROOT / "docs") for file in (ROOT / "docs").rglob("*.yml")]
    assert {Path(f"{language}/spelling.yml") for language in LISTED} <= set(lists)
    assert all(excluded.match_file(str(each)) for each in lists)
