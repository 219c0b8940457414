"""Reduce a rendered page to its skeleton: all of its HTML that a translation may not change.

The renderer is a parameter: any function from the text of a page (without front matter) to
HTML. This module does not depend on a Markdown package. HTML is parsed here, to be strict: text
that is not a valid tag, but that a browser might parse as one, must be exactly the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from handbook.bitext.page.characters import decoded
from handbook.bitext.page.markup import ELEMENT, EMPHASIS, INLINE, TAG, TEXT_ATTRIBUTES

Renderer = Callable[[str], str]

# Tags that a translation may have more or fewer of: ruby text, line-break opportunities and
# bidirectional isolation; an extension adds `abbr` wherever an abbreviation occurs.
_FREE = frozenset("ruby rt rp rb wbr bdi abbr".split())
_VERBATIM = frozenset("code pre script style textarea".split())


def _is_inline(tag: str) -> bool:
    """Tell whether a tag is part of running text; what HTML does not know, with - or _, is too."""
    return tag in INLINE or tag in _FREE or "-" in tag or "_" in tag


Elements = tuple[tuple[tuple[str, object], int], ...]
"""The elements of running text, each with the number of its occurrences."""


class Block(NamedTuple):
    """A block tag, or a run of text reduced to its inline elements."""

    tag: str
    """`<p`, `</p`, or "" for running text."""
    attributes: tuple[tuple[str, str], ...] = ()
    elements: Elements = ()

    def allows(self, other: Block) -> bool:
        """Tell whether `other` is the same block, or differs only by missing emphasis."""
        if self == other:
            return True
        mine, theirs = Counter(dict(self.elements)), Counter(dict(other.elements))
        lost = mine - theirs
        return (
            self[:2] == other[:2]
            and not theirs - mine
            and EMPHASIS.issuperset(tag for tag, _ in lost)
        )


class Skeleton(NamedTuple):
    """The skeleton of a page: its blocks in order, without text."""

    blocks: tuple[Block, ...]
    markers: Mapping[int, tuple[int, ...]]
    """The indexes of the blocks that contain each marker, by the marker's number."""

    def allows(self, other: Skeleton) -> bool:
        """Tell whether a page with skeleton `other` differs from this one only in text."""
        return _allow(self.blocks, other.blocks)


def _allow(mine: Sequence[Block], theirs: Sequence[Block]) -> bool:
    """Tell whether the blocks of a page allow those of another: as many, each allowed."""
    return mine == theirs or (
        len(mine) == len(theirs)
        and all(one.allows(other) for one, other in zip(mine, theirs, strict=True))
    )


class Difference(NamedTuple):
    """A difference between the skeletons of two pages, in one stretch of each."""

    numbers: frozenset[int]
    """The markers in the stretch; between segments, also the markers around it."""
    mine: range
    """Its blocks in the first page."""
    theirs: range
    """Its blocks in the second."""
    inside: bool
    """Whether it is between the two markers of one segment, which is then at fault."""
    inline: bool
    """Whether only the elements of running text differ."""
    reason: str


def differences(mine: Skeleton, theirs: Skeleton) -> Iterator[Difference]:
    """Yield the differences of two pages that have a marker on each side of every segment.

    The markers divide both pages into the same parts, which are compared one by one.
    """
    for part, inside in _divided(mine, theirs):
        blocks = mine.blocks[part.mine.start : part.mine.stop]
        others = theirs.blocks[part.theirs.start : part.theirs.stop]
        if not _allow(blocks, others):
            inline = [block[:2] for block in blocks] == [block[:2] for block in others]
            numbers = part.numbers
            if not inside:
                numbers |= _within(mine, part.mine) | _within(theirs, part.theirs)
            yield Difference(
                numbers, part.mine, part.theirs, inside, inline, describe(blocks, others)
            )


class _Part(NamedTuple):
    """A part of two pages between the same markers: its markers, and its blocks in each page."""

    numbers: frozenset[int]
    mine: range
    theirs: range


def _divided(mine: Skeleton, theirs: Skeleton) -> Iterator[tuple[_Part, bool]]:
    """Yield all parts of two pages in order, and whether each belongs to exactly one segment.

    A part between segments has the numbers of those around it.
    """
    start = _Part(frozenset(), range(0), range(0))
    rest = (range(len(each.blocks), len(each.blocks)) for each in (mine, theirs))
    for before, part in pairwise([start, *_parts(mine, theirs), _Part(frozenset(), *rest)]):
        between = range(before.mine.stop, part.mine.start)
        theirs_between = range(before.theirs.stop, part.theirs.start)
        yield _Part(before.numbers | part.numbers, between, theirs_between), False
        yield part, len(part.numbers) == 1


