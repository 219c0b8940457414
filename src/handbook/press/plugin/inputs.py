"""Find the files of a site for MkDocs, without links that lead elsewhere, pipes and the like.

MkDocs itself follows every link: out of the handbook, and in circles without end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.files import get_files as mkdocs_get_files

from handbook.bitext.project import walk
from handbook.press.core.config import root


def get_files(config: MkDocsConfig) -> Files:
    """Return the files among the pages that may be read; `Handbook.problems` names the others."""
    folder, here = Path(config.docs_dir), root(config).absolute()  # as MkDocs makes docs_dir
    if "bitext" not in config.plugins or not folder.is_relative_to(here):
        return mkdocs_get_files(config)
    found = walk.files(here, folder.relative_to(here).as_posix(), hidden=True)
    paths = sorted(
        (each.relative_to(folder) for each in found if isinstance(each, Path)), key=_order
    )
    files = [
        File(path.as_posix(), config.docs_dir, config.site_dir, config.use_directory_urls)
        for path in paths
    ]
    set_exclusions(files, config)
    return _Found(files)


class _Found(Files):
    """The files of a site, with those of its theme that MkDocs publishes."""

    def add_files_from_theme(self, env: Environment, config: MkDocsConfig) -> None:
        """Add them without looking through folders of which MkDocs publishes nothing."""
        visible = env.overlay(loader=_Visible(config.theme.dirs))
        super().add_files_from_theme(visible, config)


class _Visible(FileSystemLoader):
    """A loader of templates whose paths have no name that begins with a dot.

    Material keeps 14,000 icons under such a name.
    """

    def list_templates(self) -> list[str]:
        """Return the paths of all templates."""
        return sorted({path for folder in self.searchpath for path in _below(Path(folder))})


def _below(folder: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder, from there."""
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        here = Path(place).relative_to(folder)
        yield from ((here / name).as_posix() for name in names)


def _order(path: Path) -> tuple[object, ...]:
    """Return what sorts files as MkDocs does: those of a folder before its folders, index first."""
    return (path.parent.parts, path.stem not in ("index", "README"), path.name)


def install() -> None:
    """Make MkDocs use `get_files` in this process; it has no event for that."""
    setattr(mkdocs_build, "get_files", get_files)  # noqa: B010 – mypy knows it as imported
