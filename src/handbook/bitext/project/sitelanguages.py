"""The languages in a mkdocs.yml: the text of the file with one more, or with one less.

The text is changed at the positions that PyYAML gives, so that comments, quotation marks and layout
stay; an entry is written in the form of those that are there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

from handbook.bitext import datafile, files
from handbook.bitext.datafile import DataError

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
        parent = _value(datafile.compose(text), "INHERIT")
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
    node = _listed(text)
    if node is None:
        return text
    last = node.value[-1]
    if node.flow_style:
        return _more_in_flow(text, node, entry(code, name))
    start = _item_start(text, last)
    margin, end = text[start : text.index("-", start)], _item_end(text, last)
    if last.flow_style:
        rows = [f"{margin}- {entry(code, name)}"]
    else:
        rows = [f"{margin}- locale: {_plain(code)}", f"{margin}  name: {_plain(name)}"]
    gap = "" if text[:end].endswith("\n") else _line_end(text)
    return text[:end] + gap + "".join(row + _line_end(text) for row in rows) + text[end:]


def without_language(text: str, code: str) -> str:
    """Return `text` without a language; unchanged if it does not list it. Raises DataError."""
    node = _listed(text)
    for each in node.value if node else ():
        locale = _value(each, "locale")
        if isinstance(locale, yaml.ScalarNode) and locale.value == code:
            if node and node.flow_style:
                return _less_in_flow(text, each)
            return text[: _item_start(text, each)] + text[_item_end(text, each) :]
    return text


def entry(code: str, name: str) -> str:
    """Return a language as an item of a list, on one line."""
    return f"{{locale: {_plain(code)}, name: {_plain(name, in_flow=True)}}}"


# -- where things are ------------------------------------------------------------------------------


def _listed(text: str) -> yaml.SequenceNode | None:
    """Return the node of the list of languages, if any is in it. Raises DataError."""
    plugins = _value(datafile.compose(text), "plugins")
    each = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    found = (_value(_value(node, "i18n"), "languages") for node in each)
    return next((n for n in found if isinstance(n, yaml.SequenceNode) and n.value), None)


def _value(node: object, key: str) -> yaml.Node | None:
    """Return the value of a key of a mapping; None if there is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in reversed(pairs) if name.value == key), None)


def _last(node: yaml.Node) -> int:
    """Return the offset after the last character of a node, without comments that follow it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _item_start(text: str, item: yaml.Node) -> int:
    """Return the offset of the line with the dash of an item, which may have a line of its own."""
    dash = _DASH.search(text, 0, item.start_mark.index)
    return text.rfind("\n", 0, dash.start() if dash else item.start_mark.index) + 1


_DASH = re.compile(r"-(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*\Z")


def _item_end(text: str, item: yaml.Node) -> int:
    """Return the offset after the lines of an item, and of comments that are indented like it."""
    start = _item_start(text, item)
    margin = text.index("-", start) - start + 1
    rows = re.compile(rf"[^\n]*(?:\n|\Z)(?:[ \t]{{{margin}}}[ \t]*#[^\n]*\n)*")
    found = rows.match(text, _last(item) - (text[_last(item) - 1] == "\n"))
    return found.end() if found else len(text)


def _more_in_flow(text: str, node: yaml.SequenceNode, new: str) -> str:
    last = node.value[-1]
    row = text.rfind("\n", 0, last.start_mark.index) + 1
    before = text[row : last.start_mark.index]
    gap = _line_end(text) + before if row and not before.strip() else " "
    end = last.end_mark.index
    if follows := re.match(r"[^\S\n]*,", text[end:]):
        end += follows.end()
        return f"{text[:end]}{gap}{new},{text[end:]}"
    return f"{text[:end]},{gap}{new}{text[end:]}"


def _less_in_flow(text: str, item: yaml.Node) -> str:
    start, end = item.start_mark.index, item.end_mark.index
    before = re.search(r",\s*\Z", text[:start])
    if before and not re.match(r"[^\S\n]*,", text[end:]):
        return text[: before.start()] + text[end:]
    if before:  # its own comma goes, and the line that is empty then
        after = re.match(r"[^\S\n]*,", text[end:])
        return text[: before.start() + 1] + text[end + (after.end() if after else 0) :]
    return text[:start] + re.sub(r"\A\s*,\s*", "", text[end:])


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _plain(text: str, *, in_flow: bool = False) -> str:
    """Return a value as YAML has it: `no` is Norwegian here, and not false."""
    if in_flow and re.search(r"[,\[\]{}]", text):
        return json.dumps(text, ensure_ascii=False)
    written = yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("...\n")
    return written.rstrip("\n")
