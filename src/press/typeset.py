"""From a chapter's HTML to Typst: calls of what `book.typ` defines.

Whatever a page says becomes a string in quotation marks. Nothing of it is ever read as Typst's
markup or code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from press import tree
from press.book import Book, Chapter
from press.tree import SVG, classes

_BLOCKS = frozenset(
    """address article aside blockquote details div dl fieldset figure footer h1 h2 h3 h4 h5 h6
    header hr main nav ol p pre section table ul""".split()
)
_LETTERS_OF_COLUMN = 74
_LABEL = 36
"""A column of a form whose cells are this short is as wide as they are."""
_SHORT = 13
"""A cell of so few letters is not broken."""
_LONG = 900
"""A table of fewer letters is not broken between pages."""
_READING = re.compile("（([\u3041-\u30ff・]+)）")
_LAST_BLANK = re.compile(r'#blank(?:#" *")?$|#"[ \xa0]*\xa0"$|(?P<word>[^ \xa0])[ \xa0]*\xa0"$')
"""What at the end of a line on a sheet is there to be written on."""
_SIGNS = {'"': "#smartquote()", "'": "#smartquote(double: false)", "…": "#blank"}
"""What is set in another way than it is typed, where it is set so at all."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Flaw:
    """Something of a chapter that cannot be printed."""

    chapter: Chapter
    needle: str
    """What to look for in its source."""
    words: str


class Term(NamedTuple):
    """A word of the glossary."""

    id: str
    name: str
    reading: str
    """How it is read, in kana; of languages that need none, ""."""


@dataclass(frozen=True)
class Setting:
    """A chapter in Typst."""

    chapter: Chapter
    body: str
    side: str
    """The drawing of a sheet that stands beside its words; else ""."""
    after: str
    """What of a sheet no copy on a wall needs, its links; else ""."""
    form: bool
    """Whether there is something to fill in."""
    flaws: tuple[Flaw, ...]
    letters: frozenset[str]
    """All characters that it prints."""
    pictures: tuple[Path, ...]


class Manuscript:
    """A book whose chapters are set one by one; where links lead is known of all of them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._trees = {each.path: each.content for each in book.chapters}
        self._chapters = {each.path: each for each in book.chapters}
        self._settings: dict[str, Setting] = {}

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The labels of all places that a link can lead to."""
        return frozenset(
            label(path, anchor)
            for path, content in self._trees.items()
            for anchor in ("", *content.xpath(".//@id"))
        )

    def set(self, chapter: Chapter) -> Setting:
        """A chapter in Typst; the same in every book that has it."""
        if chapter.path not in self._settings:
            writer = _Writer(self, chapter, deepcopy(self._trees[chapter.path]))
            self._settings[chapter.path] = writer.setting()
        return self._settings[chapter.path]

    def terms(self, path: str) -> list[Term]:
        """The terms that can be linked to in the glossary at `path`."""
        if path not in self._trees:
            return []
        return [_term(each) for each in self._trees[path].iterfind(".//dt[@id]")]

    def target(self, chapter: Chapter, href: str) -> tuple[str, str] | None:
        """The label and the full address of a place in the handbook; None outside of it."""
        place = self.book.find(chapter, href)
        if place is None:
            return None
        address = self._chapters[place.path].address
        return label(*place), f"{address}#{place.anchor}" if place.anchor else address


