"""Check the types of the values of mkdocs.yml, and leave out those that cannot be used.

MkDocs ends a build at the first wrong type, or a template or a plugin does so at each page. It is
the first of the three checks of mkdocs.yml that `core/config.py` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from handbook.press.markdown.addresses import is_readable

Fault = tuple[tuple[str | int, ...], str]
"""The keys of a value, and what is wrong with it."""


class List(NamedTuple):
    """A list whose items have a shape."""

    items: Any


class Address(str):
    """A text that can be read as an address, be it of a site or from a page."""

    __slots__ = ()


class OneOf(NamedTuple):
    """A value of one of several shapes."""

    shapes: tuple[Any, ...]


class With(NamedTuple):
    """A mapping that is of no use without one of its keys."""

    key: str
    shape: Any


_ANYTHING = object
_TEXTS = List(str)
_PALETTE = {"media": str, "scheme": str, "primary": str, "accent": str, "toggle": {"name": str}}
_THEME = {
    "name": str,
    "features": _TEXTS,
    "palette": OneOf((_PALETTE, List(_PALETTE))),
    "font": OneOf(({"text": str, "code": str}, bool)),
    "language": str,
    "direction": str,
    "locale": str,
    "custom_dir": str,
    "static_templates": _TEXTS,
}
_EXTRA = {
    "status": {},
    "social": List({"icon": str, "link": Address, "name": str}),
    "alternate": List({"name": str, "link": Address, "lang": str}),
    "analytics": {"feedback": {}},
    "consent": {"cookies": {}, "actions": _TEXTS},
    "tags": {},
    "version": OneOf(({}, str, int, float)),
    "homepage": Address,
    "generator": bool,
}
_PLUGINS = {"i18n": {"languages": List({})}}
_SHAPES = {
    "site_name": str,
    "site_url": str,
    "site_description": str,
    "site_author": str,
    "copyright": str,
    "repo_url": str,
    "repo_name": str,
    "edit_uri": str,
    "exclude_docs": str,
    "remote_branch": str,
    "theme": OneOf((_THEME, str)),
    "extra": _EXTRA,
    "extra_css": List(Address),
    "extra_javascript": List(OneOf((Address, With("path", Address)))),
    "extra_templates": _TEXTS,
    "watch": _TEXTS,
    "hooks": _TEXTS,
    "validation": {},
    "markdown_extensions": OneOf((List(OneOf((str, {}))), {})),
    "plugins": OneOf((List(OneOf((str, _PLUGINS))), _PLUGINS)),
}
_PROSE = {("site_name",), ("site_description",), ("site_author",), ("copyright",)}
"""What readers see as it is: a number there is meant as text."""
_WORDS = {
    str: "a text",
    Address: "an address",
    bool: "true or false",
    dict: "keys with values",
    List: "a list: [a, b]",
}
_OUT = object()
"""Stands for a value that is left out."""


def clean(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the values of mkdocs.yml that can be used, and what is wrong with the others."""
    faults: list[Fault] = []
    kept = _fitted(values, _SHAPES, (), faults)
    for key in ("site_url", "repo_url"):
        if key in kept and not _is_address(kept[key]):
            faults.append(((key,), f'"{key}: {shown(kept.pop(key))}" is no address; correct it'))
    if "theme" in values:
        kept.setdefault("theme", "material")
    if "nav" in kept:
        kept["nav"] = list(_nav(kept["nav"], ("nav",), faults))
    return kept, faults


def _is_address(text: str) -> bool:
    return is_readable(text) and not re.search(r"\s", text)


def _fitted(value: Any, shape: Any, keys: tuple[str | int, ...], faults: list[Fault]) -> Any:
    """Return what of a value has the shape; `_OUT` if nothing does."""
    options = shape.shapes if isinstance(shape, OneOf) else (shape,)
    for each in options:
        if each is _ANYTHING:
            return value
        if isinstance(each, dict) and isinstance(value, dict):
            return _fitted_keys(value, each, keys, faults)
        if isinstance(each, With) and isinstance(value, dict):
            kept = _fitted_keys(value, {each.key: each.shape}, keys, faults)
            return kept if each.key in kept or each.key not in value else _OUT
        if isinstance(each, List) and isinstance(value, list):
            items = (_fitted(v, each.items, (*keys, n), faults) for n, v in enumerate(value))
            return [item for item in items if item is not _OUT]
        if isinstance(each, type) and isinstance(value, each):
            return value
        if each is Address and isinstance(value, str) and is_readable(value):
            return value
    is_number = isinstance(value, (int, float, date)) and not isinstance(value, bool)
    if is_number and keys in _PROSE:
        fault = f'"{_name(keys)}{value}" is no text; put it between quotation marks'
        faults.append((keys, fault))
        return str(value)
    words = " or ".join(_WORDS[_kind(each)] for each in options)
    faults.append((keys, f'"{_name(keys)}{shown(value)}" cannot be used; write {words}'))
    return _OUT


def _fitted_keys(
    value: Mapping[Any, Any],
    shape: Mapping[str, Any],
    keys: tuple[str | int, ...],
    faults: list[Fault],
) -> dict[Any, Any]:
    """Return the keys of a mapping whose values have their shapes; those without one may be any."""
    kept = {}
    for key, each in value.items():
        if each is None and key in shape:
            continue  # as if it were not there
        fitted = _fitted(each, shape.get(key, _ANYTHING), (*keys, key), faults)
        if fitted is not _OUT:
            kept[key] = fitted
    return kept


def _kind(shape: Any) -> type:
    if isinstance(shape, (dict, With, List)):
        return List if isinstance(shape, List) else dict
    found: type = shape
    return found


def _name(keys: tuple[str | int, ...]) -> str:
    return f"{keys[-1]}: " if keys and isinstance(keys[-1], str) else ""


def shown(value: Any) -> str:
    """Return a value as a problem shows it."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:40]}…"


_NAV = 'write "- page.md", "- Title: page.md", or "- Title:" with a list below it'


def _nav(value: Any, keys: tuple[str | int, ...], faults: list[Fault]) -> Iterator[Any]:
    """Yield the items of a navigation, each a text or a mapping of one title, as MkDocs wants."""
    if value is None:
        return
    if isinstance(value, str) and len(keys) > 1 and is_readable(value):
        yield value
    elif isinstance(value, list):
        if len(keys) > 1 and isinstance(keys[-1], int):
            faults.append((keys, f"a list in a list of nav has no title; {_NAV}"))
        for number, each in enumerate(value):
            yield from _nav(each, (*keys, number), faults)
    elif isinstance(value, dict):
        if len(value) > 1 and len(keys) > 1:
            faults.append((keys, f"several titles are one item of nav; {_NAV}"))
        if len(keys) == 1 or isinstance(keys[-1], str):
            faults.append((keys, f"what is below a title of nav is no list; {_NAV}"))
        for title, each in value.items():
            yield from _section(title, each, (*keys, title), faults)
    else:
        faults.append((keys, f'"{shown(value)}" is no item of nav; {_NAV}'))


def _section(
    title: Any, value: Any, keys: tuple[str | int, ...], faults: list[Fault]
) -> Iterator[Any]:
    """Yield an item of nav with a title, if it can be used; what is wrong goes into `faults`."""
    if isinstance(value, str) and is_readable(value):
        yield {title: value}
    elif value is None:
        faults.append((keys, f'"{title}" of nav has nothing below it; {_NAV}'))
    elif found := list(_nav(value, keys, faults)):
        yield {title: found}
