"""Lines that git leaves in a file where it could not join two versions of it."""

from __future__ import annotations

import re

from handbook.bitext.problem import line_at

_MARK = re.compile(
    r"^(?:<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)(?: [^\n]*)?\r?$|^=======\r?$", re.MULTILINE
)
_WHOLE = re.compile(r"^<{7}(?: |$).*?^={7}\r?$.*?^>{7}(?: |$)", re.MULTILINE | re.DOTALL)
_OPENING = re.compile(r"^<<<<<<< ", re.MULTILINE)
_CLOSING = re.compile(r"^>>>>>>> ", re.MULTILINE)
OF_FILE = "#-#-#-#-#  "
"""Begins the line that gettext's msgcat puts before what each of several catalogs has."""
TWO_TEXTS = re.compile(f"^{OF_FILE}", re.MULTILINE)
FAULT = (
    "two versions meet here and git could not join them; keep what is right and delete the lines"
    " that begin with <<<<<<<, ======= and >>>>>>>"
)


def first_line(text: str) -> int | None:
    """Return the line of the first mark of a text in which any line of `=` is one; None if none."""
    mark = _MARK.search(text)
    return line_at(text, mark.start()) if mark else None


def places(text: str) -> list[int]:
    """Return the offsets of the conflicts in a text in which `=======` may mean something else."""
    if "<<<<<<< " not in text:
        return []
    openings = [mark.start() for mark in _OPENING.finditer(text)]
    last = max((mark.start() for mark in _CLOSING.finditer(text)), default=-1)
    return [start for start in openings if start < last]


def is_whole(text: str) -> bool:
    """Tell whether a text still has all the marks of some conflict, so that it can be resolved."""
    return "<<<<<<<" in text and bool(_WHOLE.search(text))
