"""Handbooks that are built into sites and read into books."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.bitext.project.handbook import Handbook
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


def books(root: Path) -> dict[str, Book]:
    """Read the handbook in `root` as a record from which books are made, in each language."""
    languages = Handbook.open(root).languages
    return {each: read_book(load(root), each) for each in languages}
