"""What a branch does to the translations: told from what an update of the catalogs would do.

Three handbooks are compared: the one that the branch began from, with its catalogs brought up to
date in memory; the branch's pages with the catalogs from before, which tells what an update would
do if nobody translated anything; and the branch as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes import grouping
from handbook.bitext.changes.effort import Effort, effort
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.keydocuments import is_key_document
from handbook.bitext.project.pages import SITE, Source, site_catalog
from handbook.bitext.translate.merge import merge
from handbook.bitext.upkeep import declared, update
from handbook.bitext.upkeep.declared import Declaration
from handbook.bitext.upkeep.update import Committed


class Counts(NamedTuple):
    """How many units of a catalog a branch concerns, by what it does to them."""

    editorial: int = 0
    """Edited, and their translations stay current."""
    changed: int = 0
    """Edited, and their translations are no longer current."""
    new: int = 0
    """New text that has to be translated."""
    waiting: int = 0
    """Edited before anybody had translated them as they were: no new work."""
    gone: int = 0
    moved: int = 0
    """In another place or on another page, or back again, with their translations."""
    translated: int = 0
    """Translated by the branch itself."""

    def plus(self, other: Counts) -> Counts:
        """Return the sum of two counts."""
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class PageImpact:
    """What a branch does to one catalog."""

    path: str
    """The page's path; `site.po` for interface text."""
    counts: Counts
    effort: Effort
    """The words to translate, anew or for the first time, because of the branch."""
    translators: tuple[str, ...] = ()
    """Whose translations they are, where the catalog or git knows."""


@dataclass(frozen=True)
class LanguageImpact:
    """What a branch does to the translations into one language."""

    language: str
    pages: tuple[PageImpact, ...]
    """The pages that it concerns."""

    @property
    def counts(self) -> Counts:
        """The sum over its pages."""
        total = Counts()
        for each in self.pages:
            total = total.plus(each.counts)
        return total

    @property
    def effort(self) -> Effort:
        """The sum over its pages."""
        return Effort(sum(each.effort.words for each in self.pages))


@dataclass(frozen=True)
class LostCompleteness:
    """A key document that was complete in a language, and no longer is."""

    path: str
    language: str
    percent: int
    """How many of its words are still current."""
    is_required: bool
    """Whether the document is to be authentic in that language."""

    def __str__(self) -> str:
        why = ", in which it is to be authentic" if self.is_required else ""
        share = f"{self.percent} % of its words are current"
        return f"key document {self.path} is no longer complete in {self.language}{why}: {share}"


@dataclass(frozen=True)
class Impact:
    """What a branch does to all languages."""

    languages: tuple[LanguageImpact, ...]
    falls: tuple[LostCompleteness, ...]
    false_claims: tuple[Problem, ...]
    """Edits that a commit of the branch declares editorial, and that are more."""


@dataclass(frozen=True)
class Snapshots:
    """The three handbooks that are compared."""

    base: Handbook
    """As it was where the branch began."""
    untouched: Handbook
    """The pages of the branch, with the catalogs from before."""
    head: Handbook
    """The branch."""


Translators = Callable[[str, Catalog, Sequence[Unit]], tuple[str, ...]]
"""A function that returns who has translated units of a catalog, by its name at the base."""


@dataclass(frozen=True)
class BranchContext:
    """History look-ups and declared edits that the comparison needs."""

    declared: Sequence[Declaration] = ()
    """The edits declared editorial, as an update is told of them."""
    claims: Sequence[Declaration] = ()
    """Those of them that the branch itself declares."""
    interface: Sequence[tuple[str, str]] = ()
    """The interface messages of the branch, with notes."""
    committed: Committed = lambda name: None
    former: Callable[[str], str] = lambda name: name
    """Returns the name that a file had where the branch began."""
    translators: Translators = lambda name, catalog, units: ()


def impact(sides: Snapshots, languages: Sequence[str], asked: BranchContext) -> Impact:
    """Return what a branch does to `languages`."""
    comparison = _Comparison(sides, asked)
    found = tuple(LanguageImpact(each, tuple(comparison.pages(each))) for each in languages)
    falls = tuple(comparison.falls(languages))
    return Impact(found, falls, tuple(_false_claims(sides.head, asked.claims)))


