"""Name each page that no menu has, once and with its cure, where MkDocs lists it in each language.

MkDocs says it as `omitted_files` below `validation: nav:` wants: by default it is no warning.
"""

from __future__ import annotations

import logging
import re

from handbook.bitext.problem import Problem
from handbook.press.core import places
from handbook.press.core.editions import Editions
from handbook.press.core.log import filter_with, log

_LOGGER = logging.getLogger("mkdocs.structure.nav")
_TOLD = "The following pages exist in the docs directory, but are not included"
_PATH = re.compile(r"^  - (.+)$", re.MULTILINE)
_FAULT = (
    "is in no menu and in no book; name it in nav of mkdocs.yml, or below not_in_nav if it is to be"
    " found by links and searches alone"
)


class Omitted(logging.Filter):
    """A filter of what MkDocs says of pages that are not in the navigation."""

    def __init__(self, editions: Editions) -> None:
        """Take the handbook."""
        super().__init__()
        self._editions = editions

    def filter(self, record: logging.LogRecord) -> bool:
        """Put a problem for each page in the place of the list, where its source is."""
        found = list(map(places.split, _PATH.findall(record.getMessage())))
        is_list = record.getMessage().startswith(_TOLD)
        if not is_list or not all(self._editions.has(path) for _, path in found):
            return True
        for language, path in found:
            source = self._editions.source(path, language)
            if source.language == language:
                log.log(record.levelno, Problem(source.name, 1, _FAULT))
        return False


def install(editions: Editions) -> None:
    """Filter what MkDocs says of pages outside of the menus, from now on, for a build."""
    filter_with(Omitted(editions), _LOGGER)
