"""Exchange words that a reader has seen on a page in the Markdown which they were made from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, partial

from handbook.bitext.checks.pair import HIDDEN
from handbook.bitext.languages.scripts import CJK

_CONTEXT = 60
"""How many characters around an edit are looked at to find its one place."""


def shows(raw: str, old: str) -> bool:
    """Tell whether a reader sees some words in a text."""
    return any(flat(_as_typed(raw, old)) in each for each in ways(raw))


def shows_all(raw: str, old: str) -> bool:
    """Tell whether a reader sees some words in a text, and nothing else."""
    return flat(_as_typed(raw, old)) in ways(raw)


def ways(raw: str) -> list[str]:
    """Return how a text may be seen: as it is typed, and with what brackets may mean.

    What is copied from a page may have the readings of its words, or not.
    """
    return [flat(each) for each in _shown(raw)]


def _shown(raw: str) -> Iterator[str]:
    """Yield a text in the ways it may be seen, with its lines."""
    yield raw
    for each in _readings(raw):
        yield from (_seen(each, labels) for labels in (_LINKS, _LABELS))


def _readings(raw: str) -> list[str]:
    """Return a text with the readings in it, and without them if it has any."""
    return [raw, _READING.sub("", raw)] if "<rt>" in raw else [raw]


_READING = re.compile(r"<(r[tp])>[^<>]*</\1>")
_RUBY = re.compile(r"<ruby>.*?</ruby>", re.DOTALL)


def exchanged(raw: str, old: str, new: str) -> str | None:
    """Replace `old` by `new` in Markdown, markup kept; None unless exactly one place fits.

    None where these words have no one place in it, as when they begin in bold and end outside. A
    text that already reads as it should comes back as it is.
    """
    old, new = _as_typed(raw, old), _as_typed(raw, new, old)
    if old == new:  # but for marks that a keyboard has not
        return raw
    if raw.count(old) == 1 and _is_seen(raw, made := raw.replace(old, new), old, new):
        return made
    # Of the two texts only the words that differ are looked for, since markup may divide the rest;
    # with as much beside them, whole words first, as it takes until they have one place.
    if flat(old) == flat(new):
        return raw if _has_blanks(raw, old, new) else None
    old, new = flat(old), flat(new)
    head = common(old, new)
    tail = min(common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    whole = head - _word_at(old[:head][::-1]), tail - _word_at(old[len(old) - tail :])
    fits = cache(partial(_is_seen, raw, old=old, new=new))  # with more beside them, often the same
    for first, last in (whole, (head, tail)):
        for left, right in _WIDENINGS:
            start, end = max(0, first - left), max(0, last - right)
            before, after = old[start : len(old) - end], new[start : len(new) - end]
            seen = {each for each in _replaced(raw, before, after) if fits(each)}
            if len(seen) == 1:
                return seen.pop()
    return None


def _has_blanks(raw: str, old: str, new: str) -> bool:
    """Tell whether a text already has the blanks of `new` where `old` has others."""
    lines = (each.replace("\n", " ") for each in _shown(raw))
    return any(new in each and old not in each for each in lines)


def flat(text: str) -> str:
    """Return a text on one line, without blanks beside Han and kana: these depend on its lines."""
    return _BESIDE.sub("", " ".join(text.split()))


_BESIDE = re.compile(f"(?<=[{CJK}]) | (?=[{CJK}])")


def _as_typed(raw: str, text: str, old: str | None = None) -> str:
    """Return a reader's words with the quotation marks of the text that they are from.

    A site may show straight ones as curly: Python-Markdown's `smarty`. A keyboard has straight ones
    alone. If the words are new, these stay where the `old` ones have none of the kind.
    """
    old = text if old is None else old
    for straight, curly in _CURLY:
        if straight in raw and not curly.search(raw):
            text = curly.sub(straight, text)
    if '"' in text and '"' in old and '"' not in raw:
        pair = next((each for each in _PAIRS if each[0] in raw and each[1] in raw), '""')
        text = _BETWEEN.sub(rf"{pair[0]}\1{pair[1]}", text)
    if "’" not in raw or "'" in raw:
        return text
    is_added = len(_LOOSE.findall(text)) != len(_LOOSE.findall(old))
    return (_IN_WORD.sub if is_added else _EITHER.sub)("’", text)


_CURLY = (('"', re.compile("[“”]")), ("'", re.compile("[‘’]")))
_PAIRS = ("«»", "“”", "„“", "「」")
_BETWEEN = re.compile(r'(?<!\d)"([^"]*)"')
"""What is between two marks, of which the first is no sign of inches."""
_EITHER, _IN_WORD = re.compile("'"), re.compile(r"(?<=\w)'(?=\w)")
_LOOSE = re.compile(r"(?<!\w)'|'(?!\w)")
"""An apostrophe at an end of a word, which may be a quotation mark."""


def _seen(raw: str, labels: re.Pattern[str]) -> str:
    """Return Markdown as its reader sees it, with the code and the addresses that are shown.

    Of `labels` the brackets are left out.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_CODE_OR_ADDRESS.sub(_within, found[0], count=1))
        return f"\0{len(kept) - 1}\0" if kept[-1] else _TARGET * found[0].startswith(("(", "["))

    shown = labels.sub(r"\1", HIDDEN.sub(keep, raw)).replace(_TARGET, "")
    plain = html.unescape(_ESCAPED.sub(r"\1", shown))
    return _KEPT.sub(lambda found: kept[int(found[1])], plain)


