"""Limits: what a page or a translation may not exceed, so that none can stop a machine.

SECURITY.md lists them. What is over a limit is refused with its line; the rest goes on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from handbook.bitext.problem import line_at

TIMES_AS_LONG = 10
"""How many times as long as its message a translation may be, and this much more:"""
AND_CHARACTERS = 2000
PAGE_TIMES_AS_LONG = 4
"""How many times as long as its messages the translations of a page may be, and this much more:"""
PAGE_AND_CHARACTERS = 5_000
"""A table of 2,000 cells, each within its own limit, took 4 GB while printing."""
MARKUP = "[`<!$~^*_\\("
"""Characters with which markup begins, and how many more than its message a translation may have.

Python-Markdown looks for the end of each: 20,000 characters of `[^` took a minute."""
TIMES_AS_MARKED = 2
AND_MARKS = 100
MARKS_IN_A_ROW = 8
"""Combining marks on one letter. Fonts stack them: 6,400 took 2.6 GB while printing."""
ATTRIBUTES_OF_A_FENCE = 16
"""The expression that SuperFences reads them with takes twice as long for each one more."""
PIXELS = 100_000_000
"""How many pixels a picture in a book may have; each takes up to four bytes of memory."""
LANGUAGE_TIMES_AS_LONG = 3
"""How many times as long as the pages the translations in a language may be, and this much more.

Above that a page may have so many times as much, and no more. English in Spanish is 1.2 times as
long, in Japanese 0.5 times; Japanese in Spanish or English is up to 2.5 times as long.
"""
LANGUAGE_AND_CHARACTERS = 20_000
PRINT_MEMORY = 850
"""How many megabytes of memory the process that prints books may have: with the program and the
fonts, which are not counted, it stays below a gigabyte."""
PRINT_TIMES = 1_500
"""The bytes it may have for each byte of the pages, if that is more. A handbook of 600 kB that is
translated takes 950 for each; it is the pages alone, not what is sent as their translation."""
PRINT_MADE = 2 * PRINT_MEMORY
"""How many of them are there at most for what plugins make of pages: the reference of a program's
code can have a hundred times the length of its files."""
PRINT_LEAST = 200
"""The bytes that printing takes at least for each byte of a document: code takes hardly more, text
half as many again, links and tables twice as many. What cannot have them is not begun."""
PRINT_SECONDS = 300
"""How many seconds it may compute for one document."""

_BEYOND_ASCII = re.compile(rf"[^\x00-\u02ff]{{{MARKS_IN_A_ROW + 1},}}")
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_IN_A_ROW + 1},}}")
"""Marks are no letters, digits or spaces: only such runs are looked at."""
_FENCE_LINE = re.compile(r"^[^\n`~]*+(?:`{3,}|~{3,})([^\n]*)", re.MULTILINE)


def translation_excess(message: str, translation: str) -> str | None:
    """Return which limit a translation exceeds, and the cure; None if none."""
    if len(translation) > TIMES_AS_LONG * len(message) + AND_CHARACTERS:
        return f"it is {len(translation)} characters long, the message {len(message)}; shorten it"
    for mark in MARKUP:
        count = translation.count(mark)
        if count <= AND_MARKS:
            continue
        own = message.count(mark)
        more = len(message) if mark == "<" else 0  # readings of kanji: four tags a word
        if count > TIMES_AS_MARKED * own + AND_MARKS + more:
            return f"it has {mark} {count} times, the message {own} times; take some out"
    if excess := text_excess(translation):
        return excess[1]
    return None


def is_language_over(pages: int, translations: int) -> bool:
    """Tell whether a language's translations are too long, from the characters of both."""
    return translations > LANGUAGE_TIMES_AS_LONG * pages + LANGUAGE_AND_CHARACTERS


def print_memory(pages: int, made: int = 0) -> int:
    """Return how many megabytes may be taken to print pages of so many bytes.

    `made` is how many they are with what plugins have put into them.
    """
    by_plugins = min(PRINT_MADE, PRINT_TIMES * made >> 20)
    return max(PRINT_MEMORY, PRINT_TIMES * pages >> 20, by_plugins)


def is_print_over(document: int, memory: int) -> bool:
    """Tell whether a document of so many bytes needs more than these megabytes in any case."""
    return PRINT_LEAST * document >> 20 > memory


def page_excess(
    pairs: Sequence[tuple[str, str] | None], *, is_language_over: bool = False
) -> list[int]:
    """Return which translations of a page to leave out so that the others are within its limit.

    `pairs` has a message and its translation, or None for text without one. Returns their indexes:
    first of those that are the longest beside their message. Where the whole language is over its
    limit, that of the page is lower.
    """
    times, more = PAGE_TIMES_AS_LONG, PAGE_AND_CHARACTERS
    if is_language_over:
        times, more = LANGUAGE_TIMES_AS_LONG, 0
    lengths = {n: (len(pair[0]), len(pair[1])) for n, pair in enumerate(pairs) if pair}
    allowed = times * sum(length for length, _ in lengths.values())
    left = sum(length for _, length in lengths.values()) - allowed - more
    out: list[int] = []
    if left <= 0:
        return out
    by_excess = sorted(lengths, key=lambda n: lengths[n][1] - times * lengths[n][0], reverse=True)
    for number in by_excess:
        if left <= 0:
            break
        out.append(number)
        left -= lengths[number][1] - times * lengths[number][0]
    return sorted(out)


def text_excess(text: str) -> tuple[int, str] | None:
    """Return the line of a text that exceeds a limit, with the limit and the cure; None if none."""
    beyond = _BEYOND_ASCII.finditer(text)  # a page that has none is read fastest in this way
    for run in (each for place in beyond for each in _MAYBE_MARKS.finditer(text, *place.span())):
        marks = 0
        for character in run[0]:
            marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
            if marks > MARKS_IN_A_ROW:
                return line_at(text, run.start()), (
                    f"more than {MARKS_IN_A_ROW} marks are on one letter; delete those"
                )
    for fence in _FENCE_LINE.finditer(text) if "```" in text or "~~~" in text else ():
        if fence[1].count("=") > ATTRIBUTES_OF_A_FENCE:
            return line_at(text, fence.start()), (
                f"a code fence has more than {ATTRIBUTES_OF_A_FENCE} attributes; delete some"
            )
    return None
