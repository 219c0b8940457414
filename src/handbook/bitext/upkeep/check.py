"""Assemble all translations and find those that are refused: a part of `handbook check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten
from urllib.parse import urlsplit

from handbook.bitext import conflicts
from handbook.bitext.catalog import canonical, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.project.past import History
from handbook.bitext.upkeep import restoring


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


def translated_twice(handbook: Handbook, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each unit that two people have translated, until somebody chooses."""
    for language in languages:
        pages = (each.path for each in handbook.sources() if each.language != language)
        current = (path for path in pages if not handbook.is_current(path, language))
        names = (catalog_path(path, language) for path in current)
        for name in (*names, site_catalog(language)):
            loaded = handbook.catalogs.load(name)
            for unit in loaded.units if isinstance(loaded, Catalog) else ():
                if text := _choice(unit):
                    yield Problem(name, unit.line or 1, text, "twice")


def _choice(unit: Unit) -> str:
    """Return why somebody has to choose between two translations of a unit; "" if there is one."""
    if conflicts.TWO_TEXTS.match(unit.translation):
        return TOGETHER
    return TWO_TEXTS if unit.is_twice else ""


TWO_TEXTS = (
    "two people have translated this, and one text is in the comment; keep the better one in msgstr"
    " and remove the fuzzy mark"
)
TOGETHER = (
    "msgcat has put two translations together; keep the better one, without the lines of #-#-#, and"
    " remove the fuzzy mark"
)


def _names(handbook: Handbook, languages: Sequence[str]) -> Iterator[tuple[str, Source | None]]:
    """Yield the catalogs of pages in use, each with its page, and those of interface text."""
    for language in languages:
        for source in handbook.sources():
            if source.language != language:
                yield catalog_path(source.path, language), source
        yield site_catalog(language), None


def form_notices(handbook: Handbook, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield one notice if any catalog is not in canonical form; the next update writes it so."""
    names = [
        name
        for name, _ in _names(handbook, languages)
        if (handbook.root / name).is_file() and not _is_canonical(handbook, name)
    ]
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        listed = f"{', '.join(names[:3])}{more}"
        what = "not in the form that an update writes; it will, and you need do nothing"
        yield Problem(names[0], 1, f"{what}: {listed}", "form", "notice")


def _is_canonical(handbook: Handbook, name: str) -> bool:
    data = (handbook.root / name).read_bytes()
    text = data.decode("utf-8", "replace")
    loaded = None if canonical.is_canonical(text) else handbook.catalogs.load(name)
    return not isinstance(loaded, Catalog) or po.dump(loaded).encode("utf-8") == data


def damaged_messages(
    handbook: Handbook, languages: Sequence[str], history: History
) -> Iterator[Problem]:
    """Yield a problem for each message that somebody has changed in a catalog, not on its page.

    And a notice for each catalog that has lost translations which git still has.
    """
    for language in languages:
        for source in handbook.sources():
            file = handbook.root / catalog_path(source.path, language)
            if source.language == language or not file.is_file():
                continue
            if restoring.lacks_units(handbook.read(source), file.read_text("utf-8", "replace")):
                yield from _damages(handbook, source, language, history)


def _damages(
    handbook: Handbook, source: Source, language: str, history: History
) -> Iterator[Problem]:
    name = catalog_path(source.path, language)
    loaded, data = handbook.catalogs.load(name), (handbook.root / name).read_bytes()
    if not isinstance(loaded, Catalog):
        return
    wanted = {segment.key for segment in handbook.read(source).segments}
    lacking = wanted.difference(unit.key for unit in loaded.units)
    versions = restoring.with_messages(name, data, lacking, history)
    found = restoring.damaged(handbook, source, name, loaded, versions, history)
    for unit in loaded.units:
        if unit.key in found:
            yield Problem(name, unit.line or 1, _DAMAGED, "message")
    made = restoring.with_lost_units(handbook, source, language, loaded, history)
    have = {unit.key for unit in (*loaded.units, *found.values())}
    if lost := [unit for unit in made.units if unit.translation and unit.key not in have]:
        words = shorten(" ".join(lost[0].message.split()), 60, placeholder="…")
        fault = f"lacks {amount(len(lost), 'translation')} that git still has, such as of “{words}”"
        cure = "the next update puts back what the file has lost"
        yield Problem(name, 1, f"{fault}; {cure}", "lost", "notice")


_DAMAGED = (
    "this is not the message of the page any more; a msgid stays as it is: handbook update puts it"
    " back"
)


def changed_hosts(handbook: Handbook, languages: Sequence[str]) -> list[str]:
    """Return the hosts of URLs that translations use instead of the URLs of the source."""
    found = set()
    for source in handbook.sources():
        for language in languages:
            if language != source.language:
                for unit in handbook.catalog(source, language).units:
                    own = unit.translation and unit.translation != unit.message
                    if own and unit.is_address:
                        found.add(_host(unit.translation))
    return sorted(found)


def _host(address: str) -> str:
    """Return the host of a URL, or the URL itself if no host can be found in it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