_KEPT = re.compile("\0(\\d+)\0")
_TARGET = "\1"
_LINKS = re.compile(rf"!?\[([^\[\]]*)\]{_TARGET}")
_LABELS = re.compile(r"!?\[([^\[\]]*)\]")
"""The labels of links with a target, and all that may be labels: `[this]` is one if a target is
elsewhere on the page."""
_CODE_OR_ADDRESS = re.compile(
    r"(`+) ?(?P<code>.+?) ?\1|<(?P<link>https?:[^<>]*)>|(?P<bare>https?://.*)|.+", re.DOTALL
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _within(found: re.Match[str]) -> str:
    return found["code"] or found["link"] or found["bare"] or ""


def _replaced(raw: str, before: str, after: str) -> Iterator[str]:
    """Yield a text with words exchanged in each place where they stand, if these are few."""
    if not before or raw.count(before) > _MOST:
        return
    start = raw.find(before)
    while start >= 0:
        yield raw[:start] + after + raw[start + len(before) :]
        start = raw.find(before, start + 1)


_MOST = 20
"""In how many places of a text words may stand to be looked at in each."""


def _is_seen(raw: str, made: str, old: str, new: str) -> bool:
    """Tell whether a reader sees an edit where the correction has it, and nowhere else.

    The same words may stand in an address, or in another place that markup does not divide.
    """
    old, new = flat(old), flat(new)
    pairs = [(raw, made)]
    if _RUBY.findall(raw) == _RUBY.findall(made):  # or a word would have another one's reading
        pairs = list(zip(_readings(raw), _readings(made), strict=False))
    for pair in pairs:
        for labels in (_LINKS, _LABELS):
            before, after = (flat(_seen(text, labels)) for text in pair)
            if before.count(old) == 1 and after == flat(before.replace(old, new)):
                return True
    hidden = ([found[0] for found in HIDDEN.finditer(text)] for text in (raw, made))
    before, after = flat(raw), flat(made)
    same = before.count(old) == 1 and after == flat(before.replace(old, new))
    return same and next(hidden) == next(hidden)


def _word_at(text: str) -> int:
    """Return the length of the rest of a word at the beginning of a text; 0 beside Han or kana."""
    found = _REST.match(text)
    return found.end() if found else 0


_REST = re.compile(rf"(?:(?![{CJK}])\w)+")


_WIDENINGS = sorted(
    ((left, right) for left in range(_CONTEXT) for right in range(_CONTEXT - left)),
    key=lambda each: (sum(each), abs(each[0] - each[1])),
)
"""How many characters before and behind an edit are looked at, the fewest first."""


def common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
