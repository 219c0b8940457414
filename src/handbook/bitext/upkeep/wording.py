"""Check the wording of a handbook's translations: the warnings of `handbook check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import log
from statistics import median
from typing import NamedTuple

from handbook.bitext import datafile, files
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.checks import fixes
from handbook.bitext.checks.consistency import Use, consistency
from handbook.bitext.checks.pair import Glossary, Lengths, Pair, Spellings, visible
from handbook.bitext.checks.rules import findings, waived
from handbook.bitext.checks.words import misspelled, size, without_shared
from handbook.bitext.datafile import DataError
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.terms import Finder, spellings
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings, walk
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source

_FEWEST = 30
"""Translations from which it can be told how long they usually are."""


class Placed(NamedTuple):
    """A translation with the place that a warning about it names."""

    path: str
    unit: Unit
    pair: Pair


def wording(handbook: Handbook, language: str, only: Source | None = None) -> Iterator[Problem]:
    """Yield a warning for each wording in `language`, or on one page, that a rule finds wrong.

    Only current translations are looked at, and texts of several pages only where no page is named.
    A page or catalog that cannot be read is left out, since `faults` names it.
    """
    listed, problems = _spellings(handbook, language)
    yield from problems
    known = Spellings(listed, handbook.records[language])
    yield from _misspelled(handbook, language, known, only)
    uses: dict[Use, Placed] = {}
    for placed in pairs(handbook, language, known, only):
        for rule, text in findings(placed.pair, placed.unit.comment):
            yield _warning(placed, rule, text)
        if "consistency" not in waived(placed.unit.comment):
            uses[use(placed)] = placed
    if only is None:
        for each, text in consistency(uses):
            yield _warning(uses[each], "consistency", text)


def _misspelled(
    handbook: Handbook, language: str, known: Spellings, only: Source | None
) -> Iterator[Problem]:
    """Yield a warning for each variant on a page that is first written in a language.

    Its author waives it in a note to translators, as these do in their comments.
    """
    sources = [only] if only else handbook.sources()
    for source in sources if known.listed else ():
        page = handbook.try_read(source) if source.language == language else None
        if not isinstance(page, Page):
            continue
        for segment in page.segments:
            for text in misspelled(visible(segment.message), known):
                if "spelling" not in waived(segment.note):
                    name, line = source.name, page.line(segment)
                    yield Problem(name, line, f"spelling: {text}", "spelling", "warning")


def _warning(placed: Placed, rule: str, text: str) -> Problem:
    return Problem(placed.path, placed.unit.line or 1, f"{rule}: {text}", rule, "warning")


def use(placed: Placed) -> Use:
    """Return a translation as the rule `consistency` sees it."""
    unit = placed.unit
    text = (placed.pair.source_language.code, unit.message, unit.context or "")
    return Use(f"{placed.path}:{unit.line or 1}", text, unit.translation)


def fixed(handbook: Handbook, languages: Iterable[str]) -> tuple[Edits, dict[str, int]]:
    """Return the edits of unambiguous wording fixes, and the number of units by catalog."""
    texts: dict[str, str] = {}
    counts: dict[str, int] = {}
    for language in languages:
        found: dict[str, dict[str, str]] = {}
        for path, unit, pair in pairs(handbook, language, spelled(handbook, language)):
            if (text := fixes.fixed(pair, unit.comment)) != unit.translation:
                found.setdefault(path, {})[unit.key] = text
        for path, mended in found.items():
            loaded = handbook.catalogs.load(path)
            assert isinstance(loaded, Catalog)  # its units were read
            units = (u._replace(translation=mended.get(u.key, u.translation)) for u in loaded.units)
            texts[path] = po.dump(replace(loaded, units=tuple(units)))
            counts[path] = len(mended)
    return Edits(texts), counts


def pairs(
    handbook: Handbook, language: str, spelled: Spellings | None, only: Source | None = None
) -> Iterator[Placed]:
    """Yield each current translation into `language`, or on one page, beside its source."""
    sources = [only] if only else handbook.sources()
    is_strict = settings.is_strict_emphasis(handbook.root)
    for source_language in handbook.languages:
        pages = [each for each in sources if each.language == source_language]
        if source_language == language or not pages:
            continue
        units = [(page, unit) for page in pages for unit in _current(handbook, page, language)]
        lengths = _lengths([unit for _, unit in units])
        glossary = _glossary(handbook, source_language, language)
        for page, unit in units:
            pair = Pair(
                unit.message,
                unit.translation,
                unit.note.partition("\n")[0],
                handbook.records[source_language],
                handbook.records[language],
                None if page.path == handbook.settings.glossary else glossary,
                spelled,
                lengths,
                is_strict,
            )
            yield Placed(handbook.catalog_in_use(page.path, language), unit, pair)


def spelled(handbook: Handbook, language: str) -> Spellings:
    """Return the spellings of a language's list; none if it cannot be read."""
    return Spellings(_spellings(handbook, language)[0], handbook.records[language])


