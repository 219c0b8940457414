"""Let MkDocs' own commands end in a line with place and cure, where they end in a traceback.

The command `handbook` reports such failures itself.
"""

from __future__ import annotations

import sys
from types import TracebackType

import click
from mkdocs.exceptions import Abort, MkDocsException

from handbook.press.core.failures import problems_of
from handbook.press.core.log import log


def _is_mkdocs() -> bool:
    """Tell whether a command of MkDocs runs; only those use click."""
    return click.get_current_context(silent=True) is not None


def install() -> None:
    """Report in one line what ends the command outside of a build, such as a hook with a fault."""
    if _is_mkdocs():
        sys.excepthook = _tell_last


def uninstall() -> None:
    """Leave what ends a build to `end_build`: while pages are made, the hook is Python's own again.

    A site whose extension runs the examples on its pages shows their tracebacks there, and Python's
    `code` gives these to a hook that is another.
    """
    if sys.excepthook is _tell_last:
        sys.excepthook = sys.__excepthook__


def _tell_last(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if isinstance(error, Exception):
        for problem in problems_of(error):
            log.error(problem)
    else:
        sys.__excepthook__(kind, error, trace)


def end_build(error: Exception) -> None:
    """Tell what ends a build, in MkDocs' own command. Raises Abort, which ends it in silence."""
    if _is_mkdocs() and not isinstance(error, MkDocsException):
        for problem in problems_of(error):
            log.error(problem)
        raise Abort("Aborted: the site could not be built") from None
