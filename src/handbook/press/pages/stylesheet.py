"""Put what a style sheet says of a drawing's elements into their attributes.

Mermaid's diagrams come with a style sheet. With its rules as attributes a drawing needs none, and
is the same on a page, in an e-book and in print. Known are the selectors that Mermaid writes: names
of elements, classes, ids and attributes, one in another or a child of it; other rules are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

PROPERTIES = frozenset(
    "fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap opacity "
    "font-size font-weight font-style text-anchor dominant-baseline display visibility "
    "marker-start marker-end".split()
)
"""What of a style sheet can stand as attributes of SVG."""

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_STEPS = re.compile(r"\s*(>)\s*|\s+")
_SIMPLE = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)|\.(?P<cls>[\w-]+)|\#(?P<id>[\w-]+)
    |\[(?P<key>[\w-]+)(?:(?P<how>[$^*]?)=["']?(?P<value>[^"'\]]*)["']?)?\]""",
    re.VERBOSE,
)

Test = tuple[str, str, str]
"""What an element has to have: an attribute ("" is its name), how its value fits, the value."""


class Rule(NamedTuple):
    """What a style sheet says of the elements that fit a selector."""

    rank: tuple[int, int, int, int]
    """Important, ids, classes and names: of two rules, the higher is obeyed."""
    steps: tuple[tuple[bool, tuple[Test, ...]], ...]
    """What an element is, then what it is in; whether this is its parent."""
    properties: dict[str, str]


def apply(svg: ET.Element, css: str) -> None:
    """Set the attributes of all elements of a drawing by a style sheet, and by their own styles."""
    rules = sorted(_rules(css), key=lambda rule: rule.rank)
    _apply(svg, [], rules)


def own(element: ET.Element) -> dict[str, str]:
    """Return what an element's own style says of it, as attributes."""
    style = element.get("style", "")
    return {**dict(_declared(style)), **dict(_declared(style, important=True))}


def _apply(element: ET.Element, around: list[ET.Element], rules: Sequence[Rule]) -> None:
    """Set the attributes of an element, and of all in it; `around` has what it is in."""
    own = dict(_declared(element.attrib.pop("style", "")))
    found: dict[str, str] = {}
    for rule in rules:
        if _fits(rule.steps, element, around):
            is_strong = rule.rank[0] > 0
            found |= {k: v for k, v in rule.properties.items() if is_strong or k not in own}
    element.attrib.update(own | found)
    for child in element:
        _apply(child, [*around, element], rules)


def _rules(css: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet, those with an important property twice."""
    for selectors, body in _RULE.findall(_AT_RULE.sub("", css)):
        strong = dict(_declared(body, important=True))
        plain = dict(_declared(body))
        for selector in selectors.split(","):
            if steps := _steps(selector.strip()):
                tests = [test for _, tested in steps for test in tested]
                ids = sum(key == "id" and how == "=" for key, how, _ in tests)
                names = sum(not key for key, _, _ in tests)
                rank = ids, len(tests) - ids - names, names
                yield Rule((0, *rank), steps, plain)
                if strong:
                    yield Rule((1, *rank), steps, strong)


def _declared(body: str, *, important: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the properties of a rule that can be attributes, the important ones or the others."""
    for each in body.split(";"):
        name, _, value = each.partition(":")
        value, mark, _ = value.partition("!important")
        if name.strip() in PROPERTIES and value.strip() and bool(mark) == important:
            yield name.strip(), value.strip()


def _steps(selector: str) -> tuple[tuple[bool, tuple[Test, ...]], ...]:
    """Return the steps of a selector, from the element outwards; none if it is not understood."""
    found: list[tuple[bool, tuple[Test, ...]]] = []
    is_parent = False
    for part in filter(None, _STEPS.split(selector)):
        if part == ">":
            is_parent = True
        elif _SIMPLE.sub("", part):
            return ()
        else:
            found.append((is_parent, tuple(_tests(part))))
            is_parent = False
    return tuple(
        (inner[0], outer[1])
        for inner, outer in zip([(True, ()), *reversed(found)], reversed(found), strict=False)
    )


def _tests(part: str) -> Iterator[Test]:
    """Yield what an element has to have to fit a part of a selector, such as `rect.actor`."""
    for simple in _SIMPLE.finditer(part):
        if tag := simple["tag"]:
            if tag != "*":
                yield "", "=", tag
        elif simple["cls"]:
            yield "class", "~", simple["cls"]
        elif simple["id"]:
            yield "id", "=", simple["id"]
        else:
            how = f"{simple['how']}=" if simple["value"] is not None else ""
            yield simple["key"], how, simple["value"] or ""


def _fits(
    steps: Sequence[tuple[bool, tuple[Test, ...]]], element: ET.Element, around: list[ET.Element]
) -> bool:
    """Tell whether an element fits the steps of a selector."""
    (_, tests), *rest = steps
    if not all(_has(element, *test) for test in tests):
        return False
    if not rest:
        return True
    outer = around[-1:] if rest[0][0] else around
    return any(
        _fits(rest, each, around[:place])
        for place, each in enumerate(around)
        if any(each is one for one in outer)
    )


def _has(element: ET.Element, key: str, how: str, value: str) -> bool:
    """Tell whether an element has an attribute whose value fits; its name if `key` is ""."""
    given = element.tag.rpartition("}")[2] if not key else element.get(key)
    if given is None:
        return False
    match how:
        case "=":
            return given == value
        case "~":
            return value in given.split()
        case "$=":
            return given.endswith(value)
        case "^=":
            return given.startswith(value)
        case "*=":
            return value in given
    return True
