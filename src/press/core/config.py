"""Load mkdocs.yml, and describe the exceptions that end a build."""

import traceback
from pathlib import Path

from jinja2 import TemplateNotFound
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from bitext.problem import Problem, SettingsError
from press.core.log import collected

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
            where = str(failure.filename or place or "a file")
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

    Raises SettingsError.
    """
    given = {key: str(value) for key, value in settings.items() if value}
    with collected() as problems:
        try:
            return load_config(str(root / "mkdocs.yml"), strict=False, **given)
        except RecursionError:
            fault = "is nested without end: an alias (*name) is within its own anchor (&name)"
            raise SettingsError(Problem("mkdocs.yml", 1, f"{fault}; take it out")) from None
        except MkDocsException as error:
            reasons = [str(problem).rstrip(".") for problem in problems]
            reason = "; ".join(reasons) or " ".join(str(error).split())
            raise SettingsError(Problem("mkdocs.yml", 1, f"{reason}; correct it")) from None


def root(config: MkDocsConfig) -> Path:
    """Return the folder that contains mkdocs.yml."""
    return Path(config.config_file_path).parent
