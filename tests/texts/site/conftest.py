"""This repository's handbook, built: what holds of its texts holds of what is made of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import hosting
import sites
from folders import ROOT
from handbook.press.books.book import Book
from sites import Built


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the repository's handbook, and what came of the build."""
    return sites.built(ROOT, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def books() -> dict[str, Book]:
    """The repository's handbook as a record, by language."""
    return sites.Books(ROOT)


@pytest.fixture(scope="session")
def served(built: Built) -> Iterator[str]:
    """The address at which the repository's handbook can be browsed."""
    with hosting.serve(built[0]) as address:
        yield address
