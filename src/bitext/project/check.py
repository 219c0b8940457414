"""Assemble all translations and find those that are refused: a part of `handbook check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bitext.problem import Problem
from bitext.project.handbook import Handbook
from bitext.project.pages import Source


def refused_translations(
    handbook: Handbook, languages: Sequence[str]
) -> Iterator[tuple[Source, str, tuple[Problem, ...]]]:
    """Assemble each page in each of `languages`; yield page, language and refused translations."""
    for source in handbook.sources():
        original = handbook.original(source)
        for language in languages:
            if language != source.language:
                translation = handbook.translated(source, language, original)
                yield source, language, translation.problems


def changed_hosts(handbook: Handbook, languages: Sequence[str]) -> list[str]:
    """Return the hosts of URLs that translations use instead of the URLs of the source."""
    found = set()
    for source in handbook.sources():
        for language in languages:
            if language != source.language:
                for unit in handbook.catalog(source, language).units:
                    own = unit.translation and unit.translation != unit.message
                    if own and unit.note.startswith("address"):
                        found.add(_host(unit.translation))
    return sorted(found)


def _host(address: str) -> str:
    """Return the host of a URL, or the URL itself if no host can be found in it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
