"""Front matter: dates that follow each other, a description that is shown whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handbook.bitext.editing.draft import Draft, Finding

_LONGEST = 160
"""Letters of a description that the results of search engines show."""


def dates(draft: Draft) -> Iterator[Finding]:
    """A page that is due for review before it was reviewed."""
    done, due = draft.front.get("reviewed"), draft.front.get("review_by")
    if isinstance(done, date) and isinstance(due, date) and str(due) <= str(done):
        fault = f"the next review, {due}, is not later than the last, {done}; write a later date"
        yield Finding(draft.offset_of_key("review_by"), fault)


def description(draft: Draft) -> Iterator[Finding]:
    """A description that is longer than what the results of search engines show of it."""
    said = draft.front.get("description")
    if isinstance(said, str) and len(said) > _LONGEST:
        cure = f"{_LONGEST} are shown in search results: say it in fewer"
        yield Finding(draft.offset_of_key("description"), f"has {len(said)} letters, and {cure}")
