"""Describe the Markdown settings of a site in text: builds keep what was rendered with the same.

Only what is known to make the same HTML of the same text, each time, can be kept. An extension that
is not known may run programs, or read other files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from types import BuiltinFunctionType, FunctionType

from mkdocs.config.defaults import MkDocsConfig

_BASIC = frozenset(
    """abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs
    legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks""".split()
)
"""The extensions that come with Python-Markdown."""
_KNOWN = ("markdown.", "pymdownx.", "handbook.press.markdown.", "material.extensions.")
_READING = ("pymdownx.b64", "pymdownx.pathconverter")
"""Extensions that read other files than the page, or look where it is."""
_PASSED_OVER = {"pymdownx.snippets": frozenset(["base_path", "check_paths", "dedent_subsections"])}
"""Options that change nothing on a page that includes nothing; those pages are not kept."""
_NAMING_FILES = frozenset(["auto_append", "custom_icons"])
"""Options, of an extension or of its functions, that name files which pages show."""


class _UnknownError(Exception):
    """The error that a setting may mean anything."""


def described(config: MkDocsConfig, besides: Iterable[str] = ()) -> str | None:
    """Return the Markdown extensions of a site and their options; None if not all are known.

    Options of the extensions `besides` are left out: who calls knows what they are.
    """
    names, options = list(config.markdown_extensions), dict(config.mdx_configs)
    try:
        return "\n".join(
            f"{name} {_of(_options(name, {} if name in besides else options.get(name) or {}))}"
            for name in map(_known, names)
        )
    except _UnknownError:
        return None


def _known(extension: object) -> str:
    """Return the name of an extension. Raises _UnknownError if it is not known."""
    name = str(extension) if isinstance(extension, str) else ""
    if name in _READING or not (name in _BASIC or name.startswith(_KNOWN)):
        raise _UnknownError
    return name


def _options(name: str, options: Mapping[str, object]) -> Mapping[str, object]:
    """Return the options that make a difference. Raises _UnknownError if they name files."""
    inner = options.get("options")
    for each in (options, inner if isinstance(inner, dict) else {}):
        if any(map(each.get, _NAMING_FILES)):
            raise _UnknownError
    over = _PASSED_OVER.get(name, frozenset())
    return {key: value for key, value in options.items() if key not in over}


def _of(value: object) -> str:
    """Return a value as text. Raises _UnknownError if it is neither plain nor a known function."""
    match value:
        case None | bool() | int() | float() | str():
            return repr(value)
        case list() | tuple():
            return f"[{', '.join(map(_of, value))}]"
        case dict():
            return f"{{{', '.join(sorted(f'{_of(k)}: {_of(v)}' for k, v in value.items()))}}}"
        case partial():
            return f"{_of(value.func)}({_of(value.args)}, {_of(value.keywords)})"
        case FunctionType() | BuiltinFunctionType() if (value.__module__ or "").startswith(_KNOWN):
            return f"{value.__module__}.{value.__qualname__}"
    raise _UnknownError