def _parts(mine: Skeleton, theirs: Skeleton) -> list[_Part]:
    """Return the parts that markers enclose in both pages, in order and without overlap.

    A marker that is not exactly twice in each page is ignored (a heading's text may be repeated in
    a table of contents), and so is a marker that has moved.
    """
    found = [_Part(frozenset(), range(0), range(0))]
    for number, (first, *more) in sorted(mine.markers.items(), key=lambda item: item[1]):
        others = theirs.markers.get(number, ())
        if len(more) != 1 or len(others) != 2:
            continue
        part = _Part(
            frozenset((number,)), range(first, more[0] + 1), range(others[0], others[1] + 1)
        )
        last = found[-1]
        if part.mine.start >= last.mine.stop and part.theirs.start >= last.theirs.stop:
            found.append(part)
        elif part.mine.start >= last.mine.start and part.theirs.start >= last.theirs.start:
            found[-1] = _united(last, part)
    return found[1:]


def _united(one: _Part, other: _Part) -> _Part:
    """Return two parts that overlap as one."""
    return _Part(
        one.numbers | other.numbers,
        range(one.mine.start, max(one.mine.stop, other.mine.stop)),
        range(one.theirs.start, max(one.theirs.stop, other.theirs.stop)),
    )


def _within(skeleton: Skeleton, blocks: range) -> frozenset[int]:
    """Return the markers in a range of blocks."""
    return frozenset(
        n for n, places in skeleton.markers.items() if any(p in blocks for p in places)
    )


def describe(mine: Sequence[Block], theirs: Sequence[Block]) -> str:
    """Describe what `theirs` has and `mine` has not, or else what it lacks."""
    before, after = _counted(mine), _counted(theirs)
    lost = {element: n for element, n in (before - after).items() if element[0] not in EMPHASIS}
    for verb, changed in (("adds", after - before), ("lacks", lost)):
        # the text of code is more helpful than its element
        for tag, value in sorted(changed, key=lambda element: element[0] != "verbatim"):
            if tag == "verbatim":
                return f"it {verb} the code {value!r}"
            if tag == "letter":
                return f"it {verb} {value!r}"
            if tag:
                attributes = value if isinstance(value, tuple) else ()
                return f"it {verb} <{tag}" + "".join(f' {k}="{v}"' for k, v in attributes) + ">"
    return "it changes the order or nesting of blocks"


def _counted(blocks: Sequence[Block]) -> Counter[tuple[str, object]]:
    """Count the elements of some blocks, block tags and inline elements."""
    count: Counter[tuple[str, object]] = Counter()
    for block in blocks:
        if block.tag.startswith("<"):
            count[block.tag[1:], block.attributes] += 1
        count.update(dict(block.elements))
    return count


def skeleton(html: str) -> Skeleton:
    """Return the skeleton of a rendered page."""
    reader = _Reader()
    for piece in _pieces(normalize("NFC", html)):
        reader.read(piece)
    reader.end_run()
    return Skeleton(tuple(reader.blocks), {n: tuple(m) for n, m in reader.markers.items()})


_UNENDED = rf"""(?P<text>[^<]+) | {ELEMENT} | <(?:[a-z/!?][^>]*>?)?"""
_ENDED = r"""<(?P<raw>script|style)\b.*?</(?P=raw)\b[^>]*> | <!--.*?-->"""
_FLAGS = TAG.flags | re.IGNORECASE
_PIECE, _UNENDED_PIECE = (re.compile(each, _FLAGS) for each in (f"{_ENDED} | {_UNENDED}", _UNENDED))
_OPENING = re.compile(r"<(?:!--|(?:script|style)\b)", re.IGNORECASE)
_CLOSING = re.compile(r"--(?=>)|</(?:script|style)\b", re.IGNORECASE)


def _pieces(html: str) -> Iterator[re.Match[str]]:
    """Yield the text, tags, comments and scripts of `html`, one after the other.

    The end of a comment or a script is looked for only where there is one: else the rest of the
    page would be searched for each that has none.
    """
    if not _OPENING.search(html):
        yield from _PIECE.finditer(html)
        return
    last = {"<!--": -1, "<script": -1, "<style": -1}
    for closing in _CLOSING.finditer(html, 0, html.rfind(">") + 1):
        last["<" + (closing[0].lower().removeprefix("</") if closing[0] != "--" else "!--")] = (
            closing.start()
        )
    position = 0
    while position < len(html):
        opening = _OPENING.match(html, position)
        is_ended = not opening or opening.end() <= last[opening[0].lower()]
        piece = (_PIECE if is_ended else _UNENDED_PIECE).match(html, position)
        assert piece  # some character always matches
        yield piece
        position = piece.end()


_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


