"""Give options back to plugins that put something else into their place, in each language again.

Such a plugin reads its options as they are in mkdocs.yml, and finds what it has made of them for
the language before.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

Given = Mapping[str, Any]
"""Options by their names, those of a plugin below its name in mkdocs.yml."""


def options(config: MkDocsConfig) -> Given:
    """Return the options of all plugins, as they are before any has run; hooks have none."""
    named = ((name, getattr(each, "config", None)) for name, each in config.plugins.items())
    return {name: _copied(each) for name, each in named if isinstance(each, Mapping)}


def put_back(given: Given, config: MkDocsConfig) -> None:
    """Give each option that has become another kind of value its own again."""
    for name, values in given.items():
        _restore(config.plugins[name].config, values)


def _copied(values: Mapping[str, Any]) -> Given:
    return {
        key: _copied(value) if isinstance(value, Mapping) else value
        for key, value in values.items()
    }


def _restore(values: MutableMapping[str, Any], given: Given) -> None:
    for key, value in given.items():
        now = values.get(key)
        if isinstance(now, MutableMapping) and isinstance(value, Mapping):
            _restore(now, value)
        elif value is not None and type(now) is not type(value):
            values[key] = value
