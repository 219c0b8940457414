"""Passages of a translated page that are not current: a label, and the current text at hand.

A page in MkDocs' hands ends with the current text of each passage that stands in an older
translation (`sources`). So Markdown and MkDocs make of it what they make of the page: links,
emphasis, notes. From the finished HTML it is then taken to its place (`label`). The translation
itself is never moved before it is HTML: it was proved where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml.builder import E

from bitext.languages.record import Language
from bitext.page.markup import PHRASING
from press.core import editions, tree
from press.core.editions import Leaf, Say
from press.core.interface import N_
from press.core.tree import Element

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
_INLINE = PHRASING | frozenset("label input button img".split())
_HOLDERS = frozenset(
    "li td th dd dt div blockquote figcaption caption section article details aside".split()
)
"""What may hold a block beside text. After any other element it comes behind it."""


def sources(messages: Iterable[str]) -> str:
    """The Markdown to put at the end of a page so that `label` finds these messages as HTML."""
    texts = ((editions.key(message), message.replace("\n", "<br>")) for message in messages)
    return "".join(f'\n\n<span data-current="{key}">{text}</span>' for key, text in texts)


def keep_notes_with_words(content: Element) -> None:
    """Keep the signs of footnotes with the word before: Japanese breaks lines anywhere."""
    for sign in content.xpath(".//sup[starts-with(@id, 'fnref')]"):
        tree.put_before(sign, "\N{WORD JOINER}")


def label(content: Element, leaf: Leaf, *, is_key_document: bool) -> None:
    """Put a label before each passage that is not current, and the other text of it behind.

    On guides the older translation stays and the current text can be opened; on key documents the
    current text comes first. What is in another language stays out of this language's search. A
    page that says nothing in its language has no labels: its head tells.
    """
    passages = content.xpath(".//span[@class='changed' or @class='missing']")
    if not leaf.speaks or not passages:
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
    """The current texts, by the keys of their messages, taken from the end of a page.

    They keep no ids, for they may stand in several places. A note leads back to the translation.
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
    """What the label of an older translation says."""
    return say(_OLDER)


@dataclass(frozen=True)
class _Show:
    """Shows passages to readers of a language."""

    language: Language
    source: Language
    say: Say

    def missing(self, passage: Element) -> None:
        """The source text in place, labelled."""
        passage.set(_UNSOUGHT, "")
        self.note(_NOT_TRANSLATED, passage)

    def changed(self, passage: Element) -> None:
        """The older translation in place, labelled."""
        self.note(_OLDER, passage)

    def guide(self, passage: Element, text: Element) -> None:
        """The older translation in its place, the current text a click away."""
        self.changed(passage)
        language = self.language.name_of(self.source.code)
        text.tag = "p"
        summary = self.say(_CURRENT_TEXT).replace("{language}", language)
        _put_behind(passage, self.details(summary, self.foreign(text)))

    def document(self, passage: Element, text: Element) -> None:
        """The current text in place of the older translation, which comes below it."""
        self.note(_EDITED, passage)
        text.set("class", "edited")
        passage.addprevious(self.foreign(text))
        older = self.details(self.say(_OLDER_TEXT), E.p())
        older.set("open", "")
        _put_behind(passage, older)
        passage.getprevious().tail, passage.tail = passage.tail, None
        older[-1].append(passage)

    def foreign(self, text: Element) -> Element:
        """A text in the source language, said to be so."""
        text.set("lang", self.source.tag)
        text.set("dir", self.source.direction)
        text.set(_UNSOUGHT, "")
        return text

    def note(self, message: str, passage: Element) -> None:
        """A label before a passage, for eyes, ears and text browsers alike."""
        note = E.small(self.say(message), {"class": "state", _UNSOUGHT: ""})
        note.tail = " "
        passage.addprevious(note)

    def details(self, summary: str, content: Element) -> Element:
        """A box that opens."""
        return E.details({"class": "passage"}, E.summary(summary, {_UNSOUGHT: ""}), content)


def _put_behind(passage: Element, block: Element) -> None:
    """Put a block at the next place behind a passage where one may stand."""
    run = passage
    while run.getparent().tag in _INLINE:
        run = run.getparent()
    if _holds(run.getparent()):
        blocks = (each for each in run.itersiblings("*") if each.tag not in _INLINE)
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
    """Whether a block may stand in an element; the labels of tabs stand in a row of their own."""
    return element.tag in _HOLDERS and "tabbed-labels" not in tree.classes(element)
