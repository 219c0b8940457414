"""The languages in a mkdocs.yml: the text of the file with one more, or with one less."""

from __future__ import annotations

from pathlib import Path

import yaml

from handbook.bitext import files
from handbook.bitext.datafile import DataError
from handbook.bitext.project import yamledit

_KEYS = ("plugins", "i18n", "languages")
_DEEPEST = 5
"""How many files mkdocs.yml may inherit from, one after the other."""


def file_of(root: Path, name: str = "mkdocs.yml", depth: int = 0) -> str:
    """Return the file that lists the languages: `name`, or what that inherits from; "" if none."""
    text = files.read(root / name, name)
    if not isinstance(text, str) or depth > _DEEPEST:
        return ""
    try:
        if _listed(text):
            return name
        parent = yamledit.node_of(text, ["INHERIT"])
    except DataError:
        return ""
    if not isinstance(parent, yaml.ScalarNode):
        return ""
    return file_of(root, (Path(name).parent / parent.value).as_posix(), depth + 1)


def line_of(text: str) -> int:
    """Return the line that the list of languages begins in; 1 if there is none."""
    try:
        node = _listed(text)
    except DataError:
        return 1
    return node.start_mark.line + 1 if node else 1


def with_language(text: str, code: str, name: str) -> str:
    """Return `text` with a language after the others; unchanged if it lists none.

    Raises DataError.
    """
    return yamledit.with_item(text, _KEYS, {"locale": code, "name": name})


def without_language(text: str, code: str) -> str:
    """Return `text` without a language; unchanged if it does not list it. Raises DataError."""
    node = _listed(text)
    for number in range(len(node.value)) if node else ():
        item = (*_KEYS, str(number))
        locale = yamledit.node_of(text, (*item, "locale"))
        if isinstance(locale, yaml.ScalarNode) and locale.value == code:
            return yamledit.without(text, item)
    return text


def _listed(text: str) -> yaml.SequenceNode | None:
    """Return the node of the list of languages, if any is in it. Raises DataError."""
    node = yamledit.node_of(text, _KEYS)
    return node if isinstance(node, yaml.SequenceNode) and node.value else None
