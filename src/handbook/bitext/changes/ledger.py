"""What a body has adopted: `docs/adoptions.yml`, and the texts that it names.

For each page its adopted versions: number, date, who decided, where that is recorded, and for each
language the standing of its text, the file in which the text is kept and that file's SHA-256. A
kept text is the page's words without markup, a passage a paragraph, in composed characters (NFC):
it can be read, and its hash proved, without git and without this program. Signs stand where words
would say another thing without them: around what is struck out (`~~`), raised (`^`) or lowered
(`~`), and before an item with a checkbox (`[x]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import yaml

from handbook.bitext import datafile
from handbook.bitext.changes import compare, reading, styles
from handbook.bitext.changes.compare import Change
from handbook.bitext.changes.passages import passages
from handbook.bitext.changes.words import Piece
from handbook.bitext.datafile import DataError
from handbook.bitext.files import read as read_text
from handbook.bitext.languages.record import Language
from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project import walk
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import ADOPTIONS, Source

NAME = ADOPTIONS
FILE = PurePosixPath(NAME).name
KEPT = "adopted"
"""The folder in which adopted texts are kept."""
STANDINGS = ("authentic", "official translation", "courtesy", "draft")
"""What a text may be: what was decided on, a translation approved with it, a translation for
information alone, and a text on which nobody has decided yet."""
_BINDING = frozenset(STANDINGS[:2])
_UNADOPTED = frozenset(("fact", "front matter", "default title"))
"""The kinds of passages that are no part of an adopted text; nor is what only frames its words."""
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
    if isinstance(text, Problem):
        return Ledger({}, (text,))
    try:
        data = _loaded(text)
    except DataError as error:
        return Ledger({}, (Problem(NAME, error.line, f"is not YAML: {error}; correct it"),))
    found: dict[str, tuple[Version, ...]] = {}
    problems: list[Problem] = []
    for path, given in data.items():
        if path != _LINE:
            made = list(_versions(str(path), given))
            found[str(path)] = tuple(each for each in made if isinstance(each, Version))
            problems += (each for each in made if isinstance(each, Problem))
    return Ledger(found, tuple(problems))


# -- reading ----------------------------------------------------------------------------

_LINE = "\0line"


class _Loader(yaml.SafeLoader):
    """A YAML loader that notes on which line each mapping begins, and refuses a key twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping with its line."""
        seen = set()
        for key, _ in node.value:
            written = str(key.value)
            if written in seen:
                fault = f"“{written}” is there twice"
                raise yaml.constructor.ConstructorError(None, None, fault, key.start_mark)
            seen.add(written)
        return {**super().construct_mapping(node, deep), _LINE: node.start_mark.line + 1}


def _loaded(text: str) -> dict[Any, Any]:
    """Return the data of the list. Raises DataError."""
    if len(text) > _LARGEST:
        raise DataError(f"it has more than {_LARGEST:,} characters", 1)
    data = datafile.load(text, _Loader, aliases=0)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise DataError("it is no list of pages", 1)
    return data


_FORM = "write version, date, body, record and texts, as README shows"
_TEXT = "write {standing: authentic, file: …, sha256: …}"


def _versions(path: str, given: object) -> Iterator[Version | Problem]:
    known: set[str] = set()
    for entry in given if isinstance(given, list) else [None]:
        if not isinstance(entry, dict):
            yield Problem(NAME, 1, f"{path} has no list of versions; {_FORM}")
            return
        line = entry[_LINE]
        faults = list(_faults(entry))
        number = str(entry.get("version", ""))
        if number in known:
            faults.append((line, f"version {number} of {path} is there twice; give it another"))
        known.add(number)
        yield from (Problem(NAME, at, fault) for at, fault in faults)
        if not faults:
            yield _version(entry)


_KEYS = ("version", "date", "body", "record", "texts", "corrigenda")


def _faults(entry: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with an entry: the line, and what and the cure."""
    line = entry[_LINE]
    for key in entry:
        if key not in _KEYS and key != _LINE:
            yield line, f"“{key}” is no fact of a version{_meant(key, _KEYS)}; {_FORM}"
    texts = entry.get("texts")
    yield from _text_faults(texts, line)
    is_draft = isinstance(texts, dict) and all(
        isinstance(each, dict) and each.get("standing") == "draft"
        for key, each in texts.items()
        if key != _LINE
    )
    if not isinstance(entry.get("version"), str) or not str(entry["version"]).strip():
        yield line, 'the version is no text; write it between quotation marks: version: "1.0"'
    for key in () if is_draft else ("date", "body", "record"):
        if not entry.get(key):
            yield line, f"{key} is missing; {_FORM}"
    if entry.get("date") and type(entry["date"]) is not date:
        yield line, f"“{entry['date']}” is no day; write it as 2026-05-03"
    corrigenda = entry.get("corrigenda") or []
    for each in corrigenda if isinstance(corrigenda, list) else [None]:
        if not isinstance(each, dict) or not each.get("why") or type(each.get("date")) is not date:
            yield line, "a corrigendum has no date or no why; write {date: …, why: …, texts: …}"
        else:
            yield from _text_faults(each.get("texts"), each[_LINE])


