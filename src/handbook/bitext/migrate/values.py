"""What becomes of the values in mkdocs.yml that name files, once these have moved."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from handbook.bitext.migrate import filters
from handbook.bitext.migrate.layout import DOCS, README, Layout, is_below
from handbook.bitext.migrate.site import Site
from handbook.bitext.project import settings, yamlscalars
from handbook.bitext.project.yamlscalars import Scalar

_NOT_PATHS = ("docs_dir", "site_dir", "repo_url", "site_url")


def moved(site: Site, source: str, layout: Layout) -> str:
    """Return the text of mkdocs.yml with the new paths of what it names.

    `source` is the language that pages are written in.
    """
    return yamlscalars.changed(site.text, _Values(site, source, layout).new)


@dataclass(frozen=True)
class _Values:
    """The values of mkdocs.yml, as they are once the files have moved."""

    site: Site
    source: str
    layout: Layout

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The new path of each folder that files move out of."""
        docs = self.site.docs
        above = {folder for old in self.layout.moves for folder in PurePosixPath(old).parents}
        return {
            str(folder): f"{DOCS}/{self.source}/{os.path.relpath(folder, docs)}".removesuffix("/.")
            for folder in above
            if is_below(str(folder), docs)
        }

    def new(self, scalar: Scalar) -> str | None:
        """Return what a value is afterwards; None if it stays."""
        key, value, docs = scalar.keys[0] if scalar.keys else "", scalar.value, self.site.docs
        if scalar.is_key:
            return None
        if key == "edit_uri":
            return edit_uri(value, docs)
        if key == "edit_uri_template":
            return edit_uri_template(value, docs)
        if key == "plugins" and (pattern := filters.moved(scalar, docs, self.layout.moves)):
            return pattern
        if key in _NOT_PATHS:
            return None
        if key in settings.PATTERNS:
            return "\n".join(map(_pattern, value.split("\n")))
        if "nav" in scalar.keys and (path := self._in_navigation(value)) is not None:
            return path
        return self._file_or_folder(scalar, key)

    def _in_navigation(self, value: str) -> str | None:
        """Return the new path of a page in the navigation; None if it names no page."""
        if new := self.layout.moves.get(f"{self.site.docs}/{value}"):
            return posixpath.relpath(new, f"{DOCS}/{self.source}")
        if (self.site.root / self.site.docs / value).is_file():
            return value.removeprefix(f"{self.source}/")  # it is in its folder already
        return "index.md" if self.layout.is_home and value == README else None

    def _file_or_folder(self, scalar: Scalar, key: str) -> str | None:
        """Return the new path of a file or folder; None if a value names none that moves."""
        site, moves = self.site, self.layout.moves
        path = posixpath.normpath(scalar.value) if scalar.value else ""
        if key == "extra_templates" and (new := moves.get(f"{site.docs}/{path}")):
            return posixpath.relpath(new, DOCS)
        if path == site.docs:
            return self._folders.get(path) if scalar.keys[-1] == "base_path" else None
        if not is_below(path, site.docs) or is_below(path, site.custom_dir):
            return None
        return moves.get(path) or self._folders.get(path)


def edit_uri(value: str, docs: str) -> str | None:
    """Return the address that pages are edited at, if it ends with the old folder of pages."""
    above = value.rstrip("/").removesuffix(f"/{docs}")
    return f"{above}/{DOCS}/" if docs != DOCS and above != value.rstrip("/") else None


def edit_uri_template(value: str, docs: str) -> str:
    """Return the template of such addresses with the new folder in front of the path of a page."""
    return re.sub(rf"(?<![^/=]){re.escape(docs)}/(?=\{{path)", f"{DOCS}/", value)


def _pattern(row: str) -> str:
    """Return a pattern that begins at the top of the pages for the folder of any language."""
    found = re.fullmatch(r"(\s*!?)(\S.*?)(\s*)", row)
    if not found or found[2].startswith("#"):
        return row
    pattern = found[2]
    if "/" not in pattern.rstrip("/") or pattern.startswith("**/"):
        return row
    return f"{found[1]}/*/{pattern.lstrip('/')}{found[3]}"
