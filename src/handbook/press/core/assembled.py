"""What editions have of a page, and all that it is made from, so that builds can keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handbook.bitext.catalog.units import Unit
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook, Translation
from handbook.bitext.project.pages import Source
from handbook.bitext.translate.assemble import Tally
from handbook.press.core.numbering import Label, Layout, Spot


class InLanguage(NamedTuple):
    """A page in another language than that of its source."""

    translation: Translation
    problems: tuple[Problem, ...]
    """What is wrong with its catalog."""
    is_reviewed: bool
    credit: tuple[str, ...]
    """The names of its translators who want to be thanked."""


class OfPage(NamedTuple):
    """A page in all languages that it is translated into."""

    layout: Layout | None
    """Where its numbered passages are; None if that is known already, or nothing is rendered."""
    problems: tuple[Problem, ...]
    """What is wrong with its source."""
    languages: Mapping[str, InLanguage]


Answers = Mapping[tuple[str, str], tuple[Unit | None, bool, Mapping[str, str]]]
"""What other catalogs have of texts that a page's own lack, by key and language."""


class KeptPage(NamedTuple):
    """A page as a build keeps it."""

    page: OfPage
    answers: Answers


class KeptCatalog(NamedTuple):
    """A catalog of a page, as it is published and as a build keeps it."""

    data: bytes
    answers: Answers


RECORDS = (
    KeptPage,
    OfPage,
    InLanguage,
    Translation,
    Tally,
    Problem,
    Layout,
    Spot,
    Label,
    Unit,
)
"""The classes of all that is kept."""


def answers(handbook: Handbook, asked: Iterable[tuple[str, str]]) -> Answers:
    """Look up these (key, language) pairs in other pages' catalogs, to validate the cache."""
    return {each: (*handbook.elsewhere(*each), handbook.replaced(*each)) for each in tuple(asked)}


def ingredients(
    handbook: Handbook, page: Source, languages: Sequence[str]
) -> tuple[str, ...] | None:
    """Return a page's cache-key inputs, besides `answers`; None if it must not be cached.

    Such is a page that includes others, since what these are made from is not followed, and one of
    which somebody has just saved a catalog that was read before.
    """
    text, others = handbook.text(page), [each for each in languages if each != page.language]
    names = list(_catalogs(handbook, page, others))
    contents = [handbook.catalogs.content(name) for name in names]
    is_saved = any(map(handbook.catalogs.is_stale, names))  # looked at last: so these are not newer
    if not isinstance(text, str) or "8<-" in text or is_saved:
        return None
    return (
        page.language,
        text,
        *names,
        *contents,
        *(str(handbook.is_over(each)) for each in others),
    )


def _catalogs(handbook: Handbook, page: Source, languages: Iterable[str]) -> Iterator[str]:
    """Yield the names of the catalogs of a page: its own, and that of a name it had before."""
    for language in languages:
        used = handbook.catalog_in_use(page.path, language)
        yield from dict.fromkeys((used, catalog_path(page.path, language)))
