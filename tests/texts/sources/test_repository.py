"""The pages about the repository itself, in its folders."""

from __future__ import annotations

import re

import ours
from folders import ROOT
from handbook.bitext.project.handbook import Handbook

BOOK = Handbook.open(ROOT)


def test_links_of_the_repositorys_own_pages_lead_somewhere() -> None:
    own = (
        ROOT.glob("*.md"),
        ROOT.glob("docs/*/README.md"),
        ROOT.glob("translations/*/READER.md"),
        ROOT.glob(".github/*.md"),
    )
    for page in (page for pages in own for page in pages):
        text = re.sub("`[^`\n]*`", "", page.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            is_there = (page.parent / target).exists()
            assert is_there or _is_of_another_language(target), f"{page.name}: {target}"


def _is_of_another_language(target: str) -> bool:
    """Whether a link leads to the files of a language that a fork of this handbook does without."""
    found = re.match(r"(?:\.\./)*(?:docs|translations)/([a-z]{2,3}(?:[-_]\w+)?)/", target)
    return bool(found and found[1] not in BOOK.languages)


def test_native_readers_are_sent_to_pages_that_exist() -> None:
    """Ten pages a language; readers are not told which of them were first written in it."""
    sheets = sorted(ROOT.glob("translations/*/READER.md"))
    assert {sheet.parent.name for sheet in sheets} <= set(BOOK.languages)
    assert (
        len(sheets) >= ours.READ_IN
    )  # a language that was added gets one when it has ten pages to read
    paths = {source.path for source in BOOK.sources()}
    for sheet in sheets:
        listed = re.findall(r"^\d+\. .*`/(.*)`$", sheet.read_text("utf-8"), re.M)
        pages = {_page(each, sheet.parent.name) for each in listed}
        assert len(pages) == 10, sheet
        assert pages <= paths, pages - paths


def _page(place: str, language: str) -> str:
    """The page at an address on the site."""
    return f"{place.removeprefix(f'{language}/').rstrip('/') or 'index'}.md"


def test_each_language_has_a_line_for_whoever_will_own_it() -> None:
    """GitHub reads one pattern a line and the names behind it; it takes no line with two."""
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    owned = [line.removeprefix("# ") for line in lines if re.match("(?:# )?/", line)]
    assert all(re.fullmatch(r"/\S+( @[\w/-]+)+", line) for line in owned), owned
    patterns = {line.split()[0] for line in owned}
    assert all(list(ROOT.glob(each.strip("/"))) for each in patterns), patterns
    for folder in ("docs", "translations"):
        assert {f"/{folder}/{code}/" for code in BOOK.languages} <= patterns
