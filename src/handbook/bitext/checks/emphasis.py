"""A rule for signs of emphasis that are no emphasis where they stand, and are shown as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handbook.bitext.checks.pair import Pair

_SIGNS = ("**", "__", "==", "*", "_")
_RUNS = {
    sign: re.compile(rf"(?<!{re.escape(sign[0])}){re.escape(sign)}(?!{re.escape(sign[0])})")
    for sign in _SIGNS
}
_APART = re.compile(
    r"""
      \\. | (?P<ticks>`+).+?(?P=ticks) | \$[^$\n]+\$
    | <[^<>]*> | \]\([^()]*\) | https?://\S+ | \{[^{}]*\}
    """,
    re.VERBOSE | re.DOTALL,
)
"""Where a sign is none of emphasis: escapes, code, formulas, tags, addresses, attributes."""
_FULL_WIDTH = re.compile(r"(?<!＊)＊{1,3}[^\s＊](?:[^＊]*[^\s＊])?＊{1,3}(?!＊)")
_NEEDS_BLANK = re.compile(r"[^\s(\[«“¿¡]$")
"""What ends where a word cannot begin without a blank."""


class _Stretch(NamedTuple):
    """A text between two signs of emphasis."""

    start: int
    """Before the sign that opens it."""
    end: int
    """After the sign that closes it."""
    sign: str
    inside: str
    before: str
    """The character before it."""
    behind: str

    def is_shown(self, pair: Pair) -> bool:
        """Tell whether the signs are shown as they are, and are none of emphasis."""
        return self.is_loose or (self.is_tight and (pair.is_strict or self.sign[0] != "*"))

    @property
    def is_loose(self) -> bool:
        """Whether a blank stands between the text and one of its signs."""
        return self.inside.strip() not in ("", self.inside)

    @property
    def is_tight(self) -> bool:
        """Whether a letter stands beside it where none may.

        None may beside `_`, nor beside `==` and, on some sites, `*` around quotation marks or
        brackets.
        """
        sides = ((self.before, self.inside[:1]), (self.behind, self.inside[-1:]))
        return any(
            out.isalnum() and (self.sign[0] == "_" or not inner.isalnum()) for out, inner in sides
        )


def emphasis(pair: Pair) -> Iterator[str]:
    """Signs of emphasis are shown as they are.

    A blank stands inside of them, or a letter outside where none may; they are full-width, or
    one has no other.
    """
    if "*" in pair.source:
        for found in _FULL_WIDTH.finditer(pair.target):
            own = found[0].replace("＊", "*")
            yield f"“{found[0]}” is shown with its signs; write {own}"
    for sign in ("*", "=="):
        if _stretches(pair.source, sign) and len(_runs(pair.target, sign)) % 2:
            yield f"one {sign} has no other and is shown; close it, or leave out both"
    for stretch in _shown(pair):
        said = f"{stretch.sign}{stretch.inside}{stretch.sign}"
        if stretch.is_loose:
            yield f"“{said}” is shown with its signs; delete the blank inside of them"
        elif stretch.sign[0] in "=*":
            yield f"“{said}” is shown with its signs; write the marks at its ends outside of them"
        else:
            other = "*" * len(stretch.sign)
            yield f"“{said}” is shown with its signs; write {other}{stretch.inside}{other}"


def tightened(pair: Pair) -> str:
    """Return the translation of a pair with blanks around its emphasis, not inside of it."""
    text = pair.target
    for stretch in sorted((each for each in _shown(pair) if each.is_loose), reverse=True):
        left, right = text[: stretch.start], text[stretch.end :]
        inside = f"{stretch.sign}{stretch.inside.strip()}{stretch.sign}"
        if not pair.language.is_cjk:
            left += " " * (stretch.inside[0].isspace() and bool(_NEEDS_BLANK.search(left)))
            right = " " * (stretch.inside[-1].isspace() and right[:1].isalnum()) + right
        text = left + inside + right
    return text


def _shown(pair: Pair) -> Iterator[_Stretch]:
    """Yield what is shown with its signs in a translation, and with none in its source."""
    for sign in _SIGNS:
        mine = _stretches(pair.source, sign)
        if mine and not any(each.is_shown(pair) for each in mine):
            theirs = _stretches(pair.target, sign)
            yield from (each for each in theirs if each.is_shown(pair))


def _stretches(text: str, sign: str) -> list[_Stretch]:
    """Return what stands between two signs each; nothing where one sign has no other."""
    runs = _runs(text, sign)
    if len(runs) % 2:
        return []
    bare = runs[0].string if runs else ""
    return [
        _Stretch(
            one.start(),
            other.end(),
            sign,
            text[one.end() : other.start()],
            bare[one.start() - 1 : one.start()],
            bare[other.end() : other.end() + 1],
        )
        for one, other in zip(runs[::2], runs[1::2], strict=True)
    ]


def _runs(text: str, sign: str) -> list[re.Match[str]]:
    """Return where a sign stands in a text, but not where it is none of emphasis."""
    if sign not in text:
        return []
    return list(_RUNS[sign].finditer(_APART.sub(lambda found: "\0" * len(found[0]), text)))
