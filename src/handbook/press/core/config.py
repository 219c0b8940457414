"""Load mkdocs.yml: what cannot be used is named with its line, and left out where that can be.

Three look at a value, one after the other: `shapes` at its type, before MkDocs would fail by it;
MkDocs itself, whose words `refused` reads; and once the theme and all plugins are there,
`plugin/options.py` at what only they know, such as whether an icon exists.
"""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from handbook.bitext.datafile import NO_VALUE
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import navfiles
from handbook.press.core.failures import problem_of_settings
from handbook.press.core.log import log
from handbook.press.core.refused import Refused
from handbook.press.core.shapes import clean
from handbook.press.core.written import Written, read_written

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
"""MkDocs' loader with libyaml, where that is there: a sixth of the time."""


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
        raise SettingsError(Problem(MKDOCS, 1, f"{fault}; take it out")) from None
    except MkDocsException as error:
        raise SettingsError(Problem(MKDOCS, 1, f"{_joined(error)}; correct it")) from None


def _find_modules_of(root: Path) -> None:
    """Let `!!python/name:` name modules of the site's own, as with `python -m mkdocs`.

    They are looked for last, so that none can hide another.
    """
    folder = str(root.resolve())
    if not {"", folder} & set(sys.path):
        sys.path.append(folder)


def _values(root: Path, written: Written) -> dict[str, Any]:
    """Return the values of mkdocs.yml and what it inherits from."""
    _find_modules_of(root)
    try:
        with (root / MKDOCS).open("rb") as file:
            return yaml_load(file, get_yaml_loader(_LOADER, config=_new(root)))
    except NO_VALUE as error:
        raise SettingsError(written.unreadable(_joined(error))) from None
    except MkDocsException as error:
        place = re.search(r"line (\d{1,9}), column \d+[^\n]*\Z", str(error))
        fault = f"{_joined(error)}; correct it"
        raise SettingsError(Problem(MKDOCS, int(place[1]) if place else 1, fault)) from None


def _new(root: Path) -> MkDocsConfig:
    return MkDocsConfig(config_file_path=str(root / MKDOCS))


_ATTEMPTS = 20
"""Each leaves out a value that MkDocs refuses; with more than so many it is no use."""


def _validated(root: Path, values: dict[str, Any], written: Written) -> MkDocsConfig:
    """Return the configuration, without values that MkDocs refuses and a site can do without."""
    told: set[Problem] = set()  # of a plugin, its options are left out before itself
    for _ in range(_ATTEMPTS):
        config = _new(root)
        config.load_dict(deepcopy(values))
        try:
            errors, remarks = config.validate()
        except (MkDocsException, RecursionError):
            raise
        except (Exception, SystemExit) as error:  # of a hook, a plugin, or a check of MkDocs
            raise SettingsError(problem_of_settings(error, written, root)) from None
        found = [Refused(key, str(error)) for key, error in errors]
        if not found or not all(each.leave_out(values) for each in found):
            break
        for problem in {written.problem(each.keys, each.fault): None for each in found}:
            if problem not in told:
                log.warning(problem)
                told.add(problem)
    if found:
        raise SettingsError(*(written.problem(each.keys, each.fault) for each in found))
    for key, remark in remarks:
        each = Refused(key, str(remark))
        log.warning(written.problem(each.keys, each.fault))
    _check_language(config, written)
    navfiles.settle(config, written)
    return config


def settle(config: MkDocsConfig) -> None:
    """Warn of unusable settings and remove them; read `nav` from navigation plugins.

    One that `load` has made has nothing left that could be named.
    """
    kept, faults = clean(navfiles.as_written(config))
    written, options = read_written(root(config)), dict(config._schema)
    for keys, fault in faults:
        log.warning(written.problem(keys, fault))
    for key in {str(keys[0]) for keys, _ in faults}:
        config[key] = options[key].validate(kept[key]) if key in kept else options[key].default
    _check_language(config, written)
    navfiles.settle(config, written)


def _check_language(config: MkDocsConfig, written: Written) -> None:
    """Warn of a language that the theme does not have, and use English."""
    language = config.theme.get("language")
    file = f"partials/languages/{language}.html"
    if language and not any(Path(folder, file).exists() for folder in config.theme.dirs):
        fault = f'"language: {language}" is no language of the theme; take it out'
        log.warning(written.problem(("theme", "language"), fault))
        config.theme["language"] = "en"


def _joined(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".")


def root(config: MkDocsConfig) -> Path:
    """Return the folder that contains mkdocs.yml."""
    return Path(config.config_file_path).parent
