"""Exchange words that a reader has seen on a page in the Markdown which they were made from."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache, partial

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


def as_seen(raw: str) -> str:
    """Return a text on one line as its reader sees it."""
    return flat(_seen(raw, _LINKS))


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
    """Return a text as it is, and if it has them, without readings and without marks of height."""
    found = [raw, _READING.sub("", raw)] if "<rt>" in raw else [raw]
    return [*found, _RAISED.sub(r"\1\2", raw)] if _RAISED.search(raw) else found


_NOTHING = re.compile(r"(?!)")
_READING = re.compile(r"<(r[tp])>[^<>]*</\1>")
_RAISED = re.compile(r"(?<!\^)\^([^\s^]+)\^(?!\^)|(?<!~)~([^\s~]+)~(?!~)")
"""What some sites raise and lower: `m^2^`, `CO~2~`. To others these are signs as any."""
_RUBY = re.compile(r"<ruby>.*?</ruby>", re.DOTALL)


def exchanged(raw: str, old: str, new: str) -> str | None:
    """Replace `old` by `new` in Markdown, markup kept; None unless exactly one place fits.

    None where these words have no one place in it, as when they begin in bold and end outside. A
    text that already reads as it should comes back as it is.
    """
    old, new = _as_typed(raw, old), _as_typed(raw, new, old)
    if old == new:  # but for marks that a keyboard has not
        return raw
    made = _step_by_step(raw, flat(old), flat(new)) or _at_once(raw, old, new)
    return None if made and _emptied(made) > _emptied(raw) else made


def _emptied(raw: str) -> int:
    return len(_EMPTIED.findall(raw))


_EMPTIED = re.compile(r"\[\]\(|(?<!\*)\*{4}(?!\*)|(?<!`)``(?!`)|<(\w+)[^<>]*></\1>")
"""Markup around nothing."""


def without_notes(raw: str, old: str, new: str) -> tuple[str, str]:
    """Return two texts without the numbers that stand for the notes of a text.

    They are copied along, each where a note is in `raw`. If one is in `old` alone, both come back
    as they are: somebody may have meant to change it.
    """
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    signs = re.compile("|".join(_signs(raw)) or "(?!)")
    for sign in reversed([*signs.finditer(old)]):
        start, end = sign.span()
        holding = (each for each in blocks if each.a <= start and end <= each.a + each.size)
        if (block := next(holding, None)) is None:
            return old, new
        old, shift = old[:start] + old[end:], block.b - block.a
        new = new[: start + shift] + new[end + shift :]
    return old, new


def _signs(raw: str) -> Iterator[str]:
    """Yield patterns for the numbers of a text's notes in a part of it that a reader has copied.

    Each is known by what is before it, or behind; by less at an end of what was copied.
    """
    for note in _NOTE.finditer(raw):
        before, after = as_seen(raw[: note.start()]), as_seen(raw[note.end() :])
        for length in range(1, _NEAR + 1):
            start, end = ("^", "$") if length < _NEAR else ("", "")
            if len(before) >= length:
                yield rf"(?<={start}{re.escape(before[-length:])}) ?{_SIGN}(?!\d)"
            if len(after) >= length:
                yield rf"(?<!\d){_SIGN}(?= ?{re.escape(after[:length])}{end})"


_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_SIGN = r"(?:\[\d{1,3}\]|\d{1,3}|[¹²³⁰⁴-⁹]+)"
_NEAR = 10
"""By how many characters beside it the number of a note is known."""


def _step_by_step(raw: str, old: str, new: str) -> str | None:
    """Replace one text by another whose words differ in several places, as `exchanged` does.

    None if most of the words are others: these are no corrections of single ones.
    """
    words = _WORDS.findall(old), _WORDS.findall(new)
    pairs = SequenceMatcher(None, *words, autojunk=False)
    edits = [edit for edit in pairs.get_opcodes() if edit[0] != "equal"]
    if not 1 < len(edits) <= _MOST or pairs.ratio() < _ALIKE:
        return None
    made: str | None = raw
    before = old
    for _, _, end, _, last in edits:
        after = "".join((*words[1][:last], *words[0][end:]))
        if made is not None and before != after:
            made = _at_once(made, before, after)
        before = after
    return made


_WORDS = re.compile(rf"(?:(?![{CJK}])\w)+|.", re.DOTALL)
_ALIKE = 0.5


def _at_once(raw: str, old: str, new: str) -> str | None:
    """Replace one text by another whose words differ in one place; None unless exactly one fits."""
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
    # What could be of a word or of its reading is of the word; beside a ruby, it is not in it.
    for kept in (_RUBY, _READING) if "<rt>" in raw else ():
        if found := _widened(raw, old, new, (whole, (head, tail)), fits, kept):
            return found
    return _widened(raw, old, new, (whole, (head, tail)), fits)


def _widened(
    raw: str,
    old: str,
    new: str,
    ends: Iterable[tuple[int, int]],
    fits: Callable[[str], bool],
    kept: re.Pattern[str] = _NOTHING,
) -> str | None:
    """Replace what differs between two texts, with as much beside it as it takes; None if unclear.

    `ends` is how much they have in common at both ends; what `kept` finds stays as it is.
    """
    as_before = _all_of(kept, raw)
    for first, last in ends:
        for left, right in _WIDENINGS:
            start, end = max(0, first - left), max(0, last - right)
            before, after = old[start : len(old) - end], new[start : len(new) - end]
            made = (
                each for each in _replaced(raw, before, after) if _all_of(kept, each) == as_before
            )
            seen = {each for each in made if fits(each)}
            if len(seen) == 1:
                return seen.pop()
    return None


def _has_blanks(raw: str, old: str, new: str) -> bool:
    """Tell whether a text already has the blanks of `new` where `old` has others."""
    lines = (each.replace("\n", " ") for each in _shown(raw))
    return any(new in each and old not in each for each in lines)


def flat(text: str) -> str:
    """Return a text on one line, without blanks beside Han and kana: these depend on its lines."""
    return _BESIDE.sub("", " ".join(_UNSEEN.sub("", text).split()))


_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What readers do not see, as where a word may be divided; `letter` leaves it out likewise."""


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


