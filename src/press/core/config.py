"""Loading mkdocs.yml, and the failures that end a build."""

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from bitext.problem import Problem, SettingsError
from press.core.log import collected

FAILURES = (MkDocsException, SettingsError, RecursionError)
"""What ends the build of a language."""


def failure_line(failure: BaseException) -> str:
    """A one-line message for a failed build. MkDocs has already logged which page it was."""
    if isinstance(failure, RecursionError):
        return "a page is nested too deep; take some of its quotations, lists or tags out of others"
    return str(failure)


def load(root: Path, **settings: object) -> MkDocsConfig:
    """Load `root`/mkdocs.yml; `settings` override its values where they are not None.

    Raises SettingsError.
    """
    given = {key: str(value) for key, value in settings.items() if value}
    with collected() as messages:
        try:
            return load_config(str(root / "mkdocs.yml"), strict=False, **given)
        except MkDocsException as error:
            reason = "; ".join(message.rstrip(".") for message in messages) or " ".join(
                str(error).split()
            )
            raise SettingsError(Problem("mkdocs.yml", 1, f"{reason}; correct it")) from None


def root(config: MkDocsConfig) -> Path:
    """The folder that holds mkdocs.yml."""
    return Path(config.config_file_path).parent
