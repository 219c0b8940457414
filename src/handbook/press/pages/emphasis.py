"""Emphasis in Chinese and Japanese, which have no italics: style sheets set dots over a few words.

Dots over the letters of another script, or over whole sentences, are hard to read. A class tells
style sheets of such emphasis: `other-script`, which may slant, and `long`.
"""

from __future__ import annotations

from handbook.bitext.languages.record import Language
from handbook.bitext.languages.scripts import HAN, HIRAGANA, KATAKANA
from handbook.bitext.patterns import pattern
from handbook.press.core import tree
from handbook.press.core.tree import Element

_OWN = pattern(f"[{HAN}{HIRAGANA}{KATAKANA}]")
_FEW = 16
"""How many letters at most have dots."""


def classify(content: Element, language: Language) -> None:
    """Give emphasis that should have no dots its class; other languages stay as they are."""
    if not language.is_cjk:
        return
    for element in content.iter("em", "i"):
        text = tree.text(element)
        if not _OWN.search(text):
            _name(element, "other-script")
        elif len(text) > _FEW:
            _name(element, "long")


def _name(element: Element, kind: str) -> None:
    element.set("class", f"{element.get('class', '')} {kind}".strip())
