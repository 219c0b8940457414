"""Find words that a reader has typed otherwise than they stand: in case, or with an end mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.bitext.receiving.exchange import common, flat, ways

_END = ".。．!！?？…"


def standing(texts: Sequence[str], old: str) -> list[tuple[int, str]]:
    """Return the places of texts that have some words but for this, each with how they stand there.

    A mark at the end that a text has not is left out where the words are the last of it.
    """
    wanted = _lower(flat(old))
    return [(n, found) for n, raw in enumerate(texts) for found in _standing(ways(raw), wanted)]


def _standing(seen: Sequence[str], wanted: str) -> list[str]:
    """Return how words stand in a text, each time that they do."""
    bare = wanted.rstrip(_END)
    for text in seen if bare else ():
        for pattern in (_words(wanted), rf"{_words(bare)}\Z"):
            if found := [each.span() for each in re.finditer(pattern, _lower(text))]:
                return [text[start:end] for start, end in found]
    return []


def _words(text: str) -> str:
    """Return the pattern of a text that begins and ends where words do."""
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def transferred(old: str, new: str, stands: str) -> str | None:
    """Return what a reader would have typed as new for the words as they stand; None if unclear.

    Unclear is the case of letters that are new, but for the first, which begins a sentence if the
    words as they stand do; a capital may be a name's.
    """
    old, new = flat(old), flat(new)
    if mark := old[len(stands) :]:
        old, new = old.removesuffix(mark), new.removesuffix(mark)
    head = common(old, new)
    tail = min(common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    end = len(old) - tail
    if old[max(head, 1) : end] != stands[max(head, 1) : end] or not new:
        return None
    is_inside = old[0].isupper() and stands[0].islower()
    if is_inside and new[0].isupper() and _first(new) != _first(old):
        return None
    made = stands[:head] + new[head : len(new) - tail] + stands[end:]
    is_capital = head == 0 and stands[0].isupper() and not old[0].isupper()
    return made[0].upper() + made[1:] if is_capital else made


def _first(text: str) -> str:
    """Return the first word of a text; "" if it begins with a mark."""
    found = re.match(r"\w*", text)
    return found[0] if found else ""


def _lower(text: str) -> str:
    """Return a text in small letters, each in its place."""
    return "".join(small if len(small := each.lower()) == 1 else each for each in text)
