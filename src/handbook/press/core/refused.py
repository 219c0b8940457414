"""Read what MkDocs says of a setting that it refuses, and leave the setting out.

The second of the three checks of mkdocs.yml that `config` names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_OPTION = re.compile(r"Plugin '(?:[\w-]+/)?([\w-]+)' option '(\w+)': (.*)", re.DOTALL)
_PLUGIN = re.compile(
    r"(?:Invalid config options for the|The) [\"'](?:[\w-]+/)?([\w-]+)[\"'] plugin"
)
_EXTENSION = re.compile(
    r"(?:Failed to load extension|Invalid config options for Markdown Extension) '([^']+)'"
)
_TYPE = re.compile(r"<class '(\w+)'>")
_OF_THEME = ("custom_dir", "locale")
"""The settings of the theme that MkDocs checks, each as its messages name it."""
_NEEDED = ("bitext", "i18n")
"""The plugins without which there is no site."""
_OPTIONAL = frozenset(
    """site_url site_description site_author copyright repo_url repo_name edit_uri nav extra
    extra_css extra_javascript extra_templates exclude_docs draft_docs not_in_nav validation watch
    strict dev_addr remote_branch remote_name use_directory_urls""".split()
)
"""The settings that have a default."""


@dataclass(frozen=True)
class Refused:
    """What MkDocs says of a setting."""

    setting: str
    """The name of the setting, at the top of mkdocs.yml."""
    message: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the value that is meant, as far as the message names them."""
        if option := _OPTION.match(self.message):
            return (self.setting, option[1], option[2])
        found = _PLUGIN.match(self.message) or _EXTENSION.match(self.message)
        return (self.setting, found[1]) if found else (self.setting,)

    @property
    def fault(self) -> str:
        """What is wrong, in one line, and the cure."""
        option = _OPTION.match(self.message)
        rows = (option[3] if option else self.message).strip().split("\n")
        if len(rows) > 1:  # an exception: its last line is the reason
            rows = [f"{rows[0].rstrip('.')} ({rows[-1].strip()})"]
        text = _TYPE.sub(r"\1", " ".join(rows[0].split()).rstrip("."))
        return f"{'.'.join(self.keys)}: {text}; correct it or take it out"

    def leave_out(self, values: dict[str, Any]) -> bool:
        """Take the value out of `values`; tell whether a site can do without it."""
        if self.setting in _OPTIONAL:
            return values.pop(self.setting, None) is not None
        theme = values.get("theme")
        if self.setting == "theme" and isinstance(theme, dict):
            return any(theme.pop(key, None) for key in _OF_THEME if key in self.message)
        if self.setting in ("plugins", "markdown_extensions") and len(self.keys) > 1:
            values[self.setting], is_out = _without(values.get(self.setting), self.keys[1:])
            return is_out
        return False


def _without(listed: Any, keys: tuple[str, ...]) -> tuple[Any, bool]:
    """Return a list of plugins or extensions without an option of one, its options, or itself."""
    name, *options = keys
    made: list[Any] = []
    is_out = False
    items = listed.items() if isinstance(listed, dict) else map(_item, listed or ())
    for key, given in items:
        if key != name or is_out:
            made.append({key: given})
        elif isinstance(given, dict) and options and options[0] in given:
            made.append({key: {k: v for k, v in given.items() if k != options[0]}})
            is_out = key != "i18n"
        elif given and not options:
            made.append({key: {}})
            is_out = key != "i18n"
        elif not options and key not in _NEEDED:
            is_out = True
        else:
            made.append({key: given})
    return made, is_out


def _item(item: Any) -> tuple[Any, Any]:
    """Return the name and the options of an item: `name`, or `{name: options}`."""
    return next(iter(item.items()), ("", {})) if isinstance(item, dict) else (item, {})
