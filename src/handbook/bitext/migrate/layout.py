"""Where the files of a site go, so that each language has a folder, and what names these files.

All files below the folder of pages move together, so links among them stay as they are. What names
them from outside follows: here links and snippets in pages, in `values` what mkdocs.yml has.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from handbook.bitext.datafile import DataError
from handbook.bitext.files import read
from handbook.bitext.migrate.site import Site
from handbook.bitext.moving import links
from handbook.bitext.project import includes, settings, yamlscalars
from handbook.bitext.project.settings import navigation_file
from handbook.bitext.project.yamlscalars import Scalar

DOCS = "docs"
README = "README.md"


@dataclass(frozen=True)
class Layout:
    """The new path of each file that moves, and new texts; paths are from the root."""

    moves: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """New texts of files, by their new paths."""
    links: Mapping[str, str] = field(default_factory=dict)
    """New targets of symbolic links, by their new paths."""
    is_home: bool = False
    """Whether README.md was the home page, and is index.md now."""


Translated = Mapping[str, tuple[str, str]]
"""The language and the path in its folder of each file that is a translated page, or beside one."""


def of(site: Site, source: str, files: Collection[str], translated: Translated) -> Layout:
    """Return where files of a site go; `files` are all of its folder of pages, from the root.

    What is not `translated` goes into the folder of the language `source`.
    """
    targets = _targets(site, source, files, translated)
    inside = [name for name in sorted(files) if _is_to_move(name, site)]
    links_to = dict(_links(site.root, targets.moves))
    return Layout(targets.moves, dict(_texts(targets, inside)), links_to, targets.is_home)


def _targets(site: Site, source: str, files: Collection[str], translated: Translated) -> _Targets:
    inside = [name for name in sorted(files) if _is_to_move(name, site)]
    places = {name: _place(site, name, source, translated.get(name)) for name in inside}
    is_home = _has_readme_as_home(places.values(), source)
    moves = {name: _file(*place, is_home=is_home) for name, place in places.items()}
    moves = {old: new for old, new in moves.items() if old != new}
    return _Targets(site, source, moves, translated, is_home)


def _is_to_move(name: str, site: Site) -> bool:
    """Tell whether a file goes where the pages go: not templates, nor catalogs to be imported."""
    return not is_below(name, site.custom_dir) and not name.endswith(CATALOGS)


CATALOGS = (".po", ".pot", ".mo")
"""How the names of catalogs end."""


def is_below(name: str, folder: str) -> bool:
    """Tell whether a path is that of a folder, or in it; "" is no folder."""
    return bool(folder) and (name == folder or name.startswith(f"{folder}/"))


Place = tuple[str, str]
"""The language of a file, and its path in the folder of that language."""


def _place(site: Site, name: str, source: str, translated: Place | None) -> Place:
    """Return the place of a file in the folder of pages."""
    path = posixpath.relpath(name, site.docs)
    if translated is None and path.startswith(f"{source}/") and _is_in_folder(site, source):
        path = path.removeprefix(f"{source}/")
    return translated or (source, path)


def _has_readme_as_home(places: Collection[Place], source: str) -> bool:
    """Tell whether README.md is the home page, as MkDocs takes it where there is no index.md."""
    return (source, README) in places and (source, "index.md") not in places


def _file(language: str, path: str, *, is_home: bool) -> str:
    """Return the new path of the file at a place; a README.md that is the home page is index.md."""
    return f"{DOCS}/{language}/{'index.md' if is_home and path == README else path}"


def _is_in_folder(site: Site, source: str) -> bool:
    """Tell whether the pages of the first language are in a folder of their own already."""
    return (site.root / site.docs / source / "index.md").is_file() or (
        site.root / site.docs / source / "README.md"
    ).is_file()


@dataclass(frozen=True)
class _Targets:
    """Where the targets of links are, once the files have moved."""

    site: Site
    source: str
    moves: Mapping[str, str]
    translated: Translated
    is_home: bool
    """Whether README.md was the home page, and is index.md now."""

    def __call__(self, path: str) -> str:
        """Return the new path of a target: a file, or an address that names none.

        What is not there, such as a page that a plugin makes, goes where its folder goes.
        """
        if path in self.moves:
            return self.moves[path]
        docs = self.site.docs
        is_inside = is_below(path, docs) and not is_below(path, self.site.custom_dir)
        if not is_inside:
            return path
        inner = posixpath.relpath(path, docs)
        return f"{DOCS}/{inner}" if _is_in_folder(self.site, self.source) else self.page(inner)

    def page(self, path: str) -> str:
        """Return the new path of the file of the first language that has `path` in its folder."""
        return posixpath.normpath(_file(self.source, path, is_home=self.is_home))

    def of_source(self, path: str, language: str) -> str:
        """Return the new path of what the source page links to where its translation has `path`."""
        if path in self.translated:
            return self.page(self.translated[path][1])
        folder = f"{self.site.docs}/{language}"
        if is_below(path, folder):
            return self.page(posixpath.relpath(path, folder))
        return self(path)


def _texts(targets: _Targets, files: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the new path and text of each page that changes.

    The links of a translated page become those of its source: catalogs may not have others.
    """
    site = targets.site
    if targets.is_home:
        yield from _navigation(site, files, targets.moves)
    for name in files:
        text = read(site.root / name, name) if _is_page(site.root / name) else None
        if not isinstance(text, str):
            continue
        new = place = targets.moves.get(name, name)
        own = _from_page(text, site, name)
        moved: Callable[[str], str] = targets
        if name in targets.translated:
            language, path = targets.translated[name]
            place = targets.page(path)
            moved = partial(targets.of_source, language=language)
        change = partial(links.path_after_move, old=name, new=place, moved=moved)
        changed = _with_snippets(links.relinked(own, change), site, targets)
        changed = _with_includes(changed, site, name, place, targets)
        if changed != text:
            yield new, changed


