"""Find the line of a value in mkdocs.yml, or in a file that it inherits from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from handbook.bitext import datafile
from handbook.bitext.datafile import NO_VALUE, DataError
from handbook.bitext.files import read
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project.settings import MKDOCS, not_here

Keys = Sequence[str | int]
"""The keys and indexes that lead to a value, outermost first."""
_CURE = "correct the line or undo the last edit"


class Written(NamedTuple):
    """The YAML nodes of mkdocs.yml and the files it inherits from, each with its file's name."""

    files: tuple[tuple[str, yaml.Node | None], ...]

    def problem(self, keys: Keys, fault: str) -> Problem:
        """Return a problem at the line of a value: in the first file that has it, or part of it."""
        found = [(*_depth(node, keys), name) for name, node in self.files]
        depth, line, name = max(found, key=lambda each: each[0])
        return Problem(name, line if depth else 1, fault)

    def item(self, key: str, value: str, number: int, fault: str) -> Problem:
        """Return a problem at the line of the `number`th scalar `value` below a key."""
        for name, node in self.files:
            scalars = list(_scalars(_value(node, key), set()))
            lines = [each.start_mark.line + 1 for each in scalars if each.value == value]
            if lines:
                return Problem(name, lines[min(number, len(lines)) - 1], fault)
        return self.problem((key,), fault)

    def unreadable(self, reason: str) -> Problem:
        """Return a problem at the first scalar PyYAML cannot construct, or else `reason`."""
        for name, node in self.files:
            for scalar in _scalars(node, set()):
                try:
                    yaml.SafeLoader("").construct_object(scalar)
                except NO_VALUE:
                    fault = f'"{_shortened(scalar.value)}" cannot be read; {_QUOTE}'
                    return Problem(name, scalar.start_mark.line + 1, fault)
                except yaml.YAMLError:  # a tag that is MkDocs'
                    continue
        return Problem(MKDOCS, 1, f"{reason}; {_CURE}")


_QUOTE = "correct it, or put it between quotation marks"


def read_written(root: Path) -> Written:
    """Read mkdocs.yml in `root` and what it inherits from. Raises SettingsError."""
    files: list[tuple[str, yaml.Node | None]] = []
    path: Path | None = Path(MKDOCS)
    seen: set[Path] = set()
    while path:
        name = path.as_posix()
        if (root / path).resolve() in seen:
            raise SettingsError(
                Problem(MKDOCS, 1, f"inherits from itself, by {name}; take that out")
            )
        seen.add((root / path).resolve())
        node = _composed(root / path, name)
        files.append((name, node))
        parent = _value(node, "INHERIT")
        path = path.parent / parent.value if isinstance(parent, yaml.ScalarNode) else None
    return Written(tuple(files))


def _composed(file: Path, name: str) -> yaml.Node | None:
    """Return the YAML nodes of a file. Raises SettingsError."""
    text = read(file, name)
    if isinstance(text, Problem):
        is_here = file.exists() or name != MKDOCS
        raise SettingsError(text if is_here else not_here(file.parent, name))
    return _nodes(text, name)


@lru_cache(maxsize=8)
def _nodes(text: str, name: str) -> yaml.Node | None:
    """Return the YAML nodes of a text; whoever asks only reads them. Raises SettingsError."""
    try:
        node = datafile.compose(text)
    except DataError as error:
        raise SettingsError(Problem(name, error.line, f"is not YAML ({error}); {_CURE}")) from None
    if node is not None and not isinstance(node, yaml.MappingNode):
        fault = 'has no keys; write each setting as "key: value"'
        raise SettingsError(Problem(name, node.start_mark.line + 1, fault))
    return node


def _value(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    """Return the value at a key of a mapping or an index of a list, which may be written short.

    `plugins: [search, {i18n: …}]` has the plugin `i18n` too.
    """
    if isinstance(node, yaml.MappingNode):
        found = [value for name, value in node.value if str(name.value) == str(key)]
        return found[-1] if found else None
    if isinstance(node, yaml.SequenceNode):
        if isinstance(key, int):
            return node.value[key] if key < len(node.value) else None
        for each in node.value:
            if isinstance(each, yaml.ScalarNode) and each.value == key:
                return each
            if isinstance(each, yaml.MappingNode) and (found_here := _value(each, key)):
                return found_here
    return None


def _depth(node: yaml.Node | None, keys: Keys) -> tuple[int, int]:
    """Return how many of the keys lead to a node, and the line of the last one that does."""
    line = 1
    for depth, key in enumerate(keys):
        name = _name(node, key)
        node = _value(node, key)
        if node is None:
            return depth, line
        line = (name or node).start_mark.line + 1
    return len(keys), line


def _name(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    """Return the node of a key, whose line is that of the setting."""
    if isinstance(node, yaml.MappingNode):
        found = [name for name, _ in node.value if str(name.value) == str(key)]
        return found[-1] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(key, str):
        return next((name for each in node.value if (name := _name(each, key))), None)
    return None


def _scalars(node: yaml.Node | None, seen: set[int]) -> Iterator[yaml.ScalarNode]:
    """Yield the scalars below a node, each once: `seen` are the ids of nodes met before."""
    if node is None or id(node) in seen:
        return  # an alias: the same node again
    seen.add(id(node))
    match node:
        case yaml.ScalarNode():
            yield node
        case yaml.SequenceNode():
            for each in node.value:
                yield from _scalars(each, seen)
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _scalars(key, seen)
                yield from _scalars(value, seen)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
