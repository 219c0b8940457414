"""Put settings into the text of a mkdocs.yml, or take them out; all the rest stays as it is.

The text is changed at the positions that PyYAML gives: a program that writes the whole file anew
would change quotation marks, blank lines and tags such as `!ENV`.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError

Keys = Sequence[str]


def with_entries(text: str, key: str, entries: Mapping[str, Any], before: str = "") -> str:
    """Return `text` with entries added to the list or mapping of a top-level key such as `plugins`.

    They stand at its end, or `before` the entry of that name, if it is there. The list may be
    written in any form: block, flow, with nothing in it, or not at all. Raises DataError.
    """
    pair = _pair(text, key)
    if pair is None:
        return _appended(text, f"{key}:\n{_block_items(entries, 2)}")
    value = pair[1]
    if isinstance(value, yaml.ScalarNode) or not value.value:
        start, end = pair[0].end_mark.index, max(pair[0].end_mark.index, value.end_mark.index)
        return text[:start] + ":" + _own(text, "\n" + _block_items(entries, 2)[:-1]) + text[end:]
    follower = next((first for _, first, _ in _entries(value, before)), None)
    if value.flow_style:
        return _in_flow(text, value, entries, follower)
    column = value.start_mark.column
    is_list = isinstance(value, yaml.SequenceNode)
    new = _block_items(entries, column) if is_list else _block_keys(entries, column)
    if follower:
        return _inserted(text, text.rfind("\n", 0, follower.start_mark.index) + 1, new)
    return _inserted(text, _line_end(text, _last(value)), new)


def without(text: str, keys: Keys) -> str:
    """Return `text` without what `keys` lead to, comments after it on its lines included.

    A key of a list is the number of an item, or the name of a plugin. Raises DataError.
    """
    found = _find(text, keys)
    if found is None:
        return text
    holder, first, last = found
    start, end = first.start_mark.index, _last(last)
    if holder.flow_style:
        return _less_in_flow(text, start, end)
    if isinstance(holder, yaml.SequenceNode):
        return text[: _item_start(text, first)] + text[_item_end(text, first) :]
    start = text.rfind("\n", 0, start) + 1
    before = text[start : first.start_mark.index]
    if before.strip():  # the first key after the dash of a list
        rest = text[_line_end(text, end) :]
        follows = re.match(r"(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*", rest)
        taken = follows.end() if follows and len(holder.value) > 1 else 0
        kept = before if len(holder.value) > 1 else f"{before}{{}}\n"
        return text[:start] + kept + rest[taken:]
    if len(holder.value) == 1:
        return text[: first.start_mark.index] + "{}\n" + text[_line_end(text, end) :]
    return text[:start] + text[_line_end(text, end) :]


def replaced(text: str, keys: Keys, value: Any) -> str:
    """Return `text` with another value, in flow form, for what `keys` lead to, if it is there."""
    found = _find(text, keys)
    if found is None:
        return text
    holder, first, last = found
    if isinstance(holder, yaml.SequenceNode):
        return text[: last.start_mark.index] + flow(value) + text[_last(last) :]
    return text[: first.end_mark.index] + ": " + flow(value) + text[_last(last) :]


def added(text: str, keys: Keys, key: str, value: Any) -> str:
    """Return `text` with a key more in the mapping that `keys` lead to, after its others."""
    found = _find(text, keys)
    node = found[2] if found else datafile.compose(text)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return text
    if node.flow_style:
        return _in_flow(text, node, {key: value})
    column = node.value[0][0].start_mark.column
    row = f"{' ' * column}{flow(key)}: {flow(value)}\n"
    return _inserted(text, _line_end(text, _last(node)), row)


def block(text: str, keys: Keys) -> str:
    """Return the lines of what `keys` lead to, without the indent that they share."""
    found = _find(text, keys)
    if found is None:
        return ""
    start, end = found[2].start_mark.index, _last(found[2])
    if isinstance(found[2], yaml.ScalarNode) or found[2].flow_style:
        rows = text[start:end]
    else:
        start = text.rfind("\n", 0, start) + 1
        rows = textwrap.dedent(text[start : _line_end(text, end)].rstrip())
    return rows.replace("\r\n", "\n") + "\n"


def with_block(text: str, key: str, rows: str) -> str:
    """Return `text` with a top-level key after all others; `rows` are the lines of its value."""
    if rows.startswith(("[", "{")):
        return _appended(text, f"{key}: {rows}")
    return _appended(text, f"{key}:\n{textwrap.indent(rows, '  ')}")


def with_item(text: str, keys: Keys, value: Mapping[str, Any]) -> str:
    """Return `text` with an item more in the list that `keys` lead to, in the form of its last one.

    Unchanged if there is no such list, or nothing in it. Raises DataError.
    """
    node = node_of(text, keys)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return text
    last = node.value[-1]
    if node.flow_style:
        return _more_in_flow(text, node, flow(value))
    start = _item_start(text, last)
    margin = text[start : text.index("-", start)]
    if isinstance(last, yaml.MappingNode) and not last.flow_style:
        rows = _block_keys(value, len(margin) + 2)
        return _inserted(text, _item_end(text, last), f"{margin}- {rows.lstrip()}")
    return _inserted(text, _item_end(text, last), f"{margin}- {flow(value)}\n")


def node_of(text: str, keys: Keys) -> yaml.Node | None:
    """Return the node of what `keys` lead to, with its place in the text. Raises DataError."""
    found = _find(text, keys)
    return found[2] if found else None


def _pair(text: str, key: str) -> tuple[yaml.Node, Any] | None:
    """Return the nodes of a top-level key and its value."""
    node = datafile.compose(text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((pair for pair in pairs if pair[0].value == key), None)


def _find(text: str, keys: Keys) -> tuple[Any, Any, Any] | None:
    """Return the node that holds what `keys` lead to, and the first and the last node of that."""
    node: Any = datafile.compose(text)
    found = None
    for key in keys:
        found = next(_entries(node, key), None)
        if found is None:
            return None
        node = found[2]
    return found


def _entries(node: Any, key: str) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the entries of a name: the mapping or list with it, its name there, its value."""
    if isinstance(node, yaml.MappingNode):
        yield from ((node, name, value) for name, value in node.value if name.value == key)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.MappingNode) and not key.isdigit():
                yield from _entries(item, key)
            elif str(number) == key or (isinstance(item, yaml.ScalarNode) and item.value == key):
                yield node, item, item


