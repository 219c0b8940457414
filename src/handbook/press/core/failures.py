"""Describe the exceptions that end a build as problems: with place, thing and cure."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from mkdocs.exceptions import MkDocsException

from handbook.bitext.problem import Problem, SettingsError
from handbook.press.core.written import Written

FAILURES = (MkDocsException, SettingsError, RecursionError)
"""The exceptions that end the build of a language."""


def problems_of(failure: BaseException, place: str = "", line: int = 0) -> tuple[Problem, ...]:
    """Return what ended a build as problems; MkDocs has already logged the name of the page.

    `place` and `line` stand for the file where the failure names none: the page, or the language,
    that was being built.
    """
    match failure:
        case SettingsError():
            return failure.problems
        case SyntaxError() if failure.filename:  # of a hook
            path = _relative(failure.filename) or failure.filename
            return (Problem(path, failure.lineno or 1, f"{failure.msg}; correct the line"),)
        case MkDocsException():
            found = Problem.parse(str(failure))
            return (found if found.path else Problem(place, line, found.text),)
        case OSError() if not isinstance(failure, TemplateNotFound):  # for example, a full disk
            where = str(failure.filename2 or failure.filename or place or "a file")
            what = failure.strerror or " ".join(str(failure).split())  # of a library
            return (Problem(where, 0, f"{what}; mend that and try again"),)
        case TemplateSyntaxError():
            fault = f"{(failure.message or '').rstrip('.')}; correct the template"
            return (Problem(_relative(failure.filename or "") or place, failure.lineno, fault),)
        case TemplateNotFound() if not line and (own := place_of(failure)):
            return (Problem(*own, _reason(failure)),)
        case UnicodeDecodeError() if file := _read_file(failure):
            return (Problem(file, 1, "is not UTF-8; save it in that encoding"),)
        case _ if _is_of_template(failure, line) and (own := place_of(failure)):
            return (_raised_at(own, failure),)
        case _:
            return (Problem(place, line, _reason(failure)),)


def _reason(failure: BaseException) -> str:
    """Return what went wrong, with the cure, where no file is at fault that could be named."""
    match failure:
        case RecursionError():
            return "a page is nested too deep; take some quotations, lists or tags out of others"
        case MemoryError():
            return "there is no memory left; free some and try again"
        case TemplateNotFound():  # an OSError too
            return f"the theme has no file {failure.name}; correct its name where it is given"
        case KeyError() if _is_of_event(failure):
            event = f"on_{failure.args[0]}"
            return f"{event} of a hook is no event of MkDocs; give that function another name"
        case _:
            what = " ".join(str(failure).split())
            return f"cannot be built ({type(failure).__name__}: {what}); {_where(failure)}"


def _where(failure: BaseException) -> str:
    """Return the file and line of code that raised `failure`, for a bug report.

    A file that is not there, such as lxml's `apihelpers.pxi`, is within a compiled package: the
    line that called it says more.
    """
    frames = reversed(traceback.extract_tb(failure.__traceback__))
    found = next((each for each in frames if Path(each.filename).is_file()), None)
    return f"it comes from {Path(found.filename).name}:{found.lineno}" if found else "report it"


class Place(NamedTuple):
    """A line of a file of the handbook's own: of a hook or a template."""

    path: str
    line: int


def place_of(failure: BaseException, root: Path | None = None) -> Place | None:
    """Return the last place of the handbook in `root` that led to `failure`; None if none did."""
    for frame in reversed(traceback.extract_tb(failure.__traceback__)):
        if path := _relative(frame.filename, root):
            return Place(path, frame.lineno or 1)
    return None


def _is_of_template(failure: BaseException, line: int) -> bool:
    """Tell whether an error came from a template, rather than from a page, whose line is given."""
    return isinstance(failure, UndefinedError) or not line


def _read_file(failure: BaseException) -> str:
    """Return the file of the handbook's own that was read when `failure` was raised; "" if none."""
    frames = [frame for frame, _ in traceback.walk_tb(failure.__traceback__)]
    names = [str(frame.f_locals.get("filename") or "") for frame in reversed(frames)]
    return next((path for name in names if name and (path := _relative(name))), "")


def _raised_at(place: Place, failure: BaseException) -> Problem:
    what = " ".join(str(failure).split())
    return Problem(*place, f"raises {type(failure).__name__} ({what}); correct it")


def _relative(file: str, root: Path | None = None) -> str:
    """Return the path of a file from the handbook; "" outside of it, and of what is installed."""
    path, above = Path(file).absolute(), (root or Path()).absolute()
    is_own = path.is_file() and path.is_relative_to(above) and _INSTALLED not in path.parts
    return path.relative_to(above).as_posix() if is_own else ""


_INSTALLED = "site-packages"


def problem_of_settings(error: BaseException, written: Written, root: Path) -> Problem:
    """Return the problem of an exception while settings are checked, or hooks loaded."""
    if isinstance(error, SyntaxError) and error.filename:
        path = _relative(error.filename, root) or error.filename
        return Problem(path, error.lineno or 1, f"{error.msg}; correct the line")
    if place := place_of(error, root):
        return _raised_at(place, error)
    if _is_of_event(error):
        return written.problem(("hooks",), _reason(error))
    value = " ".join(str(error).split())
    keys = _loaded(error)
    what = f"{keys[-1]} cannot be loaded" if keys else "a setting cannot be used"
    fault = f"{what} ({type(error).__name__}: {value}); {_where(error)}"
    return written.problem(keys, fault)


def _loaded(failure: BaseException) -> tuple[str, ...]:
    """Return the keys of the plugin or the hook that MkDocs was loading, from its variables."""
    for frame, _ in traceback.walk_tb(failure.__traceback__):
        name = str(frame.f_locals.get("name", ""))
        if frame.f_code.co_name == "load_plugin":
            return "plugins", name.rpartition("/")[2]
        if frame.f_code.co_name == "_load_hook":
            return "hooks", name
    return ()


def _is_of_event(failure: BaseException) -> bool:
    """Tell whether a hook has a function for an event that MkDocs does not have."""
    last = traceback.extract_tb(failure.__traceback__)[-1:]
    return isinstance(failure, KeyError) and any(each.name == "_register_event" for each in last)
