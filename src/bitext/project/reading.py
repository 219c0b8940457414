"""Read a page or a catalog from disk; what cannot be used is a problem."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from bitext.catalog import po
from bitext.catalog.units import Catalog, CatalogError
from bitext.files import read
from bitext.limits import text_excess
from bitext.page import frontmatter
from bitext.problem import Problem

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTE = "put values with a colon, a quotation mark or a # between quotation marks"


def read_page(file: Path, name: str) -> str | Problem:
    """Read the text of a page, which problems call `name`; its front matter must be a mapping."""
    text = read(file, name)
    if isinstance(text, Problem):
        return text
    if excess := text_excess(text):
        return Problem(name, *excess)
    return _front_problem(text, name) or text


def read_catalog(file: Path, name: str) -> Catalog | Problem | None:
    """Read a catalog, which problems call `name`; None if there is no such file."""
    if not file.exists():
        return None
    text = read(file, name)
    if isinstance(text, Problem):
        return text
    try:
        return po.parse(text)
    except CatalogError as error:
        return Problem(name, error.line, f"{error.text}; correct the line or undo the last edit")


def front_matter(text: str) -> Mapping[str, object]:
    """The front matter of a page that `read_page` gave."""
    return yaml.load(_yaml(text), Loader=_Loader) or {} if frontmatter.end(text) else {}


def _front_problem(text: str, name: str) -> Problem | None:
    """What is wrong with a page's front matter."""
    if not frontmatter.end(text):
        return None
    try:
        values = yaml.load(_yaml(text), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Problem(name, line, f"front matter is not YAML ({error.problem}); {_QUOTE}")
    except yaml.YAMLError:
        return Problem(name, 1, f"front matter is not YAML; {_QUOTE}")
    except ValueError as error:  # 2027-02-29 has the form of a date
        fault = f"front matter has a date that is none ({error}); correct it"
        return Problem(name, _line_of_value_error(text), fault)
    if values is not None and not isinstance(values, dict):
        return Problem(name, 1, 'front matter has no keys; write each value as "key: value"')
    return None


def _line_of_value_error(text: str) -> int:
    """The first line of front matter that alone raises a ValueError; PyYAML does not say."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            yaml.load(line, Loader=_Loader)
        except yaml.YAMLError:
            continue
        except ValueError:
            return number
    return 1


def _yaml(text: str) -> str:
    """The YAML between the two lines that enclose a page's front matter."""
    return text[: frontmatter.end(text)].strip().removeprefix("\ufeff")[3:-3]
