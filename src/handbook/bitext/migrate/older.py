"""Read the options of mkdocs-static-i18n before 1.0, and write them as it wants them now.

Then languages were a mapping, and words of the navigation stood beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from handbook.bitext.migrate.languagelist import name_of
from handbook.bitext.project import yamlentries

_KEYS = ("plugins", "i18n")
_GONE = """default_language default_language_only languages material_alternate nav_translations
    search_reconfigure""".split()
"""The options of that plugin that stand elsewhere now, or are none any more."""


def renewed(options: Any) -> Any:
    """Return the options of the plugin i18n as they are written now."""
    if not isinstance(options, Mapping) or not isinstance(options.get("languages"), Mapping):
        return options
    kept = {key: value for key, value in options.items() if key not in _GONE}
    return {"docs_structure": "suffix", **kept, "languages": list(_listed(options))}


def _listed(options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the languages of such options, each with what is said of it, the default first."""
    given, words = options["languages"], options.get("nav_translations")
    codes = [code for code in map(str, given) if code != "default"]
    first = str(options.get("default_language") or next(iter(codes), "en"))
    for code in dict.fromkeys([first, *codes]):
        said = given.get(code)
        entry = dict(said) if isinstance(said, Mapping) else {"name": said}
        made = {"locale": code, "name": entry.get("name") or name_of(code)}
        made |= {key: value for key, value in entry.items() if key == "site_name"}
        made |= {"default": True} if code == first else {}
        if isinstance(words, Mapping) and words.get(code):
            made["nav_translations"] = words[code]
        yield made


def rewritten(text: str, options: Mapping[str, Any]) -> str:
    """Return the text of a file of settings with languages in a list, if it has a mapping.

    `options` are the renewed ones. What is said of words is left out: it becomes catalogs.
    """
    if not isinstance(yamlentries.node_of(text, [*_KEYS, "languages"]), yaml.MappingNode):
        return text
    if yamlentries.node_of(text, [*_KEYS, "docs_structure"]) is None:
        text = yamlentries.added(text, _KEYS, "docs_structure", options["docs_structure"])
    for key in _GONE:
        text = yamlentries.without(text, [*_KEYS, key])
    keys = ("locale", "name", "default")
    listed = [{key: each[key] for key in keys if key in each} for each in options["languages"]]
    return yamlentries.added(text, _KEYS, "languages", listed)
