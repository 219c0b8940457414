"""Record a decision: a version that a body has adopted, or a corrigendum to the last one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import yaml

from handbook.bitext import datafile
from handbook.bitext.changes import adoptions, included, ledger
from handbook.bitext.changes.adoptions import NAME, STANDINGS, Ledger, Version
from handbook.bitext.changes.ledger import KEPT
from handbook.bitext.files import read as read_text
from handbook.bitext.files import write
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source

_HEAD = """\
# What has been adopted, for each document: its versions, the oldest first. `handbook adopt` adds to
# it, `handbook check` holds the pages to it. The texts are kept in adopted/.
"""


@dataclass(frozen=True)
class Decision:
    """What was decided, when, by whom, and where that can be read."""

    version: str
    day: date | None
    """None for a draft."""
    body: str
    record: str
    standings: Mapping[str, str]
    """The standing of the text in each language."""
    corrigendum: str = ""
    """Why the last version is corrected; "" for a new version."""

    @property
    def is_draft(self) -> bool:
        """Whether it is a proposal, on which nobody has decided."""
        return all(each == "draft" for each in self.standings.values())


def adopt(handbook: Handbook, source: Source, decision: Decision) -> Iterator[Problem | str]:
    """Record a decision on a page as it is now; yield the files written, or why none is."""
    known = adoptions.load(handbook.root)
    faults = [*known.problems, *_faults(handbook, source, decision, known)]
    if faults:
        yield from faults
        return
    new: dict[str, str] = {}
    texts = {}
    for language, standing in decision.standings.items():
        texts[language] = {"standing": standing}
        if standing != "draft":
            text = ledger.text_of(handbook, source, language)
            name = _file(handbook, source, decision, language)
            new[name] = text
            texts[language] |= {"file": name, "sha256": ledger.hash_of(text)}
    old = read_text(handbook.root / NAME, NAME) if (handbook.root / NAME).exists() else _HEAD
    assert isinstance(old, str)  # `adoptions.load` has read it
    new[NAME] = _added(old, source.path, decision, texts)
    if adoptions.of(new[NAME]).problems:
        yield Problem(NAME, 1, _UNFIT)
        return
    for name, text in new.items():
        write(handbook.root / name, text)
        yield name


_UNFIT = (
    "no version can be added to it as it is written, with { } or [ ] around versions, or ... at its"
    " end; write each version on lines of its own, behind a dash"
)


def _file(handbook: Handbook, source: Source, decision: Decision, language: str) -> str:
    """Return where a text is to be kept: nothing is there yet.

    There may be, of a page that was moved since: its texts stay where minutes say that they are.
    """
    start = f"{KEPT}/{PurePosixPath(source.path).with_suffix('')}/{decision.version}"
    start += f"-corrected-{decision.day}" if decision.corrigendum else ""
    numbers = ("", *(f"-{number}" for number in range(2, 1000)))
    names = (f"{start}{number}.{language}.txt" for number in numbers)
    return next(name for name in names if not (handbook.root / name).exists())


def _faults(
    handbook: Handbook, source: Source, decision: Decision, known: Ledger
) -> Iterator[Problem]:
    """Yield why a decision cannot be recorded: its number, the page, or a translation."""
    yield from _faults_of_version(source, decision, known.versions.get(source.path, ()))
    front = handbook.front(source)
    for key, wanted in (("version", decision.version), ("date", str(decision.day))):
        is_kept = (decision.corrigendum or decision.is_draft) and key == "date"
        if str(front.get(key)) != wanted and not is_kept:
            fault = f"its {key} is {front.get(key)}"
            yield Problem(source.name, 1, f"{fault}; write {key}: {wanted} first")
    for language, standing in decision.standings.items():
        if language != source.language and standing in STANDINGS[:2]:
            yield from _fault_of_translation(handbook, source, language)


def _faults_of_version(
    source: Source, decision: Decision, versions: Sequence[Version]
) -> Iterator[Problem]:
    """Yield what is wrong with the number and the day of a decision, after those before it."""
    name, last = source.name, versions[-1] if versions else None
    numbers = [each.number for each in versions if not each.is_draft]
    if not _NUMBER.issuperset(decision.version) or decision.version.strip(".") != decision.version:
        yield Problem("", 0, f"“{decision.version}” is no number of a version; write one like 1.0")
    if decision.day and ledger.is_to_come(decision.day):
        yield Problem("", 0, f"{decision.day} has not come yet; give the day of the decision")
    if decision.corrigendum and (last is None or last.number != decision.version):
        yield Problem(name, 1, f"its last version is not {decision.version}; correct that one")
    if not decision.corrigendum and decision.version in numbers:
        fault = f"{NAME} has version {decision.version} of it already"
        yield Problem(name, 1, f"{fault}; give another number, or record a --corrigendum")


def _fault_of_translation(handbook: Handbook, source: Source, language: str) -> Iterator[Problem]:
    """Yield why a translation cannot bind anybody: some of it is not current, or is refused."""
    units = included.units(handbook, source, language).values()
    left = sum(each.state != "current" for each in units)
    left += len(handbook.translated(source, language).problems)
    if left:
        place = handbook.catalog_in_use(source.path, language)
        fault = f"{amount(left, 'passage')} not current"
        yield Problem(place, 1, f"{fault}; translate, or adopt it as a courtesy")


_NUMBER = frozenset("0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")


def _added(text: str, path: str, decision: Decision, texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the list with a decision added; whatever else it has stays as it is written."""
    text = text if text.endswith("\n") else f"{text}\n"
    tree = datafile.compose(text)
    pairs = tree.value if isinstance(tree, yaml.MappingNode) else []
    versions = next((value for key, value in pairs if key.value == path), None)
    if decision.corrigendum and versions is not None:
        entry = {"date": decision.day, "why": decision.corrigendum, "record": decision.record}
        return _with_corrigendum(text, versions.value[-1], entry | {"texts": dict(texts)})
    facts = {"date": decision.day, "body": decision.body, "record": decision.record}
    known = {key: value for key, value in facts.items() if value}
    item = {"version": decision.version, **known, "texts": dict(texts)}
    if versions is None:
        return text.rstrip("\n") + "\n\n" + _yaml({path: [item]}, 0)
    made = _inserted(text, versions.end_mark.index, _yaml([item], versions.start_mark.column))
    last = versions.value[-1]
    number = next((value.value for key, value in last.value if key.value == "version"), "")
    if number != decision.version:
        return made
    # It was a draft, which is a draft no more.
    rows, old = made.splitlines(keepends=True), text[last.start_mark.index : last.end_mark.index]
    start = last.start_mark.line
    return "".join((*rows[:start], *rows[start + len(old.rstrip().splitlines()) :]))


def _with_corrigendum(text: str, version: yaml.MappingNode, entry: Mapping[str, object]) -> str:
    for key, value in version.value:
        if key.value == "corrigenda":
            made = _yaml([entry], value.start_mark.column)
            return _inserted(text, value.end_mark.index, made)
    made = _yaml({"corrigenda": [entry]}, version.start_mark.column)
    return _inserted(text, version.end_mark.index, made)


def _inserted(text: str, end: int, made: str) -> str:
    """Return a text with lines put after what ends at an offset, before blanks and comments."""
    rows = text[:end].split("\n")
    rows.pop()
    while rows and (not rows[-1].strip() or rows[-1].lstrip().startswith("#")):
        rows.pop()
    before = "\n".join(rows) + "\n"
    return before + made + text[len(before) :]


def _yaml(data: object, column: int) -> str:
    made = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    return "".join(f"{' ' * column}{row}\n" for row in made.splitlines())
