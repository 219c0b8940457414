"""Find interface text: the English messages that are not on any page.

They are in code, templates and mkdocs.yml, and their translations in
`translations/<language>/site.po`. In the code of this package `N_` marks them; in its templates
they pass through the filter `translated`.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, nodes

Message = tuple[str, str]
"""An English interface message, and a note for its translators."""

_PACKAGE = Path(str(files("handbook.press")))
_TAG = "Translators:"
# To read 130 Python files as Babel does takes as long as to update 20 pages.
_STRING = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_CALL = re.compile(rf"\bN_\(\s*(?P<text>{_STRING}(?:\s*{_STRING})*)\s*,?\s*\)")


def N_(message: str) -> str:
    """Mark and return a message to translate; a comment `# Translators: …` above is its note."""
    return message


@cache
def in_code() -> tuple[Message, ...]:
    """Return the messages that `N_` marks in this package. Few files have any."""
    return tuple(
        (literal_eval(f"({call['text']})"), _note(text, call.start()))
        for file in sorted(_PACKAGE.rglob("*.py"))
        if b"N_(" in file.read_bytes()
        for text in [file.read_text("utf-8")]
        for call in _CALL.finditer(text)
    )


def _note(text: str, start: int) -> str:
    """Return what the comment above the line of offset `start` tells translators."""
    comment: list[str] = []
    for line in reversed(text[:start].split("\n")[:-1]):
        words = line.strip()
        if not words.startswith("#"):
            break
        comment.insert(0, words.lstrip("# "))
        if comment[0].startswith(_TAG):
            return " ".join(comment).removeprefix(_TAG).strip()
    return ""


@cache
def in_theme() -> tuple[Message, ...]:
    """Return the messages in the templates of this package."""
    return tuple(in_templates(_PACKAGE / "theme", Environment(autoescape=True)))


def in_templates(folder: Path, env: Environment) -> Iterator[Message]:
    """Yield the messages that templates in `folder` pass through the filter `translated`."""
    for path in sorted(folder.rglob("*.html")):
        for call in env.parse(path.read_text("utf-8")).find_all(nodes.Filter):
            if call.name == "translated" and isinstance(call.node, nodes.Const):
                yield call.node.value, f"Used in {path.relative_to(folder.parent).as_posix()}."
