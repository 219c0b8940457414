"""Load the catalogs of a handbook; each is parsed at most once, and only if necessary."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from handbook.bitext.catalog import canonical, headers, tidy, units
from handbook.bitext.catalog.units import BEFORE, Catalog, Unit
from handbook.bitext.files import Stamp, read, read_bytes, stamp
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page.segments import Page, split_key
from handbook.bitext.problem import Problem
from handbook.bitext.project import walk
from handbook.bitext.project.reading import read_catalog
from handbook.bitext.translate import retarget, revisions
from handbook.bitext.translate.merge import entries


def catalog_path(page: str, language: str) -> str:
    """Return the path of the catalog of the page at `page`, from the root, with slashes."""
    return f"translations/{language}/{page.removesuffix('.md')}.po"


def is_worked_on(catalog: Catalog | Problem | None) -> bool:
    """Tell whether a catalog holds any work of a translator; an address is its own translation."""
    if not isinstance(catalog, Catalog):
        return catalog is not None  # nobody knows what a file holds that cannot be read
    units = (*catalog.units, *catalog.obsolete)
    return any(u.comment or (u.translation and u.translation != u.message) for u in units)


_TRANSLATION = re.compile(r"[ \t]*(?:#~[ \t]*)?msgstr")


class Catalogs:
    """The catalogs of a handbook, by name: a catalog's path from the root, with slashes."""

    def __init__(self, root: Path, project: str, records: Languages) -> None:
        """Take the root, and the project's name and languages for the headers of new catalogs."""
        self._root, self._project, self._records = root, project, records
        self._loaded: dict[str, Catalog | Problem | None] = {}
        self._stamps: dict[str, Stamp] = {}
        self._current: set[str] = set()
        self._heads: dict[str, tuple[Page, str]] = {}
        self._holders: dict[str, Mapping[str, Sequence[str]]] = {}
        self._retired_in: dict[str, tuple[str, ...]] = {}
        self._retired: dict[str, frozenset[str]] = {}
        self._gone: dict[str, revisions.Former] = {}
        self._elsewhere: dict[tuple[str, str], Unit | None] = {}
        self._alike: dict[str, tuple[object, Mapping[str, Sequence[Unit]]]] = {}

    def load(self, name: str) -> Catalog | Problem | None:
        """Return the catalog `name`, or the problem of reading it; None if there is no file."""
        if name not in self._loaded:
            # Before reading: a later save then differs.
            self._stamps[name] = stamp(self._root / name)
            self._loaded[name] = self._checked(self.read(name), name)
        return self._loaded[name]

    def _checked(self, loaded: Catalog | Problem | None, name: str) -> Catalog | Problem | None:
        """Return what was loaded, or the problem that it is in another language than its folder."""
        folder = PurePosixPath(name).parts[1]
        like = self.empty("", folder).header
        if not isinstance(loaded, Catalog) or not (
            given := tidy.other_language(loaded.header, like)
        ):
            return loaded
        data = (self._root / name).read_bytes()
        place = data.find(f"{headers.LANGUAGE}: ".encode())
        line = data.count(b"\n", 0, place) + 1 if place >= 0 else 1
        wanted = f"{headers.LANGUAGE}: {like[headers.LANGUAGE]}"
        cure = f"move it to translations/{given}, or write {wanted}"
        return Problem(name, line, f"is in {given}, as its header says, not in {folder}; {cure}")

    def read(self, name: str) -> Catalog | Problem | None:
        """Read the catalog `name` from disk; return a problem if it is not to be read."""
        return walk.fault(self._root, name) or read_catalog(self._root / name, name)

    def _is_there(self, name: str) -> bool:
        """Tell whether there is a file of the catalog `name`, and it may be read."""
        return (self._root / name).is_file() and not walk.fault(self._root, name)

    def _text(self, name: str) -> str:
        """Return the text of the catalog `name`; "" if it cannot be read, or is not there."""
        text = read(self._root / name, name) if self._is_there(name) else ""
        return text if isinstance(text, str) else ""

    def content(self, name: str) -> str:
        """Return all that the file of catalog `name` holds, or why it is not read."""
        held = walk.fault(self._root, name) or read_bytes(self._root / name, name)
        return held.decode("utf-8", "surrogateescape") if isinstance(held, bytes) else str(held)

    def lines(self, name: str, units: Iterable[Unit]) -> dict[str, int]:
        """Return the line in the file of catalog `name` where each unit is translated, by key.

        A unit begins with comments and its message, which may fill a screen.
        """
        rows = enumerate(self.content(name).split("\n"), start=1)
        found = [number for number, row in rows if _TRANSLATION.match(row)]
        places = ((unit, bisect_left(found, unit.line)) for unit in units if unit.line)
        return {unit.key: found[nth] for unit, nth in places if nth < len(found)}

    def volume(self, name: str) -> int:
        """Return about how many characters the translations in the file of catalog `name` have.

        The file is what counts, parsed or not: each process of a build comes to the same number.
        """
        data = read_bytes(self._root / name, name) if self._is_there(name) else b""
        return canonical.volume(data) if isinstance(data, bytes) else 0

    def size(self, name: str) -> int:
        """Return the bytes of the file of catalog `name`; 0 if there is none."""
        saved = stamp(self._root / name)
        return saved[1] if saved else 0

    def is_stale(self, name: str) -> bool:
        """Tell whether the file of catalog `name` was saved since it was loaded."""
        return name in self._loaded and self._stamps[name] != stamp(self._root / name)

    def is_damaged(self, name: str) -> bool:
        """Tell whether the catalog `name` was loaded and could not be read."""
        return isinstance(self._loaded.get(name), Problem)

    def refresh(self, name: str) -> None:
        """Make `load` read the catalog `name` again if its file was saved since."""
        if self.is_stale(name):
            del self._loaded[name]

    def replace(self, name: str, catalog: Catalog | None) -> None:
        """Use `catalog` as the content of the file `name` from now on."""
        self._loaded[name] = catalog
        self._stamps.setdefault(name, stamp(self._root / name))
        self._current.discard(name)

    def forget_parsed(self) -> None:
        """Free the memory of parsed catalogs; one that is needed once more is read again."""
        for known in (self._loaded, self._heads, self._elsewhere, self._alike):
            known.clear()

    def forget_texts(self, language: str) -> None:
        """Look anew for which catalogs of a language have which texts: some have got texts back."""
        for known in (self._holders, self._retired, self._gone):
            known.pop(language, None)
        self._elsewhere.clear()

    def written(self, name: str, catalog: Catalog) -> None:
        """Use `catalog` as the content of the file `name`, which has just been written with it."""
        self.replace(name, catalog)
        self._stamps[name] = stamp(self._root / name)

    def messages(self, name: str) -> set[str]:
        """Return the messages of the catalog `name`, also those that no page has any more."""
        return {split_key(key)[1] for key in self._keys(name)}

    def empty(self, source_language: str, language: str) -> Catalog:
        """Return a catalog of this project without units."""
        record = self._records[language]
        return units.empty(record.gettext_code, source_language, self._project, record.plural_forms)

    def is_current(self, name: str, page: Page, path: str, source_language: str) -> bool:
        """Tell whether a catalog surely has exactly the units for the page at `path`.

        Its text is compared, which is many times faster than to parse and merge the catalog. False
        means "not known", and is also the result for catalogs that are already parsed.
        """
        is_new = name not in self._current and name not in self._loaded
        if is_new and (text := self._text(name)):
            self._retired_in[name] = tuple(canonical.retired(text))  # so that no file is read twice
            like = self.empty(source_language, PurePosixPath(name).parts[1]).header
            heads = self._heads_of(page, path)
            if canonical.has(text, heads) and canonical.is_tidy(text, like):
                self._current.add(name)
        return name in self._current

    def has_much_of(self, name: str, text: str | Problem, share: float) -> bool:
        """Tell whether a catalog surely has at least `share` of a page's `text`; see `is_current`.

        False means "not known"; the page need not be scanned, nor the catalog parsed.
        """
        return isinstance(text, str) and canonical.has_share(self._text(name), text, share)

    def _heads_of(self, page: Page, path: str) -> list[str]:
        """Return how the units of the page at `path` begin in a catalog: each language asks."""
        known, heads = self._heads.get(path, (None, ""))
        if known is not page:  # as one string, they take half of the memory
            heads = "\0".join(canonical.heads(entries(page, path)))
            self._heads[path] = page, heads
        return heads.split("\0") if heads else []

    def find_in_other_pages(
        self, key: str, language: str, pages: Iterable[str], gone: Callable[[], revisions.Former]
    ) -> Unit | None:
        """Return a translated unit with `key` in the catalogs of `pages`, current if possible.

        It may be there with other targets of links, as text has that moved between pages. Of
        several translations it is the one that most pages have. Where none has it, it is the unit
        of the one text that was edited into it beyond doubt, of those that are `gone`.
        """
        key = normalize("NFC", key)
        if (key, language) not in self._elsewhere:
            bare = retarget.without_targets(key)
            names = self._holding(language, pages).get(bare, ())
            found = ((_best(_translated(self._like(name, bare), key)), name) for name in names)
            unit = _usual([(unit, name) for unit, name in found if unit])
            if unit is None and (text := gone().single(bare)) is not None:
                unit = self._former(text, language)
            self._elsewhere[key, language] = unit
        return self._elsewhere[key, language]

    def replaced(self, key: str, language: str, pages: Iterable[str]) -> dict[str, str]:
        """Return what has replaced translations of a text on a page it has left.

        Somebody finished it there while the text moved; `join` names both. The earlier ones are
        told by these lines of the comment.
        """
        bare = _bare(key)
        names = self._holding(language, pages).get(bare, ())
        like = (unit for name in names for unit in self._like(name, bare))
        left = (u for u in like if u.key == key and not u.places and not u.fuzzy)
        return {
            line: unit.translation
            for unit in left
            for line in unit.comment.split("\n")
            if line.startswith(BEFORE)
        }

    def _former(self, text: str, language: str) -> Unit | None:
        """Return the translated unit of a text, told without targets of links, from any page."""
        names = self._holders[language].get(text, ())
        return _usual([(unit, name) for name in names for unit in self._like(name, text)])

    def _like(self, name: str, bare: str) -> Sequence[Unit]:
        """Return the translated units of a catalog with a key but for targets of links.

        Obsolete units come first. They are sorted once: a page may ask for each of its messages.
        """
        catalog = self.load(name)
        if name not in self._alike or self._alike[name][0] is not catalog:
            alike: dict[str, list[Unit]] = {}
            units = (*catalog.obsolete, *catalog.units) if isinstance(catalog, Catalog) else ()
            for unit in units:
                if unit.translation:
                    alike.setdefault(_bare(unit.key), []).append(unit)
            self._alike[name] = catalog, alike
        return self._alike[name][1].get(bare, ())

    def texts(self, language: str, pages: Iterable[str]) -> Iterable[str]:
        """Return the keys in all catalogs of `pages` without targets of links, in NFC."""
        return self._holding(language, pages)

    def retired(self, language: str, pages: Iterable[str]) -> frozenset[str]:
        """Return the keys of units that catalogs of `pages` keep and their pages have no more.

        Found without parsing the catalogs.
        """
        if language not in self._retired:
            names = (catalog_path(page, language) for page in pages)
            found = (key for name in names for key in self._retired_of(name))
            self._retired[language] = frozenset(normalize("NFC", key) for key in found)
        return self._retired[language]

    def gone(self, language: str, pages: Iterable[str]) -> revisions.Former:
        """Return the texts that catalogs of `pages` keep and no page had when they were updated.

        They are told without targets of links; found without parsing catalogs or pages.
        """
        if language not in self._gone:
            paths = list(pages)
            names = (catalog_path(path, language) for path in paths)
            retired = {name: some for name in names if (some := self._only_retired(name))}
            holding = self._holding(language, paths)
            self._gone[language] = revisions.Former(
                text
                for text in set[str]().union(*retired.values())
                if all(text in retired.get(name, ()) for name in holding.get(text, ()))
            )
        return self._gone[language]

    def _only_retired(self, name: str) -> set[str]:
        """Return the texts, without targets of links, that a catalog has in retired units alone."""
        retired = set(self._retired_of(name))
        used = set(self._keys(name)).difference(retired) if retired else ()
        return set(map(_bare, retired)).difference(map(_bare, used))

    def _retired_of(self, name: str) -> Iterable[str]:
        known = self._retired_in.get(name)
        return canonical.retired(self._text(name)) if known is None else known

    def _holding(self, language: str, pages: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Return the names of the catalogs that contain each key, without parsing them.

        Targets of links are left out of the keys.
        """
        if language not in self._holders:
            holders: dict[str, list[str]] = {}
            for page in pages:
                name = catalog_path(page, language)
                for key in self._keys(name):
                    names = holders.setdefault(_bare(key), [])
                    if name not in names[-1:]:
                        names.append(name)
            self._holders[language] = holders
        return self._holders[language]

    def _keys(self, name: str) -> Iterable[str]:
        """Return the keys of a catalog's units; without parsing it, if it is not yet parsed."""
        if isinstance(self._loaded.get(name), Catalog):
            return [unit.key for unit in self._units(name)]
        return canonical.keys(self._text(name))

    def _units(self, name: str) -> Sequence[Unit]:
        """Return the units of a catalog, in use or obsolete; none if it cannot be read."""
        loaded = self.load(name)
        return (*loaded.units, *loaded.obsolete) if isinstance(loaded, Catalog) else ()


@lru_cache(maxsize=65536)
def _bare(key: str) -> str:
    """Return a key in NFC without targets of links; catalogs of all languages have the same."""
    return retarget.without_targets(normalize("NFC", key))


def _best(found: Iterable[Unit]) -> Unit | None:
    """Return the last of the most trusted units of a catalog."""
    return max(reversed(list(found)), key=_trust, default=None)


def _usual(found: Sequence[tuple[Unit, str]]) -> Unit | None:
    """Return the first of those units whose translation most of the most trusted ones have.

    Its place is the name of its catalog, which stands beside each.
    """
    trust = max((_trust(unit) for unit, _ in found), default=None)
    trusted = [(unit, name) for unit, name in found if _trust(unit) == trust]
    usual = Counter(unit.translation for unit, _ in trusted).most_common(1)
    kept = (each for each in trusted if each[0].translation == usual[0][0])
    return next((unit._replace(places=(name,)) for unit, name in kept), None)


def _trust(unit: Unit) -> tuple[bool, bool]:
    """Return how much a unit is to be trusted: it is current, and its page still has its text."""
    return not unit.fuzzy, bool(unit.places)


def _translated(units: Sequence[Unit], key: str) -> Iterator[Unit]:
    """Yield those of the units that have a key in NFC.

    Before them come those of the same message with other targets of links, with its targets.
    """
    own = [unit for unit in units if normalize("NFC", unit.key) == key]
    context, message = split_key(key)
    for unit in units:
        other = unit not in own and unit.context == context
        if other and (same := retarget.followed(unit, message)):
            yield same
    yield from own