def string(text: str) -> str:
    """A string literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def content(text: str) -> str:
    """Text as content of Typst."""
    return f"[#{string(text)}]"


def label(path: str, anchor: str = "") -> str:
    """The name of a place within a book."""
    return f"{path}#{anchor}"


def mark(path: str, anchor: str = "") -> str:
    """A label of Typst."""
    return f"label({string(label(path, anchor))})"


def array(items: Iterable[str]) -> str:
    """The items of an array in Typst."""
    return "".join(f"{item}, " for item in items)


@dataclass
class _Writer:
    manuscript: Manuscript
    chapter: Chapter
    root: etree._Element
    flaws: list[Flaw] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    pictures: list[Path] = field(default_factory=list)
    form: bool = False
    noted: set[str] = field(default_factory=set)
    """The ids of notes that were set already."""
    level: int = 1
    spaced: bool = True
    """Whether what was written last ends in a blank."""
    no_notes: bool = False
    """Whether a footnote cannot stand here."""
    blanks: bool = False
    """Whether an ellipsis is room to write in."""

    @property
    def quotes(self) -> str:
        """The signs that English pages type straight and books set curly."""
        return "\"'" if self.chapter.language == "en" else ""

    # -- the chapter ----------------------------------------------------------------

    def setting(self) -> Setting:
        self.notes = {each.get("id"): each for each in self.root.iterfind(".//li[@id]")}
        for heading in self.root.findall("h1")[:1]:
            tree.remove(heading)
        self.form = self.chapter.sheet and any(map(_empty, self.root.iter("td")))
        self.blanks = self.chapter.sheet
        side, after = (self.aside(), self.links()) if self.chapter.sheet else ("", "")
        return Setting(
            self.chapter,
            self.blocks(self.root),
            side,
            after,
            self.form,
            tuple(self.flaws),
            frozenset(self.letters),
            tuple(self.pictures),
        )

    def aside(self) -> str:
        """The drawing of a sheet, taken out of it."""
        drawing = self.root.find("figure[@class='diagram']")
        if drawing is None:
            return ""
        made = self.block(drawing)
        tree.remove(drawing)
        return made

    def links(self) -> str:
        """The last section of a sheet, which leads to other pages, taken out of it."""
        start = self.root.find("h2[@id='next']")
        if start is None:
            return ""
        section = etree.Element("div")
        section.extend([start, *start.itersiblings()])
        return self.blocks(section)

    def flaw(self, needle: str, told: str) -> None:
        self.flaws.append(Flaw(self.chapter, needle, told))

    # -- blocks ---------------------------------------------------------------------

    def blocks(self, element: etree._Element, bare: bool = False) -> str:
        """The content of an element as blocks; `bare` leaves a lone run of text no paragraph."""
        parts: list[str] = []
        run: list[str | etree._Element] = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and self.is_block(child):
                parts += self.paragraph(run, bare)
                parts.append(self.block(child))
                run = []
            else:
                run.append(child)
            run.append(child.tail or "")
        return "\n".join((*parts, *self.paragraph(run, bare)))

    def is_block(self, element: etree._Element) -> bool:
        return element.tag in _BLOCKS or (element.tag == f"{SVG}svg" and not element.tail)

    def paragraph(self, run: list[str | etree._Element], bare: bool = False) -> Iterator[str]:
        """A run of text and elements as a paragraph, if it says anything."""
        self.spaced = True
        body = "".join(self.piece(each) for each in run)
        if self.chapter.sheet and not bare:
            body = _LAST_BLANK.sub(_fill_in, body)
        if body:
            yield body if bare else f"#par[{body}]"

    def piece(self, piece: str | etree._Element) -> str:
        return self.say(piece) if isinstance(piece, str) else self.inline(piece)

    def block(self, element: etree._Element) -> str:
        made = self.marked(element)
        language = element.get("lang")
        return f"#foreign({string(language)}, [{made}])" if language and made else made

    def marked(self, element: etree._Element) -> str:
        """A block, which links can lead to if it has an id."""
        set_block = _SETTERS.get(element.tag, _Writer.children)
        made = set_block(self, element)
        if made and element.tag not in _HEADINGS:
            return self.anchor(element) + made
        return made

    def children(self, element: etree._Element) -> str:
        return self.blocks(element)

    def text_block(self, element: etree._Element) -> str:
        return "".join(self.paragraph(list(tree.nodes(element))))

    def heading(self, element: etree._Element) -> str:
        depth = min(int(element.tag[1]), self.level + 1)
        self.level = depth
        self.spaced, self.no_notes = True, True
        body = self.run(element)
        self.no_notes = False
        anchor = element.get("id")
        named = f"#{mark(self.chapter.path, anchor)}" if anchor else ""
        return f'#head("{depth}", {depth}, [{body}]){named}'

    def listing(self, element: etree._Element) -> str:
        if "task-list" in classes(element):
            return self.tasks(element)
        items = element.findall("li")
        name, start = ("enum", f"start: {element.get('start', '1')}, ")
        if element.tag == "ul":
            name, start = "list", ""
        tight = str(not any(each.find("p") is not None for each in items)).lower()
        made = array(f"[{self.blocks(each, bare=each.find('p') is None)}]" for each in items)
        return f"#{name}(tight: {tight}, {start}{made})"

    def tasks(self, element: etree._Element) -> str:
        made = []
        for item in element.findall("li"):
            boxes = item.xpath(".//input[@type='checkbox']")
            done = str(bool(boxes and boxes[0].get("checked") is not None)).lower()
            made.append(f"({done}, [{self.blocks(item, bare=True)}])")
        return f"#tasks({array(made)})"

    def definitions(self, element: etree._Element) -> str:
        made: list[str] = []
        terms: list[etree._Element] = []
        told: list[etree._Element] = []
        for child in [*element, None]:
            if (child is None or child.tag == "dt") and told:
                made.append(self.entry(terms, told))
                terms, told = [], []
            if child is not None:
                (terms if child.tag == "dt" else told).append(child)
        return f"#entries({array(made)})"

    def entry(self, terms: list[etree._Element], told: list[etree._Element]) -> str:
        names = []
        for term in terms:
            self.spaced = True
            names.append(self.run(term) + self.anchor(term))
        name = "#linebreak()".join(names)
        lone = len(told) == 1 and told[0].find("p") is None
        body = "\n".join(self.blocks(each, bare=lone) for each in told)
        return f"([{name}], [{body}])"

    def anchor(self, element: etree._Element) -> str:
        """The place of an element that a link may lead to."""
        anchor = element.get("id")
        return f"#metadata(none)#{mark(self.chapter.path, anchor)}" if anchor else ""

    def box(self, element: etree._Element) -> str:
        """A `div`: what it is, its classes tell."""
        names = classes(element)
        if "footnote" in names:
            return ""  # each note stands at the foot of its page
        if "admonition" in names:
            return self.admonition(element, names - {"admonition"})
        if "tabbed-set" in names:
            return self.tabs(element)
        if "cards" in names:
            return self.cards(element)
        if "signals" in names:
            return f"#signals({array(map(self.signal, element.iter('figure')))})"
        if "highlight" in names:
            return "\n".join(self.code_block(each) for each in element.iter("pre"))
        return self.blocks(element)

    def admonition(self, element: etree._Element, kinds: frozenset[str]) -> str:
        title = next((each for each in element if _is_title(each)), None)
        told = "none"
        if title is not None:
            self.spaced = True
            told = f"[{self.run(title)}]"
            tree.remove(title)
        kind = string(next(iter(sorted(kinds)), "note"))
        return f"#admonition({kind}, {told}, [{self.blocks(element)}])"

    def tabs(self, element: etree._Element) -> str:
        labels = element.xpath("./div[contains(@class, 'tabbed-labels')]/label")
        blocks = element.xpath("./div/div[contains(@class, 'tabbed-block')]")
        return "\n".join(
            f"#titled([{self.run(title)}], [{self.blocks(block)}])"
            for title, block in zip(labels, blocks, strict=False)
        )

    def cards(self, element: etree._Element) -> str:
        cards = element.findall("ul/li") or element.findall("div")
        return f"#cards({array(f'[{self.blocks(each)}]' for each in cards)})"

    def quote(self, element: etree._Element) -> str:
        return f"#quoted([{self.blocks(element)}])"

    def code_block(self, element: etree._Element) -> str:
        code = "".join(element.itertext()).rstrip("\n")
        self.letters.update(code)
        return f"#code-block({string(code)})"

    def rule(self, element: etree._Element) -> str:
        return "#divider"

    # -- tables ---------------------------------------------------------------------

    def table(self, element: etree._Element) -> str:
        head = [cell for row in element.iterfind("thead/tr") for cell in row]
        rows = [list(row) for row in element.xpath("./tbody/tr | ./tr")]
        if not rows:
            return ""
        columns = [list(column) for column in zip(head, *rows, strict=False)]
        widths = [_letters(column) for column in columns]
        wide = len(columns) > 2 and sum(widths) > _LETTERS_OF_COLUMN
        self.blanks = self.form
        cells = array(self.cell(cell) for row in rows for cell in row)
        self.blanks = self.chapter.sheet
        heads = array(self.cell(cell) for cell in head)
        aligns = array(_align(cell) for cell in head)
        return (
            f"#data-table(({array(self.widths(head, columns))}), ({heads}), {cells}"
            f"wide: {str(wide and not self.chapter.sheet).lower()}, aligns: ({aligns}),"
            f" form: {str(self.chapter.sheet).lower()},"
            f" long: {str(_all_letters(columns) > _LONG).lower()})"
        )

    def widths(
        self, head: list[etree._Element], columns: list[list[etree._Element]]
    ) -> Iterator[str]:
        """The widths of a table's columns, those of a form with room to write in."""
        if not self.form:
            return _widths(head, columns)
        return map(_form_width, columns)

    def cell(self, cell: etree._Element) -> str:
        spans = [f"{key}: {cell.get(key)}, " for key in ("colspan", "rowspan") if cell.get(key)]
        self.no_notes = cell.tag == "th"
        body = self.blocks(cell, bare=True)
        self.no_notes = False
        if not spans:
            return f"[{body}]"
        return f"table.cell({''.join(spans)}[{body}])"

    # -- pictures -------------------------------------------------------------------

    def figure(self, element: etree._Element) -> str:
        caption = element.find("figcaption")
        body = "".join(
            self.svg(each) if each.tag == f"{SVG}svg" else self.block(each)
            for each in element
            if each is not caption
        )
        if caption is None:
            return body
        self.spaced = True
        return f"#captioned([{body}], [{self.blocks(caption, bare=True)}])"

    def signal(self, element: etree._Element) -> str:
        """A figure of a poster: its drawing and what it means."""
        drawing, caption = element.find(f"{SVG}svg"), element.find("figcaption")
        self.spaced = True
        return f"({self.drawn(drawing)}, [{self.run(caption)}])"

    def svg(self, element: etree._Element) -> str:
        beside = ", beside: true" if self.chapter.sheet else ""
        return f"#drawing({self.drawn(element)}{beside})"

    def drawn(self, element: etree._Element) -> str:
        """A drawing in the fonts of the book, its words for who cannot see it, and its size."""
        element = deepcopy(element)
        element.tail = None
        parts = [element.find(f"{SVG}{tag}") for tag in ("title", "desc")]
        alt = ". ".join(tree.text(part) for part in parts if part is not None)
        for part in parts:
            if part is not None:
                element.remove(part)
        box = [float(each) for each in element.get("viewBox", "0 0 100 100").split()]
        self.letters.update("".join(element.itertext()))
        element.set("font-family", "Source Sans Pro, Noto Sans CJK JP")
        element.set("color", "#141414")
        for key in ("style", "class", "aria-labelledby", "role"):
            element.attrib.pop(key, None)
        etree.cleanup_namespaces(element, top_nsmap={None: SVG.strip("{}")})
        drawn = etree.tostring(element, encoding="unicode")
        return f"{string(drawn)}, {string(alt)}, {box[2]:g}, {box[3]:g}"

    def image(self, element: etree._Element) -> str:
        src = element.get("src", "")
        file = self.manuscript.book.file(self.chapter, src)
        if file is None:
            self.flaw(src, f"the picture {src} is not there; add it or mend its name")
            return ""
        self.pictures.append(file)
        return f"#picture({string(file.as_posix())}, {string(element.get('alt', ''))})"

    # -- text -----------------------------------------------------------------------

    def say(self, text: str) -> str:
        """Text with its white space as a browser would show it."""
        text = _SPACE.sub(" ", text).replace("\u2060", "")
        if self.spaced:
            text = text.removeprefix(" ")
        if not text:
            return ""
        self.spaced = text.endswith(" ")
        self.letters.update(text)
        signs = self.quotes + ("…" if self.blanks else "")
        if not signs:
            return _quoted(text)
        return "".join(
            _SIGNS[part] if part in signs and part else _quoted(part)
            for part in re.split(f"([{signs}])", text)
        )

    def run(self, element: etree._Element) -> str:
        """The text of an element."""
        return "".join(map(self.piece, tree.nodes(element)))

    def inline(self, element: etree._Element) -> str:
        if not isinstance(element.tag, str):
            return ""  # a comment
        if element.tag in _BLOCKS:
            return self.block(element)
        made = _INLINE.get(element.tag, _Writer.run)(self, element)
        language = element.get("lang")
        if language and made and language != self.chapter.language:
            made = f"#foreign({string(language)}, [{made}])"
        return made + (self.anchor(element) if element.tag != "a" else "")

    def wrapped(self, element: etree._Element) -> str:
        body = self.run(element)
        return f"#{_WRAPPERS[element.tag]}[{body}]" if body else ""

    def nothing(self, element: etree._Element) -> str:
        return ""

    def code(self, element: etree._Element) -> str:
        code = "".join(element.itertext())
        self.letters.update(code)
        self.spaced = False
        return f"#code({string(code)})"

    def line_break(self, element: etree._Element) -> str:
        self.spaced = True
        return "#linebreak()"

    def break_chance(self, element: etree._Element) -> str:
        return '#"\u200b"'

    def ruby(self, element: etree._Element) -> str:
        """Each run of text with the reading that follows it."""
        made, base = "", self.say(element.text or "")
        for child in element:
            if child.tag == "rt":
                made += f"#ruby([{base}], [{self.run(child)}])"
                base = ""
            elif child.tag != "rp":
                base += self.inline(child)
            base += self.say(child.tail or "")
        return made + base

    def span(self, element: etree._Element) -> str:
        names = classes(element)
        if "keys" in names:
            return self.run(element)
        state = next(iter(names & {"changed", "missing", "edited"}), None)
        body = self.run(element)
        if not state or not body:
            return body
        note = element.getprevious()
        told = tree.text(note) if note is not None and "state" in classes(note) else ""
        return f"#stale({string(state)}, {content(told)}, [{body}])"

    def small(self, element: etree._Element) -> str:
        return "" if "state" in classes(element) else self.run(element)

    def superscript(self, element: etree._Element) -> str:
        anchor = element.find("a")
        if anchor is not None and "footnote-ref" in classes(anchor):
            return self.note(anchor.get("href", "").removeprefix("#"))
        return f"#super[{self.run(element)}]"

    def note(self, name: str) -> str:
        """A footnote; where it is called again, its number."""
        called = mark(self.chapter.path, name)
        if name in self.noted:
            return f"#footnote({called})"
        note = self.notes.get(name)
        if note is None:
            return ""
        self.noted.add(name)
        outer, self.spaced, self.no_notes = (self.spaced, self.no_notes), True, True
        lone = len(note) == 1 and note[0].tag == "p"
        body = self.run(note[0]) if lone else self.blocks(note)
        self.spaced, self.no_notes = outer
        return f"#footnote[{body}]#{called}"

    def anchor_element(self, element: etree._Element) -> str:
        names, href = classes(element), element.get("href")
        if names & {"headerlink", "footnote-backref"}:
            return ""
        body = self.run(element)
        if not href or not body:
            return body + self.anchor(element)
        target = self.manuscript.target(self.chapter, href)
        if "term" in names and target:
            return f"{body}#index-entry({string(target[0])})"
        if target is None:
            return self.outward(href, element, body)
        if target[0] not in self.manuscript.anchors:
            self.flaw(href.partition("#")[2], f"a link leads to {target[0]}, which is nowhere")
            return body
        return f"#see(label({string(target[0])}), {string(target[1])}, [{body}])"

    def outward(self, href: str, element: etree._Element, body: str) -> str:
        address = urljoin(self.chapter.address, href)
        if "://" not in href and self.manuscript.book.file(self.chapter, href) is None:
            if not href.startswith("mailto:"):
                self.flaw(href, f"a link leads to {href}, which is nowhere")
                return body
            address = href
        if tree.text(element) in (address, address.removeprefix("https://").rstrip("/")):
            return f"#address({string(address)})"
        call = "out-here" if self.no_notes else "out"
        self.letters.update(address)
        return f"#{call}({string(address)}, [{body}])"


