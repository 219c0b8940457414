"""Find the passage of a page that a reader had before them: by its number in the version read.

Numbers shift when a paragraph is put in or taken out. Pages send their version along, which is the
name that git gives its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from handbook.bitext import git
from handbook.bitext.page.numbers import numbered
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.translate.successors import successors


class Passage(NamedTuple):
    """The segments of a page that a reader may mean."""

    segments: Sequence[Segment]
    is_numbered: bool = False
    """Whether they are those of one number; all of the page if not."""


def meant(handbook: Handbook, source: Source, number: str, revision: str) -> list[Passage]:
    """Return what a reader may mean, the likeliest first: a numbered passage, or all of the page.

    The words of a passage may stand elsewhere too; so all of the page is meant beside it only where
    the number may be that of another by now, because git does not know the version that was read.
    Words of a cell, which stand in many rows, are only looked for in theirs.
    """
    page = handbook.read(source)
    every = Passage(page.segments)
    former = _former(handbook, page, revision) if number else None
    now = _followed(former, page, number) if former else number
    found = next((each for each in numbered(page) if each.number == now), None)
    if found is None:
        return [Passage((), True)] if former and now == "" else [every]
    passage = Passage([page.segments[index] for index in found.segments], True)
    is_sure = former or not revision or len(passage.segments) > 1
    return [passage] if is_sure else [passage, every]


def _followed(former: Page, page: Page, number: str) -> str | None:
    """Return what number a passage of a former version has now; None if it is gone.

    If only some of those that were alike are left, the others were edited: it is in its place if no
    other has come or gone; else "", for which is which cannot be told.
    """
    fates = successors(former, page)
    texts = {
        each.number: [former.segments[n].key for n in each.segments] for each in numbered(former)
    }
    alike = [each for each, text in texts.items() if text == texts.get(number)]
    if len(alike) < 2 or all(fates[each].number for each in alike):
        return fates[number].number if number in fates else None
    return number if len(texts) == len(numbered(page)) else ""


_REVISION = re.compile(r"[0-9a-f]{7,64}")


def _former(handbook: Handbook, page: Page, revision: str) -> Page | None:
    """Return the page as it was in a version; None if git does not know that."""
    if not _REVISION.fullmatch(revision):
        return None
    [data] = git.contents(handbook.root, [revision])
    if data is None:
        return None
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    former = page if text == page.text else handbook.scanned(text)
    return former if isinstance(former, Page) else None
