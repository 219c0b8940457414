"""Take translations from catalogs of other programs into a handbook: `handbook import`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from handbook.bitext import files
from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages import cldr
from handbook.bitext.languages.codes import folded
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.project.reading import parse_catalog
from handbook.bitext.translate import foreign
from handbook.bitext.translate.foreign import Pool, Taken

_FILE = re.compile(r"([^\s:]+\.\w+)(?::.*)?")


@dataclass(frozen=True)
class Foreign:
    """A unit of a catalog that another program made."""

    file: str
    unit: Unit
    page: str
    """The path of the page that its reference names; "" if none does."""


@dataclass(frozen=True)
class Imported:
    """What came of the catalogs in one language."""

    language: str
    total: int
    """The number of translations in them."""
    current: int
    changed: int
    suggested: int
    known: int
    """How many the handbook had already."""
    alone: tuple[str, ...]
    """Those that match nothing, each with its place; they are kept as obsolete entries."""

    def __str__(self) -> str:
        along = self.total - len(self.alone)
        total = amount(self.total, "translation")
        text = f"{self.language}: {along} of {total} came along: they made "
        text += f"{self.current} current and {self.changed} changed"
        if self.suggested:
            text += f", {self.suggested} suggested"
        if self.known:
            text += f"; {self.known} were translated already"
        if self.alone:
            text += f"; {len(self.alone)} kept at the end of catalogs, matching nothing"
        return text


class Titles(NamedTuple):
    """What translations went to titles of the navigation and other interface text."""

    taken: int
    """How many messages of site.po got a translation."""
    numbers: Collection[int]
    """The numbers of the translations that stand there."""


def read(
    handbook: Handbook, paths: Sequence[Path], language: str = ""
) -> tuple[dict[str, list[Foreign]], list[Problem]]:
    """Return the translated units of catalogs by their language, and what cannot be read."""
    found: dict[str, list[Foreign]] = {}
    problems: list[Problem] = []
    pages = [source.path for source in handbook.sources()]
    empty = [path for path in paths if not any(_files([path]))]
    fault = "no catalog is in it, none of its files ends in .po; name another"
    problems.extend(Problem(str(path), 0, fault) for path in empty)
    for path in _files(paths):
        data = files.read_bytes(path, str(path))
        catalog = data if isinstance(data, Problem) else parse_catalog(data, str(path))
        if isinstance(catalog, Problem):
            problems.append(catalog)
            continue
        said, named = (
            catalog.header.get(headers.LANGUAGE, ""),
            re.split(r"[./]", path.as_posix())[::-1],
        )
        code = language or _language(handbook, [said, *named])
        if not code:
            problems.append(_strange(handbook, path, catalog))
            continue
        other = language or _exactly(handbook, path.stem.rpartition(".")[2]) or code
        if other != code:
            fault = f"is in {code} by its header, and in {other} by its name"
            problems.append(Problem(str(path), 1, f"{fault}; say which: --language CODE"))
            continue
        units = (each for each in (*catalog.units, *catalog.obsolete) if each.translation)
        made = (Foreign(str(path), each, _page(each, pages)) for each in units)
        found.setdefault(code, []).extend(made)
    return found, problems


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.po")) if path.is_dir() else [path]


def _language(handbook: Handbook, names: Sequence[str]) -> str:
    """Return the first language that names of it, or of folders and files, say; "" if none does.

    It is written as the handbook does.
    """
    if found := next(filter(None, (_exactly(handbook, name) for name in names)), ""):
        return found
    bases = {code.replace("-", "_").split("_")[0]: code for code in handbook.languages}
    return next((bases[b] for name in names if (b := re.split("[-_@]", name)[0]) in bases), "")


def _exactly(handbook: Handbook, name: str) -> str:
    """Return the language whose code a name is; "" if it is none."""
    known = {folded(cldr.gettext_code(code)): code for code in handbook.languages}
    return known.get(folded(name), "")


def _strange(handbook: Handbook, path: Path, catalog: Catalog) -> Problem:
    """Return the problem of a catalog in a language that the handbook has not, or in none."""
    known = ", ".join(handbook.languages)
    fault = f"is in none of the handbook's languages ({known})"
    names = [catalog.header.get(headers.LANGUAGE, ""), *reversed(path.parts[:-1]), path.stem]
    codes = (cldr.gettext_code(name) for name in names if _CODE.fullmatch(name))
    if code := next((each for each in codes if cldr.locale(each)), ""):
        cure = f"it seems to be {code}: handbook add-language {code}, or say which: --language CODE"
    else:
        cure = "say which: --language CODE"
    return Problem(str(path), 1, f"{fault}; {cure}")


_CODE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")


def _page(unit: Unit, pages: Sequence[str]) -> str:
    """Return the page that a unit's references name; "" if none does."""
    for place in unit.places:
        found = _FILE.match(place)
        name = found[1] if found else ""
        fitting = [page for page in pages if name == page or name.endswith(f"/{page}")]
        if fitting:
            return max(fitting, key=len)
    return ""


