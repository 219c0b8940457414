"""Typst's syntax: strings, content, labels, arrays, booleans and calls."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> str:
    """Return text as a string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def content(text: str) -> str:
    """Return text as content."""
    return f"[#{string(text)}]"


def label(path: str, anchor: str = "") -> str:
    """Return the name of the label of a place within a book."""
    return f"{path}#{anchor}"


def mark(path: str, anchor: str = "") -> str:
    """Return the label of a place within a book, as an expression."""
    return f"label({string(label(path, anchor))})"


def array(items: Iterable[str]) -> str:
    """Return the items of an array, each followed by a comma, without parentheses."""
    return "".join(f"{item}, " for item in items)


def flag(yes: bool) -> str:
    """Return a boolean literal."""
    return "true" if yes else "false"


def call(name: str, *given: str) -> str:
    """Return a function call, in markup."""
    return f"#{name}({', '.join(given)})"
