"""Read `docs/adoptions.yml`, where people write what bodies have adopted; name what is wrong in it.

For each page it has the versions that were adopted: number, date, who decided, where that is
recorded, and for each language the standing of its text, the file in which the text is kept and
that file's SHA-256.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import yaml

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.files import read as read_text
from handbook.bitext.problem import Problem
from handbook.bitext.project.pages import ADOPTIONS

NAME = ADOPTIONS
FILE = PurePosixPath(NAME).name
STANDINGS = ("authentic", "official translation", "courtesy", "draft")
"""What a text may be: what was decided on, a translation approved with it, a translation for
information alone, and a text on which nobody has decided yet."""
_LARGEST = 1_000_000


class Text(NamedTuple):
    """A text that was adopted in one language."""

    standing: str
    file: str
    """Where it is kept, from the root."""
    sha256: str
    line: int


@dataclass(frozen=True)
class Version:
    """A version of a document."""

    number: str
    day: date | None
    """When it was adopted; None for a draft."""
    body: str
    record: str
    """Where the decision is recorded: an address, or words."""
    texts: Mapping[str, Text]
    """The text of each language, as the last corrigendum has left it."""
    line: int

    @property
    def is_draft(self) -> bool:
        """Whether nobody has decided on it yet."""
        return all(each.standing == "draft" for each in self.texts.values())


@dataclass(frozen=True)
class Ledger:
    """The versions of documents, by the paths of their pages, the oldest first."""

    versions: Mapping[str, tuple[Version, ...]]
    problems: tuple[Problem, ...] = ()

    def last(self, path: str) -> Version | None:
        """Return the last version of a page, be it a draft; None if it has none."""
        return (self.versions.get(path) or (None,))[-1]

    def in_force(self, path: str) -> Version | None:
        """Return the last version of a page that was adopted; None if none was."""
        adopted = [each for each in self.versions.get(path, ()) if not each.is_draft]
        return adopted[-1] if adopted else None


def load(root: Path) -> Ledger:
    """Read the list of adoptions of the handbook in a folder; empty if there is none."""
    if not (root / NAME).exists():
        return Ledger({})
    text = read_text(root / NAME, NAME)
    return Ledger({}, (text,)) if isinstance(text, Problem) else of(text)


def of(text: str) -> Ledger:
    """Return what the text of a list of adoptions says, and what is wrong in it."""
    try:
        data = _loaded(text)
    except DataError as error:
        return Ledger({}, (Problem(NAME, error.line, f"is not YAML: {error}; correct it"),))
    if not isinstance(data, Facts):
        cure = "write paths, each with a list of versions, as handbook adopt writes them"
        return Ledger({}, (Problem(NAME, 1, f"names no page; {cure}"),))
    found: dict[str, tuple[Version, ...]] = {}
    problems: list[Problem] = []
    for path, given in data.items():
        made = list(_versions(path, given, data.at(path)))
        found[path] = tuple(each for each in made if isinstance(each, Version))
        problems += (each for each in made if isinstance(each, Problem))
    return Ledger(found, tuple(problems))


# -- YAML ---------------------------------------------------------------------------------


class Facts(dict[str, Any]):
    """A mapping, with the lines it is written on; its keys are as they are written."""

    def __init__(self, line: int) -> None:
        """Take the line on which it begins."""
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """Return the line of a key; where it has none, that on which the mapping begins."""
        return self.lines.get(key, self.line)


class _Loader(yaml.SafeLoader):
    """A YAML loader that makes `Facts` of mappings."""

    def facts(self, node: yaml.MappingNode) -> Facts:
        """Return a mapping. Raises ConstructorError where a key is there twice, or no word."""
        facts = Facts(node.start_mark.line + 1)
        for key, value in node.value:
            fault = ""
            if not isinstance(key, yaml.ScalarNode):
                fault = "a list or a mapping is no key"
            elif key.value in facts:
                fault = f"“{key.value}” is there twice"
            if fault:
                raise yaml.constructor.ConstructorError(None, None, fault, key.start_mark)
            facts.lines[key.value] = key.start_mark.line + 1
            facts[key.value] = self.construct_object(value, deep=True)
        return facts


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.facts)


def _loaded(text: str) -> object:
    """Return the data of the list. Raises DataError."""
    if len(text) > _LARGEST:
        raise DataError(f"it has more than {_LARGEST:,} characters", 1)
    data = datafile.load(text, _Loader, aliases=0)
    return Facts(1) if data is None else data


# -- versions -----------------------------------------------------------------------------

_FORM = "write version, date, body, record and texts, as handbook adopt writes them"
_TEXT = "write {standing: authentic, file: …, sha256: …}"
_CORRIGENDUM = "write {date: …, why: …, texts: …}"
Fault = tuple[int, str]
"""The line of what is wrong, and what it is with the cure."""


def _versions(path: str, given: object, line: int) -> Iterator[Version | Problem]:
    listed = given if isinstance(given, list) else [None]
    entries = [each for each in listed if isinstance(each, Facts)]
    if len(entries) < len(listed):
        yield Problem(NAME, line, f"{path} has no list of versions; {_FORM}")
        return
    known: set[str] = set()
    for entry in entries:
        faults = list(_faults(entry))
        number = str(entry.get("version", ""))
        if number in known:
            fault = f"version {number} of {path} is there twice; give it another"
            faults.append((entry.at("version"), fault))
        known.add(number)
        yield from (Problem(NAME, at, fault) for at, fault in faults)
        if not faults:
            yield _version(entry)


def _faults(entry: Facts) -> Iterator[Fault]:
    """Yield what is wrong with an entry."""
    known = ("version", "date", "body", "record", "texts", "corrigenda")
    yield from _unknown(entry, known, "a version", _FORM)
    yield from _text_faults(entry)
    texts = entry.get("texts")
    is_draft = isinstance(texts, Facts) and all(
        isinstance(each, Facts) and each.get("standing") == "draft" for each in texts.values()
    )
    if not isinstance(entry.get("version"), str) or not entry["version"].strip():
        fault = 'the version is no text; write it between quotation marks: version: "1.0"'
        yield entry.at("version"), fault
    for key in () if is_draft else ("date", "body", "record"):
        if not entry.get(key):
            yield entry.at(key), f"{key} is missing; {_FORM}"
    yield from _value_faults(entry)
    yield from _corrigenda_faults(entry)


def _corrigenda_faults(entry: Facts) -> Iterator[Fault]:
    """Yield what is wrong with the corrigenda of a version."""
    given = entry.get("corrigenda") or []
    for each in given if isinstance(given, list) else [None]:
        if not isinstance(each, Facts):
            yield entry.at("corrigenda"), f"a corrigendum has no date or no why; {_CORRIGENDUM}"
            continue
        yield from _unknown(each, ("date", "why", "record", "texts"), "a corrigendum", _CORRIGENDUM)
        if not each.get("why") or not each.get("date"):
            yield each.line, f"a corrigendum has no date or no why; {_CORRIGENDUM}"
        yield from _value_faults(each)
        yield from _text_faults(each)


def _value_faults(entry: Facts) -> Iterator[Fault]:
    """Yield what is wrong with the day and the words of a version or a corrigendum."""
    if entry.get("date") and type(entry["date"]) is not date:
        yield entry.at("date"), f"“{entry['date']}” is no day; write it as 2026-05-03"
    for key in ("body", "record", "why"):
        if entry.get(key) and not isinstance(entry[key], str):
            yield entry.at(key), f"{key} is no text; write it between quotation marks"


def _text_faults(entry: Facts) -> Iterator[Fault]:
    """Yield what is wrong with the `texts` of a version or a corrigendum."""
    texts = entry.get("texts")
    if not isinstance(texts, Facts) or not texts:
        yield entry.at("texts"), f"texts has no language; {_TEXT} for each"
        return
    for language, each in texts.items():
        if not isinstance(each, Facts):
            yield texts.at(language), f"the text in {language} has no standing; {_TEXT}"
            continue
        yield from _unknown(each, ("standing", "file", "sha256"), "a text", _TEXT)
        standing = each.get("standing")
        if standing not in STANDINGS:
            fault = f"“{standing}” is no standing{meant(standing, STANDINGS)}"
            yield each.at("standing"), f"{fault}; write one of {', '.join(STANDINGS)}"
        elif standing != "draft" and (not each.get("file") or each.get("sha256") in (None, "")):
            yield each.line, f"the text in {language} has no file or no sha256; {_TEXT}"
        elif standing != "draft" and not _HASH.fullmatch(str(each["sha256"])):
            fault = f"“{each['sha256']}” is no SHA-256"
            yield each.at("sha256"), f"{fault}; write the 64 signs that sha256sum prints"


_HASH = re.compile("[0-9a-fA-F]{64}")


def _unknown(facts: Facts, known: Iterable[str], what: str, cure: str) -> Iterator[Fault]:
    """Yield the keys that nobody reads: one is misspelled, or stands in the wrong place."""
    for key in facts:
        if key not in known:
            yield facts.at(key), f"“{key}” is no fact of {what}{meant(key, known)}; {cure}"


def meant(word: object, known: Iterable[str]) -> str:
    """Return a question whether one of some words is meant; "" if none is like it."""
    close = get_close_matches(str(word).casefold(), list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _version(entry: Facts) -> Version:
    texts = _texts(entry["texts"])
    for each in entry.get("corrigenda") or ():
        texts |= _texts(each["texts"])
    body, record = (entry.get(key) or "" for key in ("body", "record"))
    return Version(entry["version"], entry.get("date"), body, record, texts, entry.line)


def _texts(given: Facts) -> dict[str, Text]:
    return {
        code: Text(
            each["standing"],
            str(each.get("file") or ""),
            str(each.get("sha256")).casefold(),
            each.line,
        )
        for code, each in given.items()
    }