def catalogs(handbook: Handbook, language: str) -> dict[str, Catalog]:
    """Return the catalogs of a language, as an update would write them, by their pages' paths."""
    sources = _foreign_sources(handbook, language)
    return {source.path: handbook.catalog(source, language) for source in sources}


def _foreign_sources(handbook: Handbook, language: str) -> list[Source]:
    return [each for each in handbook.sources() if each.language != language]


def take(
    handbook: Handbook,
    language: str,
    given: Sequence[Foreign],
    elsewhere: Collection[int] = (),
) -> Imported:
    """Write the catalogs of a language with what `given` units translate; return the result.

    `elsewhere`: the numbers of those that have come along already, as titles.
    """
    sources = _foreign_sources(handbook, language)
    before = catalogs(handbook, language)
    matches = _Matches(Pool([each.unit for each in given]), dict(before))
    matches.take_same()
    matches.take_near()
    used = matches.used.union(elsewhere)
    free = [each for number, each in enumerate(given) if number not in used]
    left = [each for each in free if not _is_copy(each.unit)]
    counts = matches.fill()
    _keep(matches.catalogs, left, sources)
    for path, made in matches.catalogs.items():
        if made != before[path]:
            files.write(handbook.root / catalog_path(path, language), po.dump(made))
    alone = tuple(f"{each.file}:{each.unit.line}: matches nothing: {_words(each)}" for each in left)
    total = len(given) - len(free) + len(left)
    states = counts["current"], counts["changed"], counts["suggested"]
    return Imported(language, total, *states, len(matches.had), alone)


@dataclass
class _Matches:
    """Which translations of a pool go into which units of catalogs."""

    pool: Pool
    catalogs: dict[str, Catalog]
    """By the paths of their pages."""
    taken: dict[str, dict[str, Taken]] = field(default_factory=dict)
    """What each unit gets, by the path of its page and its key."""
    used: set[int] = field(default_factory=set)
    """The numbers of the translations that go anywhere."""
    had: set[int] = field(default_factory=set)
    """Those of them for units that are translated already."""

    def take_same(self) -> None:
        """Take translations of the same text; beside one that is there, as a comment."""
        for path, catalog in list(self.catalogs.items()):
            others: list[Unit] = []
            for unit in catalog.units:
                if found := self.pool.same(unit.message):
                    self.used.update(found.numbers)
                    if foreign.is_open(unit) or unit.translation == unit.message:
                        self.taken.setdefault(path, {})[unit.key] = found
                    else:
                        self.had.update(found.numbers)
                        others.append(unit._replace(translation=found.translation))
            self.catalogs[path] = _with_others(catalog, others)

    def take_near(self) -> None:
        """Take translations of nearly the same text for what is still open."""
        for path, catalog in self.catalogs.items():
            taken = self.taken.setdefault(path, {})
            for unit in catalog.units:
                is_left = foreign.is_open(unit) and unit.key not in taken
                if is_left and (found := self.pool.near(unit.message)):
                    taken[unit.key] = found
                    self.used.update(found.numbers)

    def fill(self) -> Counter[str]:
        """Put what was taken into the catalogs; return the number of units that got each state."""
        counts: Counter[str] = Counter()
        for path, catalog in self.catalogs.items():
            filled = foreign.filled(catalog.units, self.taken.get(path, {}))
            for old, new in zip(catalog.units, filled, strict=True):
                if new != old:
                    counts[new.state] += 1
            self.catalogs[path] = replace(catalog, units=filled)
        return counts


