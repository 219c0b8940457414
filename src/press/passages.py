"""Passages of a translated page that are not current: a label, and the current text at hand.

A page in MkDocs' hands ends with the current text of each passage that stands in an older
translation (`sources`). So Markdown and MkDocs make of it what they make of the page: links,
emphasis, notes. From the finished HTML it is then taken to its place (`label`). The translation
itself is never moved before it is HTML: it was proved where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from babel import Locale
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from bitext.markup import PHRASING, VOID
from bitext.page import Span, replace
from bitext.splice import Change
from press import site

_NOT_TRANSLATED = "not translated yet"
_OLDER = "older version"
_EDITED = "changed since it was translated"
_CURRENT_TEXT = "The current text, in {language}"
_OLDER_TEXT = "The older translation"

_SOURCE = re.compile(r'<p><span data-current="(\w+)">(.*?)</span></p>\n?', re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_BACK = re.compile(r'<a class="footnote-backref" href="#([^"]*)".*?</a>')


def words() -> Iterator[tuple[str, str]]:
    """The English messages about passages, with notes for their translators."""
    yield _NOT_TRANSLATED, "Label before a passage that stands in its source language."
    yield _OLDER, "Label before a passage that stands in an older translation."
    yield _EDITED, "Label before a passage that stands in its source language: key documents."
    yield _CURRENT_TEXT, "Opens the current text of a passage that stands in an older translation."
    yield _OLDER_TEXT, "Above the older translation of a passage: key documents."


def sources(messages: Iterable[str]) -> str:
    """The Markdown to put at the end of a page so that `label` finds these messages as HTML."""
    lines = (message.replace("\n", "<br>") for message in messages)
    keyed = zip(messages, lines, strict=True)
    return "".join(
        f'\n\n<span data-current="{site.key(message)}">{line}</span>' for message, line in keyed
    )


def label(html: str, page: Page, config: MkDocsConfig) -> str:
    """Put a label before each passage that is not current, and the other text of it behind.

    On guides the older translation stays and the current text can be opened; on key documents the
    current text comes first. What stands in another language stays out of this language's search.
    A page that says nothing in its language stays out as a whole, without labels: its head tells.
    """
    language, path = site.place(page.file.src_uri)
    book = site.of(config)
    if not book.speaks(path, language):
        page.meta["search"] = {"exclude": True}
        return html
    html, current = _without_sources(html)
    show = _Show(language, book.sources[path].language, book.words(language))
    changes: list[Change] = []
    for passage in _passages(html):
        text = current.get(passage.key)
        if text is None:
            changes += show.labelled(passage)
            continue
        shown = show.document if is_key_document(page) else show.guide
        changes += shown(passage, html, text)
    return replace(html, changes)


def _without_sources(html: str) -> tuple[str, dict[str, str]]:
    """A page without the current texts at its end, and those by the keys of their messages.

    They keep no ids, for they may stand in several places. A note leads back to the translation.
    """
    sources = dict(_SOURCE.findall(html))
    ids = {each for text in sources.values() for each in _ID.findall(text)}
    html = _BACK.sub(lambda link: "" if link[1] in ids else link[0], _SOURCE.sub("", html))
    return html, {key: _ID.sub("", text) for key, text in sources.items()}


def is_key_document(page: Page) -> bool:
    """Whether the wording of a page counts: then its front matter names the page's status."""
    return bool(page.meta.get("status"))


@dataclass(frozen=True)
class _Passage:
    """Where in a page's HTML something stands that is not current."""

    state: str
    key: str
    start: Span
    """Its start tag."""
    end: int
    """Its end tag's beginning."""
    behind: int
    """The next place where a block may stand."""