@dataclass
class _Comparison:
    """What happens to the catalogs of a branch, page by page and language by language."""

    sides: Snapshots
    asked: BranchContext
    _after: dict[tuple[str, str], Catalog] = field(default_factory=dict)

    def pages(self, language: str) -> Iterator[PageImpact]:
        """Yield what happens to each catalog of a language that it happens to."""
        self._update(language)
        before = {s.path: s for s in self.sides.base.sources() if s.language != language}
        after = [s for s in self.sides.head.sources() if s.language != language]
        former = {s.path: self._former(s) for s in after}
        old = {path: self._old(each, language) for path, each in before.items()}
        new = {s.path: self._new(s, language) for s in after}
        left = _left(old, new, former)
        for source in after:
            change = self._page(source, before.get(former[source.path]), language, old, left)
            if change is not None:
                yield change
        kept = {self._former(each) for each in self.sides.head.sources()}
        for path in before:
            if path not in kept and (gone := sum(key in left[path] for key in old[path])):
                names = self._translators(path, language, old[path], {})
                yield PageImpact(path, Counts(gone=gone), Effort(), names)
        if site := self._site(language):
            yield site

    def _former(self, source: Source) -> str:
        former = self.asked.former(source.name).split("/", 2)
        return former[2] if len(former) > 2 else source.path

    def _update(self, language: str) -> None:
        """Bring the catalogs of a language up to date in memory, as `handbook update` does."""
        head = self.sides.head
        files = {s.name: s.file for s in head.sources()}
        always = {files[each.page] for each in self.asked.declared if each.page in files}
        for each in update.updates(
            head, [language], self.asked.interface, always, self.asked.committed
        ):
            each, _, _ = declared.apply(head, each, self.asked.declared)
            self._after[language, each.source.path if each.source else SITE] = each.after

    def _old(self, source: Source, language: str) -> dict[str, Unit]:
        return _work(self.sides.base.catalog(source, language))

    def _new(self, source: Source, language: str) -> dict[str, Unit]:
        known = self._after.get((language, source.path))
        return _work(known or self.sides.head.catalog(source, language))

    def _page(
        self,
        source: Source,
        before: Source | None,
        language: str,
        old: Mapping[str, Mapping[str, Unit]],
        left: Mapping[str, set[str]],
    ) -> PageImpact | None:
        """Return what happens to the catalog of a page; None if nothing does."""
        sides = self.sides
        known = old[before.path] if before else {}
        new = self._new(source, language)
        if before and list(known) == list(new) and not _is_translated(known, new):
            return None
        kept = sides.untouched.source_at(source.path) or source
        alone = _work(sides.untouched.catalog(kept, language))
        page = sides.base.read(before) if before else None
        sources = grouping.sources(page, sides.head.read(source)) if page else {}
        elsewhere = {key for units in old.values() if units is not known for key in units}
        counts, words = _Judge(known, alone, new, sources, elsewhere).counts()
        moved = len(new.keys() & known.keys()) - _in_order(list(known), list(new))
        counts = counts._replace(moved=counts.moved + moved)
        if before:
            gone = _gone(left[before.path], known, new, sources, elsewhere)
            counts = counts._replace(gone=gone)
        if self._is_turned(source):
            counts, words = _of_turned(counts, words, known, new)
        if not any(counts):
            return None
        path = before.path if before else source.path
        names = self._translators(path, language, known, new)
        return PageImpact(source.path, counts, effort(words), names)

    def _is_turned(self, source: Source) -> bool:
        """Tell whether a page was written in another language where the branch began."""
        former = self._former(source)
        found = (each for each in self.sides.base.sources() if each.path == former)
        return any(each.language != source.language for each in found)

    def _translators(
        self, path: str, language: str, old: Mapping[str, Unit], new: Mapping[str, Unit]
    ) -> tuple[str, ...]:
        """Return whose translations no longer stand as they were; if all do, who made them."""
        name = catalog_path(path, language)
        catalog = self.sides.base.catalogs.load(name)
        if not isinstance(catalog, Catalog):
            return ()
        made = [each for each in old.values() if each.state in ("current", "changed")]
        stay = {key: unit.translation for key, unit in new.items()}
        touched = [each for each in made if stay.get(each.key) != each.translation]
        return self.asked.translators(name, catalog, touched or made) if made else ()

    def _site(self, language: str) -> PageImpact | None:
        """Return what happens to the interface text, whose messages have no order.

        What the base says is not known but by its catalogs: a message that is in none of them came
        with the branch. Without such catalogs nothing is told.
        """
        new, told = self._after.get((language, SITE)), self._interface()
        if new is None or not told:
            return None
        base, untouched = self.sides.base.catalogs, self.sides.untouched.catalogs
        empty = base.empty(self.sides.base.languages[0], language)
        name = site_catalog(language)
        loaded, kept = base.load(name), untouched.load(name)
        known = _work(loaded) if isinstance(loaded, Catalog) else {}
        late = {unit.key: unit for unit in told if unit.key not in known}
        kept = kept if isinstance(kept, Catalog) else empty
        alone = update.interface_catalog(self.asked.interface, kept, language)
        after = _work(new)
        judge = _Judge({**late, **known}, _work(alone), after, _kept_sources(known, after))
        counts, words = judge.counts()
        gone = len(known.keys() - after.keys()) - counts.changed - counts.editorial
        counts = counts._replace(gone=max(gone, 0))
        return PageImpact(SITE, counts, effort(words)) if any(counts) else None

    def _interface(self) -> list[Unit]:
        """Return the interface messages in all catalogs of the base, each untranslated."""
        base = self.sides.base
        loaded = (base.catalogs.load(site_catalog(code)) for code in base.languages)
        found = (each for each in loaded if isinstance(each, Catalog))
        return [Unit(u.message, context=u.context) for each in found for u in each.units]

    # -- key documents ------------------------------------------------------------

    def falls(self, languages: Iterable[str]) -> Iterator[LostCompleteness]:
        """Yield the key documents that were complete in a language and no longer are."""
        before = {s.path: s for s in self.sides.base.sources()}
        for source in self.sides.head.sources():
            front = self.sides.head.front(source)
            if not is_key_document(front):
                continue
            former = before.get(self._former(source))
            required = codes(front.get("authentic"))
            for language in languages:
                if language == source.language:
                    continue
                was = former is None or _percent(self._old(former, language)) == 100
                now = _percent(self._new(source, language))
                if now < 100 and was and (former is not None or language in required):
                    yield LostCompleteness(source.path, language, now, language in required)