def _keep(catalogs: dict[str, Catalog], left: Sequence[Foreign], sources: Sequence[Source]) -> None:
    """Add units that match nothing as obsolete ones: to the page they name, or the first."""
    home = next((each.path for each in sources if each.path == "index.md"), "")
    first = home or next((each.path for each in sources), "")
    by_page: dict[str, list[Unit]] = {}
    for each in left:
        by_page.setdefault(each.page if each.page in catalogs else first, []).append(each.unit)
    for path, units in by_page.items():
        if path:
            catalogs[path] = _with_obsolete(catalogs[path], units)


def _with_obsolete(catalog: Catalog, given: Iterable[Unit]) -> Catalog:
    """Return a catalog with units at its end; one whose message it has is put beside that."""
    known = {unit.key for unit in (*catalog.units, *catalog.obsolete)}
    new: dict[str, Unit] = {}
    others: list[Unit] = []
    for unit in given:
        if unit.key in known or unit.key in new:
            others.append(unit)
        else:
            new[unit.key] = unit._replace(fuzzy=False, previous=None, places=(), line=0, plural=())
    made = replace(catalog, obsolete=(*catalog.obsolete, *new.values()))
    return _with_others(made, others)


def _with_others(catalog: Catalog, others: Iterable[Unit]) -> Catalog:
    """Return a catalog with other translations of its messages in the comments of their units."""
    by_key: dict[str, list[str]] = {}
    for each in others:
        by_key.setdefault(each.key, []).append(each.translation)

    def noted(unit: Unit) -> Unit:
        for translation in by_key.get(unit.key, ()):
            note = f"imported too: {foreign.in_one_line(translation)}"
            if translation != unit.translation and note not in unit.comment:
                unit = unit._replace(comment="\n".join(filter(None, (unit.comment, note))))
        return unit

    return replace(
        catalog,
        units=tuple(map(noted, catalog.units)),
        obsolete=tuple(map(noted, catalog.obsolete)),
    )


def _is_copy(unit: Unit) -> bool:
    """Tell whether a translation says no more than its message, as that of code does."""
    return foreign.plain(unit.message) == foreign.plain(unit.translation)


def _words(each: Foreign) -> str:
    return shorten(" ".join(each.unit.message.split()), 60, placeholder="…") or "…"


def fill_interface(handbook: Handbook, language: str, given: Sequence[Foreign]) -> Titles:
    """Fill interface text that has the same words; return what was taken."""
    name = handbook.root / site_catalog(language)
    text = files.read(name, str(name)) if name.exists() else None
    if not isinstance(text, str):
        return Titles(0, frozenset())
    catalog, pool = po.parse(text), Pool([each.unit for each in given])
    same = {unit.key: pool.same(unit.message) for unit in catalog.units}
    fitting = {key: found for key, found in same.items() if found and found.previous is None}
    is_open = {unit.key for unit in catalog.units if foreign.is_open(unit)}
    new = {key: found for key, found in fitting.items() if key in is_open}
    files.write(name, po.dump(replace(catalog, units=foreign.filled(catalog.units, new))))
    return Titles(len(new), frozenset(n for each in fitting.values() for n in each.numbers))