def _last(node: Any) -> int:
    """Return the offset after the last character of a node, without comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if isinstance(last, tuple):
        return max(_last(last[0]), _last(last[1]))
    return _last(last)


def _line_end(text: str, offset: int) -> int:
    """Return the offset after the line of the character before `offset`."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def _item_start(text: str, item: yaml.Node) -> int:
    """Return the offset of the line with the dash of an item, which may have a line of its own."""
    dash = _DASH.search(text, 0, item.start_mark.index)
    return text.rfind("\n", 0, dash.start() if dash else item.start_mark.index) + 1


_DASH = re.compile(r"-(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*\Z")


def _item_end(text: str, item: yaml.Node) -> int:
    """Return the offset after the lines of an item, and of comments that are indented like it."""
    start = _item_start(text, item)
    margin = text.index("-", start) - start + 1
    comments = re.compile(rf"(?:[ \t]{{{margin}}}[ \t]*#[^\n]*\n)*")
    found = comments.match(text, _line_end(text, _last(item)))
    return found.end() if found else len(text)


def _inserted(text: str, at: int, new: str) -> str:
    gap = "" if not at or text[at - 1] == "\n" else "\n"
    return text[:at] + _own(text, gap + new) + text[at:]


def _appended(text: str, new: str) -> str:
    """Return `text` with lines after all others, before a mark of the document's end."""
    end = re.search(r"^\.\.\.[ \t]*$", text, re.MULTILINE)
    return _inserted(text, end.start() if end else len(text), f"\n{new}" if text.strip() else new)


