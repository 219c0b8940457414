"""Read YAML and TOML that people have written: there is a value, or one error with its line.

PyYAML and tomllib raise a dozen kinds of exceptions, call themselves for each level of nesting, and
follow aliases of aliases. So YAML is looked through event by event first, which needs no stack, and
what goes beyond the limits is refused before anything is made of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)

from handbook.bitext.problem import line_at

NOT_YAML = yaml.reader.Reader.NON_PRINTABLE
"""Finds the characters that YAML does not allow."""
DEEPEST, MOST_ALIASES = 50, 20
"""What nobody needs, and what would fill the stack (depth) or the memory (aliases of aliases)."""
HARMLESS = 1000
"""How many aliases there may be where nobody follows them, or each one once."""
if TYPE_CHECKING:
    Loader = yaml.SafeLoader
else:
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # with libyaml, where that is there
_DIGITS = re.compile(r"[0-9_]{4300}")
_BRACKETS = re.compile(rf"(?:[\[{{][^\[\]{{}}]*){{{DEEPEST}}}")
_OF_DATES = re.compile(r"(?:year|month|day|hour|minute|second)\b")
"""How errors of Python's module datetime begin."""
NO_VALUE = (ValueError, OverflowError, LookupError, AttributeError, TypeError)
"""What PyYAML raises beside YAMLError where no value can be made: of 2027-02-30, `!!bool x` …"""


class DataError(Exception):
    """A text that is not YAML or not TOML, or that has more than this program reads."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line
        """The line in the text, counted from 1."""


# -- YAML ------------------------------------------------------------------------------------------


def load(text: str, loader: type[yaml.SafeLoader] = Loader, aliases: int = MOST_ALIASES) -> Any:
    """Return the value of a YAML document, made by `loader`; None if it is empty.

    There may be so many `aliases` in it. Raises DataError.
    """
    _look_through(text, aliases)
    try:
        return yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, text) from None
    except NO_VALUE as error:
        if digits := _DIGITS.search(text):
            line = line_at(text, digits.start())
            raise DataError("a number of more than 4,300 digits", line) from None
        reason = f"a date that is none: {error}" if _OF_DATES.match(str(error)) else "a wrong tag"
        raise DataError(reason, _line_without_value(text, loader)) from None


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML document, which know their places; None if it is empty.

    Raises DataError.
    """
    _look_through(text, HARMLESS)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, text) from None
    return node


def events(text: str, aliases: int = MOST_ALIASES) -> Iterator[tuple[yaml.Event, int]]:
    """Yield the events of a YAML document, each with the depth after it. Raises DataError."""
    yield from _events(text, aliases) if len(text) < _SHORT else _looked_at(text, aliases)


_SHORT = 10_000


@lru_cache(maxsize=16)  # of front matter: it is looked at, loaded, and searched for messages
def _events(text: str, aliases: int) -> tuple[tuple[yaml.Event, int], ...]:
    return tuple(_looked_at(text, aliases))


def _looked_at(text: str, aliases: int) -> Iterator[tuple[yaml.Event, int]]:
    """Yield the events of a document within the limits. Raises DataError."""
    if bad := NOT_YAML.search(text):
        line = line_at(text, bad.start())
        raise DataError(f"the character U+{ord(bad[0]):04X} is not allowed", line)
    anchors: set[str] = set()
    used = documents = depth = 0
    for event in _parsed(text):
        documents += isinstance(event, DocumentStartEvent)
        used += isinstance(event, AliasEvent)
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if documents > 1 or used > aliases or depth > DEEPEST:
            limits = f"more than {DEEPEST} levels, {aliases} aliases or one document"
            raise DataError(limits, line_of(event.start_mark))
        if isinstance(event, AliasEvent) and event.anchor not in anchors:
            raise DataError(f"no anchor &{event.anchor}", line_of(event.start_mark))
        if isinstance(event, NodeEvent) and event.anchor:
            anchors.add(event.anchor)
        yield event, depth


def line_of(mark: object) -> int:
    """Return the line, counted from 1, of a mark of PyYAML, which counts from 0."""
    return int(getattr(mark, "line", 0)) + 1


def _look_through(text: str, aliases: int) -> None:
    for _ in events(text, aliases):
        pass


def _parsed(text: str) -> Iterator[yaml.Event]:
    """Yield PyYAML's events, its errors as DataError."""
    try:
        yield from yaml.parse(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, text) from None
    except (ValueError, OverflowError) as error:  # "\UFFFFFFFF", without libyaml
        raise DataError(str(error), 1) from None


def _yaml_error(error: yaml.YAMLError, text: str) -> DataError:
    """Return an error of PyYAML; one at the end of the text is in the last line that has any."""
    reason = getattr(error, "problem", None) or " ".join(str(error).split())
    last = text.rstrip().count("\n") + 1
    return DataError(reason, min(line_of(getattr(error, "problem_mark", None)), last))


def _line_without_value(text: str, loader: type[yaml.SafeLoader]) -> int:
    """Return the line that no value can be made of; PyYAML does not say."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            yaml.load(line, Loader=loader)
        except yaml.YAMLError:
            continue
        except NO_VALUE:
            return number
    return 1


# -- TOML ------------------------------------------------------------------------------------------


def load_toml(text: str) -> dict[str, Any]:
    """Return the table that a TOML text is. Raises DataError."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))  # Windows Notepad begins with it
    except tomllib.TOMLDecodeError as error:
        raise DataError(str(error), _toml_line(error, text)) from None
    except RecursionError:
        deep = _BRACKETS.search(text)
        line = line_at(text, deep.start()) if deep else 1
        raise DataError(f"more than {DEEPEST} levels", line) from None
    except ValueError:
        digits = _DIGITS.search(text)
        line = line_at(text, digits.start()) if digits else 1
        raise DataError("a number of more than 4,300 digits", line) from None


def _toml_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line of an error of syntax. Before Python 3.14 only its message has it."""
    found = re.search(r"\bat line (\d+)", str(error))
    return int(found[1]) if found else max(1, len(text.splitlines()))
