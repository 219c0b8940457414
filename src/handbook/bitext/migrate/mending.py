"""Mend what a handbook would name in the pages of a site, where the cure changes no page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from handbook.bitext.files import read
from handbook.bitext.migrate.layout import Layout
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Fault, Span, replace

_NAME = re.compile(r"“(?P<name>.+)” is shown and has no text of its own; write (?P<cure>.+)")


def mended(root: Path, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the new path and text of each page that changes, in a layout.

    Names in diagrams that are shown, and have no text of their own, get it: `A` as `A["A"]`.
    """
    yield from layout.texts.items()
    for old, new in layout.moves.items():
        text = layout.texts.get(new) or _diagrams(root / old)
        changes = [] if "mermaid" not in text else list(_changes(text))
        if changes:
            yield new, replace(text, changes)


def _diagrams(file: Path) -> str:
    """Return the text of a page with diagrams; "" if it has none."""
    text = read(file, str(file)) if file.suffix == ".md" and not file.is_symlink() else ""
    return text if isinstance(text, str) else ""


def _changes(text: str) -> Iterator[tuple[Span, str]]:
    for fault in scan.read(text).faults:
        found = _NAME.fullmatch(fault.text)
        if found and found["cure"] != found["name"]:
            yield from _change(text, fault, found["name"], found["cure"])


def _change(text: str, fault: Fault, name: str, cure: str) -> Iterator[tuple[Span, str]]:
    """Yield the change of a name, if it stands at a fault, or right before it, as it says."""
    start = fault.offset
    if text.startswith(name, start):
        yield (start, start + len(name)), cure
    elif text.endswith(name, 0, start) and cure.startswith(name):
        yield (start, start), cure.removeprefix(name)