def _own(text: str, new: str) -> str:
    """Return new lines with the line ends of `text`."""
    return new.replace("\n", "\r\n") if "\r\n" in text else new


def _in_flow(text: str, node: Any, entries: Mapping[str, Any], follower: Any = None) -> str:
    """Return `text` with entries in a list or mapping in brackets: before `follower`, or last."""
    is_list = isinstance(node, yaml.SequenceNode)
    parts = [
        name
        if is_list and not value
        else f"{{{name}: {flow(value)}}}"
        if is_list
        else f"{name}: {flow(value)}"
        for name, value in entries.items()
    ]
    if follower:
        start = follower.start_mark.index
        start -= len(re.search(r"(?:\{\s*)?\Z", text[:start])[0]) if is_list else 0  # type: ignore[index]  # it may be empty
        return f"{text[:start]}{', '.join(parts)}, {text[start:]}"
    last, end = _last(node.value[-1] if is_list else node.value[-1][1]), node.end_mark.index - 1
    comma = "" if re.match(r"[^#\n]*,", text[last:end]) else ","
    at = last if comma else last + text[last:end].index(",") + 1
    return f"{text[:at]}{comma} {', '.join(parts)}{text[at:]}"


def _more_in_flow(text: str, node: yaml.SequenceNode, new: str) -> str:
    """Return `text` with an item more in brackets, on a line of its own if the last one is."""
    last = node.value[-1]
    row = text.rfind("\n", 0, last.start_mark.index) + 1
    before = text[row : last.start_mark.index]
    gap = _own(text, "\n") + before if row and not before.strip() else " "
    end = last.end_mark.index
    if follows := _COMMA.match(text, end):
        return f"{text[: follows.end()]}{gap}{new},{text[follows.end() :]}"
    return f"{text[:end]},{gap}{new}{text[end:]}"


def _less_in_flow(text: str, start: int, end: int) -> str:
    """Return `text` without an item in brackets or braces, and without one comma beside it."""
    before, after = re.search(r",\s*\Z", text[:start]), _COMMA.match(text, end)
    if before:
        return text[: before.start() + bool(after)] + text[after.end() if after else end :]
    return text[:start] + re.sub(r"\A\s*,\s*", "", text[end:])


_COMMA = re.compile(r"[^\S\n]*,")


def _block_items(entries: Mapping[str, Any], column: int) -> str:
    """Return entries as items of a block list."""
    indent = " " * column
    rows = []
    for name, value in entries.items():
        if not value:
            rows.append(f"{indent}- {name}\n")
        else:
            rows.append(f"{indent}- {name}:\n{_block_keys(value, column + 4)}")
    return "".join(rows)


def _block_keys(entries: Mapping[str, Any], column: int) -> str:
    """Return entries as keys of a block mapping; lists in them have an item a line."""
    indent = " " * column
    rows = []
    for name, value in entries.items():
        if isinstance(value, list):
            rows.append(f"{indent}{name}:\n")
            rows += (f"{indent}  - {flow(each)}\n" for each in value)
        elif isinstance(value, dict) and any(isinstance(each, list) for each in value.values()):
            rows.append(f"{indent}{name}:\n{_block_keys(value, column + 2)}")
        else:
            rows.append(f"{indent}{name}: {flow(value)}\n")
    return "".join(rows)


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return _word(value)
    return json.dumps(value)


def _word(value: str) -> str:
    """Return a text as it may stand in a flow: plain if it is read the same there."""
    try:
        is_plain = datafile.load(f"[{value}, {{a: {value}}}]") == [value, {"a": value}]
    except DataError:
        is_plain = False
    if is_plain:
        return value
    written = yaml.safe_dump(value, allow_unicode=True, width=len(value) + 10).rstrip("\n")
    return written if written.startswith("'") else json.dumps(value, ensure_ascii=False)
