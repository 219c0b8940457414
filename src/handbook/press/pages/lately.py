"""Pages by date: which have changed lately, wait for a translator, or are due for review.

The dates are those of git; without a history, only how much waits is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.translate.volume import count_words
from handbook.bitext.upkeep import status
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.history import Change, History

_MOST = 60
"""How many earlier versions of a page are looked at."""
_INDENT = re.compile(r"(?m)^[ \t>]+")


@dataclass(frozen=True)
class Waiting:
    """A page on which something is left to translate."""

    path: str
    words: int
    since: date | None = None
    """The day on which the oldest text that waits came into the page; None if it is not known."""
    word_days: int = 0
    """For each text that waits, its words times its days, added up."""


def changed(leaf: Leaf, history: History) -> datetime | None:
    """Return when a page last changed for the readers of its language; None if that is not known.

    A translation changes with its source, of which it shows what is new, and with its catalog.
    """
    files = [leaf.file]
    if leaf.translation:
        files.append(catalog_path(leaf.path, leaf.language))
    found = (_last(history.changes.get(file, ())) for file in files)
    return max(filter(None, found), default=None)


def _last(changes: Sequence[Change]) -> datetime | None:
    """Return when a file last got another content: not when it got another name."""
    older = (*(each.blob for each in changes[1:]), "")
    return next(
        (new.when for new, blob in zip(changes, older, strict=False) if new.blob != blob), None
    )


def changes(editions: Editions, language: str, history: History) -> list[tuple[date, str]]:
    """Return the day and path of each page of a language whose last change is known, newest first.

    Pages of which nothing is in the language are left out.
    """
    leaves = (editions.leaf(path, language) for path in editions.sources)
    found = [
        (when, leaf.path)
        for leaf in leaves
        if leaf.is_available and (when := changed(leaf, history))
    ]
    return [(when.date(), path) for when, path in sorted(found, reverse=True)]


def due(editions: Editions, today: date) -> list[tuple[date, str]]:
    """Return the day and path of each page that was to be reviewed before `today`, oldest first."""
    found = status.overdue(editions.handbook, today)
    return sorted((day, source.path) for day, source in found if source.path in editions.sources)


def waiting(editions: Editions, language: str, history: History, today: date) -> list[Waiting]:
    """Return what waits for a translator of a language: the most words for the longest time first.

    A text waits from the day on which the page first had it as it is now.
    """
    edition = editions.edition(language)
    tallies = {path: each.word_tally for path, each in edition.translations.items()}
    words = {
        path: tally.total - tally.current
        for path, tally in tallies.items()
        if path in editions.sources and tally.total > tally.current
    }
    changed = {path: _known(editions, path, history) for path in words}
    blobs = sorted({change.blob for known in changed.values() for change in known})
    texts = dict(zip(blobs, map(_plain, history.texts(blobs)), strict=True))
    found = [
        _waiting(path, count, edition.translations[path].waiting, changed[path], texts, today)
        for path, count in words.items()
    ]
    return sorted(found, key=lambda each: (-each.word_days, -each.words, each.path))


def _known(editions: Editions, path: str, history: History) -> Sequence[Change]:
    source = editions.sources[path]
    return history.changes.get(source.name, ())[:_MOST]


def _waiting(
    path: str,
    words: int,
    messages: Iterable[str],
    known: Sequence[Change],
    texts: Mapping[str, str],
    today: date,
) -> Waiting:
    """Return a page that waits, with the day since when and its words times days."""
    if not known:
        return Waiting(path, words)
    days = [(count_words(each), _since(_plain(each), known, texts)) for each in messages]
    since = min((day for _, day in days), default=known[0].when.date())
    return Waiting(path, words, since, sum(count * (today - day).days for count, day in days))


def _since(message: str, known: Sequence[Change], texts: Mapping[str, str]) -> date:
    """Return the day of the oldest version, of those without a gap, that has a message."""
    day = known[0].when.date()
    for change in known:
        if message not in texts[change.blob]:
            break
        day = change.when.date()
    return day


def _plain(text: str) -> str:
    """Return a text without its line breaks, as messages are."""
    return " ".join(_INDENT.sub("", text).split())