def _text_faults(texts: object, line: int) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the `texts` of an entry that begins at a line."""
    if not isinstance(texts, dict) or len(texts) < 2:
        yield line, f"texts has no language; {_TEXT} for each"
        return
    for language, each in texts.items():
        if language == _LINE:
            continue
        if not isinstance(each, dict):
            yield line, f"the text in {language} has no standing; {_TEXT}"
            continue
        standing = each.get("standing")
        if standing not in STANDINGS:
            known = ", ".join(STANDINGS)
            meant = _meant(str(standing), STANDINGS)
            yield each[_LINE], f"“{standing}” is no standing{meant}; write one of {known}"
        elif standing != "draft" and not (each.get("file") and each.get("sha256")):
            yield each[_LINE], f"the text in {language} has no file or no sha256; {_TEXT}"


def _meant(word: object, known: Iterable[str]) -> str:
    close = get_close_matches(str(word).casefold(), list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _version(entry: Mapping[str, Any]) -> Version:
    texts = _texts(entry["texts"])
    for each in entry.get("corrigenda") or ():
        texts |= _texts(each["texts"])
    body, record = (str(entry.get(key) or "") for key in ("body", "record"))
    return Version(entry["version"], entry.get("date"), body, record, texts, entry[_LINE])


def _texts(given: Mapping[str, Any]) -> dict[str, Text]:
    return {
        str(code): Text(
            each["standing"], str(each.get("file") or ""), str(each.get("sha256")), each[_LINE]
        )
        for code, each in given.items()
        if code != _LINE
    }


# -- texts --------------------------------------------------------------------------------


def text_of(handbook: Handbook, source: Source, language: str) -> str:
    """Return the words of a page in a language, a passage a paragraph, as adopted texts are kept.

    Where a translation is not current, the source stands in its place, as it does for readers.
    """
    page = handbook.read(source)
    targets = reading.references(page.text)
    is_source = language == source.language
    units = {} if is_source else {u.key: u for u in handbook.catalog(source, language).units}
    texts = []
    for passage in passages(page):
        if passage.kind in _UNADOPTED or passage.skeleton:
            continue
        unit = units.get(passage.key)
        read = passage.reading
        if unit is not None and unit.state == "current":
            read = reading.read(unit.translation, targets)
        box = _BOXES.get(passage.form.get("tick", ""), "")
        texts.append(box + styles.with_signs(read.text, read.styles))
    return "\n\n".join(texts) + "\n"


_BOXES = {"empty": "[ ] ", "ticked": "[x] "}


def is_as_adopted(handbook: Handbook, source: Source, language: str, version: Version) -> bool:
    """Tell whether a page reads as it was adopted in a language, where that binds anybody."""
    text = version.texts.get(language)
    if text is None or text.standing not in _BINDING:
        return True
    return hash_of(text_of(handbook, source, language)) == text.sha256


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text as its file has it."""
    return sha256(text.encode()).hexdigest()


def changes(old: str, new: str, language: Language) -> tuple[Change, ...]:
    """Return what has changed between two texts as they are kept."""
    return compare.compare(_page(old), _page(new), language)


def _page(text: str) -> Page:
    """Return a kept text as a page; its words are no Markdown."""
    rows = [row for row in text.strip("\n").split("\n\n") if row]
    return Page("", tuple(Segment("code block", row, (), "") for row in rows))


# -- checking -------------------------------------------------------------------------------


