"""The YAML at the top of a page: which of its values people read, and how to write them back.

PyYAML's events say where each value is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from handbook.bitext import datafile
from handbook.bitext.datafile import NOT_YAML, DataError
from handbook.bitext.page.segments import Span

# MkDocs: mkdocs.utils.meta.YAML_RE
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(.*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
# MkDocs takes lines like `Title: text` at the top of a page without YAML for the same (META_RE).
_ENDS_LINE = r"(?:\r\n?|\n|\Z)"
_OLD_VALUE = rf"[ ]{{0,3}}(?P<key>[\w-]+):[^\S\r\n]*(?P<value>[^\r\n]*){_ENDS_LINE}"
_OLD_MORE = rf"(?:[ ]{{4}}|\t)[^\S\r\n]*[^\s][^\r\n]*{_ENDS_LINE}"
_OLD_LINE = re.compile(rf"{_OLD_VALUE}(?P<more>(?:{_OLD_MORE})*)", re.ASCII)
_BLANK_LINE = re.compile(rf"[^\S\r\n]*{_ENDS_LINE}")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n\x85\u2028\u2029]\s*")
_LETTER = re.compile(r"[^\W\d_]")
_NO_TEXT = frozenset("true false yes no on off null none".split())
_STRING = "tag:yaml.org,2002:str"
_STYLES = {"'": "single", '"': "double"}
_RESOLVER = yaml.resolver.Resolver()


class Value(NamedTuple):
    """A value that people read."""

    message: str
    """Its text, line breaks made into spaces."""
    span: Span
    """Where it is on the page, quotation marks included."""
    style: str
    """`plain`, `flow` (plain, in a list in brackets), `single`, `double`, or `block:` and the
    indentation."""


def read(text: str, keys: tuple[str, ...]) -> tuple[int, list[Value]]:
    """Read the front matter of a page.

    Returns the offset where the body begins, and the values of `keys` that have words, in order.
    There are no values where it is not YAML: `load` says why.
    """
    match = _FRONT.match(text, _start(text))
    if not match:
        return _multimarkdown(text, _start(text), keys)
    try:
        values = list(_values(text, match.start() + 3, match.end(1), keys)) if match[1] else []
    except DataError:
        values = []
    return match.end(), values


def end(text: str) -> int:
    """Return the offset where a page's body begins: after front matter, or a byte order mark."""
    match = _FRONT.match(text, _start(text))
    if match:
        return match.end()
    return _multimarkdown(text, _start(text), ())[0]


def _multimarkdown(text: str, start: int, keys: tuple[str, ...]) -> tuple[int, list[Value]]:
    """Read front matter as MultiMarkdown writes it, `Title: text`, a line each.

    Returns what `read` does; a value that goes on in the next line is not read.
    """
    place, found = start, list[Value]()
    while match := place < len(text) and _OLD_LINE.match(text, place):
        words = match["value"].rstrip()
        if match["key"].lower() in keys and not match["more"] and _is_text(words):
            first = match.start("value")
            found.append(Value(words, (first, first + len(words)), "block:"))
        place = match.end()
    if place > start and (blank := _BLANK_LINE.match(text, place)):
        place = blank.end()
    return place, found


_OLD_KEYS = frozenset(
    """author authors canonical_url copyright description hide icon keywords license nav_title
    redirect_to robots subtitle summary tags template title""".split()
)
"""What the first line of front matter that is meant as such begins with, where it is not YAML."""


def hidden(text: str, keys: tuple[str, ...]) -> tuple[int, str] | None:
    """Return the offset and the text of a first line that MkDocs would hide; None if none.

    MkDocs takes it for front matter though its author meant it to be read: at the top of a page,
    any line such as `Note: read it`, `10:30 Doors open` or an address. A line that begins with a
    title or another known key is meant as front matter.
    """
    start = _start(text)
    match = None if _FRONT.match(text, start) else _OLD_LINE.match(text, start)
    if match is None or match["key"].lower() in _OLD_KEYS.union(keys):
        return None
    return match.start("key"), text[match.start("key") : match.end("value")].rstrip()


def load(text: str) -> object:
    """Return what the front matter of a page holds, as Python values; None if it is empty.

    Raises DataError, whose line is that of the page.
    """
    match = _FRONT.match(text, _start(text))
    return datafile.load(text[match.start() + 3 : match.end(1)]) if match and match[1] else None


class Written(NamedTuple):
    """A key of the front matter with its value as it is written."""

    key: str
    value: str | None
    """None for what stands in quotation marks, and for lists and the like."""
    line: int
    """The line on the page."""


def written(text: str) -> list[Written]:
    """Return the keys of a page's front matter, in order; none where `load` raises an error."""
    match = _FRONT.match(text, _start(text))
    front = text[match.start() + 3 : match.end(1)] if match and match[1] else ""
    try:
        events = [event for event, depth in datafile.events(front) if depth == 1]
    except DataError:
        return []
    if not events or not isinstance(events[0], MappingStartEvent):
        return []
    return [
        Written(key.value, _plain_value(value), datafile.line_of(key.start_mark))
        for key, value in zip(events[1::2], events[2::2], strict=True)
        if isinstance(key, ScalarEvent)
    ]


def _plain_value(event: yaml.Event) -> str | None:
    is_plain = isinstance(event, ScalarEvent) and not event.style and event.tag is None
    return event.value if is_plain else None  # type: ignore[attr-defined]  # of a scalar


def write(value: str, style: str) -> str:
    """Write `value` as a YAML scalar that reads back as the same text, in `style` if possible.

    Characters that YAML does not allow are left out.
    """
    value = " ".join(NOT_YAML.sub("", value).split())
    if style.startswith("block:"):
        return value
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    if style in ("plain", "flow") and _is_plain(value, style):
        return value
    return json.dumps(value, ensure_ascii=False)


