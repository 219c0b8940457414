"""The Markdown extension `press.markdown.unmarked` has text without a sign of markup left alone.

Python-Markdown looks for each kind of inline markup in each run of text, one after the other. Most
runs have none of the characters that any kind begins with; to tell that first saves a fifth of the
time of making HTML, and changes nothing. Where another extension adds a kind that is not known
here, this one does nothing.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown import inlinepatterns as inline
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString
from pymdownx.delimiterprocessor import DelimiterProcessor

_SIGNS = {
    inline.AutolinkInlineProcessor: "<",
    inline.AutomailInlineProcessor: "<",
    inline.BacktickInlineProcessor: "`",
    inline.EscapeInlineProcessor: "\\",
    inline.HtmlInlineProcessor: "<&",
    inline.ImageInlineProcessor: "!",
    inline.ImageReferenceInlineProcessor: "!",
    inline.LinkInlineProcessor: "[",
    inline.ReferenceInlineProcessor: "[",
    inline.ShortImageReferenceInlineProcessor: "!",
    inline.ShortReferenceInlineProcessor: "[",
    inline.SubstituteTagInlineProcessor: "\n",
    FootnoteInlineProcessor: "[",
}
"""Characters of which a run of text has one if it has markup of a kind."""
_INLINE = 20
"""The priority at which Python-Markdown looks for inline markup."""


def makeExtension(**_options: object) -> Extension:
    """The extension, as Python-Markdown asks for it."""
    return Unmarked()


class Unmarked(Extension):
    """To be named last, after all extensions that add inline markup."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the extension to a converter."""
        signs = [_signs(pattern) for pattern in md.inlinePatterns]
        if all(signs):
            sign = re.compile(f"[{re.escape(''.join(signs))}{STX}]")
            md.treeprocessors.register(_Close(sign), "unmarked-close", _INLINE + 0.5)
            md.treeprocessors.register(_Open(), "unmarked-open", _INLINE - 0.5)


def _signs(pattern: inline.Pattern) -> str:
    """The signs of a kind of markup, "" if it is not known."""
    if isinstance(pattern, (inline.DelimiterProcessor, DelimiterProcessor)):
        return "".join(pattern.tokens)
    return _SIGNS.get(type(pattern), "")  # a kind derived from a known one may have other signs


class _Closed(AtomicString):
    """Text in which nothing is to be found."""


class _Close(Treeprocessor):
    def __init__(self, sign: re.Pattern[str]) -> None:
        super().__init__()
        self.sign = sign

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not self.sign.search(element.text):
                element.text = _Closed(element.text)


class _Open(Treeprocessor):
    """Makes closed text what it was: abbreviations, for one, are looked for later."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Closed):
                element.text = str(element.text)
