"""Give a page, or a folder of pages, another path: what `handbook move` does.

Everything that names the old path is changed with it, and the old address leads to the new one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.datafile import DataError
from handbook.bitext.files import meant, read
from handbook.bitext.moving import links
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project import (
    includes,
    redirects,
    settings,
    tomltable,
    walk,
    yamlscalars,
)
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import ADOPTIONS, SITE
from handbook.bitext.project.settings import MKDOCS

KEYWORDS = "keywords.yml"
_NAVIGATION = ("awesome-nav", "awesome-pages")
"""The plugins that read the navigation of a folder from a file of YAML in it."""
HOME = "index.md"
_META = ".meta.yml"
"""The front matter of all pages of a folder, which Material's plugin meta reads."""
_REDIRECTS = ("redirects", "redirect_maps")
"""Keys of settings below which old paths are meant."""
_LINKING = ("*.md", "docs/**/*.md", "translations/**/*.md", ".github/**/*.md")
"""The files that may link to pages."""
_QUOTING = ("translations/**/*.md",)
"""The files that may quote addresses on the site as code, such as a sheet for readers."""


def move(handbook: Handbook, old: str, new: str) -> Edits | Problem:
    """Return what is to be done to move the page or folder `old` to `new`, or why it cannot be.

    Each is a path from the root, `docs/en/start.md`, or one from the folders of all languages,
    `start.md`.
    """
    moves = _moves(handbook, old, new)
    if isinstance(moves, Problem):
        return moves
    try:
        return _Mover(handbook, moves).edits()
    except _NotToChange as error:
        return error.problem


class _NotToChange(Exception):
    """Raised where a file that names a moved page cannot be changed: then nothing moves."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


# -- what moves -----------------------------------------------------------------------


def _moves(handbook: Handbook, old: str, new: str) -> dict[str, str] | Problem:
    """Return the new path of each page that moves; paths are those in the folders of languages."""
    given, wanted = split_path(handbook, old), split_path(handbook, new)
    if isinstance(given, Problem):
        return given
    if isinstance(wanted, Problem):
        return wanted
    (language, path), (there, target) = given, wanted
    if language and there and there != language:
        cure = f"handbook turn {old} {there} makes another language its source"
        return Problem(new, 0, f"is in the folder of another language; {cure}")
    pages = _inside(handbook, path, language)
    if not pages:
        return Problem(old, 0, _no_page(handbook, path))
    if handbook.files_of_page(path):
        if new.endswith("/") or _is_folder(handbook, target):
            target = posixpath.join(target, posixpath.basename(path))
        moves = {path: target}
    else:
        moves = {page: target + page.removeprefix(path) for page in pages}
    for page, to in moves.items():
        if fault := _refusal(handbook, page, to, moves):
            return Problem(f"docs/{handbook.files_of_page(page)[0].language}/{to}", 0, fault)
    names = (source.name for page in moves for source in handbook.files_of_page(page))
    faults = (walk.fault(handbook.root, name) for name in names)
    return next(filter(None, faults), None) or moves


def split_path(handbook: Handbook, given: str) -> tuple[str, str] | Problem:
    """Split a path that somebody has typed into language ("" if it has none) and path of a page."""
    path = handbook.given(given)
    first, _, rest = path.partition("/")
    language, _, page = rest.partition("/")
    if first == "docs" and language in handbook.languages and page:
        return language, page
    if path == "." or first in ("docs", "..", ""):
        return Problem(given, 0, "is not in the folder of a language; give docs/<language>/….md")
    return "", path


def _inside(handbook: Handbook, path: str, language: str) -> list[str]:
    """Return the paths of the pages that are, or are in the folder, `path` in a language or all."""
    return [
        page
        for page in handbook.paths()
        if (page == path or page.startswith(f"{path}/"))
        and (
            not language or any(each.language == language for each in handbook.files_of_page(page))
        )
    ]


def _is_folder(handbook: Handbook, path: str) -> bool:
    return any((handbook.root / "docs" / each / path).is_dir() for each in handbook.languages)


def _no_page(handbook: Handbook, path: str) -> str:
    if found := handbook.files_of_page(path):
        return f"is no page; the page is docs/{found[0].language}/{path}"
    return "is no page and no folder of pages; give docs/<language>/….md as it is on disk"


def _refusal(handbook: Handbook, old: str, new: str, moves: Mapping[str, str]) -> str:
    """Return why the page `old` cannot be `new`; "" if it can."""
    parts = PurePosixPath(new).parts
    if old == new:
        return "is where it is already; give another path"
    if not new.endswith(".md"):
        return "is no name of a page; let it end with .md"
    if set(new) & set("#?%") - set(old):
        return "has #, ? or % in it, which mean something else in links; give another name"
    if walk.shown(new) != new:
        return "has a character that is invisible or no text; give another name"
    if any(part.startswith(".") for part in parts):
        return "is hidden, and so would not be published; give a name without a dot before it"
    if old == HOME:
        return f"would leave the site without a home page; {HOME} stays"
    if new == "README.md":
        return "is no page of the site; give another name"
    if PurePosixPath(new).with_suffix(".po").as_posix() == SITE:
        return f"would have its translations in {SITE}, where interface text is; give another name"
    return _taken(handbook, new, moves)


def _taken(handbook: Handbook, new: str, moves: Mapping[str, str]) -> str:
    """Return what is at the path `new`, or has its address, and does not move away; "" if none."""
    for page in handbook.paths():
        if page not in moves and page.casefold() == new.casefold():
            is_same = "" if page == new else f", as {page}, from which it differs in case alone"
            return f"exists{is_same}; give another path, or move that page first"
        if page not in moves and links.address(page) == links.address(new):
            return f"would have the address of {page}; give another path"
    for language in handbook.languages:
        for name in (f"docs/{language}/{{}}".format, partial(catalog_path, language=language)):
            is_free = name(new) in map(name, moves) or not (handbook.root / name(new)).exists()
            if not is_free:
                return f"is taken: there is {name(new)}; rename or delete that first"
    return ""


def _folders(root: Path, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new path of each folder of which every file moves along.

    The folder of a language is for all pages to come, and stays.
    """
    pairs: set[tuple[str, str]] = set()
    for old, new in files.items():
        here, there = old, new
        while posixpath.basename(here) == posixpath.basename(there) != "":
            here, there = posixpath.dirname(here), posixpath.dirname(there)
            pairs.add((here, there))
    for here, there in pairs:
        if here.count("/") < _DEPTH:
            continue
        found = (each for each in (root / here).rglob("*") if each.is_file())
        names = [each.relative_to(root).as_posix() for each in found]
        if names and all(files.get(each) == there + each.removeprefix(here) for each in names):
            yield here, there


