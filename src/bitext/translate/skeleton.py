"""What a renderer makes of a page, reduced to what a translation may not change.

The renderer is handed in: any function from the text of a page (without front matter) to
HTML. This module knows no Markdown package.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from bitext.page.markup import TAG

Renderer = Callable[[str], str]

# Tags that a translation may have more or fewer of: readings, break opportunities and the
# isolation of a run of text; `abbr` is put in by an extension wherever a short form stands.
FREE = frozenset("ruby rt rp rb wbr bdi abbr".split())
# Emphasis may be dropped (Japanese quotes instead), never added.
_EMPHASIS = frozenset("em strong mark b i".split())
_WORDS = frozenset("alt title aria-label placeholder".split())
_VERBATIM = frozenset("code pre script style textarea".split())
_INLINE = frozenset(
    """a b bdo br button cite code data del dfn em i img input ins kbd label mark
    q s samp small span strong sub sup time u var""".split()
)


class Block(NamedTuple):
    """A tag that stands apart from running text, or a run of text by what is in it."""

    tag: str
    """`<p`, `</p`, or "" for running text."""
    attributes: tuple[tuple[str, str], ...] = ()
    elements: tuple[tuple[tuple[str, object], int], ...] = ()
    """Elements of running text, and how often each stands there."""

    def allows(self, other: Block) -> bool:
        """Whether `other` differs from this at most by emphasis left out."""
        if self == other:
            return True
        mine, theirs = Counter(dict(self.elements)), Counter(dict(other.elements))
        lost = mine - theirs
        return (
            self[:2] == other[:2]
            and not theirs - mine
            and _EMPHASIS.issuperset(tag for tag, _ in lost)
        )


class Skeleton(NamedTuple):
    """A page without its words: its blocks in order."""

    blocks: tuple[Block, ...]
    marks: Mapping[int, frozenset[int]]
    """The marks that stood in the text of a block, by the number of the block."""

    def allows(self, other: Skeleton) -> bool:
        """Whether a page of skeleton `other` differs from this one in words alone."""
        return len(self.blocks) == len(other.blocks) and all(
            mine.allows(theirs) for mine, theirs in zip(self.blocks, other.blocks, strict=True)
        )


class Difference(NamedTuple):
    """A stretch of a page that is not as it was: the marks in it, and what has changed."""

    marks: frozenset[int]
    words: str


def differences(mine: Skeleton, theirs: Skeleton) -> list[Difference]:
    """Where two skeletons differ, told by the marks that both pages carry."""
    matcher = SequenceMatcher(None, mine.blocks, theirs.blocks, autojunk=False)
    found = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = list(zip(range(i, i_end), range(j, j_end), strict=False))
        if i_end - i == j_end - j and all(
            mine.blocks[x].tag == theirs.blocks[y].tag for x, y in pairs
        ):
            for x, y in pairs:
                if not mine.blocks[x].allows(theirs.blocks[y]):
                    marks = _marks(mine, x, x + 1) | _marks(theirs, y, y + 1)
                    found.append(Difference(marks, _told(mine.blocks[x], theirs.blocks[y])))
        else:
            marks = _marks(mine, i - 1, i_end) | _marks(theirs, j - 1, j_end)
            words = "the blocks of the page would not be the same"
            if not any(block.tag for block in mine.blocks[i:i_end] + theirs.blocks[j:j_end]):
                nothing = (Block(""),)
                words = _told(
                    (mine.blocks[i:i_end] + nothing)[0], (theirs.blocks[j:j_end] + nothing)[0]
                )
            found.append(Difference(marks, words))
    return found


def _marks(bones: Skeleton, start: int, end: int) -> frozenset[int]:
    none: frozenset[int] = frozenset()
    return none.union(*(bones.marks.get(number, none) for number in range(start, end)))


def _told(mine: Block, theirs: Block) -> str:
    """What `theirs` has too much or too little, in words."""
    before, after = Counter(dict(mine.elements)), Counter(dict(theirs.elements))
    for verb, changed in (("adds", after - before), ("lacks", before - after)):
        for tag, value in changed:
            if tag == "verbatim":
                return f"it {verb} the code {value!r}"
            if tag == "letter":
                return f"it {verb} {value!r}"
            attributes = value if isinstance(value, tuple) else ()
            return f"it {verb} <{tag}" + "".join(f' {k}="{v}"' for k, v in attributes) + ">"
    return "its attributes would not be the same"


def skeleton(html: str) -> Skeleton:
    """The skeleton of a rendered page.

    What a browser may take for a tag, and is none by the rules, is held to the letter.
    """
    bones = _Bones()
    for piece in _PIECE.finditer(html):
        bones.read(piece)
    bones.end_text()
    return Skeleton(tuple(bones.blocks), {n: frozenset(m) for n, m in bones.marks.items()})


_PIECE = re.compile(
    rf"""(?P<text>[^<]+) | <(?P<raw>script|style)\b.*?</(?P=raw)\b[^>]*> | {TAG.pattern}
       | <(?:[a-z/!?][^>]*>?)?""",
    TAG.flags | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


@lru_cache(maxsize=4096)  # most tags of a page are like one before
def _attributes(written: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The attributes of a tag without words and marks, by name, and their values as they are."""
    found = [(name.lower(), unescape(_bare(value))) for name, value in _ATTRIBUTE.findall(written)]
    kept = sorted((name, "" if name in _WORDS else _MARKED.sub("", value)) for name, value in found)
    return tuple(kept), " ".join(value for _, value in found)


