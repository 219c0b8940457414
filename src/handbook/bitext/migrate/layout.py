"""Where the files of a site go, so that each language has a folder, and what names these files.

All files below the folder of pages move together, so links among them stay as they are. What names
them from outside follows: paths in mkdocs.yml, patterns that leave files out, snippets.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from handbook.bitext.files import read
from handbook.bitext.migrate.site import Site
from handbook.bitext.project import links, yamltext
from handbook.bitext.project.yamltext import Scalar

DOCS = "docs"
_PATTERNS = ("exclude_docs", "not_in_nav", "draft_docs")
_NOT_PATHS = ("docs_dir", "site_dir", "edit_uri", "edit_uri_template", "repo_url", "site_url")
_SNIPPET = re.compile(r"""^([ \t>]*-+8<-+[ \t]+["'])([^"'\n]+)""", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t>]*-+8<-+[ \t]*\n((?:(?![ \t>]*-+8<-).*\n)+)[ \t>]*-+8<-+", re.MULTILINE)


@dataclass(frozen=True)
class Layout:
    """The new path of each file that moves, and new texts; paths are from the root."""

    moves: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """New texts of files, by their new paths."""
    links: Mapping[str, str] = field(default_factory=dict)
    """New targets of symbolic links, by their new paths."""


Translated = Mapping[str, tuple[str, str]]
"""The language and the path in its folder of each file that is a translated page, or beside one."""


def of(site: Site, source: str, files: Collection[str], translated: Translated) -> Layout:
    """Return where files of a site go; `files` are all of its folder of pages, from the root.

    What is not `translated` goes into the folder of the language `source`.
    """
    inside = [name for name in sorted(files) if not _is_below(name, site.custom_dir)]
    home = _home(site, inside, translated)
    moves = {name: _place(site, name, source, home, translated.get(name)) for name in inside}
    moves = {old: new for old, new in moves.items() if old != new}
    whither = _Whither(site, source, moves, translated)
    texts = dict(_texts(whither, inside))
    return Layout(moves, texts, dict(_links(site.root, moves)))


def _is_below(name: str, folder: str) -> bool:
    return bool(folder) and (name == folder or name.startswith(f"{folder}/"))


def _home(site: Site, files: Collection[str], translated: Translated) -> str:
    """Return the README.md that MkDocs takes for the home page; "" if there is an index.md."""
    readme, index = f"{site.docs}/README.md", f"{site.docs}/index.md"
    return readme if readme in files and index not in files and readme not in translated else ""


def _place(
    site: Site, name: str, source: str, home: str, translated: tuple[str, str] | None
) -> str:
    language, path = translated or (source, posixpath.relpath(name, site.docs))
    if translated is None and path.split("/")[0] == source and _is_in_folder(site, source):
        return f"{DOCS}/{path}"
    if name == home or (home and path == "README.md"):
        path = "index.md"
    return f"{DOCS}/{language}/{path}"


def _is_in_folder(site: Site, source: str) -> bool:
    """Tell whether the pages of the first language are in a folder of their own already."""
    return (site.root / site.docs / source / "index.md").is_file() or (
        site.root / site.docs / source / "README.md"
    ).is_file()


@dataclass(frozen=True)
class _Whither:
    """Where the targets of links are, once the files have moved."""

    site: Site
    source: str
    moves: Mapping[str, str]
    translated: Translated

    def __call__(self, path: str) -> str:
        """Return the new path of a target: a file, or an address that names none.

        What is not there, such as a page that a plugin makes, goes where its folder goes.
        """
        if path in self.moves:
            return self.moves[path]
        docs = self.site.docs
        is_inside = _is_below(path, docs) and not _is_below(path, self.site.custom_dir)
        if not is_inside or _is_in_folder(self.site, self.source):
            return path
        return posixpath.normpath(f"{DOCS}/{self.source}/{posixpath.relpath(path, docs)}")

    def of_source(self, path: str, language: str) -> str:
        """Return the new path of what the source page links to where its translation has `path`."""
        if path in self.translated:
            return f"{DOCS}/{self.source}/{self.translated[path][1]}"
        folder = f"{self.site.docs}/{language}"
        if _is_below(path, folder):
            return posixpath.normpath(f"{DOCS}/{self.source}/{posixpath.relpath(path, folder)}")
        return self(path)


def _texts(whither: _Whither, files: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the new path and text of each page that changes.

    The links of a translated page become those of its source: catalogs may not have others.
    """
    site = whither.site
    for name in files:
        text = read(site.root / name, name) if _is_page(site.root / name) else None
        if not isinstance(text, str):
            continue
        new = place = whither.moves.get(name, name)
        moved: Callable[[str], str] = whither
        if name in whither.translated:
            language, path = whither.translated[name]
            place = f"{DOCS}/{whither.source}/{path}"
            moved = partial(whither.of_source, language=language)
        change = partial(links.path_after_move, old=name, new=place, moved=moved)
        changed = _with_snippets(links.relinked(text, change), site, whither.moves)
        if changed != text:
            yield new, changed


def _is_page(file: Path) -> bool:
    return file.suffix == ".md" and not file.is_symlink()


def _with_snippets(text: str, site: Site, moves: Mapping[str, str]) -> str:
    """Return the text of a page with new paths of the snippets that are named from the root."""
    if "8<-" not in text:
        return text

    def named(name: str) -> str:
        path = name.strip().partition(":")[0]
        new = moves.get(posixpath.normpath(path))
        return name.replace(path, new) if new and _is_below(path, site.docs) else name

    text = _SNIPPET.sub(lambda found: found[1] + named(found[2]), text)
    return _BLOCK.sub(
        lambda found: found[0].replace(found[1], "\n".join(map(named, found[1].split("\n")))), text
    )


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


def settings(site: Site, source: str, moves: Mapping[str, str]) -> str:
    """Return the text of mkdocs.yml with the new paths of what it names."""
    folders = {
        str(above): f"{DOCS}/{source}/{os.path.relpath(above, site.docs)}".removesuffix("/.")
        for old in moves
        for above in PurePosixPath(old).parents
        if _is_below(str(above), site.docs)
    }

    def changed(scalar: Scalar) -> str | None:
        key = scalar.keys[0] if scalar.keys else ""
        if scalar.is_key or key in _NOT_PATHS:
            return None
        if key in _PATTERNS:
            return "\n".join(map(_pattern, scalar.value.split("\n")))
        if "nav" in scalar.keys and (new := moves.get(f"{site.docs}/{scalar.value}")):
            return posixpath.relpath(new, f"{DOCS}/{source}")
        path = posixpath.normpath(scalar.value) if scalar.value else ""
        if path == site.docs:
            return folders.get(path) if scalar.keys[-1] == "base_path" else None
        if not _is_below(path, site.docs) or _is_below(path, site.custom_dir):
            return None
        return moves.get(path) or folders.get(path)

    return yamltext.changed(site.text, changed)


def _pattern(row: str) -> str:
    """Return a pattern that begins at the top of the pages for the folder of any language."""
    found = re.fullmatch(r"(\s*!?)(\S.*?)(\s*)", row)
    if not found or found[2].startswith("#"):
        return row
    pattern = found[2]
    if "/" not in pattern.rstrip("/") or pattern.startswith("**/"):
        return row
    return f"{found[1]}/*/{pattern.lstrip('/')}{found[3]}"
