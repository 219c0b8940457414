"""Decode character references of HTML, and find the characters that XML cannot carry."""

from __future__ import annotations

import html
import re

_REFERENCE = r"&#(?:[xX]0*(?P<hex>[0-9a-fA-F]+)|0*(?P<decimal>[0-9]+));?"
_REFERENCES = re.compile(_REFERENCE)
# The characters outside https://www.w3.org/TR/xml/#charsets: literal, and perhaps as references.
_LITERAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAYBE = re.compile(rf"{_LITERAL.pattern}|{_REFERENCE}")
_NONE = 0xFFFF
"""The code point that stands for numbers that no character has."""


def decoded(text: str) -> str:
    """Return `text` with each character reference replaced by its character.

    `html.unescape` drops references that are not allowed, which would hide them, and raises an
    exception at one of more than 4,300 digits.
    """
    return html.unescape(_REFERENCES.sub(_decoded, text)) if "&" in text else text


def uncarried(text: str) -> list[str]:
    """Return the characters that XML cannot carry, literal or as references."""
    return [found[0] for found in _MAYBE.finditer(text) if _is_uncarried(found)]


def without_uncarried(text: str, other: str = "") -> str:
    """Return `text` with `other` in place of each character that XML cannot carry."""
    return _MAYBE.sub(lambda found: other if _is_uncarried(found) else found[0], text)


def without_literal(text: str) -> str:
    """Return plain text without the characters that XML cannot carry; `&#7;` is text in it."""
    return _LITERAL.sub("", text)


def _decoded(found: re.Match[str]) -> str:
    """Return the character of a reference; the reference itself if `html.unescape` decodes it."""
    code = _code(found)
    is_dropped = code < 32 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0
    return chr(code) if is_dropped or code & 0xFFFE == 0xFFFE else found[0]


def _is_uncarried(found: re.Match[str]) -> bool:
    """Tell whether a match is a character, or a reference to one, that XML cannot carry."""
    if found[0][0] != "&":
        return True
    code = _code(found)
    is_control = code < 32 and code not in (9, 10, 13)
    return is_control or 0xD800 <= code < 0xE000 or code in (0xFFFE, _NONE)


def _code(found: re.Match[str]) -> int:
    """Return the code point of a reference."""
    digits, base = (found["hex"], 16) if found["hex"] else (found["decimal"], 10)
    code = int(digits, base) if len(digits) < 9 else _NONE
    return code if code < 0x110000 else _NONE