def beside(
    site: Site, source: str, files: Collection[str], translated: Translated
) -> Iterator[tuple[str, str, str]]:
    """Yield the path, text and new text of each file such as README.md that links to what moves."""
    targets = _targets(site, source, files, translated)
    for file in sorted(site.root.glob("*.md")):
        text = read(file, file.name) if _is_page(file) and file.name not in files else None
        if isinstance(text, str):
            changed = links.relinked(text, partial(_from_root, targets=targets))
            if changed != text:
                yield file.name, text, changed


def _from_root(path: str, targets: _Targets) -> str | None:
    """Return the new path of what a file at the root links to; None if it stays.

    The host of the repository shows it, so that a path without an ending is one of a folder.
    """
    old = posixpath.normpath(path)
    new = targets(old)
    return None if new == old else f"{new}/" if path.endswith("/") else new


def _from_page(text: str, site: Site, name: str) -> str:
    """Return the text of a page with links from it where they start from the folder of pages.

    That is docs/en in a handbook, and MkDocs starts from docs.
    """
    if "relative_to_docs" not in _validation(site):
        return text
    language = posixpath.relpath(name, site.docs).partition("/")[0]

    def change(path: str) -> str | None:
        names = (posixpath.join(site.docs, each, path[1:]) for each in (language, ""))
        found = next((each for each in names if (site.root / each).is_file()), None)
        return found and posixpath.relpath(found, posixpath.dirname(name))

    return links.relinked(text, change, kind=links.FROM_DOCS)


def _validation(site: Site) -> list[object]:
    """Return what the site wants of absolute links."""
    given = site.config.get("validation")
    above = given if isinstance(given, dict) else {}
    below = above.get("links")
    return [each.get("absolute_links") for each in (above, below) if isinstance(each, dict)]


def _navigation(
    site: Site, files: Collection[str], moves: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the new path and text of each file of awesome-pages and alike beside a home page."""
    names = {navigation_file(site.config, each) for each in ("awesome-nav", "awesome-pages")}
    is_home = re.compile(rf"{DOCS}/[^/]+/index\.md").fullmatch
    beside = {posixpath.dirname(old) for old, new in moves.items() if is_home(new)}
    for name in files:
        folder, base = posixpath.split(name)
        text = read(site.root / name, name) if base in names and folder in beside else None
        with suppress(DataError):  # is named when the handbook is built
            changed = yamlscalars.changed(text, _home_named) if isinstance(text, str) else text
            if isinstance(changed, str) and changed != text:
                yield moves.get(name, name), changed


def _home_named(scalar: Scalar) -> str | None:
    return "index.md" if not scalar.is_key and scalar.value == README else None


def _is_page(file: Path) -> bool:
    return file.suffix == ".md" and not file.is_symlink()


def _with_snippets(text: str, site: Site, targets: _Targets) -> str:
    """Return the text of a page with new paths of the snippets that it names."""
    return includes.renamed(text, partial(_snippet, site=site, targets=targets))


def _snippet(path: str, *, site: Site, targets: _Targets) -> str | None:
    """Return the new path of a snippet; None if it stays.

    It is looked for in the folders of the extension, which move as the files in them do.
    """
    given = settings.snippet_folders(site.root) or (".",)
    folders = [posixpath.normpath(each) for each in given]
    named = (posixpath.normpath(posixpath.join(each, path)) for each in folders)
    old = next((each for each in named if (site.root / each).is_file()), None)
    if old is None:
        return None
    new = targets.moves.get(old, old)
    after = [posixpath.normpath(targets(each)) for each in folders]
    if any(posixpath.normpath(posixpath.join(each, path)) == new for each in after):
        return None
    is_above = path.startswith("../")
    paths = (
        posixpath.relpath(new, each)
        for each in after
        if each == "." or is_below(new, each) or is_above
    )
    return next(paths, None)


def _with_includes(text: str, site: Site, old: str, new: str, targets: _Targets) -> str:
    """Return the text of a page, from `old` to `new`, with new paths of what it includes.

    The plugin include-markdown starts from the page at `./` and `../`, and else from docs_dir.
    """
    if "include-markdown" not in site.plugins:
        return text

    def named(path: str) -> str | None:
        if links.is_beside(path):
            return links.path_after_move(path, old, new, targets)
        target = targets(posixpath.normpath(f"{site.docs}/{path}"))
        return posixpath.relpath(target, DOCS)

    return links.reincluded(text, named)


def _links(root: Path, moves: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the new path and target of each symbolic link that moves and is relative."""
    for old, new in moves.items():
        if not (root / old).is_symlink():
            continue
        target = (root / old).readlink().as_posix()
        if not target.startswith("/"):
            to = posixpath.normpath(posixpath.join(posixpath.dirname(old), target))
            fresh = posixpath.relpath(moves.get(to, to), posixpath.dirname(new))
            if fresh != target:
                yield new, fresh
