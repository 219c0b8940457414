"""A Markdown extension that marks lists whose author wants them sorted.

The comment `<!-- i18n: sorted -->` stands before such a list, glossary or table. Comments do not
reach the HTML that is worked on, so the list gets an attribute, by which `press.pages.sorting`
knows it again.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

ATTRIBUTE = "data-sorted"
"""The HTML attribute of a list that stands in the order of its readers' language."""
_COMMENT = re.compile(r"<!--\s*i18n:\s*sorted\s*-->")
_BEHIND_INLINE = 15
"""A priority below that of inline markup, 20: within other blocks a comment is such."""
_LISTS = frozenset("dl ol table ul".split())


def makeExtension(**_options: object) -> Extension:
    """Return the extension: Python-Markdown calls this function by its name."""
    return Sorting()


class Sorting(Extension):
    """Extension that marks sorted lists."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the extension to a Markdown converter."""
        md.treeprocessors.register(_Mark(md), "sorting", _BEHIND_INLINE)


class _Mark(Treeprocessor):
    """Tree processor that marks each list after such a comment."""

    def run(self, root: Element) -> None:
        stash = self.md.htmlStash
        comments = {
            stash.get_placeholder(number)
            for number, block in enumerate(stash.rawHtmlBlocks)
            if isinstance(block, str) and _COMMENT.fullmatch(block.strip())
        }
        for parent in root.iter() if comments else ():
            for before, listed in pairwise(parent):
                if listed.tag in _LISTS and (before.text or "").strip() in comments:
                    listed.set(ATTRIBUTE, "")
