"""Load mkdocs.yml, and describe the exceptions that end a build."""

import re
import traceback
from copy import deepcopy
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from bitext.problem import Problem, SettingsError
from press.core.log import log
from press.core.refused import Refused
from press.core.shapes import clean
from press.core.written import NAME, Written, read_written

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
        case MkDocsException():
            found = Problem.parse(str(failure))
            return (found if found.path else Problem(place, line, found.text),)
        case OSError() if not isinstance(failure, TemplateNotFound):  # for example, a full disk
            where = str(failure.filename2 or failure.filename or place or "a file")
            return (Problem(where, 0, f"{failure.strerror}; mend that and try again"),)
        case _:
            return (Problem(place, line, _reason(failure)),)


def _reason(failure: BaseException) -> str:
    match failure:
        case RecursionError():
            return "a page is nested too deep; take some quotations, lists or tags out of others"
        case MemoryError():
            return "there is no memory left; free some and try again"
        case TemplateNotFound():  # an OSError too
            return f"the theme has no file {failure.name}; correct its name where it is given"
        case _:
            what = " ".join(str(failure).split())
            return f"cannot be built ({type(failure).__name__}: {what}); {_where(failure)}"


def _where(failure: BaseException) -> str:
    """Return the file and line of code that raised `failure`, for a bug report."""
    last = traceback.extract_tb(failure.__traceback__)[-1:]
    place = "".join(f" at {Path(each.filename).name}:{each.lineno}" for each in last)
    return f"it comes from{place}" if place else "report it"


def load(root: Path, **settings: object) -> MkDocsConfig:
    """Load `root`/mkdocs.yml and return it; `settings` override its values, except empty ones.

    A value that cannot be used is named with its line and left out, where a site can do without.
    Raises SettingsError.
    """
    given = {key: str(value) for key, value in settings.items() if value}
    try:
        written = read_written(root)
        values, faults = clean(_values(root, written))
        for keys, fault in faults:
            log.warning(written.problem(keys, fault))
        return _validated(root, values | given, written)
    except RecursionError:
        fault = "is nested without end: an alias (*name) is within its own anchor (&name)"
        raise SettingsError(Problem(NAME, 1, f"{fault}; take it out")) from None
    except MkDocsException as error:
        raise SettingsError(Problem(NAME, 1, f"{_joined(error)}; correct it")) from None


def _values(root: Path, written: Written) -> dict[str, Any]:
    """Return the values of mkdocs.yml and what it inherits from."""
    try:
        with (root / NAME).open("rb") as file:
            return yaml_load(file, get_yaml_loader(config=_new(root)))
    except (ValueError, OverflowError, TypeError) as error:
        raise SettingsError(written.unreadable(_joined(error))) from None
    except MkDocsException as error:
        place = re.search(r"line (\d{1,9}), column \d+[^\n]*\Z", str(error))
        fault = f"{_joined(error)}; correct it"
        raise SettingsError(Problem(NAME, int(place[1]) if place else 1, fault)) from None


def _new(root: Path) -> MkDocsConfig:
    return MkDocsConfig(config_file_path=str(root / NAME))


_ATTEMPTS = 20
"""Each leaves out a value that MkDocs refuses; with more than so many it is no use."""


def _validated(root: Path, values: dict[str, Any], written: Written) -> MkDocsConfig:
    """Return the configuration, without values that MkDocs refuses and a site can do without."""
    for _ in range(_ATTEMPTS):
        config = _new(root)
        config.load_dict(deepcopy(values))
        try:
            errors, warnings = config.validate()
        except (MkDocsException, RecursionError):
            raise
        except Exception as error:  # a hook's, or that of a check of MkDocs itself
            raise SettingsError(_raised(error, written)) from None
        found = [Refused(key, str(error)) for key, error in errors]
        if not found or not all(each.leave_out(values) for each in found):
            break
        for each in found:
            log.warning(written.problem(each.keys, each.fault))
    if found:
        raise SettingsError(*(written.problem(each.keys, each.fault) for each in found))
    for key, warning in warnings:
        each = Refused(key, str(warning))
        log.warning(written.problem(each.keys, each.fault))
    _check_language(config, written)
    return config


def _check_language(config: MkDocsConfig, written: Written) -> None:
    """Warn of a language that the theme does not have, and use English."""
    language = config.theme.get("language")
    file = f"partials/languages/{language}.html"
    if language and not any(Path(folder, file).exists() for folder in config.theme.dirs):
        fault = f'"language: {language}" is no language of the theme; take it out'
        log.warning(written.problem(("theme", "language"), fault))
        config.theme["language"] = "en"


def _raised(error: Exception, written: Written) -> Problem:
    """Return the problem of an exception while settings are checked."""
    if isinstance(error, SyntaxError) and error.filename:
        return Problem(error.filename, error.lineno or 1, f"{error.msg}; correct the line")
    value = " ".join(str(error).split())
    fault = f"a setting cannot be used ({type(error).__name__}: {value}); {_where(error)}"
    return written.problem((), fault)


def _joined(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".")


def root(config: MkDocsConfig) -> Path:
    """Return the folder that contains mkdocs.yml."""
    return Path(config.config_file_path).parent