@lru_cache(maxsize=4096)  # most tags of a page have occurred before
def _attributes(written: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the attributes of a tag, sorted, without text and markers; and all their values."""
    found = [
        (name.lower(), decoded(_unquoted(value))) for name, value in _ATTRIBUTE.findall(written)
    ]
    kept = sorted(
        (name, "" if name in TEXT_ATTRIBUTES else _MARKER.sub("", value)) for name, value in found
    )
    return tuple(kept), " ".join(value for _, value in found)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


_PLAIN = Block("")


def _run(elements: Mapping[tuple[str, object], int]) -> Block:
    return Block("", (), tuple(sorted(elements.items(), key=repr)))


class _Reader:
    """A parser that collects the blocks of a page; in a run of text, elements may be reordered."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.markers: dict[int, list[int]] = {}
        # The run of text being read: its elements, whether it has words, and its markers.
        self.elements: dict[tuple[str, object], int] = {}
        self.has_words = False
        self.numbers: list[int] = []
        # The text of the open verbatim elements, and their tags.
        self.verbatim: list[str] = []
        self.open_verbatim: list[str] = []
        self.open_counts = Counter[str]()

    def read(self, piece: re.Match[str]) -> None:
        """Read a tag, a piece of text, or invalid markup, which must be exactly the same."""
        kind = piece.lastgroup
        if kind == "text" or piece[0] == "<":
            self.text(piece[0])
        elif kind != "empty":  # the last group of every tag
            is_comment = piece[0].startswith("<!--")  # its lines may be joined
            self.count("letter", " ".join(piece[0].split()) if is_comment else piece[0])
        elif piece["close"]:
            self.close(piece["name"].lower())
        else:
            self.open(piece["name"].lower(), piece["attributes"])

    def text(self, text: str) -> None:
        """Read text; any text is allowed except in code."""
        if SIGN in text:
            self.numbers += numbers(text)
            text = _MARKER.sub("", text)
        if self.open_verbatim:
            self.verbatim.append(decoded(text))
        elif not self.has_words:
            self.has_words = bool(text) and not text.isspace()

    def open(self, tag: str, attributes: str) -> None:
        """Read a start tag."""
        kept, values = _attributes(attributes)
        if tag in _FREE and all(name == "title" and tag == "abbr" for name, _ in kept):
            return
        if _is_inline(tag):
            self.count(tag, kept)
            if SIGN in values:
                self.numbers += numbers(values)
        else:
            self.end_run()
            self.blocks.append(Block("<" + tag, kept))
            if SIGN in values:
                self.place(numbers(values))
        if tag in _VERBATIM:
            self.open_verbatim.append(tag)
            self.open_counts[tag] += 1

    def close(self, tag: str) -> None:
        """Read an end tag."""
        if self.open_counts[tag]:  # a search of the list would take time by the square
            outermost = self.open_verbatim[0]
            start = self.open_verbatim.index(tag)
            self.open_counts.subtract(self.open_verbatim[start:])
            del self.open_verbatim[start:]
            if not self.open_verbatim:
                self.end_verbatim(outermost)
        if not _is_inline(tag):
            self.end_run()
            self.blocks.append(Block("</" + tag))

    def end_run(self) -> None:
        """End the current run of text, if there is one, and add it to the blocks."""
        if self.elements or self.has_words:
            self.blocks.append(_run(self.elements) if self.elements else _PLAIN)
            self.elements, self.has_words = {}, False
        if self.numbers:  # without a run, they belong to the tag before them
            self.place(self.numbers)
            self.numbers = []

    def end_verbatim(self, tag: str) -> None:
        """Count the verbatim text that ends here; inline code may have other line breaks."""
        text = "".join(self.verbatim)
        self.verbatim = []
        self.count("verbatim", " ".join(text.split()) if tag == "code" else text)

    def count(self, tag: str, value: object) -> None:
        """Count an element in the current run of text."""
        self.elements[tag, value] = self.elements.get((tag, value), 0) + 1

    def place(self, numbers: Iterable[int]) -> None:
        """Record that these markers are in the last block."""
        for number in numbers:
            self.markers.setdefault(number, []).append(max(0, len(self.blocks) - 1))


SIGN = "\ue6a0"
"""The first character of a marker, which is made of private-use characters: a sign and digits."""
_DIGITS = {str(n): chr(0xE6B0 + n) for n in range(10)}
_MARKER = re.compile("\ue6a0([\ue6b0-\ue6b9]+)")
_HEADING, _HEADING_END = re.compile(r"<h[1-6]\b([^<>]*)>"), re.compile("</h[1-6]>")
_IDENTIFIER = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")


def marker(number: int) -> str:
    """Return a marker to insert in a page's text; renderers keep it, and omit it from ids."""
    return SIGN + "".join(_DIGITS[digit] for digit in str(number))


def numbers(text: str) -> list[int]:
    """Return the numbers of the markers in `text`."""
    return [_number(digits) for digits in _MARKER.findall(text)]


def _number(digits: str) -> int:
    return int("".join(str(ord(char) - 0xE6B0) for char in digits))


def headings(html: str) -> Iterator[tuple[int | None, str]]:
    """Yield the headings of a page in order: the number of its marker, if any, and its id."""
    position = 0
    while heading := _HEADING.search(html, position):
        end = _HEADING_END.search(html, heading.end())
        if end is None:
            break
        position = end.end()
        number = _MARKER.search(html, heading.end(), end.start())
        identifier = _IDENTIFIER.search(heading[1])
        yield (
            _number(number[1]) if number else None,
            (identifier[1] or identifier[2]) if identifier else "",
        )


_TITLE = re.compile(
    r"""(?:<p class="admonition-title"|<summary)[^<>]*>\s*\ue6a0([\ue6b0-\ue6b9]+)"""
)


def titles(html: str) -> frozenset[int]:
    """Return the numbers of the markers that begin the title of a box."""
    return frozenset(_number(digits) for digits in _TITLE.findall(html))
