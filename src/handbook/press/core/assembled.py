"""What editions have of a page, and all that it is made from, so that builds can keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handbook.bitext.catalog.units import Unit
from handbook.bitext.problem import Problem
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


Answers = Mapping[tuple[str, str], tuple[Unit | None, bool]]
"""What other catalogs have of texts that a page's own lack, by key and language."""


class KeptPage(NamedTuple):
    """A page as a build keeps it."""

    page: OfPage
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
    """Return what the catalogs of other pages have, now, of these keys and languages."""
    return {each: handbook.elsewhere(*each) for each in tuple(asked)}


def ingredients(
    handbook: Handbook, page: Source, languages: Sequence[str]
) -> tuple[str, ...] | None:
    """Return the texts that a page is made from in these languages, besides `answers`.

    None for a page that includes others: what these are made from is not followed.
    """
    text = handbook.text(page)
    if not isinstance(text, str) or "8<-" in text:
        return None
    return (page.language, text, *_catalogs(handbook, page, languages))


def _catalogs(handbook: Handbook, page: Source, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        if language != page.language:
            used = handbook.catalog_in_use(page.path, language)
            for name in dict.fromkeys((used, handbook.catalog_path(page.path, language))):
                yield name
                yield handbook.catalogs.content(name)
            yield str(handbook.is_over(language))
