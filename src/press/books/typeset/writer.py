"""Goes through a chapter and sets its text; what each element becomes it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeGuard

from bitext.languages.record import Print
from press.books.book import Chapter
from press.books.typeset.places import Places
from press.books.typeset.typst import call, mark, string
from press.core import tree
from press.core.tree import SVG, Element, Node

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
"""They are places of their own that links lead to."""
_DRAWING = f"{SVG}svg"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SIGNS = {'"': "#smartquote()", "'": "#smartquote(double: false)", "…": "#blank"}
"""What is set in another way than it is typed, where it is set so at all."""
_LAST_BLANK = re.compile(r'#blank(?:#" *")?$|#"[ \xa0]*\xa0"$|(?P<word>[^ \xa0])[ \xa0]*\xa0"$')
"""What at the end of a line on a sheet is there to be written on."""


@dataclass(frozen=True)
class Flaw:
    """Something of a chapter that cannot be printed."""

    chapter: Chapter
    needle: str
    """What to look for in its source."""
    words: str


@dataclass(frozen=True)
class Elements:
    """What each element becomes, by its tag; of any other, what is in it is set."""

    blocks: Mapping[str, Setter]
    inline: Mapping[str, Setter]


@dataclass(frozen=True)
class Here:
    """What holds where something is set."""

    notes: bool = True
    """Whether a footnote can stand here."""
    blanks: bool = False
    """Whether an ellipsis is room to write in."""


@dataclass
class Writer:
    """Sets one chapter, and gathers what is to be known of it."""

    chapter: Chapter
    page: Element
    """The chapter's content."""
    places: Places
    look: Print
    """How the language of the chapter is set."""
    elements: Elements
    form: bool
    """Whether there is something to fill in."""
    here: Here
    flaws: list[Flaw] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    """All characters that are printed."""
    pictures: list[Path] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    """The ids of notes that were set already."""
    level: int = 1
    """That of the last heading."""
    spaced: bool = True
    """Whether what was written last ends in a blank."""

    @contextmanager
    def where(self, **facts: bool) -> Iterator[None]:
        """Set something where other `facts` hold, fields of `Here`."""
        outside, self.here = self.here, replace(self.here, **facts)
        yield
        self.here = outside

    def flaw(self, needle: str, words: str) -> None:
        """Tell of something that cannot be printed."""
        self.flaws.append(Flaw(self.chapter, needle, words))

    # -- blocks ---------------------------------------------------------------------

    def blocks(self, element: Element, bare: bool = False) -> str:
        """What stands in an element, as blocks."""
        return self.flow(tree.nodes(element), bare)

    def flow(self, nodes: Iterable[Node], bare: bool = False) -> str:
        """Text and elements as blocks; `bare` leaves a lone run of text no paragraph."""
        parts: list[str] = []
        run: list[Node] = []
        for node in nodes:
            if self._is_block(node):
                parts += (*self.paragraph(run, bare), self.block(node))
                run = []
            else:
                run.append(node)
        return "\n".join((*parts, *self.paragraph(run, bare)))

    def _is_block(self, node: Node) -> TypeGuard[Element]:
        """Whether it is a block or holds one: within a line no block would be printed."""
        if isinstance(node, str):
            return False
        if node.tag == _DRAWING:
            return not node.tail
        tags = {each.tag for each in node.iter("*")} - {_DRAWING}
        return not tags.isdisjoint(self.elements.blocks)

    def paragraph(self, run: Iterable[Node], bare: bool = False) -> Iterator[str]:
        """A run of text and elements as a paragraph, if it says anything."""
        body = self.line(run)
        if self.chapter.sheet and not bare:
            body = _LAST_BLANK.sub(_fill_in, body)
        if body:
            yield body if bare else f"#par[{body}]"

    def block(self, element: Element) -> str:
        """A block, which links can lead to if it has an id."""
        made = self.elements.blocks.get(element.tag, Writer.blocks)(self, element)
        if made and element.tag not in HEADINGS:
            made = self.anchor(element) + made
        return self._spoken(element, made)

    def anchor(self, element: Element) -> str:
        """The place of an element that a link may lead to."""
        anchor = element.get("id")
        return f"#metadata(none)#{mark(self.chapter.path, anchor)}" if anchor else ""

    def _spoken(self, element: Element, made: str) -> str:
        """What was made of an element, in the language that it is in."""
        language = element.get("lang")
        return call("foreign", string(language), f"[{made}]") if language and made else made

    # -- text -----------------------------------------------------------------------

    def line(self, nodes: Iterable[Node]) -> str:
        """Text and elements in a line of their own."""
        self.spaced = True
        return "".join(map(self._piece, nodes))

    def run(self, element: Element) -> str:
        """What stands in an element, as text that goes on in its line."""
        return "".join(map(self._piece, tree.nodes(element)))

    def _piece(self, node: Node) -> str:
        return self.say(node) if isinstance(node, str) else self.inline(node)

    def inline(self, element: Element) -> str:
        """An element within a line."""
        setter = self.elements.inline.get(element.tag)
        if setter is None and element.tag in self.elements.blocks:
            return self.block(element)
        made = (setter or Writer.run)(self, element)
        if element.get("lang") != self.chapter.language:
            made = self._spoken(element, made)
        return made + self.anchor(element)

    def say(self, text: str) -> str:
        """Text with its white space as a browser would show it."""
        text = _SPACE.sub(" ", text).replace("\u2060", "")
        if self.spaced:
            text = text.removeprefix(" ")
        if not text:
            return ""
        self.spaced = text.endswith(" ")
        self.letters.update(text)
        return _typed(text, self._signs)

    @property
    def _signs(self) -> str:
        """The signs set in another way here, such as quotation marks that are typed straight."""
        quotes = "\"'" if self.look.types_straight_quotes else ""
        return f"{quotes}…" if self.here.blanks else quotes


Setter = Callable[[Writer, Element], str]
"""Makes Typst of an element."""


def _typed(text: str, signs: str) -> str:
    parts = re.split(f"([{signs}])", text) if signs else [text]
    return "".join(_SIGNS[part] if part in signs else f"#{string(part)}" for part in parts if part)


def _fill_in(blank: re.Match[str]) -> str:
    """A line to write on that takes the rest of the line, after the words before it."""
    return f'{blank["word"]}"#fill-in' if blank["word"] else "#fill-in"
