"""Whose translations some units of a catalog are: as its header says, or else as git knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, takewhile

from handbook.bitext.catalog import headers
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes.repository import Line, Repository

_MOST_NAMES = 3
_BOT = "[bot]"
"""Ends the name of a program that commits, such as the one that brings catalogs up to date."""


def translators(
    repository: Repository, name: str, commit: str, catalog: Catalog, units: Sequence[Unit]
) -> tuple[str, ...]:
    """Return who has translated units of a catalog, at a commit; who did most comes first.

    `units` are as an update would have them there, `catalog` is as its file had it.
    """
    translator = catalog.header.get(headers.TRANSLATOR, "").partition("<")[0].strip()
    if translator and translator != "FULL NAME":
        return (translator,)
    wanted = {(text, each.translation) for each in units for text in (each.message, each.previous)}
    found = [u for u in catalog.units if u.translation and (u.message, u.translation) in wanted]
    known = Counter(_people(_of_lines(list(repository.lines(name, commit)), found)))
    names = [each for each, _ in known.most_common()]
    return tuple(names or _people(repository.committers(name, commit)))[:_MOST_NAMES]


def _people(names: Iterable[str]) -> list[str]:
    return [each for each in names if not each.endswith(_BOT)]


def _of_lines(lines: Sequence[Line], units: Iterable[Unit]) -> Iterator[str]:
    """Yield who has written each line of the translations of units."""
    for unit in units:
        rows = dropwhile(lambda each: not each.text.startswith("msgstr"), lines[unit.line - 1 :])
        for row in takewhile(lambda each: each.text.startswith(("msgstr", '"')), rows):
            if row.text != 'msgstr ""':
                yield row.author
