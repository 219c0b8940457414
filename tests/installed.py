"""What is installed is looked at once, for no test changes it: the themes and their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import material
import mkdocs.utils
import pytest
from jinja2 import FileSystemLoader

_INSTALLED = str(Path(mkdocs.utils.__file__).parents[2])

_themes = cache(mkdocs.utils.get_themes.__wrapped__)
_themes.cache_clear = lambda: None  # MkDocs forgets it with every mkdocs.yml that it reads
_list = FileSystemLoader.list_templates


@contextmanager
def remembered() -> Iterator[None]:
    """Remember the installed themes and their files, which every build lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mkdocs.utils, "get_themes", _themes)
        patch.setattr(FileSystemLoader, "list_templates", _listed)
        yield


def _listed(loader: FileSystemLoader) -> list[str]:
    """Return the names of the files of a theme, but for Material's 14,000 icons."""
    return sorted({name for folder in loader.searchpath for name in _files(str(folder))})


def _files(folder: str) -> list[str]:
    return _installed(folder) if folder.startswith(_INSTALLED) else _list(FileSystemLoader(folder))


def look() -> None:
    """Look for the files of the theme that all sites of tests have."""
    _installed(str(Path(material.__file__).with_name("templates")))


@cache
def _installed(folder: str) -> list[str]:
    """Return the files of a theme. MkDocs publishes none whose path begins with a dot."""
    return [name for name in _list(FileSystemLoader(folder)) if not name.startswith(".")]