def _bare(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


class _Bones:
    """Gathers blocks; within a run of text, elements count but their order does not."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.inline: Counter[tuple[str, object]] = Counter()
        self.marks: dict[int, set[int]] = {}
        self.pending: set[int] = set()
        self.verbatim: list[str] = []
        self.within: list[str] = []

    def read(self, piece: re.Match[str]) -> None:
        """Take a tag, a run of text, or what is held to the letter."""
        kind = piece.lastgroup
        if kind == "text" or piece[0] == "<":
            self.say(piece[0])
        elif kind != "empty":  # of a tag that is the last group
            self.inline["letter", piece[0]] += 1
        elif piece["close"]:
            self.close(piece["name"].lower())
        else:
            self.open(piece["name"].lower(), piece["attributes"])

    def say(self, text: str) -> None:
        """Take a run of text, whose words do not matter but in code."""
        self.note(text)
        if self.within:
            self.verbatim.append(_MARKED.sub("", unescape(text)))

    def open(self, tag: str, attributes: str) -> None:
        """Take the tag that begins an element."""
        kept, values = _attributes(attributes)
        if tag in FREE and all(name == "title" and tag == "abbr" for name, _ in kept):
            return
        self.note(values)
        if tag in _INLINE or tag in FREE:
            self.inline[tag, kept] += 1
        else:
            self.end_text()
            self.blocks.append(Block("<" + tag, kept))
        if tag in _VERBATIM:
            self.within.append(tag)

    def close(self, tag: str) -> None:
        """Take the tag that ends one."""
        if tag in self.within:
            outermost = self.within[0]
            del self.within[self.within.index(tag) :]
            if not self.within:
                self.end_verbatim(outermost)
        if tag not in _INLINE and tag not in FREE:
            self.end_text()
            self.blocks.append(Block("</" + tag))

    def end_text(self) -> None:
        if self.inline:
            self.blocks.append(Block("", (), tuple(sorted(self.inline.items(), key=repr))))
            self.inline = Counter()
        if self.pending:
            self.marks.setdefault(len(self.blocks) - 1, set()).update(self.pending)
            self.pending = set()

    def end_verbatim(self, tag: str) -> None:
        """Code in running text may be wrapped; elsewhere its white space counts."""
        text = "".join(self.verbatim)
        self.verbatim = []
        self.inline["verbatim", " ".join(text.split()) if tag == "code" else text] += 1

    def note(self, text: str) -> None:
        """Remember the marks in `text`."""
        if _MARK in text:
            self.pending.update(_number(digits) for digits in _MARKED.findall(text))


# Private-use characters that name a segment in a rendered page: a mark and four digits.
_MARK = "\ue6a0"
_DIGITS = {str(n): chr(0xE6B0 + n) for n in range(10)}
_MARKED = re.compile("\ue6a0([\ue6b0-\ue6b9]{4})")
_HEADING = re.compile(r"<h[1-6]\b([^>]*)>(.*?)</h[1-6]>", re.DOTALL)
_IDENTIFIER = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")


def mark(number: int) -> str:
    """A mark that a renderer passes through and that no id is made from."""
    return _MARK + "".join(_DIGITS[digit] for digit in f"{number:04}")


def _number(digits: str) -> int:
    return int("".join(str(ord(char) - 0xE6B0) for char in digits))


def heading_ids(html: str) -> dict[int, str]:
    """The id of each marked heading, by the number of its mark."""
    found = {}
    for heading in _HEADING.finditer(html):
        number = _MARKED.search(heading[2])
        identifier = _IDENTIFIER.search(heading[1])
        if number and identifier:
            found[_number(number[1])] = identifier[1] or identifier[2]
    return found
