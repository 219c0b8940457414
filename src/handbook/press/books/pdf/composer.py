"""The Typst source of all PDFs of a handbook: the whole, each section, each page, each sheet.

The design is in `templates/book.typ`. The source written here calls functions defined there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import Literal, NamedTuple

from handbook.bitext.languages.record import Language, Print
from handbook.press.books.book import Book, Chapter, Part
from handbook.press.books.imprint import edition, imprint
from handbook.press.books.pdf.endings import Tuning
from handbook.press.books.typeset.manuscript import Block, Manuscript, TypstChapter
from handbook.press.books.typeset.typst import array, content, flag, label, mark, string
from handbook.press.core import order
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_

_COLUMN = 600
"""The width of a drawing, in its own units, whose letters have 9 pt in a column of two."""
_DESIGN = (files("handbook.press.books.pdf") / "templates/book.typ").read_text("utf-8")

# Translators: The heading of a book's table of contents.
_CONTENTS = N_("Contents")
# Translators: The heading of the list of glossary terms, with the pages that use them.
_INDEX = N_("Index of terms")
# Translators: Who a book is by, for programs that list books.
_AUTHOR = N_("The contributors to the handbook")
# Translators: In a printed book, after a link to another page. Keep {page}.
_ON_PAGE = N_("→ p. {page}")
PAPERS = ("a4", "us-letter")


Kind = Literal["handbook", "section", "page", "letter", "beside"]
"""The kind of a document. Sheets are `page`; on US Letter they are `letter`. `beside` is what is
printed in two languages."""


Name = tuple[Kind, str, str]
"""The first three fields of a document: kind, key and file name."""


class Fit(NamedTuple):
    """The text size and the padding of table rows with which a sheet fills one side."""

    size: str
    air: str


@dataclass(frozen=True)
class Document:
    """The Typst source of one PDF, with what the printer needs to know."""

    kind: Kind
    key: str
    """The slug of a section, or the path of a page or sheet."""
    name: str
    """The name of its file, without `.pdf`."""
    source: str
    day: date | None
    settings: tuple[TypstChapter, ...]
    """Its chapters."""
    packages: tuple[str, ...]
    """The Python packages that contain the fonts of its languages."""
    languages: tuple[str, ...]
    """Those it is printed in; a chapter that is not translated may be in another."""
    fitted: bool = False
    """Whether its source finds the largest text size that fits by itself."""


class _Known(NamedTuple):
    """What is known of a book before it is laid out, in Typst."""

    moved: str = "(:)"
    """What is not kept whole at its place; of a page alone, Typst finds it."""
    chapters: str = "()"
    """The paths of its chapters, if what is printed of links to them needs room."""


_UNBOUND = _Known()


class _Opening(NamedTuple):
    """Where a part or a chapter begins in a book."""

    item: Part | Chapter
    level: int
    """The level of its heading."""
    group: str = ""
    """The title of a part that it begins and that has no page of its own; or ""."""


class Composer:
    """The maker of all documents of one manuscript."""

    def __init__(self, manuscript: Manuscript, glossary: str, say: Say, emblem: str = "") -> None:
        """Take the manuscript, the path of the glossary page, and the interface's translation.

        `emblem` is an SVG for covers.
        """
        self._emblem = emblem
        self._manuscript = manuscript
        self._glossary = glossary
        self._say = say

    def handbook(self, fits: Mapping[str, Fit | Tuning]) -> Document:
        """Return the whole handbook as a document.

        `fits` are those of its sheets, and the tunings of its other chapters, by path.
        """
        book, index = self._manuscript.book, self._index()
        openings = list(_openings(book.items, parts=True))
        last = [_heading("matter", 1, self._say(_INDEX))] if index else []
        body = (*_lines(self._opened(each, fits) for each in openings), index)
        name: Name = ("handbook", "", f"handbook-{book.language}")
        headings = (*_headings(openings), *last)
        return self._bound(book, name, book.description, headings, body, fits)

    def section(self, part: Part, fits: Mapping[str, Fit | Tuning]) -> Document:
        """Return a part of the handbook as a document, a booklet."""
        whole = self._manuscript.book
        openings = list(_openings(part.items))
        body = _lines(self._opened(each, fits) for each in openings)
        name: Name = ("section", part.slug, f"{whole.language}/{part.slug}-{whole.language}")
        return self._bound(whole.only(part), name, whole.title, _headings(openings), body, fits)

    def page(self, chapter: Chapter) -> Document:
        """Return one page of the handbook as a document."""
        book = self._manuscript.book
        head = "none" if chapter.title == book.title else content(chapter.title)
        body = (
            f"#show: article.with({head}, {string(chapter.address)})\n",
            self._chapter(chapter, 1, _group(book.items, chapter), is_alone=True),
        )
        name: Name = ("page", chapter.path, self._name(chapter))
        return self._document(book.only(chapter), name, body, known=_Known(moved="auto"))

    def beside(self, item: Part | Chapter, other: Manuscript) -> Document:
        """Return a part or a page in two languages, in columns: block beside block.

        `other` is the manuscript of a book that stands `apart`.

        Blocks of a page are the same in each language. Where a page has others all the same, the
        two stand beside each other as wholes.
        """
        book = self._manuscript.book
        settings, bodies = [], []
        for chapter, translated in _counterparts(item, other.book):
            mine, my_blocks = self._manuscript.rows(chapter, numbered=True)
            theirs, their_blocks = other.rows(translated, numbered=False)
            settings += [mine, theirs]
            bodies.append(_columns(chapter, translated, my_blocks, their_blocks))
        languages = f"{book.language}-{other.book.language}"
        slug = item.slug if isinstance(item, Part) else item.path.removesuffix(".md")
        home = item.address if isinstance(item, Chapter) else book.address
        body = f"#show: article.with({content(item.title)}, {string(home)}, flipped: true)\n"
        name: Name = ("beside", slug, f"{book.language}/{slug}-{languages}")
        look = _both(book, other.book)
        document = self._document(book.only(item), name, (body, *_lines(bodies)), settings, look)
        return replace(document, languages=(book.language, other.book.language))

    def sheet(self, chapter: Chapter, paper: str) -> Document:
        """Return one sheet as a document, on A4 or US Letter."""
        book = self._manuscript.book
        setting = self._manuscript.convert(chapter)
        foot = f"[#own-foot({string(chapter.address)})]"
        body = self._sheet(setting, 1, f"format: {string(paper)}, foot: {foot}")
        if paper == PAPERS[0]:
            name: Name = ("page", chapter.path, self._name(chapter))
        else:
            name = ("letter", chapter.path, f"{self._name(chapter)}-{paper}")
        return replace(self._document(book.only(chapter), name, (body,)), fitted=True)

    def _bound(
        self,
        book: Book,
        name: Name,
        subtitle: str,
        headings: Iterable[str],
        body: Iterable[str],
        fits: Mapping[str, Fit | Tuning],
    ) -> Document:
        """Return a document with cover, imprint and table of contents."""
        tunings = (each for each in fits.values() if isinstance(each, Tuning))
        ways = (each for tuning in tunings for each in tuning.moved)
        moved = array(f"{string(spot)}: {way}" for spot, way in ways)
        lines, day = imprint(book, self._say), edition(book, self._say)
        front = (
            f"#cover({content(book.title)}, {content(subtitle)}, {content(day)},"
            f" {string(self._emblem)})\n"
            f"#front[#imprint(({array(map(content, lines))}))"
            f" #contents({content(self._say(_CONTENTS))}, ({array(headings)}))]\n#main["
        )
        pages = array(string(each.path) for each in book.chapters)
        known = _Known(f"({moved or ':'})", f"({pages})")
        return self._document(book, name, (front, *body, "]\n"), known=known)

    def _document(
        self,
        book: Book,
        name: Name,
        body: Iterable[str],
        settings: Sequence[TypstChapter] | None = None,
        both: Print | None = None,
        known: _Known = _UNBOUND,
    ) -> Document:
        """Return a document; `both` is the typography of one in two languages.

        `settings` are its chapters, where they are converted in another way than in a book.
        The pieces of its body are joined once: a book can be large, and have many copies else.
        """
        whole, day = self._manuscript.book, book.date
        title = book.title if book.title == whole.title else f"{book.title} – {whole.title}"
        facts = {
            "title": string(title),
            "handbook": string(whole.title),
            "license": string(whole.license),
            "author": string(self._say(_AUTHOR)),
            "day": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
            if day
            else "none",
            "on-page": string(self._say(_ON_PAGE)),
        }
        given = "".join(f"{key}: {value}, " for key, value in facts.items())
        record = whole.languages[whole.language]
        look = both or whole.languages.printed(whole.language)
        defined = _language(record, look, in_columns=both is not None)
        defined += f"#let marks-are-labels = {flag(whole.has_labels)}\n"
        defined += f"#let moved = {known.moved}\n#let chapters = {known.chapters}\n"
        source = "".join((defined, _DESIGN, f"\n#show: base.with(({given}))\n", *body))
        if settings is None:
            settings = [self._manuscript.convert(each) for each in book.chapters]
        return Document(*name, source, day, tuple(settings), look.packages, (whole.language,))

    def _name(self, chapter: Chapter) -> str:
        language = self._manuscript.book.language
        return f"{language}/{chapter.path.removesuffix('.md')}-{language}"

    # -- the content of a document --------------------------------------------------

    def _opened(self, opening: _Opening, fits: Mapping[str, Fit | Tuning]) -> str:
        """Return a part's own page or a chapter."""
        item, level, group = opening
        if isinstance(item, Part):
            return _opener(item)
        return self._chapter(item, level, group, fits.get(item.path))

    def _chapter(
        self,
        chapter: Chapter,
        level: int,
        group: str = "",
        fit: Fit | Tuning | None = None,
        *,
        is_alone: bool = False,
    ) -> str:
        """Return a chapter; of one that `is_alone` the group is there for trials only."""
        setting = self._manuscript.convert(chapter)
        named = f"in-books({content(group)})" if is_alone else content(group)
        more = f", group: {named}" if group else ""
        if isinstance(fit, Fit):
            foot = f"[#book-foot[{setting.after}]]"
            return self._sheet(setting, level, f"fit: ({', '.join(fit)}), foot: {foot}{more}")
        more += "" if fit is None else f", space: {fit.space:g}, pages: {fit.pages}"
        made = (
            f"#chapter({level}, {mark(chapter.path)}, {content(chapter.title)}, [{setting.body}],"
            f" notice: ({array(map(content, chapter.notice))}),"
            f" facts: ({array(map(content, chapter.facts))}){more})"
        )
        if chapter.language == self._manuscript.book.language:
            return made
        return f"#foreign({string(chapter.language)}, [{made}])"

    def _sheet(self, setting: TypstChapter, level: int, more: str) -> str:
        """Return a chapter that is a sheet, with its drawing beside the text if it has one."""
        chapter = setting.chapter
        side = f", side: [{setting.side}]" if setting.side else ""
        return (
            f"#sheet({level}, {mark(chapter.path)}, {content(chapter.title)}, [{setting.body}],"
            f" poster: {flag(not setting.form)}{side}, {more})"
        )

    def _index(self) -> str:
        """Return the index of glossary terms, with the pages that use them."""
        terms = self._manuscript.terms(self._glossary)
        book = self._manuscript.book
        record = book.languages[book.language]
        listed = sorted(terms, key=lambda term: order.key(term.reading or term.name, record))
        entries = array(
            f"({string(label(self._glossary, term.id))}, {content(term.name)})" for term in listed
        )
        return f"#terms-index({content(self._say(_INDEX))}, ({entries}))" if terms else ""


