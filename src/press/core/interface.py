"""Interface text: the English messages that are on no page, and where they are found.

In code, templates and mkdocs.yml they are English. A reader's language comes from
`translations/<language>/site.po`; the messages of this package are found by Babel (in code, where
`N_` marks them) and by Jinja (in templates, where the filter `translated` takes them).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import Environment, nodes

Message = tuple[str, str]
"""An English message, and a note for its translators."""

_PACKAGE = Path(str(files("press")))
_TAG = "Translators:"


def N_(message: str) -> str:
    """Mark a message for translation; a comment above it, `# Translators: …`, is its note."""
    return message


@cache
def in_code() -> tuple[Message, ...]:
    """The messages that `N_` marks in the modules of this package; reading them takes 0.3 s."""
    return tuple(
        (str(message), " ".join(comments).removeprefix(_TAG).strip())
        for file in sorted(_PACKAGE.rglob("*.py"))
        for _, message, comments, _ in extract_from_file(
            "python", file, keywords={"N_": None}, comment_tags=[_TAG]
        )
    )


def in_templates(folder: Path, env: Environment) -> Iterator[Message]:
    """The messages that templates in `folder` pass through the filter `translated`."""
    for path in sorted(folder.rglob("*.html")):
        for call in env.parse(path.read_text("utf-8")).find_all(nodes.Filter):
            if call.name == "translated" and isinstance(call.node, nodes.Const):
                yield call.node.value, f"Used in {path.relative_to(folder.parent).as_posix()}."
