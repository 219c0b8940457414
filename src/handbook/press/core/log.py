"""The logger of this package, and a context manager that collects what is logged as problems.

This package logs problems as they are, `log.warning(problem)`: MkDocs prints them, and a build of
ours takes the values. MkDocs itself, other plugins and hooks log strings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from handbook.bitext.problem import Problem

log = logging.getLogger("mkdocs.bitext")
"""This package's logger, below `mkdocs` so that `mkdocs build --strict` counts its warnings."""


class _Collector(logging.Handler):
    """A logging handler that stores warnings and errors as problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        logged: object = record.msg  # typed as a string, but any object can be logged
        text = record.getMessage()
        self.problems.append(logged if isinstance(logged, Problem) else Problem.parse(text))


class _Ear(logging.Handler):
    """A logging handler that counts what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def logs_anything(step: Callable[[], object]) -> bool:
    """Run a build step; tell whether MkDocs, a plugin or a hook logged anything."""
    mkdocs, ear = logging.getLogger("mkdocs"), _Ear()
    mkdocs.addHandler(ear)
    try:
        step()
    finally:
        mkdocs.removeHandler(ear)
    return ear.count > 0


@contextmanager
def collected() -> Iterator[list[Problem]]:
    """Collect the warnings and errors of MkDocs, its plugins and hooks in a `with` block."""
    problems: list[Problem] = []
    collector = _Collector(problems)
    mkdocs = logging.getLogger("mkdocs")
    mkdocs.addHandler(collector)
    try:
        yield problems
    finally:
        mkdocs.removeHandler(collector)


def filter_with(new: logging.Filter, logger: logging.Logger) -> None:
    """Filter what a logger says with `new`, in the place of one of its kind from another build."""
    for old in [each for each in logger.filters if isinstance(each, type(new))]:
        logger.removeFilter(old)
    logger.addFilter(new)
