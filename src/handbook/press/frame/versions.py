"""What became of the numbered passages of each key document since its earlier versions.

A number belongs to the version of a page that it was read in. `versions.json` tells where each
passage of each version is now, or that it is gone; scripts ask it when a link or a search names a
version. It is the same in every language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from handbook.bitext.page import numbers
from handbook.bitext.page.segments import Page
from handbook.bitext.translate.successors import Fates, followed
from handbook.press.core.editions import Editions
from handbook.press.core.history import SHORT, Change, History, revision
from handbook.press.core.kept import program

FILE = "versions.json"
"""The file, relative to the root of the site."""
_MOST = 300
"""How many versions of a page are followed, counted from the newest."""


def collect(
    paths: Iterable[str], editions: Editions, history: History, kept: Path
) -> dict[str, list[dict[str, Any]]]:
    """Return the versions of each page, oldest first, with the fate of their passages.

    What was found is kept in the folder `kept`: it changes only with a new version.
    """
    return {path: _versions(path, editions, history, kept) for path in paths}


def written(found: Mapping[str, Any]) -> bytes:
    """Return the content of the file."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _versions(path: str, editions: Editions, history: History, kept: Path) -> list[dict[str, Any]]:
    """Return what is said of each version of a page; kept in a file by all that it depends on."""
    source = editions.sources[path]
    page = editions.handbook.read(source)
    name = source.name
    changes = list(history.changes.get(name, ()))[:_MOST][::-1]
    is_new = not changes or not changes[-1].blob.startswith(revision(page.text))
    made = (program(), editions.handbook.reading)
    seal = "\n".join((*made, *(f"{c.blob} {c.when}" for c in changes), revision(page.text)))
    file = kept / f"{sha256(seal.encode()).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        known: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
        return known
    texts = history.texts([change.blob for change in changes])
    pages = [_scanned(text, editions) for text in texts] + [page] * is_new
    found = list(_entries(pages, changes))
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), "utf-8")
    return found


def _scanned(text: str, editions: Editions) -> Page:
    scanned = editions.handbook.scanned(text)
    return scanned if isinstance(scanned, Page) else Page("", ())


def _entries(pages: Sequence[Page], changes: Sequence[Change]) -> Iterator[dict[str, Any]]:
    """Yield what is said of each version: its revision, its commit and day, and its passages."""
    for nth, (page, fates) in enumerate(zip(pages, followed(pages), strict=True)):
        entry: dict[str, Any] = {"id": revision(page.text)}
        if nth < len(changes):
            entry["commit"] = changes[nth].commit[:SHORT]
            entry["day"] = changes[nth].when.date().isoformat()
        yield entry | {"counts": _counts(page)} | _differences(fates)


def _counts(page: Page) -> list[int]:
    """Return how many passages each section of a version has, from section 0 on."""
    sections = [each.section for each in numbers.numbered(page)]
    return [sections.count(nth) for nth in range(max(sections, default=-1) + 1)]


def _differences(fates: Fates) -> dict[str, Any]:
    """Return the passages that are now elsewhere, gone, or in other words."""
    moved = {old: fate.number for old, fate in fates.items() if fate.number not in (old, None)}
    gone = [old for old, fate in fates.items() if fate.number is None]
    edited = [old for old, fate in fates.items() if fate.is_edited]
    differences = {"moved": moved, "gone": gone, "edited": edited}
    return {key: value for key, value in differences.items() if value}
