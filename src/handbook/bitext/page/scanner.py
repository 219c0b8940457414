"""The state of reading one page, which the loop in `scan` hands to every rule in `rules`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from handbook.bitext.page import inline, markup
from handbook.bitext.page.fences import Fence
from handbook.bitext.page.lines import TAB, Line
from handbook.bitext.page.segments import GIVEN, Attribute, Fault, Segment, Span, replace

# How deep containers may nest. Deeper text has no segments: no reader could make out such a
# page, and Python's stack is limited.
DEEPEST = 40


# Where gettext ends a string, or its context; and the sign by which `bitext.translate.skeleton`
# finds a message on a rendered page.
_UNWRITABLE = re.compile("[\x00\x04\ue6a0]")


_BROKEN_LIST = (
    "an attribute list, in braces, goes on in the next line, so that readers see it and no"
    " translation can be shown; write it in one line"
)


class Said(NamedTuple):
    """What directives above a block, or inside of it, say about its messages."""

    note: str = ""
    """To translators."""
    context: str | None = None
    skip: bool = False
    """Whether they are no messages."""


class Rule(NamedTuple):
    """A kind of block that the first character of its first line makes possible."""

    name: str
    scan: Callable[[Scanner, list[Line], int, int], int | None]
    """Scan the block at line `i` of `lines`, in a container whose content begins at column
    `base`. Returns the number of the line after the block, or None if the block is of another
    kind. May shorten a line of `lines` of which only a part is used up."""
    interrupts: Callable[[str, int, int], object] | None = None
    """Whether the line between two offsets of the page ends the paragraph above it without a blank
    line between. None: a paragraph always goes on."""


class Grammar(NamedTuple):
    """The rules of the dialect.

    The scanner is given them, because rules for containers call the loop again for what they
    contain.
    """

    rules: Mapping[str, tuple[Rule, ...]]
    """The rules to try, in order, by the first character of a block."""
    starts: frozenset[str]
    """What a line may begin with that is not running text."""
    blocks: Callable[[Scanner, list[Line], int, bool], None]
    """The loop: scan lines block by block."""


class Scanner:
    """A page being read: its segments so far, and where on the page the scan is."""

    def __init__(self, text: str, grammar: Grammar, *, keeps_lines: bool = False) -> None:
        self.text = text
        self.keeps_lines = keeps_lines
        """Whether every line break of running text is shown as one (nl2br)."""
        self.segments: list[Segment] = []
        self.wordless: list[Segment] = []
        self.faults: list[Fault] = []
        self.place = ""
        """The id of the section that the scan is in: the nearest that its author has given."""
        self._sections: list[tuple[int, str]] = []
        """The headings above, outermost first, each with its level and its own id."""
        self.said = Said()
        """What directives say of the next block."""
        self.said_around = Said()
        """What directives say of the container of the next block."""
        self.skipping = False
        """Whether the scan is between the directives skip-start and skip-end."""
        self.fences: dict[int, Fence] = {}
        """The page's fenced code blocks, by the offset where each begins."""
        self.last_comment = text.rfind("-->")
        """Where the last comment ends; a `<!--` after it begins none."""
        self.levelled_until = 0
        """Where the last element ends in which indentation says nothing."""
        self.starts = grammar.starts
        self._has_unwritable = bool(_UNWRITABLE.search(text))
        self._grammar = grammar
        self._depth = 0
        self._known_addresses: set[str] = set()
        self._masked: tuple[str, int] | None = None

    def enter(self, level: int, identifier: str) -> None:
        """Enter the section of a heading.

        Only an id that its author has given names it: one made of its words would be another with
        each edit of them, and with it the references of all messages of the section.
        """
        while self._sections and self._sections[-1][0] >= level:
            self._sections.pop()
        self._sections.append((level, identifier))
        self.place = next((name for _, name in reversed(self._sections) if name), "")

    @property
    def skips(self) -> bool:
        """Whether the author leaves out what is here."""
        return self.skipping or self.said.skip

    def add(
        self,
        kind: str,
        message: str,
        spans: tuple[Span, ...],
        *,
        detail: str = "",
        attributes: tuple[Attribute, ...] = (),
        is_number: bool = False,
    ) -> None:
        """Add a segment, and one for each outside address in it; none if its author skips it."""
        said = self.said
        if self.skips:
            return
        if self._has_unwritable and (found := _UNWRITABLE.search(message)):
            fault = f"the character U+{ord(found[0]):04X} cannot be in a catalog; delete it"
            self.faults.append(Fault(spans[0][0] if spans else 0, fault))
            return
        context = None if kind in GIVEN else said.context
        self.segments.append(
            Segment(
                kind, message, spans, self.place, said.note, detail, attributes, context, is_number
            )
        )
        if "://" in message and kind != "address":
            self.add_addresses(message)

    def add_addresses(self, message: str) -> None:
        """Add a segment for each outside address in `message` that the page has not named yet."""
        for address in inline.addresses(message):
            if address not in self._known_addresses:
                self.add_address(address, ())

    def add_addresses_at(self, start: int, end: int) -> None:
        """Add a segment, in its place, for each outside address in text without words.

        No translation would bring it there.
        """
        for (first, last), address in inline.addresses_at(self.text[start:end]):
            self.add_address(address, ((start + first, start + last),))

    def add_address(self, address: str, spans: tuple[Span, ...]) -> None:
        """Add the segment of an outside address."""
        self._known_addresses.add(address)
        self.add("address", address, spans)

    def add_words(
        self, kind: str, message: str, spans: tuple[Span, ...], *, detail: str = ""
    ) -> None:
        """Add a message without its attribute lists; of one without words, what else it has.

        That is a number, or else addresses and the attributes of tags.
        """
        attributes: tuple[Attribute, ...] = ()
        if "{" in message:
            message, attributes = inline.without_attributes(message)
        start, end = spans[0][0], spans[-1][1]
        if any(attribute.text not in self.text[start:end] for attribute in attributes):
            self.faults.append(Fault(start, _BROKEN_LIST))
        has_words = inline.has_words(message)
        is_number = not has_words and inline.is_number(message)
        if has_words or is_number:
            self.add(
                kind, message, spans, detail=detail, attributes=attributes, is_number=is_number
            )
            for attribute in attributes:
                self._add_shown(attribute.text, inline.shown(attribute.text))
        else:
            if message[:1] != "{":  # an attribute list, of what stands above it
                self.add_wordless(kind, message, spans)
            self.add_addresses_at(start, end)
            if attributes:
                self.add_lists(start, end)
            if "<" in message:
                self.add_attributes(start, end)

    def add_wordless(self, kind: str, text: str, spans: tuple[Span, ...]) -> None:
        """Note what readers see here and nobody translates."""
        if text and not self.skips:
            self.wordless.append(Segment(kind, text, spans, self.place))

    def add_lists(self, start: int, end: int) -> None:
        """Add what attribute lists after elements show, between two offsets without a message."""
        for _, _, match in inline.lists(self.text[start:end]):
            self.add_list(start + match.start(), start + match.end())

    def add_list(self, start: int, end: int) -> None:
        """Add what the attribute list between two offsets shows."""
        written = self.text[start:end]
        self._add_shown(written, inline.shown(written), start)

    def add_options(self, start: int, end: int) -> None:
        """Add what the options of a block between two offsets show."""
        written = self.text[start:end]
        self._add_shown(written, inline.shown_options(written), start)

    def _add_shown(
        self, written: str, found: Iterable[tuple[Span, str]], start: int | None = None
    ) -> None:
        """Add the shown parts of an attribute list; without `start`, it is inside a message."""
        for (first, last), mark in found:
            words = written[first:last]
            if inline.has_words(words):
                spans = () if start is None else ((start + first, start + last),)
                self.add("attribute", words, spans, detail=mark)

    def add_attributes(self, start: int, end: int) -> None:
        """Add what tags of running text without words say in attributes: a picture's text."""
        for span in markup.wordy(self.text, start, end):
            words = " ".join(self.text[slice(*span)].split())
            if inline.has_words(words):
                self.add("html", words, (span,), detail="@")

    def blocks(self, lines: list[Line], base: int, tight: bool = False) -> None:
        """Scan the lines of a container whose content begins at column `base`.

        `tight`: the lines begin in the first block of a list item, where Python-Markdown
        finds nested lists without a blank line before them.
        """
        if self._depth > DEEPEST:
            return
        self._depth += 1
        around, self.said_around = self.said_around, self.said
        self._grammar.blocks(self, lines, base, tight)
        self.said_around = around
        self._depth -= 1

    def contained(self, kind: str, lines: list[Line], base: int, tight: bool = False) -> None:
        """Scan the lines of a container, and call its first paragraph `kind`."""
        before = self.counts
        self.blocks(lines, base, tight)
        for found, first in zip((self.segments, self.wordless), before, strict=True):
            if len(found) > first and found[first].kind == "paragraph":
                found[first] = found[first]._replace(kind=kind)

    @property
    def counts(self) -> tuple[int, int]:
        """How many segments there are so far, and how many texts without a word."""
        return len(self.segments), len(self.wordless)

    def set_apart(self, before: tuple[int, int]) -> None:
        """Mark what was found since these counts as no passages of the running text."""
        for found, first in zip((self.segments, self.wordless), before, strict=True):
            found[first:] = [each._replace(is_apart=True) for each in found[first:]]

    def interrupts(self, line: Line) -> bool:
        """Tell whether `line` ends a paragraph above it, by what the rules say."""
        if line.body.startswith("<!--"):
            return line.first <= self.last_comment
        return line.first in self.fences or any(
            rule.interrupts(self.text, line.first, line.end)
            for rule in self._grammar.rules.get(line.body[0], ())
            if rule.interrupts
        )

    def begins_early(self, line: Line) -> bool:
        """Whether `line` begins what is found before quotes and tables: code, a box, a tab, HTML.

        HTML is looked for in the page, not in what its quotes and lists contain.
        """
        if line.body[0] == "<":
            before = self.text[self.text.rfind("\n", 0, line.first) + 1 : line.first]
            return not before.strip() and len(before) < TAB and self.interrupts(line)
        return line.body[0] in "`~!?=/" and self.interrupts(line)

    @property
    def masked(self) -> tuple[str, int]:
        """The text with its fenced code blanked out, and the offset of its last comment's end.

        Tags in code are not tags.
        """
        if self._masked is None:
            blanks = (((i, f.end), " " * (f.end - i)) for i, f in self.fences.items())
            text = replace(self.text, blanks)
            self._masked = text, text.rfind("-->")
        return self._masked
