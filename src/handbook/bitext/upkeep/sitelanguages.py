"""The languages in a mkdocs.yml: the text of the file with one more, or with one less."""

from __future__ import annotations

from pathlib import Path

import yaml

from handbook.bitext import files
from handbook.bitext.datafile import DataError
from handbook.bitext.project import settings, yamlentries

_KEYS = ("plugins", "i18n", "languages")


def file_of(root: Path) -> str:
    """Return the file that lists the languages: mkdocs.yml, or what that inherits from; or ""."""
    for name in settings.inherited_files(root):
        text = files.read(root / name, name)
        try:
            if isinstance(text, str) and _listed(text):
                return name
        except DataError:
            return ""
    return ""


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
    return yamlentries.with_item(text, _KEYS, {"locale": code, "name": name})


def without_language(text: str, code: str) -> str:
    """Return `text` without a language; unchanged if it does not list it. Raises DataError."""
    node = _listed(text)
    for number in range(len(node.value)) if node else ():
        item = (*_KEYS, str(number))
        locale = yamlentries.node_of(text, (*item, "locale"))
        if isinstance(locale, yaml.ScalarNode) and locale.value == code:
            return yamlentries.without(text, item)
    return text


def _listed(text: str) -> yaml.SequenceNode | None:
    """Return the node of the list of languages, if any is in it. Raises DataError."""
    node = yamlentries.node_of(text, _KEYS)
    return node if isinstance(node, yaml.SequenceNode) and node.value else None
