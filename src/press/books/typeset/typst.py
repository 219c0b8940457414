"""What is written of Typst: strings, content, labels, arrays and calls."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> str:
    """A string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def content(text: str) -> str:
    """Text as content."""
    return f"[#{string(text)}]"


def label(path: str, anchor: str = "") -> str:
    """The name of a place within a book."""
    return f"{path}#{anchor}"


def mark(path: str, anchor: str = "") -> str:
    """A label."""
    return f"label({string(label(path, anchor))})"


def array(items: Iterable[str]) -> str:
    """The items of an array."""
    return "".join(f"{item}, " for item in items)


def flag(yes: bool) -> str:
    """A boolean."""
    return "true" if yes else "false"


def call(name: str, *given: str) -> str:
    """A call of a function, in markup."""
    return f"#{name}({', '.join(given)})"