def codes(value: object) -> tuple[str, ...]:
    """Return the codes of languages in a value of front matter: a list, or text with commas."""
    listed = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(str(each).strip() for each in listed)


def _work(catalog: Catalog) -> dict[str, Unit]:
    """Return the units of a catalog that are work to somebody, by their keys."""
    return {unit.key: unit for unit in catalog.units if not unit.is_given}


def _kept_sources(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> dict[str, tuple[str, ...]]:
    """Return what messages without an order were edited from, where a translation has stayed."""
    left = {u.translation: key for key, u in old.items() if key not in new and u.translation}
    come = {key: left.get(unit.translation) for key, unit in new.items() if key not in old}
    return {key: (before,) for key, before in come.items() if before}


def _percent(units: Mapping[str, Unit]) -> int:
    total = effort(unit.message for unit in units.values()).words
    current = effort(unit.message for unit in units.values() if unit.state == "current").words
    return current * 100 // total if total else 100


def _left(
    old: Mapping[str, Mapping[str, Unit]],
    new: Mapping[str, Mapping[str, Unit]],
    former: Mapping[str, str],
) -> dict[str, set[str]]:
    """Return, for each page of before, the messages that have left it and are on no other page.

    A message that other pages had already, and still have, is on this page no more.
    """
    now = {former[path]: units for path, units in new.items()}
    come = {
        key
        for path, units in new.items()
        for key in units.keys() - old.get(former[path], {}).keys()
    }
    return {path: set(units) - set(now.get(path, {})) - come for path, units in old.items()}


def _of_turned(
    counts: Counts, words: list[str], old: Mapping[str, Unit], new: Mapping[str, Unit]
) -> tuple[Counts, list[str]]:
    """Return the counts of a page that has another source language, and its messages to translate.

    Each message is another one then, and each translation goes on being that of the same passage:
    what was current is no work of the branch, and what was missing before was waiting.
    """
    before, after = (
        sum(unit.state in ("missing", "suggested") for unit in side.values()) for side in (old, new)
    )
    told = Counts(changed=counts.changed, new=counts.new, waiting=counts.waiting)
    if after > before:
        return told, words
    changed = [unit.message for unit in new.values() if unit.state == "changed"]
    return told._replace(
        new=0, waiting=counts.waiting + counts.new
    ), changed if told.changed else []


def _gone(
    left: Container[str],
    old: Mapping[str, Unit],
    new: Mapping[str, Unit],
    sources: Mapping[str, Iterable[str]],
    elsewhere: Container[str],
) -> int:
    """Return how many messages of a page are gone, of those that have `left` it.

    What was edited is not gone, unless its new text has the translation of another page.
    """

    def is_of_another(key: str, before: str) -> bool:
        unit = new.get(key)
        if unit is None or unit.state != "current" or before not in old or key not in elsewhere:
            return False
        return unit.translation != old[before].translation

    edited = {
        before
        for key, befores in sources.items()
        for before in befores
        if not is_of_another(key, before)
    }
    return sum(key in left and key not in edited for key in old)


def _is_translated(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> bool:
    return any(new[key].state == "current" != unit.state for key, unit in old.items())


def _in_order(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many messages of both versions have kept their order."""
    shared = set(old) & set(new)
    mine, theirs = ([key for key in keys if key in shared] for keys in (old, new))
    return len(mine) if mine == theirs else int(LCSseq.similarity(mine, theirs))


@dataclass(frozen=True)
class _Judge:
    """Tells what happens to each unit of a catalog."""

    old: Mapping[str, Unit]
    """The units where the branch began."""
    alone: Mapping[str, Unit]
    """Those of the branch's page if nobody had translated anything since."""
    new: Mapping[str, Unit]
    """Those of the branch."""
    sources: Mapping[str, tuple[str, ...]]
    """The messages that each was edited from."""
    elsewhere: Container[str] = frozenset()
    """The messages that other pages had: one of them was not edited, but has moved."""

    def counts(self) -> tuple[Counts, list[str]]:
        """Return how many units are what, and the messages that have to be translated."""
        found: dict[str, int] = {}
        words: list[str] = []
        for key, unit in self.new.items():
            fate = self._fate(key, unit)
            if fate:
                found[fate] = found.get(fate, 0) + 1
            if fate in ("changed", "new"):
                words.append(unit.message)
        return Counts(**found), words

    def _fate(self, key: str, unit: Unit) -> str:
        """Return which of `Counts` a unit adds to; "" if nothing happens to it.

        `alone` is the unit as it would be if the branch had changed pages alone: what is current in
        the same words there was not translated by the branch.
        """
        if key in self.old:
            is_done = unit.state == "current" != self.old[key].state
            return "translated" if is_done else ""
        alone = self.alone.get(key)
        before = [self.old[each] for each in self.sources.get(key, ()) if each in self.old]
        if unit.state == "current":
            if alone is None or alone.translation != unit.translation or not alone.translation:
                return "translated"
            is_edited = before or alone.state != "current"
            return "editorial" if is_edited and key not in self.elsewhere else "moved"
        was_current = any(each.state == "current" for each in before)
        if unit.state == "changed":
            return "changed" if was_current or not before else "waiting"
        return "waiting" if before and not was_current else "new"


def _false_claims(head: Handbook, claims: Iterable[Declaration]) -> Iterator[Problem]:
    """Yield a problem for each edit that is declared editorial, and is more."""
    sources = {source.name: source for source in head.sources()}
    for claim in claims:
        source, before = sources.get(claim.page), head.scanned(claim.before or "")
        if source is None or not isinstance(before, Page):
            continue
        known = grouping.numbered(before)
        after = merge(head.read(source), known, path=source.path)
        made = update.Update(claim.page, known, after, False, source)
        _, _, problems = declared.apply(head, made, [claim])
        for each in problems:
            yield Problem(each.path, each.line, f"{each.text} (declared by {claim.by})")