def _all_of(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found[0] for found in pattern.finditer(text)]


def _replaced(raw: str, before: str, after: str) -> Iterator[str]:
    """Yield a text with words exchanged in each place where they stand, if these are few."""
    text, places = _on_a_line(raw)
    if not before or not 0 < text.count(before) <= _MOST:
        return
    at = text.find(before)
    while at >= 0:
        start, end = places[at][0], places[at + len(before) - 1][1]
        broken = _BREAK.search(raw, start, end)
        yield raw[:start] + (after.replace(" ", broken[0], 1) if broken else after) + raw[end:]
        at = text.find(before, at + 1)


@lru_cache(maxsize=8)
def _on_a_line(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text as `flat` has it, and of each of its characters where it begins and ends.

    A break that is seen, with two blanks before it, stays one.
    """
    found = [each for each in _PIECE.finditer(raw) if not _UNSEEN.match(each[0])]
    kept = [each for n, each in enumerate(found) if not (each["blank"] and _is_beside(found, n))]
    text = "".join(" " if each["blank"] else each[0] for each in kept)
    return text, [each.span() for each in kept]


def _is_beside(found: list[re.Match[str]], n: int) -> bool:
    """Tell whether a piece of a text stands beside Han or kana."""
    return any(
        _BESIDE_BREAK.match(each[0]) for each in (found[max(0, n - 1) : n] + found[n + 1 : n + 2])
    )


_PIECE = re.compile(
    r"(?P<blank>[ ]?(?<!  )(?<!\\)\n[ \t]*+|[ \t\xa0\u202f]++(?!\n)|[ ](?=\n))|.", re.DOTALL
)
_BREAK = re.compile(r"[ ]?\n[ \t]*")
_BESIDE_BREAK = re.compile(f"[{CJK}]")
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
