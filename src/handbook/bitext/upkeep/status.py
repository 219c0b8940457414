"""Count how much of each page is translated and current, by language; for `handbook status`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from handbook.bitext.problem import amount
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import SITE, Source
from handbook.bitext.translate.assemble import Tally


@dataclass(frozen=True)
class LanguageStatus:
    """The translation status of one language: the tallies of its pages and interface text."""

    language: str
    written: int
    """The number of pages first written in the language."""
    pages: tuple[tuple[str, Tally], ...]
    """The pages translated into the language, by path, with their tallies."""
    site: Tally
    """The tally of the interface text."""

    @property
    def tally(self) -> Tally:
        """The sum of the tallies of its translated pages and of the interface text."""
        return reduce(Tally.plus, (each for _, each in self.pages), self.site)


def report(handbook: Handbook, languages: Sequence[str]) -> list[LanguageStatus]:
    """Return the status of each of `languages`."""
    sources = handbook.sources()
    return [
        LanguageStatus(
            language,
            sum(source.language == language for source in sources),
            tuple(
                (source.path, handbook.tally(source, language))
                for source in sources
                if source.language != language
            ),
            handbook.site_tally(language),
        )
        for language in languages
    ]


def as_text(statuses: Sequence[LanguageStatus], left: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each language, and for each page that is not completely current.

    `left` says how much work is left in a language, where any is.
    """
    for status in statuses:
        tally = status.tally
        yield (
            f"{status.language}: {tally.percent} % of {amount(tally.total, 'unit')} current on"
            f" {amount(len(status.pages), 'translated page')},"
            f" {amount(status.written, 'page')} first written in it"
            f"{f'; left: {left[status.language]}' if status.language in left else ''}"
        )
        for path, each in (*status.pages, (SITE, status.site)):
            if each.current != each.total:
                states = zip(Tally._fields, each, strict=True)
                counts = ", ".join(f"{count} {name}" for name, count in states if count)
                yield f"  {path}: {counts}"


def due(handbook: Handbook, today: date, language: str = "") -> Iterator[str]:
    """Yield a line for each page whose `review_by` is before `today`, the oldest first.

    With a language, only for pages that were first written in it.
    """
    for day, source in sorted(overdue(handbook, today)):
        if language and source.language != language:
            continue
        keeper = handbook.front(source).get("keeper")
        kept = f" (keeper: {keeper})" if keeper else ""
        yield f"due for review since {day}: {source.path}{kept}"


def overdue(handbook: Handbook, today: date) -> Iterator[tuple[date, Source]]:
    """Yield each page whose `review_by` is before `today`, with that day."""
    for source in handbook.sources():
        day = handbook.front(source).get("review_by")
        if type(day) is date and day < today:  # a date with a time is a datetime
            yield day, source


def as_json(statuses: Sequence[LanguageStatus]) -> dict[str, Any]:
    """Return the statuses as JSON data: language → totals and pages."""
    return {
        status.language: {
            "written": status.written,
            **status.tally._asdict(),
            "site": status.site._asdict(),
            "pages": {path: tally._asdict() for path, tally in status.pages},
        }
        for status in statuses
    }