def _folders_of_pages(
    paths: Collection[str], moves: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the old and the new path of each folder of which every page moves along."""
    for folder in dict.fromkeys(posixpath.dirname(each) for each in moves):
        while folder:
            inside = [each for each in paths if each.startswith(f"{folder}/")]
            news = {moves.get(each, "").removesuffix(each.removeprefix(folder)) for each in inside}
            new = news.pop()
            if (
                not news
                and new
                and all(moves.get(each) == new + each.removeprefix(folder) for each in inside)
            ):
                yield folder, new
            folder = posixpath.dirname(folder)


_DEPTH = 2
"""So many slashes are in the path of a folder of pages, at least: docs/en/guide."""


_OF_FOLDER = re.compile(r"!?/?(?:\*/)?([^*?\[]+?)/(?:\*\*?)?")
"""A pattern of all that is in a folder, of one language or, with a star, of all."""


# -- what names it ----------------------------------------------------------------------


class _Mover:
    """Finds everything that names a page that moves."""

    def __init__(self, handbook: Handbook, moves: Mapping[str, str]) -> None:
        """Take the new path of each page that moves."""
        self.handbook, self.root, self.moves = handbook, handbook.root, moves
        self.addresses = {links.address(old): links.address(new) for old, new in moves.items()}
        self.texts: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self._pages = {source.name for source in handbook.sources()}
        self._config = settings.mkdocs_settings(self.root / MKDOCS)
        self._folders = dict(_folders_of_pages(handbook.paths(), moves))

    def edits(self) -> Edits:
        """Return all that is to be done."""
        for old, new in self.moves.items():
            for source in self.handbook.files_of_page(old):
                self.files[source.name] = f"docs/{source.language}/{new}"
        self.files |= dict(self._beside())
        for name in links.files(self.root, _LINKING):
            self._relink(name)
        for language in self.handbook.languages:
            self._catalogs(language)
            self._keys(f"docs/{language}/{KEYWORDS}")
        self._keys(ADOPTIONS)
        for name in settings.inherited_files(self.root):
            if not name.startswith(("/", "../")):
                self._yaml(name, self._setting)
        self._navigation()
        self._glossary()
        self._redirect()
        moved = {**self.files, **dict(_folders(self.root, self.files))}
        for name in links.files(self.root, links.NAMING):
            self._renamed(name, moved)
        for name in links.files(self.root, _QUOTING):
            self._readdressed(name)
        return Edits(self.texts, self.files)

    def _beside(self) -> Iterator[tuple[str, str]]:
        """Yield the old and the new path of each file that speaks of a folder whose pages move.

        Navigation and front matter stand in the folder itself, and are read nowhere else.
        """
        plugins = (*_NAVIGATION, "literate-nav")
        names = {settings.navigation_file(self._config, each) for each in plugins} - {""}
        names.add(_META)
        for language in self.handbook.languages:
            for old, new in self._folders.items():
                for name in names:
                    here, there = (f"docs/{language}/{each}/{name}" for each in (old, new))
                    if (self.root / here).is_file() and not (self.root / there).exists():
                        yield here, there

    def moved(self, path: str) -> str:
        """Return where the file or address at `path` is afterwards, from the root."""
        first, _, rest = path.partition("/")
        language, _, page = rest.partition("/")
        if first != "docs" or language not in self.handbook.languages:
            return path
        new = self.moves.get(meant(page, self.handbook.paths())) or self.addresses.get(page)
        return f"docs/{language}/{new or self._folders.get(page, page)}"

    def _read(self, name: str) -> str:
        """Return the text of a file; "" if it is not there, or must not be read."""
        is_there = (self.root / name).is_file() and walk.fault(self.root, name) is None
        text = read(self.root / name, name) if is_there else ""
        return text if isinstance(text, str) else ""

    def _relink(self, name: str) -> None:
        """Correct the links of a page, and what it includes, for where both are afterwards."""
        new, old = self.files.get(name, name), self._read(name)
        here, there = map(self._starting, (name, new))
        change = partial(links.path_after_move, old=here, new=there, moved=self.moved)
        text = links.reincluded(
            links.relinked(old, change),
            lambda path: change(path) if links.is_beside(path) else None,
        )
        follow = partial(
            links.included_after_move,
            old=name,
            new=new,
            moved=self.files,
            pages=self._pages,
            folders=self.handbook.folders,
        )
        text = includes.renamed(text, follow)
        if text != old:
            self.texts[new] = text

    def _starting(self, name: str) -> str:
        """Return the file whose links start where those of a file do: of navigation, its folder."""
        folder, base = posixpath.split(name)
        is_navigation = base == settings.navigation_file(self._config, "literate-nav")
        return posixpath.join(folder, HOME) if is_navigation else name

    def _renamed(self, name: str, moved: Mapping[str, str]) -> None:
        """Replace the old paths of files that move, in a file for programs such as CODEOWNERS."""
        old = self.texts.get(name) or self._read(name)
        new = links.renamed(name, old, moved)
        if new != old:
            self.texts[name] = new

    def _readdressed(self, name: str) -> None:
        """Replace the old addresses that a file quotes as code, such as `/es/start/`."""
        old = self.texts.get(name) or self._read(name)
        quoted = "|".join(map(re.escape, filter(None, self.addresses)))
        new = re.sub(
            rf"(?<=`)(/(?:\w[\w-]*/)?)({quoted})(?=/?[#`])",
            lambda found: found[1] + self.addresses[found[2]],
            old,
        )
        if quoted and new != old:
            self.texts[name] = new

    def _catalogs(self, language: str) -> None:
        """Move the catalogs of pages that move, and correct the links in all of a language."""
        folder = self.root / "translations" / language
        for file in walk.files(self.root, f"translations/{language}"):
            if isinstance(file, Problem) or file.suffix != ".po":
                continue
            name = file.relative_to(self.root).as_posix()
            page = file.relative_to(folder).with_suffix(".md").as_posix()
            new = self.moves.get(page, page)
            there = catalog_path(new, language)
            if new != page:
                self.files[name] = there
            loaded = self.handbook.catalogs.load(name)
            if isinstance(loaded, Catalog) and page != "site.md":
                made = self._catalog(loaded, page, new)
                if made != loaded and (text := po.dump(made)) != po.dump(loaded):
                    self.texts[there] = text

    def _catalog(self, catalog: Catalog, old: str, new: str) -> Catalog:
        """Return the catalog of a page with links and references as they are afterwards."""
        # The same in every language: any folder will do.
        bases = {"old": f"docs/{self.handbook.languages[0]}/{old}"}
        bases["new"] = f"docs/{self.handbook.languages[0]}/{new}"
        change = partial(links.path_after_move, **bases, moved=self.moved)

        def follow(unit: Unit) -> Unit:
            previous = unit.previous
            place = " ".join(unit.places)  # of a page with a blank in its name there are two
            return unit._replace(
                message=links.relinked(unit.message, change),
                translation=links.relinked(unit.translation, change),
                previous=None if previous is None else links.relinked(previous, change),
                places=(new + place.removeprefix(old),) if place else (),
            )

        units = {(u.context, u.message): u for u in map(follow, reversed(catalog.units))}
        gone = {(u.context, u.message): u for u in map(follow, reversed(catalog.obsolete))}
        return replace(
            catalog,
            units=tuple(reversed(units.values())),
            obsolete=tuple(each for key, each in reversed(gone.items()) if key not in units),
        )

    # -- settings ------------------------------------------------------------------------

    def _keys(self, name: str) -> None:
        """Change the keys of a file that says something of each page."""
        self._yaml(name, self._key)
        known = yamlscalars.items(self.texts[name]) if name in self.texts else ()
        seen: set[str] = set()
        for key, _ in known:
            if key.value in seen:
                line = line_at(self.texts[name], key.span[0])
                fault = f"has something of {key.value} already; take that out first"
                raise _NotToChange(Problem(name, line, fault))
            seen.add(key.value)

    def _navigation(self) -> None:
        """Replace old paths in the navigation files of awesome-nav and awesome-pages."""
        for plugin in _NAVIGATION:
            file = settings.navigation_file(self._config, plugin)
            for language in self.handbook.languages if file else ():
                for name in links.files(self.root, [f"docs/{language}/**/{file}"]):
                    folder = posixpath.relpath(posixpath.dirname(name), f"docs/{language}")
                    self._yaml(name, partial(self._in_folder, folder=folder))

    def _in_folder(self, scalar: yamlscalars.Scalar, *, folder: str) -> str | None:
        """Return the new path of a page or folder in a file beside; it cannot lead out of there."""
        old = posixpath.normpath(posixpath.join(folder, scalar.value))
        new = self.moves.get(old) or self._folders.get(old)
        path = posixpath.relpath(new, folder) if new else ""
        path += "/" * scalar.value.endswith("/")
        return path if path and not path.startswith("../") and not scalar.is_key else None

    def _yaml(self, name: str, change: Callable[[yamlscalars.Scalar], str | None]) -> None:
        """Change the values of a file of YAML, if it may name a page that moves."""
        old = self._read(name)
        moved = (*self.moves, *self._folders)
        names = (normalize("NFC", posixpath.basename(path)) for path in moved)
        known = normalize("NFC", old)
        if not any(name in known for name in names):
            return
        try:
            text = yamlscalars.changed(old, change)
        except DataError as error:
            raise _NotToChange(yamlscalars.problem(error, name)) from None
        if text != old:
            self.texts[name] = text

    def _key(self, scalar: yamlscalars.Scalar) -> str | None:
        """Return the new key of what a file says of a page, or of a section: `page.md#anchor`."""
        path, mark, anchor = scalar.value.partition("#")
        new = self.moves.get(path) if scalar.is_key and not scalar.keys else None
        return None if new is None else new + mark + anchor

    def _setting(self, scalar: yamlscalars.Scalar) -> str | None:
        if scalar.is_key or any(key in _REDIRECTS for key in scalar.keys):
            return None
        if scalar.keys and scalar.keys[-1] in settings.PATTERNS:
            return "\n".join(map(self._pattern, scalar.value.splitlines()))
        path, mark, heading = scalar.value.partition("#")
        new = self._path(path)
        return None if new is None else new + mark + heading

    def _path(self, value: str) -> str | None:
        """Return the new path of a page in a setting, which may begin with a language."""
        value = meant(value, self.moves)
        language, mark, path = value.partition("/")
        if language in self.handbook.languages and path in self.moves:
            return language + mark + self.moves[path]
        return self.moves.get(value)

    def _pattern(self, row: str) -> str:
        words = row.strip()
        path = words.removeprefix("/")
        new = self._path(path)
        if new is None and (found := _OF_FOLDER.fullmatch(words)):
            path, new = found[1], self._folders.get(found[1])
        return row if new is None else row.replace(path, new)

    def _glossary(self) -> None:
        """Name the page of the glossary anew; it is found by its path."""
        new = self.moves.get(self.handbook.settings.glossary)
        if new is None:
            return
        name = tomltable.NAME
        try:
            self.texts[name] = tomltable.with_value(self._read(name), "glossary", new)
        except DataError as error:
            cure = f'write glossary = "{new}" below [tool.handbook] by hand, then move the page'
            raise _NotToChange(Problem(name, error.line, f"{error}; {cure}")) from None

    def _redirect(self) -> None:
        try:
            self.texts[redirects.NAME] = redirects.after_moves(
                self._read(redirects.NAME), self.moves
            )
        except DataError as error:
            raise _NotToChange(yamlscalars.problem(error, redirects.NAME)) from None