def _term(element: etree._Element) -> Term:
    told = next((each for each in element.itersiblings("dd")), None)
    reading = _READING.match(tree.text(told)) if told is not None else None
    return Term(element.get("id", ""), tree.text(element), reading[1] if reading else "")


def _fill_in(blank: re.Match[str]) -> str:
    """A line to write on that takes the rest of the line, after the words before it."""
    return f'{blank["word"]}"#fill-in' if blank["word"] else "#fill-in"


def _quoted(text: str) -> str:
    return f"#{string(text)}" if text else ""


def _is_title(element: etree._Element) -> bool:
    return element.tag == "summary" or "admonition-title" in classes(element)


def _letters(column: list[etree._Element]) -> int:
    """How wide the widest cell of a column is, in letters."""
    return max(map(_width, column))


def _width(cell: etree._Element) -> int:
    text = tree.text(cell)
    return sum(2 if each > "\u2e80" else 1 for each in text)


def _widths(head: list[etree._Element], columns: list[list[etree._Element]]) -> Iterator[str]:
    """The widths of a table's columns: as the page says, as wide as short cells are, or a share."""
    for cell, column in zip(head, columns, strict=True):
        given, letters = cell.get("width", ""), _letters(column)
        if given.endswith("%"):
            yield given
        elif letters <= _SHORT:
            yield "auto"
        else:
            total = sum(map(_width, column)) / len(column)
            yield f"{max(total, _SHORT, letters / 3) ** 0.6:.2f}fr"


