"""The logger of this package, and a context manager that collects logged messages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger("mkdocs.bitext")
"""This package's logger, below `mkdocs` so that `mkdocs build --strict` counts its warnings."""


class _Collector(logging.Handler):
    """A logging handler that stores the messages of warnings and errors."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect the warnings and errors of MkDocs, its plugins and hooks in a `with` block."""
    messages: list[str] = []
    collector = _Collector(messages)
    mkdocs = logging.getLogger("mkdocs")
    mkdocs.addHandler(collector)
    try:
        yield messages
    finally:
        mkdocs.removeHandler(collector)