def _current(handbook: Handbook, page: Source, language: str) -> Iterator[Unit]:
    """Yield the current translations of a page, but for addresses and the like left as they are."""
    for unit in handbook.catalog(page, language).units:
        is_copy = unit.is_given and unit.translation == unit.message
        if unit.state == "current" and not is_copy:
            yield unit


def _lengths(units: list[Unit]) -> Lengths | None:
    """Return how long translations are beside their sources; None if there are too few."""
    seen = (without_shared(visible(u.message), visible(u.translation)) for u in units)
    ratios = [(len(a), log(size(b) / size(a))) for a, b in seen if len(a) >= 25 and b]
    short = [ratio for size, ratio in ratios if size < 90]
    long = [ratio for size, ratio in ratios if size >= 90]
    if min(len(short), len(long)) < _FEWEST:
        return None
    return Lengths(_spread(short), _spread(long))


def _spread(values: list[float]) -> tuple[float, float]:
    """Return the median, and the median distance from it as large as a standard deviation."""
    middle = median(values)
    return middle, max(0.05, 1.4826 * median(abs(value - middle) for value in values))


def _glossary(handbook: Handbook, source_language: str, language: str) -> Glossary | None:
    """Return the terms of the glossary from one language to the other; None without glossary."""
    mine, theirs = handbook.terms(source_language), handbook.terms(language)
    agreed: dict[str, tuple[str, ...]] = {}
    written: dict[str, str] = {}
    for message in mine.keys() & theirs.keys():
        own = spellings(visible(theirs[message]))
        for spelling in spellings(visible(mine[message])):
            if own:
                written[spelling] = spelling
                agreed[spelling] = tuple(own)
    if not written:
        return None
    return Glossary(Finder(written, handbook.records[source_language].forms), agreed)


def _spellings(
    handbook: Handbook, language: str
) -> tuple[Mapping[str, tuple[str, ...]], list[Problem]]:
    """Return the spellings of docs/LANGUAGE/spelling.yml, and what is wrong with that list.

    A list that contradicts itself would name every spelling of a word.
    """
    name = f"docs/{language}/spelling.yml"
    if not (handbook.root / name).is_file():
        return {}, []
    text = walk.fault(handbook.root, name) or files.read(handbook.root / name, name)
    if isinstance(text, Problem):
        return {}, [text]
    listed = _listed(name, text)
    if isinstance(listed, Problem):
        return {}, [listed]
    good = {
        str(word): tuple(map(str, variants))
        for word, variants in listed.items()
        if isinstance(variants, list)
    }
    bad = [word for word in listed if str(word) not in good]
    bad += [word for word, variants in good.items() if not variants]
    lines = text.splitlines()
    found = [(str(word), f"{word} has no list of variants; {_ONE_A_LINE}") for word in bad]
    found += _contradictions(good, handbook.records[language])
    return good, sorted(Problem(name, _line(lines, word), fault) for word, fault in found)


_ONE_A_LINE = "write one word a line: the form that is used: [those that are not]"


def _listed(name: str, text: str) -> dict[object, object] | Problem:
    """Return the words of a list of spellings, each with what stands behind it."""
    try:
        listed = datafile.load(text) or {}
    except DataError as error:
        return Problem(name, error.line, f"is not YAML: {error}; {_ONE_A_LINE}")
    if not isinstance(listed, dict):
        return Problem(name, 1, f"is no list of words; {_ONE_A_LINE}")
    return listed


def _contradictions(
    listed: Mapping[str, tuple[str, ...]], language: Language
) -> Iterator[tuple[str, str]]:
    """Yield each word of a list that is a variant too, and each variant that two words have."""
    known = Spellings(listed, language)
    owner: dict[str, str] = {}
    for word, variants in listed.items():
        for variant, used in known.find(word):
            yield word, f"{variant} is to be written {used}; take it out of one of the two places"
        for variant in variants:
            if (first := owner.setdefault(variant.casefold(), word)) != word:
                yield word, f"{variant} stands below {first} too; take it out there or here"


def _line(lines: list[str], word: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(word)), 1)
