"""Cut out of two versions of a page what lies around their differences: most of it is the same."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from rapidfuzz.distance import Postfix, Prefix

from handbook.bitext.changes.passages import FACTS
from handbook.bitext.page import fences, frontmatter
from handbook.bitext.page.scan import DEFAULT_KEYS
from handbook.bitext.page.segments import Span

_FAR_REACHING = re.compile(
    r"""\n[ \t>]*(?:\[(?!\^)[^\]\n]+\]:|\*\[[^\]\n]+\]:|/{3,}|<(?!https?:|mailto:)
    |\$\$|\\\[|\\begin\{)""",
    re.VERBOSE,
)
"""A line that says how other parts of a page are to be read: then it is compared as a whole."""
_APART = re.compile(r"^[ \t>]*\[\^[^\]\n]+\]:|^(?=[^\n]*\|)[^\n]*\{[^\n]*=", re.MULTILINE)
"""A footnote, or attributes in a table: they are read behind all other text, and where that is cut,
nobody knows what has moved."""
_WORDS = r"""[*"“«¿¡「『]{0,3}[^\W\d_]{2,}+(?![\w.)])[^\n]*+"""
_ITEM = rf"-[ ]{_WORDS}(?!\n(?:=+|-+)[ ]*$)"
"""The first line of an item, but for one above an empty item: cut there, it would be a heading with
an underline."""
_BEGINNING = re.compile(
    rf"""\n(?:\n(?:(?P<heading>\#{{1,6}}[ \t]+\S[^\n]*)|{_WORDS})(?:(?=\n\n[^\s:{{])(?P<line>))?
    |\n(?P<items>{_ITEM}(?:\n{_ITEM})*+)
    |(?P<other>(?:[ \t>*+-]|\d+[.)])*\#|(?<=[^\n]\n)(?:=+|-+)[ ]*$))""",
    re.VERBOSE | re.MULTILINE,
)
"""A heading, a paragraph, or items with bullets: what stands before each is closed there.

If a heading or a paragraph is but a `line`, it cannot reach into the block behind it. Any `other`
heading, such as one in an item or with an underline, is none to read an excerpt with.
"""
_ROW = re.compile("^", re.MULTILINE)
"""Where a line begins."""


def differing(old: str, new: str, names: Sequence[str] = ()) -> tuple[str, str]:
    """Return of two versions what lies from the first difference to the last, below its heading.

    Where one of some names stands, such as that of a picture, they count as differing.
    Both versions as they are, where a part of them could not be read by itself.
    """
    if _is_far_reaching(old) or _is_far_reaching(new):
        return old, new
    same, alike = _alike(old, new, names)
    if same == len(old) == len(new):
        return "", ""
    heads, tails = _beginnings(old), _beginnings(new)
    places = list(heads)
    starts = reversed(places[: bisect(places, same)])
    first = next((each for each in starts if tails.get(each) == heads[each]), 0)
    longer = len(new) - len(old)
    ends = places[bisect_left(places, len(old) - alike) :]
    last = next((each for each in ends if each + longer in tails), len(old))
    if _behind(old, last) != _behind(new, last + longer):
        last = len(old)  # a fence that is left open changes what is behind it
    above = heads.get(first, "")
    found = above + old[first:last], above + new[first : last + longer]
    return (old, new) if any(map(_APART.search, found)) else found


def _alike(old: str, new: str, names: Iterable[str]) -> tuple[int, int]:
    """Return how many letters two texts have in common in front, and how many at the end.

    None of some names is among them.
    """
    named = [place for text in (old, new) for place in _places(text, names)]
    same = min([int(Prefix.similarity(old, new)), *(start for start, _ in named)])
    alike = min([int(Postfix.similarity(old, new)), *(end for _, end in named)])
    return same, min(alike, min(len(old), len(new)) - same)


def words(text: str) -> list[str]:
    """Return the words of a page, also those of its markup, but none of what no reader sees."""
    start = frontmatter.end(text)
    return " ".join((*_FACT.findall(text[:start]), _COMMENT.sub("", text[start:]))).split()


_SHOWN = "|".join((*DEFAULT_KEYS, *FACTS))
_FACT = re.compile(rf"^[\"']?(?:{_SHOWN})[\"']?:[^\n]*(?:\n[ \t]+[^\n]*)*", re.MULTILINE)
"""What readers see of the front matter; a value may go on in lines that are indented."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@lru_cache(maxsize=4)
def _is_far_reaching(text: str) -> bool:
    if "<!--" in text or "8<-" in text:
        return True
    return _FAR_REACHING.search(f"\n{text}") is not None


def _places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield how much of a text stands before the first of each name, and behind the last."""
    for name in names:
        if name in text:
            yield text.index(name), len(text) - text.rindex(name) - len(name)


def _behind(text: str, place: int) -> list[int]:
    """Return how many beginnings, and how many fences, a text has behind a place."""
    found = list(_beginnings(text)), [start for start, _ in _fenced(text)]
    return [len(each) - bisect(each, place) for each in found]


@lru_cache(maxsize=4)
def _fenced(text: str) -> list[Span]:
    start = frontmatter.end(text)
    return [(place, fence.end) for place, fence in fences.find(text, start)]


@lru_cache(maxsize=4)
def _beginnings(text: str) -> dict[int, str]:
    """Return where blocks begin that nothing else can be around, from the first heading on.

    With the heading before each, "" for the first and where that is another one.
    """
    start = frontmatter.end(text)
    code = _fenced(text)
    found: dict[int, str] = {}
    above = ""
    for each in _BEGINNING.finditer(f"\n\n{text[start:]}"):
        place = start + each.start()
        before = bisect(code, place, key=itemgetter(0)) if code else 0
        if before and place < code[before - 1][1]:
            continue
        if each["other"]:
            above = ""
        elif each["heading"]:
            found[place], above = above, f"{each['heading']}\n\n"
        elif above:
            found[place] = above
            if items := each["items"]:
                found |= {place + row.start(): above for row in _ROW.finditer(items)}
        if above and each["line"] is not None:
            found[start + each.end()] = above
    return found
