"""Tell how likely one block of a page is the translation of another.

What a translation keeps is compared: the kind of text, numbers, names, links, code, the level of a
heading and, roughly, the length (Gale and Church, "A program for aligning sentences in bilingual
corpora", 1993, use length alone). A likeness is a logarithm: above 0, the two are more likely a
pair than two blocks taken at random.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt
from statistics import median
from typing import NamedTuple
from unicodedata import combining, east_asian_width, normalize

from handbook.bitext.page import fences, frontmatter, inline
from handbook.bitext.page.segments import Page, Segment

# The likeness of blocks that cannot be a pair.
NEVER = -1000.0

_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f]\d+)*")
_NOT_DIGITS = re.compile(r"\D+")
_NOTE = re.compile(r"\[\^[^\]]+\]")
_TARGET = re.compile(r"\]\(<?([^)\s>]+)|\]\[([^\]]+)\]")
_FRAGMENT = re.compile(r"#.*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_PLAIN = re.compile(r"`[^`]*`|\]\([^)]*\)|\{[^}]*\}|<[^>]*>|https?://\S+")


class Block(NamedTuple):
    """A segment, or a block of code, with what its translation shares."""

    segment: Segment | None
    """None for a block of code, which is no text but shows where on the page one is."""
    kind: str
    level: int
    """Of a heading, how deep it is; of other text, how far it is indented."""
    kept: frozenset[str]
    """Numbers, footnote marks, targets of links, and code."""
    words: frozenset[str]
    """Latin words: names, and words that languages have in common."""
    is_latin: bool
    length: int
    """In letters; wide ones count twice."""
    message: str


def blocks(page: Page) -> list[Block]:
    """Return the text and code blocks of a page in reading order, without addresses."""
    found = [
        (segment.spans[0][0] if segment.spans else 0, _of_text(page, segment))
        for segment in page.segments
        if segment.kind != "address"
    ]
    text = page.text
    if "```" in text or "~~~" in text:
        found += (
            (start, _of_code(text[slice(*fence.content)]))
            for start, fence in fences.find(text, frontmatter.end(text))
        )
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def _of_text(page: Page, segment: Segment) -> Block:
    """Return the block of a segment: what of it stays in a translation, and how long it is."""
    message = normalize("NFKC", segment.message)
    kept = {_NOT_DIGITS.sub("", number) for number in _NUMBER.findall(_PLAIN.sub(" ", message))}
    kept |= set(_NOTE.findall(message))
    kept |= {_FRAGMENT.sub("", one or other) or "#" for one, other in _TARGET.findall(message)}
    if "`" in message or "<" in message:
        kept |= {e.key for e in inline.elements(message) if e.kind == "code" or e.target}
    plain = _PLAIN.sub(" ", message)
    words = {_bare(word) for word in _WORD.findall(plain) if _LATIN.match(word)}
    letters = [character for character in plain if character.isalpha()]
    latin = sum(bool(_LATIN.match(letter)) for letter in letters)
    wide = sum(east_asian_width(character) in "WF" for character in segment.message)
    return Block(
        segment,
        "title" if segment.kind == "default title" else segment.kind,
        page.level(segment) or _indent(page.text, segment),
        frozenset(kept),
        frozenset(words),
        2 * latin >= len(letters),
        len(segment.message) + wide,
        message,
    )


def _bare(word: str) -> str:
    """Return a word without accents, in small letters, its end cut off: nación, nation."""
    letters = (c for c in normalize("NFD", word.casefold()) if not combining(c))
    return "".join(letters)[:5]


def _indent(text: str, segment: Segment) -> int:
    """Return how far a text is indented, in steps of two blanks."""
    if not segment.spans:
        return 0
    before = text[text.rfind("\n", 0, segment.spans[0][0]) + 1 : segment.spans[0][0]]
    return (len(before) - len(before.lstrip(" \t"))) // 2


def _of_code(content: str) -> Block:
    rows = frozenset(row.strip() for row in content.split("\n") if row.strip())
    return Block(None, "code block", 0, rows, frozenset(), True, len(content), content)


class Likeness:
    """The likeness of each block of one page and each of another."""

    def __init__(self, mine: Sequence[Block], theirs: Sequence[Block]) -> None:
        """Take the blocks of both pages: how often something occurs tells what it proves."""
        self.mine, self.theirs = mine, theirs
        both = (*mine, *theirs)
        self._kept = _rarity(both, (block.kept for block in both))
        self._words = _rarity(both, (block.words for block in both))
        self._ratio = _ratio(mine, theirs)
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, i: int, j: int) -> float:
        """Return the likeness of block `i` of the first page and block `j` of the second."""
        if (i, j) not in self._known:
            self._known[i, j] = self.of(self.mine[i], self.theirs[j])
        return self._known[i, j]

    def of(self, mine: Block, theirs: Block) -> float:
        """Return the likeness of two blocks."""
        if mine.kind != theirs.kind:
            return NEVER
        if mine.segment is None or theirs.segment is None:
            return self._of_code(mine, theirs)
        if mine.kind == "heading" and mine.level != theirs.level:
            return NEVER
        level = 0.3 if mine.level == theirs.level else -1.0
        return level + self._of_length(mine, theirs) + self._of_content(mine, theirs)

    def is_as_long(self, mine: Block, theirs: Block) -> bool:
        """Tell whether two blocks have the lengths of a pair: neither is a half of the other."""
        return self._of_length(mine, theirs) > 0

    def joined(self, one: Block, other: Block) -> Block | None:
        """Return two neighbouring blocks as one; None if they are not of one kind."""
        if one.segment is None or one.kind != other.kind or one.kind in ("heading", "front matter"):
            return None
        return one._replace(
            kept=one.kept | other.kept,
            words=one.words | other.words,
            length=one.length + other.length,
            message=f"{one.message} {other.message}",
        )

    def _of_code(self, mine: Block, theirs: Block) -> float:
        """Return the likeness of two blocks of code by the lines that both have."""
        if mine.message == theirs.message:
            return 6.0
        both = mine.kept | theirs.kept
        shared = len(mine.kept & theirs.kept) / len(both) if both else 1.0
        return 8 * (shared - 0.4) if shared < 0.9 else 5.0

    def _of_length(self, mine: Block, theirs: Block) -> float:
        """Return what the lengths say: the ratio of pairs varies less than that of others."""
        ratio = log((theirs.length + 3) / (mine.length + 3)) - self._ratio
        spread = 0.16 + 1.3 / sqrt(mine.length + theirs.length + 6)
        narrow = 1 / spread**2 - 1 / _ANY_SPREAD**2
        return max(log(_ANY_SPREAD / spread) - ratio**2 / 2 * narrow, -6.0)

    def _of_content(self, mine: Block, theirs: Block) -> float:
        """Return what numbers, links and names say that both blocks have, or one lacks."""
        if mine.message == theirs.message:
            return 2.0
        shared = sum(self._kept[each] for each in mine.kept & theirs.kept)
        lacking = sum(1.2 if each.isdigit() else 2.4 for each in mine.kept ^ theirs.kept)
        score = min(shared, 6.0) - min(lacking, 6.0)
        names = min(sum(self._words[each] for each in mine.words & theirs.words), 4.0)
        if mine.is_latin and theirs.is_latin:
            return score + 0.5 * names
        # What a text in another script has in Latin letters are names, which its source has too.
        strange = (theirs.words - mine.words) if mine.is_latin else (mine.words - theirs.words)
        return score + (
            0.0 if mine.is_latin == theirs.is_latin else 0.8 * names - 0.8 * len(strange)
        )


_ANY_SPREAD = 0.9


def _rarity(both: Sequence[Block], found: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """Return how much each thing that two blocks have in common proves: the rarer, the more."""
    counts = Counter(each for every in found for each in every)
    return {each: min(4.0, log(1 + len(both) / count) - 0.4) for each, count in counts.items()}


def _ratio(mine: Sequence[Block], theirs: Sequence[Block]) -> float:
    """Return the logarithm of how much longer the second language is."""
    if len(mine) == len(theirs):
        pairs = [
            log((b.length + 3) / (a.length + 3))
            for a, b in zip(mine, theirs, strict=True)
            if a.kind == b.kind and a.segment and b.segment
        ]
        if pairs:
            return max(-0.7, min(0.7, median(pairs)))
    sums = [sum(block.length for block in page if block.segment) + 50 for page in (mine, theirs)]
    return max(-0.4, min(0.4, log(sums[1] / sums[0])))


def as_percent(margin: float) -> int:
    """Convert an alignment margin to a confidence from 1 to 99 for display."""
    return max(1, min(99, round(100 / (1 + exp(min(-margin, 50.0))))))