def problems(handbook: Handbook) -> Iterator[Problem]:
    """Yield what does not agree: the list, the kept texts, and the pages as they are."""
    ledger = load(handbook.root)
    yield from ledger.problems
    sources = {source.path: source for source in handbook.sources()}
    for path, versions in ledger.versions.items():
        for version in versions:
            yield from _kept_problems(handbook, path, version)
        if not versions:
            continue
        source = sources.get(path)
        if source is None:
            cure = "write the path that it has now, as handbook move would have"
            yield Problem(NAME, versions[0].line, f"there is no page {path}; {cure}")
        else:
            yield from _page_problems(handbook, source, versions[-1])
    for path, source in sources.items():
        if handbook.front(source).get("status") == "adopted" and not ledger.in_force(path):
            cure = "name the decision with handbook adopt, or give it another status"
            fault = f"its status is adopted, and {NAME} has no version of it that was"
            name, line = source.name, _line(handbook, source, "status")
            yield Problem(name, line, f"{fault}; {cure}")


def _kept_problems(handbook: Handbook, path: str, version: Version) -> Iterator[Problem]:
    """Yield what is wrong with the kept texts of a version."""
    for language, text in version.texts.items():
        name = f"version {version.number} of {path} in {language}"
        if language not in handbook.languages:
            known = ", ".join(handbook.languages)
            meant = _meant(language, handbook.languages)
            yield Problem(NAME, text.line, f"no language “{language}”{meant}; there are {known}")
        elif text.standing != "draft":
            kept = kept_text(handbook.root, text)
            if isinstance(kept, Problem):
                yield kept
            elif hash_of(kept) != text.sha256:
                fault = f"is not the text that was adopted as {name}: its SHA-256 is another"
                yield Problem(text.file, 1, f"{fault}; put it back from git, or from an archive")


def kept_text(root: Path, text: Text) -> str | Problem:
    """Return a text as it is kept, or why it cannot be read."""
    path = PurePosixPath(text.file)
    if path.is_absolute() or ".." in path.parts or path.parts[:1] != (KEPT,):
        return Problem(NAME, text.line, f"{text.file} is not in {KEPT}/; keep the text there")
    if not (root / path).is_file():
        return Problem(NAME, text.line, f"there is no {text.file}; put it back from git")
    return walk.fault(root, text.file) or read_text(root / path, text.file)


def _page_problems(handbook: Handbook, source: Source, last: Version) -> Iterator[Problem]:
    """Yield where a page is not what was adopted last."""
    name, front = source.name, handbook.front(source)
    for key, adopted in (("version", last.number), ("date", last.day)):
        if adopted is not None and str(front.get(key)) != str(adopted):
            fault = f"{key} is {front.get(key)}, and {NAME} says {adopted}"
            shown = f'"{adopted}"' if key == "version" else adopted
            cure = f"write {key}: {shown}, or add the version there"
            yield Problem(name, _line(handbook, source, key), f"{fault}; {cure}")
    for language, text in last.texts.items():
        if text.standing not in _BINDING or language not in handbook.languages:
            continue
        kept, now = kept_text(handbook.root, text), text_of(handbook, source, language)
        if isinstance(kept, str) and hash_of(kept) == text.sha256 and now != kept:
            own = language == source.language
            place = name if own else handbook.catalog_in_use(source.path, language)
            told = told_in_a_line(changes(kept, now, handbook.records[language]))
            fault = f"differs from version {last.number}, adopted on {last.day}: {told}"
            yield Problem(place, 1, f"{fault}; {_CURE}")


_CURE = "undo the edit, or record a new version or a corrigendum: handbook adopt"


def _line(handbook: Handbook, source: Source, key: str) -> int:
    written = frontmatter.written(handbook.read(source).text)
    return next((each.line for each in written if each.key == key), 1)


_TOLD = 3
"""How many changes a problem tells."""


def told_in_a_line(found: Iterable[Change]) -> str:
    """Return changes as text: words taken out in [- -], words put in in {+ +}."""
    lines = []
    for change in compare.visible(found):
        if change.kind != "moved away":
            marked = "".join(_marked(piece) for piece in change.pieces)
            lines.append(f"moved: {marked}" if change.is_moved else marked)
    more = f"; and {len(lines) - _TOLD} more" if len(lines) > _TOLD else ""
    return "; ".join(re.sub(r"\s+", " ", f"“{line}”") for line in lines[:_TOLD]) + more


def _marked(piece: Piece) -> str:
    signs = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return " " * piece.is_apart + signs[piece.fate].format(piece.text)
