"""Report each dead link of a page once, with line and cure, where MkDocs does in each language."""

from __future__ import annotations

import logging
import re
from functools import cached_property

from handbook.bitext.moving import dead
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.press.core import places
from handbook.press.core.editions import Editions
from handbook.press.core.log import filter_with

_TOLD = re.compile(
    r"Doc file '(?P<file>[^']+)' contains a link '(?P<link>[^']+)', but "
    r"(?:the target '(?P<target>[^']+)' is not found)?"
)
_KEPT = re.compile(
    r"Doc file '(?P<file>[^']+)' contains an (?P<kind>absolute|unrecognized relative) link "
    r"'(?P<link>[^']+)', it was left as is"
)
_CURES = {
    "absolute": "which is not looked at; write the path of a page from this one, or set "
    "absolute_links below validation in mkdocs.yml",
    "unrecognized relative": "which is no file; write the path of a page, such as two.md, or set "
    "unrecognized_links below validation in mkdocs.yml",
}
_LOGGERS = [
    logging.getLogger(name)
    for name in ("mkdocs.structure.pages", "mkdocs.plugins.mkdocs_static_i18n.plugin")
]
_HOMELESS = "Could not find a homepage for locale"
"""What the plugin i18n says where the menu does not have the home page."""
_NO_HOME = (
    "has no home page, where the root of the site would lead; write index.md, or lead on from it "
    "in docs/redirects.yml: index.md: the path of another page"
)


class DeadLinks(logging.Filter):
    """A filter of what MkDocs says of links."""

    def __init__(self, editions: Editions) -> None:
        """Take the handbook; its pages are read when MkDocs names the first dead link."""
        super().__init__()
        self._editions = editions

    @cached_property
    def _known(self) -> dict[tuple[str, str], list[Problem]]:
        handbook = self._editions.handbook
        names = {each.name: each.path for each in handbook.sources()}
        known: dict[tuple[str, str], list[Problem]] = {}
        for link in dead.dead_links(handbook):
            known.setdefault((names[link.problem.path], link.target), []).append(link.problem)
        return known

    def tells_of(self, problem: Problem) -> bool:
        """Tell whether a problem is in a file of a page that has known dead links."""
        handbook = self._editions.handbook
        paths = {path for path, _ in self._known}
        names = (catalog_path(path, each) for path in paths for each in handbook.languages)
        files = {
            self._editions.sources[path].file for path in paths & self._editions.sources.keys()
        }
        return problem.path in {*names, *map(handbook.name, files)}

    def filter(self, record: logging.LogRecord) -> bool:
        """Put our problem in the place of what MkDocs says; leave it out on translations."""
        if _HOMELESS in record.getMessage():
            return self._tells_of_no_home(record)
        if kept := _KEPT.match(record.getMessage()):
            return self._replaced(record, kept)
        found = _TOLD.match(record.getMessage())
        if record.levelno < logging.WARNING or not found:
            return True
        language, path = places.split(found["file"])
        problems = self._known.get((path, found["link"]))
        if problems is None:
            is_unread = places.split(found["target"] or "")[1] in self._editions.handbook.unusable()
            return not is_unread and not self._is_said_before(language, path)
        if self._editions.sources[path].language != language or not problems:
            return False
        record.msg, record.args = problems.pop(0), ()
        return True

    def _tells_of_no_home(self, record: logging.LogRecord) -> bool:
        """Tell, once and without a warning, of a home page that is not there: MkDocs needs none."""
        home, handbook = places.HOME, self._editions.handbook
        is_first = record.getMessage().endswith(f"'{handbook.languages[0]}'")
        record.msg, record.args = Problem(f"docs/{handbook.languages[0]}", 0, _NO_HOME), ()
        record.levelno, record.levelname = logging.INFO, "INFO"
        return is_first and not self._editions.has(home) and home not in handbook.redirects

    def _replaced(self, record: logging.LogRecord, kept: re.Match[str]) -> bool:
        """Do so for a link that MkDocs leaves as it is, whether it is a warning or not."""
        language, path = places.split(kept["file"])
        source = self._editions.sources.get(path)
        if source and source.language == language:
            handbook, target = self._editions.handbook, kept["link"]
            line = dead.line_of(handbook, source, target)
            fault = f"a link leads to {target}, {_CURES[kept['kind']]}"
            record.msg, record.args = Problem(source.name, line, fault), ()
        if source is None:
            return not self._is_said_before(language, path)
        return source.language == language

    def _is_said_before(self, language: str, path: str) -> bool:
        """Tell whether a page is one that others make, in a language that it is not written in."""
        if not self._editions.has(path):
            return False
        source = self._editions.source(path, language)
        return source.generated_text is not None and source.language != language


def install(editions: Editions) -> DeadLinks:
    """Filter what MkDocs says of links, from now on, for the build of a handbook."""
    made = DeadLinks(editions)
    for logger in _LOGGERS:
        filter_with(made, logger)
    return made
