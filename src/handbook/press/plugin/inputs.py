"""Find the files of a site for MkDocs, without links that lead elsewhere, pipes and the like.

MkDocs itself follows every link: out of the handbook, and in circles without end.
"""

from __future__ import annotations

from pathlib import Path

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
    return Files(files)


def _order(path: Path) -> tuple[object, ...]:
    """Return what sorts files as MkDocs does: those of a folder before its folders, index first."""
    return (path.parent.parts, path.stem not in ("index", "README"), path.name)


def install() -> None:
    """Make MkDocs use `get_files` in this process; it has no event for that."""
    setattr(mkdocs_build, "get_files", get_files)  # noqa: B010 – mypy knows it as imported
