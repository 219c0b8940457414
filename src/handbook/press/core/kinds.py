"""What readers and translators are told a text is: a heading, a list item, a footnote."""

from __future__ import annotations

from handbook.press.core.interface import N_

NAMES = {
    # Translators: The kind of a text: status, date and the like, the page's title and description.
    "front matter": N_("about the page"),
    # Translators: The kind of a text.
    "heading": N_("heading"),
    # Translators: The kind of a text.
    "paragraph": N_("paragraph"),
    # Translators: The kind of a text.
    "item": N_("list item"),
    # Translators: The kind of a text.
    "cell": N_("table cell"),
    # Translators: The kind of a text: a word that is explained.
    "term": N_("term"),
    # Translators: The kind of a text.
    "footnote": N_("footnote"),
    # Translators: The kind of a text.
    "title": N_("title of a box"),
    # Translators: The kind of a text: words in a diagram.
    "label": N_("diagram"),
    # Translators: The kind of a text.
    "code": N_("code"),
}
NAMES |= {"default title": NAMES["title"], "drawing": NAMES["label"]}
"""The English name of a kind of text, by the kind of a segment."""
