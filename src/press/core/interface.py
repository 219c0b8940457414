"""Find interface text: the English messages that are not on any page.

They are in code, templates and mkdocs.yml, and their translations in
`translations/<language>/site.po`. The messages of this package are found by Babel (in code, where
`N_` marks them) and by Jinja (in templates, where they pass through the filter `translated`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import Environment, nodes

Message = tuple[str, str]
"""An English interface message, and a note for its translators."""

_PACKAGE = Path(str(files("press")))
_TAG = "Translators:"


def N_(message: str) -> str:
    """Mark and return a message to translate; a comment `# Translators: …` above is its note."""
    return message


@cache
def in_code() -> tuple[Message, ...]:
    """Return the messages that `N_` marks in this package. Few files have any."""
    return tuple(
        (str(message), " ".join(comments).removeprefix(_TAG).strip())
        for file in sorted(_PACKAGE.rglob("*.py"))
        if b"N_(" in file.read_bytes()
        for _, message, comments, _ in extract_from_file(
            "python", file, keywords={"N_": None}, comment_tags=[_TAG]
        )
    )


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
