"""Labels for untranslated and outdated passages of a translated page, with the current text.

`current_texts` adds the current source text of each outdated passage at the end of the Markdown
that MkDocs gets. So Markdown and MkDocs treat it as they treat the page: links, emphasis, notes.
`label` then moves it to its passage in the finished HTML. The translation itself is never moved
before it is HTML: it was checked in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml.builder import E

from handbook.bitext.languages.record import Language
from handbook.bitext.page.markup import INLINE
from handbook.press.core import editions, tree
from handbook.press.core.editions import Leaf, Say
from handbook.press.core.interface import N_
from handbook.press.core.tree import Element

# Translators: Label before a passage that stands in its source language.
_NOT_TRANSLATED = N_("not translated yet")
# Translators: Label before a passage that stands in an older translation.
_OLDER = N_("older version")
# Translators: Label before a passage that stands in its source language: key documents.
_EDITED = N_("changed since it was translated")
# Translators: Opens the current text of a passage that stands in an older translation.
_CURRENT_TEXT = N_("The current text, in {language}")
# Translators: Above the older translation of a passage: key documents.
_OLDER_TEXT = N_("The older translation")

_UNSOUGHT = "data-search-exclude"
_HOLDERS = frozenset(
    "li td th dd dt div blockquote figcaption caption section article details aside".split()
)
"""Elements that may contain a block beside text; a block goes after any other element."""


def current_texts(messages: Iterable[str]) -> str:
    """Return Markdown to put at the end of a page so that `label` finds these messages as HTML."""
    texts = ((editions.key(message), message.replace("\n", "<br>")) for message in messages)
    return "".join(f'\n\n<span data-current="{key}">{text}</span>' for key, text in texts)


def current_titles(content: Element) -> dict[str, str]:
    """Return the current source text of each heading whose translation is older, by its id.

    The navigation, the table of contents, the search and a book's outline show headings without
    their labels. To be called before `label`, which moves the source texts.
    """
    found = {}
    for passage in content.xpath(_HEADINGS):
        current = content.xpath("./p/span[@data-current=$key]", key=passage.get("data-source"))
        if current:
            heading = next(each for each in passage.iterancestors() if each.tag in _TITLED)
            found[heading.get("id")] = _words(current[0])
    return found


_TITLED = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
_HEADINGS = f".//*[@id and ({' or '.join(f'self::{tag}' for tag in sorted(_TITLED))})]"
_HEADINGS += "//span[@class='changed' and @data-source]"


def _words(element: Element) -> str:
    """Return the text of an element without footnote references."""
    element = deepcopy(element)
    element.tail = None
    for note in element.xpath(".//sup[starts-with(@id, 'fnref')]"):
        tree.remove(note)
    return tree.text(element)


def keep_notes_with_words(content: Element) -> None:
    """Forbid a line break before each footnote reference: Japanese may break lines anywhere.

    Of two with nothing between them the second has the class `next-note`: 2 and 4 are not 24.
    """
    signs = content.xpath(".//sup[starts-with(@id, 'fnref')]")
    for sign, before in [(each, each.getprevious()) for each in signs]:
        if before is not None and before in signs and not before.tail:
            sign.set("class", "next-note")
    for sign in signs:
        tree.put_before(sign, "\N{WORD JOINER}")


def label(content: Element, leaf: Leaf, *, is_key_document: bool) -> None:
    """Put a label before each untranslated or outdated passage, and its other version after it.

    On guides the older translation stays and the current text can be opened; on key documents the
    current text comes first. Text in another language is excluded from this language's search. A
    page with no text in its language gets no labels: the notice at its head says so.
    """
    passages = content.xpath(".//span[@class='changed' or @class='missing']")
    if not leaf.is_available or not passages:
        return
    show = _Show(leaf.record, leaf.source_record, leaf.say)
    current = _taken(content)
    for passage in passages:
        text = deepcopy(current.get(passage.get("data-source", "")))
        if passage.get("class") == "missing":
            show.missing(passage)
        elif text is None:
            show.changed(passage)
        elif is_key_document:
            show.document(passage, text)
        else:
            show.guide(passage, text)


def _taken(content: Element) -> dict[str, Element]:
    """Remove the current texts from the end of a page; return them by the keys of their messages.

    They lose their ids, because one text may be put in several places. So footnotes link back to
    the translation only.
    """
    found, ids = {}, set()
    for text in content.xpath("./p/span[@data-current]"):
        found[text.attrib.pop("data-current")] = text
        tree.remove(text.getparent())
        ids |= {f"#{each.attrib.pop('id')}" for each in text.xpath(".//*[@id]")}
    for link in content.xpath(".//a[@class='footnote-backref']"):
        if link.get("href") in ids:
            tree.remove(link)
    return found


def older(say: Say) -> str:
    """Return the label of an older translation, in the reader's language."""
    return say(_OLDER)


@dataclass(frozen=True)
class _Show:
    """The ways to show a passage that is not current, for one language and one source language."""

    language: Language
    source: Language
    say: Say

    def missing(self, passage: Element) -> None:
        """Label a passage in the source language as not translated yet."""
        passage.set(_UNSOUGHT, "")
        self.note(_NOT_TRANSLATED, passage)

    def changed(self, passage: Element) -> None:
        """Label a passage as an older translation."""
        self.note(_OLDER, passage)

    def guide(self, passage: Element, text: Element) -> None:
        """Label an older translation of a guide; put the current text after it, folded."""
        self.changed(passage)
        language = self.language.name_of(self.source.code)
        text.tag = "p"
        summary = self.say(_CURRENT_TEXT).replace("{language}", language)
        _put_behind(passage, self.details(summary, self.foreign(text)))

    def document(self, passage: Element, text: Element) -> None:
        """Put the current text in place of a key document's older translation; that comes below."""
        self.note(_EDITED, passage)
        text.set("class", "edited")
        passage.addprevious(self.foreign(text))
        older = self.details(self.say(_OLDER_TEXT), E.p())
        older.set("open", "")
        _put_behind(passage, older)
        passage.getprevious().tail, passage.tail = passage.tail, None
        older[-1].append(passage)

    def foreign(self, text: Element) -> Element:
        """Return a source text with its language and direction set, excluded from the search."""
        text.set("lang", self.source.tag)
        text.set("dir", self.source.direction)
        text.set(_UNSOUGHT, "")
        return text

    def note(self, message: str, passage: Element) -> None:
        """Put a label before a passage, as text: screen readers and text browsers need it too."""
        note = E.small(self.say(message), {"class": "state", _UNSOUGHT: ""})
        note.tail = " "
        passage.addprevious(note)

    def details(self, summary: str, content: Element) -> Element:
        """Return a `<details>` element with this summary and content."""
        return E.details({"class": "passage"}, E.summary(summary, {_UNSOUGHT: ""}), content)


def _put_behind(passage: Element, block: Element) -> None:
    """Insert a block after a passage, at the first place where HTML allows a block."""
    run = passage
    while run.getparent().tag in INLINE:
        run = run.getparent()
    if _holds(run.getparent()):
        blocks = (each for each in run.itersiblings("*") if each.tag not in INLINE)
        below = next(blocks, None)
        if below is None:
            run.getparent().append(block)
        else:
            below.addprevious(block)
        return
    while not _holds(run.getparent()):
        run = run.getparent()
    run.addnext(block)


def _holds(element: Element) -> bool:
    """Tell whether an element may contain a block; the row of tab labels may not."""
    return element.tag in _HOLDERS and "tabbed-labels" not in tree.classes(element)