def _openings(
    items: Iterable[Part | Chapter], level: int = 1, group: str = "", *, parts: bool = False
) -> Iterator[_Opening]:
    """Yield where chapters begin; with `parts`, parts too, which have a page of their own then.

    Any other part titles its first chapter.
    """
    for item in items:
        if isinstance(item, Part):
            if parts:
                yield _Opening(item, level)
            yield from _openings(item.items, level + 1, "" if parts else item.title)
        else:
            yield _Opening(item, level, group)
        group = ""


def _headings(openings: Iterable[_Opening]) -> Iterator[str]:
    """Yield the headings that a table of contents has, each in Typst with its kind and level."""
    for item, level, group in openings:
        if group:
            yield _heading("group", level - 1, group)
        yield _heading("part" if isinstance(item, Part) else "chapter", level, item.title)


def _heading(kind: str, level: int, words: str) -> str:
    return f"({string(kind)}, {level}, {content(words)})"


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of source with a line break between them."""
    for number, piece in enumerate(pieces):
        yield from ("\n", piece) if number else (piece,)


def _group(items: Iterable[Part | Chapter], chapter: Chapter, depth: int = 0) -> str:
    """Return the title that stands above a chapter as the first of a part within a part; or ""."""
    for part in items:
        if isinstance(part, Part) and chapter in part.chapters:
            inner = _group(part.items, chapter, depth + 1)
            return inner or (part.title if depth and part.chapters[0] == chapter else "")
    return ""


def _counterparts(item: Part | Chapter, other: Book) -> Iterator[tuple[Chapter, Chapter]]:
    """Yield each chapter of a part, or the one that `item` is, with the same in another edition.

    The paths of that begin with its language: it is a book `apart`.
    """
    there = {each.path.removeprefix(f"{other.language}/"): each for each in other.chapters}
    for chapter in item.chapters if isinstance(item, Part) else (item,):
        if translated := there.get(chapter.path):
            yield chapter, translated


def _columns(
    chapter: Chapter, other: Chapter, mine: Sequence[Block], theirs: Sequence[Block]
) -> str:
    """Return a page in two columns, block beside block if both have as many blocks."""
    if len(mine) != len(theirs):
        mine, theirs = [_joined(mine)], [_joined(theirs)]
    rows = array(
        f"([{one.typst}], [{two.typst}], {flag(max(one.drawn, two.drawn) > _COLUMN)})"
        for one, two in zip(mine, theirs, strict=True)
    )
    titles = f"{content(chapter.title)}, {content(other.title)}"
    facts = ", ".join(f"({array(map(content, each.facts))})" for each in (chapter, other))
    tongues = f"{string(chapter.language)}, {string(other.language)}"
    return f"#beside({mark(chapter.path)}, {titles}, {facts}, {tongues}, ({rows}))"


def _joined(blocks: Sequence[Block]) -> Block:
    """Return blocks as one, which stands in its column whatever is drawn in it."""
    return Block("\n".join(each.typst for each in blocks), 0)


def _both(book: Book, other: Book) -> Print:
    """Return a typography that has the fonts of the languages of two books."""
    mine, theirs = (each.languages.printed(each.language) for each in (book, other))
    return replace(
        mine,
        packages=tuple(dict.fromkeys((*mine.packages, *theirs.packages))),
        serif=tuple(dict.fromkeys((*mine.serif, *theirs.serif))),
        sans=tuple(dict.fromkeys((*mine.sans, *theirs.sans))),
        mono=tuple(dict.fromkeys((*mine.mono, *theirs.mono))),
        slants=mine.slants and theirs.slants,
    )


def _opener(part: Part) -> str:
    contents = array(f"({content(each.title)}, {mark(each.path)})" for each in part.chapters)
    return f"#part({content(part.title)}, ({contents}))"


def _language(record: Language, look: Print, *, in_columns: bool = False) -> str:
    """Return Typst definitions of a book's language and typography, which the design uses.

    In columns there is no margin beside the text.
    """
    families = {"serif": look.serif, "sans": look.sans, "mono": look.mono}
    known = {name: f"({array(map(string, each))})" for name, each in families.items()}
    known |= {
        "size": look.size,
        "leading": look.leading,
        "indent": look.indent,
        "indents-all": flag(look.indents_all),
        "slants": flag(look.slants),
        "cjk": flag(record.is_cjk),
        "from-right": flag(record.direction == "rtl"),
        "broad": "0mm" if in_columns else "34mm",
    }
    given = "".join(f"{key}: {value}, " for key, value in known.items())
    return f"#let language = {string(record.tag)}\n#let look = ({given})\n"
