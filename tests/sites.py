"""Handbooks that are built into sites and read into books."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.press.books.book import Book
from handbook.press.core.config import load
from handbook.press.make import build
from handbook.press.plugin.populate import read_book

Built = tuple[Path, build.Outcome]
"""Where a site is, and what came of the build."""


def built(root: Path, folder: Path) -> Built:
    """Build the handbook in `root` into `folder`, whatever addresses the environment gives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("HANDBOOK_SITE_URL", raising=False)
        patch.delenv("HANDBOOK_EDIT_URL", raising=False)
        return folder, build.build(root, site_dir=folder)


class Books(dict[str, Book]):
    """A handbook as records of its books, by language; each is read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, language: str) -> Book:
        self[language] = read_book(load(self._root), language)
        return self[language]
