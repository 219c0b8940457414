"""What one handbook asks of its own texts: the tables `[[tool.handbook.rules]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class HouseRule:
    """A rule of one handbook's own."""

    name: str
    """What it is called in problems."""
    cure: str
    """What to do about a text that breaks it."""
    pages: tuple[str, ...] = ("*",)
    """The pages that it is for, as patterns such as those of .gitignore: `["*", "!index.md"]`."""
    keys: tuple[str, ...] = ()
    """Keys that their front matter is to have."""
    always: str = ""
    """A regular expression that is to be found on each of them, in a line outside of code."""
    never: str = ""
    """One that is to be found on none of them."""
    translations: bool = False
    """Whether `never` is for translations of these pages too."""

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(self.pages)

    def is_for(self, path: str) -> bool:
        """Tell whether it is for the page at a path."""
        return self._spec.match_file(path)


def rule(table: Mapping[str, Any]) -> HouseRule:
    """Return a rule of a table that has no faults."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return HouseRule(**values)


def faults(tables: object) -> Iterator[str]:
    """Yield what is wrong with the tables of rules, and how to correct it."""
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        yield "rules is not a list of tables; write [[tool.handbook.rules]] above each"
        return
    names = [table.get("name") for table in tables]
    for number, (name, table) in enumerate(zip(names, tables, strict=True)):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            yield 'a rule has no name of small letters; write such as name = "next-steps"'
        elif name in names[:number]:
            yield f"the rule {name} is there twice; give one of them another name"
        else:
            yield from (f"the rule {name}: {fault}" for fault in _faults(table))


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the table of a rule that has a name."""
    known = {field.name: field.type for field in fields(HouseRule)}
    yield from (f"{key} is not a setting; take it out" for key in table.keys() - known.keys())
    if not isinstance(table.get("cure"), str):
        yield 'says no cure; write cure = "what to do"'
    if not {"keys", "always", "never"} & table.keys():
        yield "asks for nothing; write keys, always or never"
    for key in ("pages", "keys"):
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            yield f'{key} is not a list of texts; write {key} = ["one", "two"]'
        elif key == "pages" and (wrong := next(filter(_is_unreadable, value), None)) is not None:
            yield f'pages has no pattern in "{wrong}"; write such as pages = ["*", "!/index.md"]'
    for key in ("always", "never"):
        if fault := _pattern_fault(table.get(key, "")):
            yield f"{key} {fault}"
    if not isinstance(table.get("translations", False), bool):
        yield "translations is neither true nor false; write one of the two"


def _is_unreadable(pattern: str) -> bool:
    """Tell whether git would not take a pattern for a line of .gitignore."""
    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return True
    return False


_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _pattern_fault(value: object) -> str:
    """Return what is wrong with a regular expression, and how to correct it; "" if nothing is."""
    if not isinstance(value, str):
        return "is not text; put it between '…'"
    try:
        re.compile(value)
    except re.error as error:
        return f"is no regular expression ({error}); correct it"
    return ""
