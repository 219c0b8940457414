"""What became of the numbered passages of each key document since its earlier versions.

A number belongs to the version of a page that it was read in. `versions.json` tells where each
passage of each version is now, or that it is gone; scripts ask it when a link or a search names a
version. It is the same in every language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from handbook.bitext.changes.earlier import Content, Earlier
from handbook.bitext.changes.history import place
from handbook.bitext.git import Store
from handbook.bitext.page import numbers
from handbook.bitext.page.segments import Page
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.successors import Fates, followed, led_on, through
from handbook.press.core.editions import Editions
from handbook.press.core.history import SHORT, Change, History, Side, revision
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
    changes = list(history.changes.get(source.name, ()))[:_MOST][::-1]
    sides = list(history.sides.get(source.name, ()))[:_MOST][::-1]
    made = (program(), editions.handbook.reading, revision(page.text))
    about = (f"{c.commit} {c.blob} {c.when}" for c in (*changes, *(each.change for each in sides)))
    seal = "\n".join((*made, *about))
    file = kept / f"{sha256(seal.encode()).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        known: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
        return known
    with Store(editions.handbook.root) as store:
        found = _Line(page, changes, history, editions.handbook, store.content).entries(sides)
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found), "utf-8")
    return found


@dataclass(frozen=True)
class _Line:
    """The versions of a page on this branch's own line, the oldest first."""

    page: Page
    changes: Sequence[Change]
    history: History
    handbook: Handbook
    content: Content

    def entries(self, sides: Sequence[Side]) -> list[dict[str, Any]]:
        """Return what is said of each version, and of those that merges have brought in."""
        found = self._fates
        own = [
            _entry(page, fates, change, is_own=True)
            for page, fates, change in zip(
                self._pages[-len(found) :], found, self._dated[-len(found) :], strict=True
            )
        ]
        known = {each["id"] for each in own}
        beside = {each["id"]: each for each in self._beside(sides) if each["id"] not in known}
        return [*beside.values(), *own]

    @cached_property
    def _dated(self) -> list[Change | None]:
        """The change that made each version; None of what is not in git yet."""
        is_new = not self.changes or not self.history.is_of(self.changes[-1], self.page.text)
        return [*self.changes, *([None] if is_new else [])]

    @cached_property
    def _pages(self) -> list[Page]:
        texts = self.history.texts([each.blob for each in self.changes])
        return [*map(self._scanned, texts), self.page][: len(self._dated)]

    def _scanned(self, text: str) -> Page:
        scanned = self.handbook.scanned(text)
        return scanned if isinstance(scanned, Page) else Page("", ())

    @cached_property
    def _languages(self) -> list[str]:
        """The language of each version; of one before the site was a handbook, that of the next."""
        found = [place(self.changes[-1].name)[0] if self.changes else ""]
        for change in reversed(self.changes):
            found.append(self._language(change) or found[-1])
        return found[::-1]

    def _language(self, change: Change) -> str:
        language = place(change.name)[0]
        return language if language in self.handbook.languages else ""

    @cached_property
    def _runs(self) -> list[list[int]]:
        """The versions, by their places, that were written in one language after each other."""
        places = range(len(self._pages))
        return [list(run) for _, run in groupby(places, key=lambda each: self._languages[each])]

    @cached_property
    def _fates(self) -> list[Fates]:
        """The fates of the passages of the last versions: of all, if they can be followed."""
        found = list(followed([self._pages[each] for each in self._runs[-1]]))
        for run in reversed(self._runs[:-1]):
            turned = self._turned(self.changes[run[-1] + 1], self._languages[run[-1]])
            if turned is None:
                break
            before = followed([*(self._pages[each] for each in run), turned])[:-1]
            found = [*(through(each, found[0]) for each in before), *found]
        return found

    def _turned(self, change: Change, language: str) -> Page | None:
        """Return a page that was turned as it then read in the language it was turned from."""
        [text] = self.history.texts([change.blob])
        earlier = Earlier(self.handbook, language, self.content)
        shown = earlier.shown(text, (change.name,), change.commit)
        return self._scanned(shown) if shown else None

    def _beside(self, sides: Sequence[Side]) -> Iterator[dict[str, Any]]:
        """Yield what is said of versions that merges have brought in, since the page was turned."""
        last = {change.commit: nth for nth in self._runs[-1] if (change := self._dated[nth])}
        spoken = ("", self._languages[-1])
        chosen = [s for s in sides if s.merge in last and self._language(s.change) in spoken]
        texts = self.history.texts([each.change.blob for each in chosen])
        first = len(self._pages) - len(self._fates)
        for side, page in zip(chosen, map(self._scanned, texts), strict=True):
            nth = last[side.merge]
            fates = led_on(page, self._pages[nth], self._fates[nth - first], self._pages[-1])
            yield _entry(page, fates, side.change)


def _entry(
    page: Page, fates: Fates, change: Change | None, *, is_own: bool = False
) -> dict[str, Any]:
    """Return what is said of a version: its revision, its commit and day, and its passages.

    A day names the version that the branch had then, and not one of those beside it.
    """
    entry: dict[str, Any] = {"id": revision(page.text)}
    if change:
        entry["commit"] = change.commit[:SHORT]
    if change and is_own:
        entry["day"] = change.when.date().isoformat()
    return entry | {"counts": _counts(page)} | _differences(fates)


def _counts(page: Page) -> list[int]:
    """Return how many passages each section of a version has, from section 0 on."""
    sections = [each.section for each in numbers.numbered(page)]
    return [sections.count(nth) for nth in range(max(sections, default=-1) + 1)]


def _differences(fates: Fates) -> dict[str, Any]:
    """Return the passages that are now elsewhere, gone, in other words, or written anew."""
    moved = {old: fate.number for old, fate in fates.items() if fate.number not in (old, None)}
    gone = [old for old, fate in fates.items() if fate.number is None]
    rewritten = [old for old, fate in fates.items() if fate.is_rewritten]
    edited = [old for old, fate in fates.items() if fate.is_edited and not fate.is_rewritten]
    differences = {"moved": moved, "gone": gone, "edited": edited, "rewritten": rewritten}
    return {key: value for key, value in differences.items() if value}
