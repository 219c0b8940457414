"""The site's configuration, and what is warned of while it is read or used."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from bitext.problem import Problem, SettingsError

log = logging.getLogger("mkdocs.handbook")
"""Below `mkdocs`: `--strict` counts what hooks warn of."""

FAILURES = (MkDocsException, SettingsError, RecursionError)
"""What ends the build of a language."""


def told(failure: BaseException) -> str:
    """A failure in a line. MkDocs has warned of the page before, if it is one of a page."""
    if isinstance(failure, RecursionError):
        return "a page is nested too deep; take some of its quotations, lists or tags out of others"
    return str(failure)


def configuration(root: Path, **settings: object) -> MkDocsConfig:
    """The site's configuration as mkdocs.yml gives it, but for `settings`. Raises SettingsError."""
    given = {key: str(value) for key, value in settings.items() if value}
    with collected() as messages:
        try:
            return load_config(str(root / "mkdocs.yml"), strict=False, **given)
        except MkDocsException as error:
            told = "; ".join(message.rstrip(".") for message in messages) or " ".join(
                str(error).split()
            )
            raise SettingsError(Problem("mkdocs.yml", 1, f"{told}; correct it")) from None


class _Collector(logging.Handler):
    """Keeps what is logged, for whoever builds to print."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def collected() -> Iterator[list[str]]:
    """What MkDocs and our own hooks warn of within the block."""
    messages: list[str] = []
    collector = _Collector(messages)
    log = logging.getLogger("mkdocs")
    log.addHandler(collector)
    try:
        yield messages
    finally:
        log.removeHandler(collector)
