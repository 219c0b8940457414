"""Tell which files in `docs` a site leaves out, by MkDocs' own settings and by the plugin exclude.

What only a hook takes out is not known before the site is built.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import settings
from handbook.bitext.project.settings import MKDOCS


@dataclass(frozen=True)
class Exclusions:
    """The patterns of what is no page of a site."""

    ignored: tuple[GitIgnoreSpec, ...]
    """Those of MkDocs: of what it excludes, and of drafts, which can take nothing out of that."""
    excluded: tuple[re.Pattern[str], ...] = ()
    """Those of the plugin exclude, from the beginning of a path."""

    def match_file(self, path: str) -> bool:
        """Tell whether a file is left out, by its path in `docs`."""
        is_ignored = any(each.match_file(path) for each in self.ignored)
        return is_ignored or any(each.match(path) for each in self.excluded)


def of(root: Path) -> Exclusions:
    """Return the patterns of the site in `root`. Raises SettingsError."""
    config = settings.mkdocs_settings(root / MKDOCS)
    given = (config.get(key) for key in ("exclude_docs", "draft_docs"))
    out, drafts = (value.splitlines() if isinstance(value, str) else [] for value in given)
    try:  # the first two are MkDocs' own
        rows = [".*", "/templates/", *_navigation_files(config), *out]
        ignored = tuple(map(GitIgnoreSpec.from_lines, (rows, drafts)))
    except ValueError as error:
        fault = f"exclude_docs or draft_docs: {error}; correct the pattern"
        raise SettingsError(Problem(MKDOCS, 1, fault)) from None
    try:
        return Exclusions(ignored, tuple(map(re.compile, _excluded(config))))
    except re.error as error:
        fault = f"the plugin exclude: {error.pattern!r}: {error}; correct the regex"
        raise SettingsError(Problem(MKDOCS, 1, fault)) from None


def _navigation_files(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the name of the files that the plugin literate-nav reads, if they are nothing else."""
    name = settings.navigation_file(config, "literate-nav")
    if name.casefold() not in ("", "index.md", "readme.md"):
        yield name


def _excluded(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the patterns of the plugin exclude as regular expressions."""
    options = settings.plugin_options(config, "exclude")
    for key, as_regex in (("glob", fnmatch.translate), ("regex", str)):
        given = options.get(key)
        yield from map(as_regex, filter(_is_text, given if isinstance(given, list) else [given]))


def _is_text(value: object) -> bool:
    return isinstance(value, str)