def _start(text: str) -> int:
    """Return the offset after a byte order mark."""
    return 1 if text.startswith("\ufeff") else 0


def _is_plain(value: str, style: str) -> bool:
    """Tell whether `value` reads back as the same text without quotation marks."""
    if not _is_text(value):
        return False
    text = f"key: [{value}]" if style == "flow" else f"key: {value}"
    try:
        found = list(_values(text, 0, len(text), ("key",)))
    except DataError:
        return False
    return [(each.message, each.style) for each in found] == [(value, style)]


def _is_text(value: str) -> bool:
    return bool(_LETTER.search(value)) and value.lower() not in _NO_TEXT


def _values(text: str, start: int, end: int, keys: tuple[str, ...]) -> Iterator[Value]:
    """Yield the values of `keys` in the YAML between two offsets."""
    for scalar, in_brackets in _scalars(text[start:end], keys):
        value = _value(text, start, scalar)
        if value and in_brackets and value.style == "plain":
            value = value._replace(style="flow")
        if value and _is_text(value.message) and not NOT_YAML.search(value.message):
            yield value


def _scalars(front: str, keys: tuple[str, ...]) -> list[tuple[ScalarEvent, bool]]:
    """Return the strings under `keys`, in order, of the mapping that `front` is.

    `hero.text` is the key `text` in the mapping, or in each mapping of a list, under `hero`. Each
    string is returned with whether it stands in brackets. A mapping in braces has none: the values
    in it are quoted by other rules.
    """
    strings = [
        (event, in_brackets)
        for name, event, in_brackets in _all(front)
        if name in keys and _is_string(event)
    ]
    return sorted(strings, key=lambda each: _span(each[0]))


def nested(text: str) -> list[str]:
    """Return the keys below others in a page's front matter that have several words, with dots.

    None where `load` raises an error.
    """
    match = _FRONT.match(text, _start(text))
    try:
        leaves = list(_all(match[1] or "")) if match else []
    except DataError:
        return []
    found = (name for name, event, _ in leaves if _is_string(event) and " " in event.value.strip())
    return [name for name in dict.fromkeys(found) if "." in name and ".." not in name]


_STARTS = (MappingStartEvent, SequenceStartEvent)
_Leaf = tuple[str, yaml.Event, bool]
"""The keys above a value, with dots between them; the value, and whether it stands in brackets."""
_NOWHERE = "."
"""The keys above what is not read."""


def _all(front: str) -> Iterator[_Leaf]:
    """Yield the values of the mapping that `front` is. Raises DataError."""
    events = (event for event, _ in datafile.events(front))
    root = next((each for each in events if isinstance(each, (ScalarEvent, *_STARTS))), None)
    if isinstance(root, MappingStartEvent):
        yield from _leaves(events, root, "")


def _leaves(events: Iterator[yaml.Event], first: yaml.Event | None, name: str) -> Iterator[_Leaf]:
    """Yield the values in the node below `name` that begins with `first`, before `events`."""
    is_flow = isinstance(first, _STARTS) and bool(first.flow_style)
    if isinstance(first, _STARTS) and first.anchor is not None:
        name = _NOWHERE
    if isinstance(first, MappingStartEvent):
        for leaves in _entries(events, _NOWHERE if is_flow else name).values():
            yield from leaves
    elif isinstance(first, SequenceStartEvent):
        while not isinstance(item := next(events), SequenceEndEvent):
            within = _NOWHERE if isinstance(item, SequenceStartEvent) else name
            yield from ((*leaf[:2], leaf[2] or is_flow) for leaf in _leaves(events, item, within))
    elif first:
        yield name, first, False


def _entries(events: Iterator[yaml.Event], name: str) -> dict[str, list[_Leaf]]:
    """Return what each key has of a mapping; of one that is there twice MkDocs takes the last."""
    found: dict[str, list[_Leaf]] = {}
    while not isinstance(key := next(events), MappingEndEvent):
        words = key.value if isinstance(key, ScalarEvent) else _NOWHERE
        if isinstance(key, _STARTS):
            list(_leaves(events, key, _NOWHERE))
        found[words] = list(_leaves(events, next(events), f"{name}.{words}" if name else words))
    return found


def _is_string(event: yaml.Event) -> TypeGuard[ScalarEvent]:
    """Tell whether a value is a string that nothing else refers to."""
    if not isinstance(event, ScalarEvent) or event.anchor is not None or event.tag is not None:
        return False
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # of PyYAML
    return tag == _STRING


def _span(event: yaml.Event) -> Span:
    """Return the offsets between which an event is in the YAML."""
    assert event.start_mark
    assert event.end_mark
    return event.start_mark.index, event.end_mark.index


def _value(text: str, start: int, scalar: ScalarEvent) -> Value | None:
    """Return what a scalar says and where; None for a block with blank lines in it."""
    first, last = _span(scalar)
    span = (start + first, start + last)
    if scalar.style in ("|", ">"):
        return _block(text, *span)
    message = _LINE_BREAK.sub(" ", scalar.value)
    return Value(message, span, _STYLES.get(scalar.style or "", "plain"))


def _block(text: str, header: int, end: int) -> Value | None:
    """Return the value of a block scalar, whose first line (`>-`) is at offset `header`."""
    start = text.find("\n", header, end) + 1
    content = text[start:end].rstrip() if start else ""
    rows = content.split("\n")
    if not all(row.strip() for row in rows):
        return None
    lead = content[: len(content) - len(content.lstrip())]
    message = " ".join(row.strip() for row in rows)
    return Value(message, (start + len(lead), start + len(content)), "block:" + lead)
