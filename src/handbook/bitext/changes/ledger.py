"""What a body has adopted: the texts that `docs/adoptions.yml` names, and the pages held to them.

A kept text is the page's words without markup, a passage a paragraph, in composed characters (NFC):
it can be read, and its hash proved, without git and without this program. Signs stand where words
would say another thing without them: around what is struck out (`~~`), raised (`^`) or lowered
(`~`), and before an item with a checkbox (`[x]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path, PurePosixPath

from handbook.bitext.changes import compare, included, reading, styles
from handbook.bitext.changes.adoptions import NAME, STANDINGS, Text, Version, load, meant
from handbook.bitext.changes.compare import Change
from handbook.bitext.changes.passages import passages
from handbook.bitext.changes.words import Piece
from handbook.bitext.files import is_file
from handbook.bitext.files import read as read_text
from handbook.bitext.languages.record import Language
from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project import walk
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source

KEPT = "adopted"
"""The folder in which adopted texts are kept."""
_BINDING = frozenset(STANDINGS[:2])
_UNADOPTED = frozenset(("fact", "front matter", "default title", "picture", "media", "file name"))
"""The kinds of passages that are no part of an adopted text; nor is what only frames its words."""


# -- texts --------------------------------------------------------------------------------


def text_of(handbook: Handbook, source: Source, language: str) -> str:
    """Return the words of a page in a language, a passage a paragraph, as adopted texts are kept.

    What the page includes is a part of it. Where a translation is not current, the source stands in
    its place, as it does for readers.
    """
    page = included.page(handbook, source)
    targets = reading.references(page.text)
    is_source = language == source.language
    units = {} if is_source else included.units(handbook, source, language)
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
        yield from _day_problems(path, versions)
        if not versions:
            continue
        source = sources.get(path)
        if source is None:
            fault = f"there is no page {path}{meant(path, sources)}"
            cure = "write the path that it has now, or take its versions out if it was given up"
            yield Problem(NAME, versions[0].line, f"{fault}; {cure}")
        else:
            yield from _page_problems(handbook, source, versions[-1])
    if ledger.problems:
        return  # which versions there are is not known
    for path, source in sources.items():
        if handbook.front(source).get("status") == "adopted" and not ledger.in_force(path):
            cure = "name the decision with handbook adopt, or give it another status"
            fault = f"its status is adopted, and {NAME} has no version of it that was"
            name, line = source.name, _line(handbook, source, "status")
            yield Problem(name, line, f"{fault}; {cure}")


def _day_problems(path: str, versions: Sequence[Version]) -> Iterator[Problem]:
    """Yield where the days of the versions of a page cannot be right."""
    adopted = [(each, each.day) for each in versions if each.day]
    for version, day in adopted:
        if is_to_come(day):
            fault = f"{day} has not come yet"
            yield Problem(NAME, version.line, f"{fault}; write the day of the decision")
    for (older, before), (newer, after) in pairwise(adopted):
        if after < before:
            fault = f"version {newer.number} of {path} stands behind {older.number}, and is older"
            yield Problem(NAME, newer.line, f"{fault}; put the oldest first, or correct the day")


def is_to_come(day: date) -> bool:
    """Tell whether nothing can have been decided on a day: nowhere on earth has it begun."""
    return day > date.today() + timedelta(days=1)


def _kept_problems(handbook: Handbook, path: str, version: Version) -> Iterator[Problem]:
    """Yield what is wrong with the kept texts of a version."""
    for language, text in version.texts.items():
        name = f"version {version.number} of {path} in {language}"
        if language not in handbook.languages:
            known = ", ".join(handbook.languages)
            like = meant(language, handbook.languages)
            yield Problem(NAME, text.line, f"no language “{language}”{like}; there are {known}")
        elif text.standing != "draft":
            kept = kept_text(handbook.root, text)
            if isinstance(kept, Problem):
                yield kept
            elif hash_of(kept.replace("\r\n", "\n")) == text.sha256 != hash_of(kept):
                cure = f"write {KEPT}/** -text into .gitattributes, and put it back from git"
                yield Problem(
                    text.file, 1, f"its lines end as on Windows, so it has another SHA-256; {cure}"
                )
            elif hash_of(kept) != text.sha256:
                fault = f"is not the text that was adopted as {name}: its SHA-256 is another"
                yield Problem(text.file, 1, f"{fault}; put it back from git, or from an archive")


def kept_text(root: Path, text: Text) -> str | Problem:
    """Return a text as it is kept, or why it cannot be read."""
    path = PurePosixPath(text.file)
    if path.is_absolute() or ".." in path.parts or path.parts[:1] != (KEPT,):
        return Problem(NAME, text.line, f"{text.file} is not in {KEPT}/; keep the text there")
    if not is_file(root / path):
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
