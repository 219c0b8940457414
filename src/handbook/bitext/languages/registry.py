"""All languages: for each code its record, from the files of a site, the package, and CLDR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, reduce
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from handbook.bitext.languages import cldr, file
from handbook.bitext.languages.alphabets import alphabet
from handbook.bitext.languages.file import Values
from handbook.bitext.languages.record import (
    Checks,
    Editorial,
    Form,
    Language,
    Print,
    Search,
    Style,
    Wording,
)
from handbook.bitext.problem import Problem

FOLDER = "languages"
"""The folder of a site's own files, beside mkdocs.yml and pyproject.toml."""

_PACKAGE = Path(str(files("handbook.bitext.languages")))


class Languages:
    """The record of any language: `languages["pt-BR"]`.

    What a file leaves out is taken from the next less special: for `es-MX` from `es-MX.toml`, then
    `es.toml`, each first of the site, then of the package; then from what is known of its script,
    as in `und-Arab.toml`; what none says is what CLDR says.
    """

    def __init__(self, root: Path | None = None) -> None:
        """Read the files in the folder `languages/` of the site in `root`; the package's later."""
        found: list[Problem] = []
        own = root and root / FOLDER
        self._own = _read(own, found) if own and own.is_dir() else {}
        self.problems = tuple(sorted(found))
        """What is wrong with files of the site; none of those is used."""
        self._records: dict[str, Language] = {}

    def __getitem__(self, code: str) -> Language:
        """Return the record of a language; there is one for any code."""
        if code not in self._records:
            self._records[code] = _record(code, self._layers(code))
        return self._records[code]

    def on_file(self) -> list[Language]:
        """Return the languages that have a file."""
        codes = sorted({*self._own, *_packaged()})
        return [self[code] for code in codes if not code.startswith(_ANY)]

    def printed(self, code: str) -> Print:
        """Return how a language is printed; words of the others on file are printed in their fonts.

        `packages` are all that are used, `optional` those that its own letters lack.
        """
        own, others = self[code].print, [each.print for each in self.on_file()]
        codes = [each for each in sorted(_packaged()) if each.startswith(_ANY)]
        scripts = [self[each].print for each in codes if self.has_fonts(each)]
        looks = (own, *others, *scripts)
        return replace(
            own,
            packages=_all(map(_used, looks)),
            optional=tuple(each for each in own.optional if not _is_installed(each)),
            serif=_all(each.serif for each in looks),
            sans=_all(each.sans for each in looks),
            mono=_all(each.mono for each in looks),
        )

    def has_fonts(self, code: str) -> bool:
        """Tell whether fonts for the script of a language are installed."""
        look = self[code].print
        is_known = cldr.script(code) in _DESIGNED or bool(look.packages)
        return is_known or any(map(_is_installed, look.optional))

    def _layers(self, code: str) -> Iterator[Values]:
        """Yield what is known of a language, the most special first."""
        for each in (*cldr.fallbacks(code), _ANY + cldr.script(code)):
            yield self._own.get(each, {})
            yield _of_package(each) if each in _packaged() else {}


_DESIGNED = frozenset(["Latn", "Cyrl", "Grek", ""])
"""The scripts that the faces of the books' design have; "" is that of a language nobody knows."""
_ANY = "und-"
"""What the name of a file on a script begins with: BCP 47's undetermined language."""


def _used(look: Print) -> tuple[str, ...]:
    """Return the packages of the fonts of `look`: those it needs, and others if installed."""
    return (*look.packages, *filter(_is_installed, look.optional))


@cache
def _is_installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


@cache
def _packaged() -> frozenset[str]:
    """Return the languages that have a file in the package."""
    return frozenset(each.stem for each in _PACKAGE.glob("*.toml"))


@cache
def _of_package(code: str) -> Values:
    """Return the file of a language in the package; read when asked for, as most are never."""
    values = file.read(_PACKAGE / f"{code}.toml", f"{code}.toml")
    if isinstance(values, tuple):
        raise ValueError(values[0])
    return values


def _read(folder: Path, problems: list[Problem]) -> dict[str, Values]:
    """Return the usable files of a folder, by code; the faults of the others go into `problems`."""
    read: dict[str, Values] = {}
    for each in sorted(folder.glob("*.toml")):
        name, given = f"{FOLDER}/{each.name}", cldr.parts(each.stem)
        code = given.joined("-") if given else ""
        if not each.resolve().is_relative_to(folder.parent.resolve()):
            problems.append(Problem(name, 1, _OUTSIDE))
            continue
        values = file.read(each, name)
        if not code:
            fault = f"{each.stem!r} is not the code of a language; {_CODE}"
            problems.append(Problem(name, 1, fault))
        elif isinstance(values, tuple):
            problems += values
        elif code in read:
            problems.append(Problem(name, 1, f"is a second file for {code}; delete one of them"))
        else:
            read[code] = values
    return read


_OUTSIDE = "is a link that leads out of the handbook and is not followed; put a copy in its place"
_CODE = "name the file by one, such as pt.toml or zh-Hant.toml"


def _record(code: str, layers: Iterable[Values]) -> Language:
    """Return the record of a language from what files say, the most special first, and CLDR."""
    given: dict[str, Any] = {
        "direction": cldr.direction(code),
        "plural_forms": cldr.plural_forms(code),
        "sorting": dict(alphabet(code)),
        "joiner": "" if cldr.is_cjk(code) else " ",
    }
    values = reduce(_over, reversed(list(layers)), given)
    editorial: dict[str, Any] = {
        key: _wording(each) if isinstance(each, dict) else each
        for key, each in values.pop("editorial", {}).items()
    }
    checks = dict(values.pop("checks", {}))  # a copy: files of the package are kept
    styles = tuple(Style(**each) for each in checks.pop("styles", ()))
    return Language(
        code,
        checks=Checks(styles=styles, **checks),
        forms=tuple(Form(**each) for each in values.pop("forms", ())),
        editorial=Editorial(**editorial),
        search=Search(**values.pop("search", {})),
        print=Print(**values.pop("print", {})),
        **values,
    )


def _all(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return each of some names once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(names)))


def _wording(values: Values) -> Wording:
    return Wording(frozenset(values.get("words", ())), values.get("pattern", ""))


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another: fields of `above` replace those `below`, tables are merged.

    Styles add up: a site has its own beside those of the language.
    """
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        if key == "styles":
            merged[key] = (*below.get(key, ()), *value)
        else:
            merged[key] = _over(below[key], value) if both else value
    return merged