@dataclass(frozen=True)
class _Show:
    """Shows passages to readers of a language."""

    language: str
    source: str
    say: site.Words

    def labelled(self, passage: _Passage) -> list[Change]:
        """A label, and nothing else: there is no other text."""
        start, end = passage.start
        if passage.state == "changed":
            return [((start, start), self.note(_OLDER))]
        return [((start, start), self.note(_NOT_TRANSLATED)), ((end - 1, end), f"{_UNSOUGHT}>")]

    def guide(self, passage: _Passage, html: str, text: str) -> list[Change]:
        """The older translation in its place, the current text a click away."""
        language = Locale(self.source).get_display_name(self.language) or self.source
        summary = self.say(_CURRENT_TEXT).replace("{language}", language)
        tongue = site.tongue(self.source)
        behind = self.behind(summary, f"<p {tongue}{_UNSOUGHT}>{text}</p>", "")
        return [*self.labelled(passage), ((passage.behind, passage.behind), behind)]

    def document(self, passage: _Passage, html: str, text: str) -> list[Change]:
        """The current text in place of the older translation, which comes below it."""
        start, end = passage.start[0], passage.end + len("</span>")
        tongue = site.tongue(self.source)
        shown = f'<span class="edited" {tongue}{_UNSOUGHT}>{text}</span>'
        older = f'<p><span class="changed">{html[passage.start[1] : passage.end]}</span></p>'
        behind = self.behind(self.say(_OLDER_TEXT), older, " open")
        return [
            ((start, end), self.note(_EDITED) + shown),
            ((passage.behind, passage.behind), behind),
        ]

    def note(self, message: str) -> str:
        return f'<small class="state"{_UNSOUGHT}>{escape(self.say(message))}</small> '

    def behind(self, summary: str, content: str, state: str) -> str:
        told = f"<summary{_UNSOUGHT}>{escape(summary)}</summary>"
        return f'<details class="passage"{state}>{told}{content}</details>'


_UNSOUGHT = " data-search-exclude"


def _passages(html: str) -> list[_Passage]:
    """The passages of a page that are not current, in reading order."""
    if '<span class="missing"' not in html and '<span class="changed"' not in html:
        return []
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return sorted(reader.found, key=lambda passage: passage.start)


@dataclass
class _Element:
    tag: str
    attributes: Mapping[str, str | None]
    start: Span
    waiting: list[tuple[_Element, int]] = field(default_factory=list)
    """Passages within whose next place for a block is not known yet, with their ends."""


# What may hold details beside text. After any other block they come behind it.
_HOLDERS = frozenset(
    "li td th dd dt div blockquote figcaption caption section article details aside".split()
)


class _Reader(HTMLParser):
    """Finds passages and, for each, the first place behind it where a block may stand."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self.lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.open: list[_Element] = [_Element("div", {}, (0, 0))]
        self.found: list[_Passage] = []

    @property
    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in PHRASING and tag not in _CONTROLS:
            block = self.block()
            if _holds(block):
                self.settle(block, self.place)
        if tag not in VOID:
            end = self.place + len(self.get_starttag_text() or "")
            self.open.append(_Element(tag, dict(attrs), (self.place, end)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in [element.tag for element in self.open[1:]]:
            return
        while True:
            element = self.open.pop()
            self.leave(element)
            if element.tag == tag:
                break

    def leave(self, element: _Element) -> None:
        """What was waiting within a block that ends finds its place in it or behind it."""
        block = self.block()
        if element.attributes.get("class") in ("changed", "missing"):
            block.waiting.append((element, self.place))
        elif _holds(element):
            self.settle(element, self.place)
        elif element.waiting:
            behind = self.html.find(">", self.place) + 1 or len(self.html)
            if _holds(block):
                self.settle(element, behind)
            else:
                block.waiting += element.waiting

    def block(self) -> _Element:
        """The innermost open block."""
        return next(e for e in reversed(self.open) if e.tag not in (PHRASING | _CONTROLS))

    def settle(self, block: _Element, place: int) -> None:
        """A block may stand at `place` behind what was waiting in `block`."""
        for element, end in block.waiting:
            state = element.attributes["class"] or ""
            key = element.attributes.get("data-source") or ""
            self.found.append(_Passage(state, key, element.start, end, place))
        block.waiting = []

    def close(self) -> None:
        super().close()
        while len(self.open) > 1:
            self.leave(self.open.pop())
        self.settle(self.open[0], len(self.html))


_CONTROLS = frozenset("label input button".split())


def _holds(element: _Element) -> bool:
    """Whether a block may stand in an element; the labels of tabs stand in a row of their own."""
    return element.tag in _HOLDERS and element.attributes.get("class") != "tabbed-labels"
