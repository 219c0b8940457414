"""The blanks of a sheet that a hand fills in, between the words of a text: `Group … Date …`."""

from __future__ import annotations

import re

GAP = "gap"
"""The blank of Typst that stands in a text."""
_BLANK = "…"
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|#gap\b')
"""A string of Typst, or a blank between such."""
_LABEL = re.compile(r' "#(gap|fill-in)')
"""The end of what stands before a blank: they are not divided."""
_UNBROKEN = "\N{NO-BREAK SPACE}"
_END = re.compile(r"[.!?][)\]»”’]*\s+(?=([^\W\d_]))|[。！？।؟]")
"""What may end a sentence: a full stop only before a capital letter, as not in "No. in the log"."""
_COMMA = re.compile("[,、，،]")


def filled(body: str, text: str) -> str:
    """Return a text in Typst whose last blanks share the room that their line has left.

    These are the blanks behind its last sentence, if it ends with one; `text` has the same words
    without Typst. A blank for several things is as many times as long: `Day, time, place: …`.
    """
    *labels, behind = text.rstrip().split(_BLANK)
    if behind or len(labels) != sum(piece[0] == f"#{GAP}" for piece in _PIECE.finditer(body)):
        return body
    fixed = text[: _start(text)].count(_BLANK)
    shares = (1 + len(_COMMA.findall(label[_start(label) :])) for label in labels[fixed:])
    blanks = iter([*[f"#{GAP}"] * fixed, *(f"#fill-in({share})" for share in shares)])
    made = _PIECE.sub(lambda piece: piece[0] if piece[0][0] == '"' else next(blanks), body)
    return _LABEL.sub(f'{_UNBROKEN}"#\\1', made)


def _start(text: str) -> int:
    """Return where the last sentence of a text begins."""
    ends = (end for end in _END.finditer(text) if end[1] is None or end[1].isupper())
    return max((end.end() for end in ends if text[end.end() :].strip()), default=0)
