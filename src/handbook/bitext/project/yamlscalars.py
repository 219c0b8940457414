"""Change single values in the text of a YAML file; comments and layout stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.page.segments import Span, replace
from handbook.bitext.problem import Problem

Keys = tuple[str, ...]


class Scalar(NamedTuple):
    """A string, number or other single value, or a key, and where it is in the text."""

    keys: Keys
    """The keys of the mappings it is in, outermost first; of a key, without itself."""
    value: str
    is_key: bool
    span: Span
    style: str
    """How it is written: "" plain, else `'`, `"`, `|` or `>`."""


def scalars(text: str) -> list[Scalar]:
    """Return all scalars of a YAML text, in order. Raises DataError."""
    node = datafile.compose(text)
    seen: set[int] = set()
    return list(_below(node, (), seen)) if node else []


def _below(
    node: yaml.Node, keys: Keys, seen: set[int], *, is_key: bool = False
) -> Iterator[Scalar]:
    """Yield the scalars in a node, which is below `keys`, in the order of the text."""
    if id(node) in seen:
        return  # an alias: the same node again
    seen.add(id(node))
    match node:
        case yaml.ScalarNode():
            span = node.start_mark.index, node.end_mark.index
            yield Scalar(keys, node.value, is_key, span, node.style or "")
        case yaml.SequenceNode():
            for each in node.value:
                yield from _below(each, keys, seen)
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _below(key, keys, seen, is_key=True)
                name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
                yield from _below(value, (*keys, name), seen)


def items(text: str) -> list[tuple[Scalar, Scalar | None]]:
    """Return the keys of the mapping that a YAML text is, with their values.

    None is a value that is no scalar, and that of a text that is no mapping. Raises DataError.
    """
    node = datafile.compose(text)
    found = node.value if isinstance(node, yaml.MappingNode) else [(node, None)] if node else []
    return [
        (_scalar(key) or Scalar((), "", True, (key.start_mark.index,) * 2, ""), _scalar(value))
        for key, value in found
    ]


def _scalar(node: yaml.Node | None) -> Scalar | None:
    return next(_below(node, (), set()), None) if isinstance(node, yaml.ScalarNode) else None


def changed(text: str, change: Callable[[Scalar], str | None]) -> str:
    """Return `text` with the value that `change` returns for each scalar; None leaves it.

    Raises DataError.
    """
    changes = [
        (each.span, _written(new, each, text))
        for each in scalars(text)
        if (new := change(each)) is not None and new != each.value
    ]
    return replace(text, changes)


def _written(value: str, scalar: Scalar, text: str) -> str:
    """Return a new value in the style in which the old one is written."""
    if scalar.style in ("|", ">"):
        old = text[slice(*scalar.span)]
        rows = dict(zip(scalar.value.splitlines(), value.splitlines(), strict=True))
        return "".join(_row(row, rows) for row in old.splitlines(keepends=True))
    if scalar.style == "'":
        return "'" + value.replace("'", "''") + "'"
    return plain(value) if not scalar.style else json.dumps(value, ensure_ascii=False)


def _row(row: str, new: dict[str, str]) -> str:
    words = row.strip()
    return row.replace(words, new[words]) if words in new else row


def plain(value: str) -> str:
    """Return `value` as a plain scalar, or in quotation marks if it would be read otherwise."""
    try:
        is_plain = datafile.load(f"{value}: 1") == {value: 1} and datafile.load(value) == value
    except DataError:
        is_plain = False
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def problem(error: DataError, name: str) -> Problem:
    """Return an error as the problem of the file `name`."""
    return Problem(name, error.line, f"is not YAML ({error}); correct the line")