def _form_width(column: list[etree._Element]) -> str:
    letters = _letters(column)
    if not all(map(_empty, column[1:])):
        return "auto" if letters <= _LABEL else f"{letters / 9:.2f}fr"
    return "2.2em" if letters == 1 else f"{3 + letters / 6:.2f}fr"


def _empty(cell: etree._Element) -> bool:
    return not tree.text(cell).strip("\xa0 ")


def _all_letters(columns: list[list[etree._Element]]) -> int:
    return sum(map(_width, (cell for column in columns for cell in column)))


def _align(cell: etree._Element) -> str:
    style = cell.get("style", "") + cell.get("align", "")
    return next((each for each in ("right", "center") if each in style), "left")


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_WRAPPERS = {
    "b": "strong", "strong": "strong", "em": "emph", "i": "emph", "mark": "unconfirmed",
    "kbd": "key", "sub": "sub", "del": "strike", "s": "strike", "ins": "underline",
    "q": "inline-quote",
}  # fmt: skip
_SETTERS: dict[str, Callable[[_Writer, etree._Element], str]] = {
    **dict.fromkeys(_HEADINGS, _Writer.heading),
    "p": _Writer.text_block,
    "ul": _Writer.listing,
    "ol": _Writer.listing,
    "dl": _Writer.definitions,
    "div": _Writer.box,
    "details": lambda writer, each: writer.admonition(each, classes(each)),
    "blockquote": _Writer.quote,
    "pre": _Writer.code_block,
    "hr": _Writer.rule,
    "table": _Writer.table,
    "figure": _Writer.figure,
    f"{SVG}svg": _Writer.svg,
}
_INLINE: dict[str, Callable[[_Writer, etree._Element], str]] = {
    **dict.fromkeys(_WRAPPERS, _Writer.wrapped),
    **dict.fromkeys(("input", "script", "style", "template"), _Writer.nothing),
    "a": _Writer.anchor_element,
    "br": _Writer.line_break,
    "code": _Writer.code,
    "img": _Writer.image,
    "ruby": _Writer.ruby,
    "small": _Writer.small,
    "span": _Writer.span,
    "sup": _Writer.superscript,
    "wbr": _Writer.break_chance,
    f"{SVG}svg": _Writer.svg,
}
