"""The writer, which goes through a chapter and converts it to Typst, element by element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeGuard

from handbook.bitext.languages.record import Print
from handbook.press.books.book import Chapter
from handbook.press.books.typeset import fillin
from handbook.press.books.typeset.places import Places
from handbook.press.books.typeset.typst import call, flag, mark, string
from handbook.press.core import tree
from handbook.press.core.tree import SVG, Element, Node

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
"""The tags of headings, which bring their own labels for links to lead to."""
_DRAWING = f"{SVG}svg"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_QUOTES = {'"': "#smartquote()", "'": "#smartquote(double: false)"}
"""Typst for quotation marks that are not printed as typed."""
_LAST_BLANK = re.compile(r'#"[ \xa0]*\xa0"$|(?P<word>[^ \xa0])[ \xa0]*\xa0"$')
"""A no-break space at the end of a line of a sheet: a blank to write on."""


@dataclass(frozen=True)
class Flaw:
    """A fault in a chapter, for which it cannot be printed."""

    chapter: Chapter
    needle: str
    """The text to search for in its source, to find the line."""
    words: str
    rule: str = ""
    """"link" if it leads nowhere, "words" if a picture has none: a site may not mind."""


@dataclass(frozen=True)
class Elements:
    """The functions that convert elements, by tag; other elements give only their content."""

    blocks: Mapping[str, Setter]
    inline: Mapping[str, Setter]


@dataclass(frozen=True)
class Here:
    """The context in which text is converted."""

    notes: bool = True
    """Whether a footnote is possible here."""
    blanks: str = ""
    """What an ellipsis is in Typst, where it is a blank to write on; "" where it is an ellipsis."""


@dataclass
class Writer:
    """The conversion of one chapter to Typst, which also collects its flaws and other facts."""

    chapter: Chapter
    page: Element
    """The chapter's content."""
    places: Places
    look: Print
    """The typography of the chapter's language."""
    elements: Elements
    form: bool
    """Whether it is a sheet with something to fill in."""
    here: Here
    flaws: list[Flaw] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    """All characters that are printed."""
    pictures: list[Path] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    """The ids of footnotes that are already converted."""
    crowded: dict[Element, bool] = field(default_factory=dict)
    """Whether a block, or the page, has too many links out for a note each."""
    level: int = 1
    """The level of the last heading."""
    spots: int = 0
    """How many places are named that tell whether what stands there fits its page of paper."""
    spaced: bool = True
    """Whether the last text ends in a space, or a line begins; then the next space is dropped."""

    @contextmanager
    def where(self, **facts: Any) -> Iterator[None]:
        """Change `facts`, fields of `Here`, within a `with` block."""
        outside, self.here = self.here, replace(self.here, **facts)
        yield
        self.here = outside

    def flaw(self, needle: str, words: str, rule: str = "") -> None:
        """Record something that cannot be printed."""
        self.flaws.append(Flaw(self.chapter, needle, words, rule))

    # -- blocks ---------------------------------------------------------------------

    def blocks(self, element: Element, bare: bool = False) -> str:
        """Convert the content of an element to blocks."""
        return self.flow(tree.nodes(element), bare)

    def flow(self, nodes: Iterable[Node], bare: bool = False) -> str:
        """Convert text and elements to blocks; with `bare`, runs of text are not paragraphs."""
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
        """Tell whether a node is or contains a block: Typst prints no block within a line."""
        if isinstance(node, str):
            return False
        if node.tag == _DRAWING:
            return not node.tail
        tags = {each.tag for each in node.iter("*")} - {_DRAWING}
        return not tags.isdisjoint(self.elements.blocks)

    def paragraph(self, run: Iterable[Node], bare: bool = False) -> Iterator[str]:
        """Yield a run of text and elements as a paragraph, unless it is empty."""
        nodes = list(run)
        body = self.line(nodes)
        if self.here.blanks == fillin.GAP:
            body = fillin.filled(body, "".join(map(_words, nodes)))
        if self.chapter.sheet and not bare:
            body = _LAST_BLANK.sub(_fill_in, body)
        if body:
            yield body if bare else f"#par[{body}]"

    def block(self, element: Element) -> str:
        """Convert a block, which links can lead to if it has an id."""
        made = self.elements.blocks.get(element.tag, Writer.blocks)(self, element)
        if made and element.tag not in HEADINGS:
            made = self.anchor(element) + made
        return self._spoken(element, made)

    def anchor(self, element: Element) -> str:
        """Return a label for links to an element; "" if it has no id."""
        anchor = element.get("id")
        return f"#metadata(none)#{mark(self.chapter.path, anchor)}" if anchor else ""

    def _spoken(self, element: Element, made: str) -> str:
        """Return `made`, an element in Typst, marked with the language of the element."""
        language = element.get("lang")
        return call("foreign", string(language), f"[{made}]") if language and made else made

    def floating(self, element: Element, made: str) -> str:
        """Return `made` so that, if it is too high for its page, the text goes on before it.

        Within other blocks, such as lists, it stays where it is, as on a sheet.
        """
        if element.getparent() is not self.page or self.chapter.sheet or not made:
            return made
        return call("floating", *self.spot(element), f"[{made}]")

    def spot(self, element: Element) -> tuple[str, str]:
        """Return the label of the place of a block, and whether it is that of its heading."""
        is_led = _follows_heading(element, self.page)
        return self.next_spot(0 if is_led else 1), flag(is_led)

    def next_spot(self, step: int = 1) -> str:
        """Return the label of the place of a heading or a block that is not moved with others."""
        self.spots += step
        return mark(self.chapter.path, f"spot {self.spots}")

    # -- text -----------------------------------------------------------------------

    def line(self, nodes: Iterable[Node]) -> str:
        """Convert text and elements to a line of their own."""
        self.spaced = True
        return "".join(map(self._piece, nodes))

    def run(self, element: Element) -> str:
        """Convert the content of an element to text that continues the line."""
        return "".join(map(self._piece, tree.nodes(element)))

    def _piece(self, node: Node) -> str:
        return self.say(node) if isinstance(node, str) else self.inline(node)

    def inline(self, element: Element) -> str:
        """Convert an element within a line."""
        setter = self.elements.inline.get(element.tag)
        if setter is None and element.tag in self.elements.blocks:
            return self.block(element)
        made = (setter or Writer.run)(self, element)
        if element.get("lang") != self.chapter.language:
            made = self._spoken(element, made)
        return made + self.anchor(element)

    def say(self, text: str) -> str:
        """Convert text, with its white space as a browser would show it."""
        text = _SPACE.sub(" ", text).replace("\u2060", "")
        if self.spaced:
            text = text.removeprefix(" ")
        if not text:
            return ""
        self.spaced = text.endswith(" ")
        self.letters.update(text)
        return _typed(text, self._signs)

    @property
    def _signs(self) -> Mapping[str, str]:
        """Typst for the characters that are not printed as typed here."""
        quotes = _QUOTES if self.look.types_straight_quotes else {}
        return {**quotes, "…": f"#{self.here.blanks}"} if self.here.blanks else quotes


Setter = Callable[[Writer, Element], str]
"""A function that converts an element to Typst."""


def _follows_heading(element: Element, page: Element) -> bool:
    """Tell whether a block stands right below a heading, alone or as the first of a box."""
    while element.getprevious() is None and element.getparent() not in (None, page):
        element = element.getparent()
    above = element.getprevious()
    return above is not None and above.tag in HEADINGS - {"h1"}


def _typed(text: str, signs: Mapping[str, str]) -> str:
    parts = re.split(f"([{''.join(signs)}])", text) if signs else [text]
    return "".join(signs.get(part) or f"#{string(part)}" for part in parts if part)


def _words(node: Node) -> str:
    return node if isinstance(node, str) else tree.text(node)


def _fill_in(blank: re.Match[str]) -> str:
    """Return a blank that takes the rest of the line, after the word before it."""
    return f'{blank["word"]}"#fill-in(1)' if blank["word"] else "#fill-in(1)"
