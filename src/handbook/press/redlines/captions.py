"""The words of a redline around the text that it shows."""

from __future__ import annotations

from handbook.press.core import kinds
from handbook.press.core.interface import N_

# Translators: The title of a list of changes to a page. Keep what is in {}.
TITLE = N_("Changes to “{title}”")
# Translators: Below the title of a list of changes: two versions. Keep what is in {}.
SPAN = N_("From {old} to {new}")
# Translators: The title of the list of all changes to a page. Keep {title}.
HISTORY = N_("History of “{title}”")
# Translators: A link.
BACK = N_("The page as it is now")
# Translators: A heading above what has changed since a decision. Keep {number}.
SINCE = N_("Since version {number} was adopted")
# Translators: A heading above what a decision has changed. Keep what is in {}.
VERSION = N_("Version {number}, adopted on {date} by: {body}")
# Translators: Below that heading, where nothing was adopted before.
FIRST = N_("This is the first version that was adopted.")
# Translators: Opens a list of days on which a page was changed.
EARLIER = N_("Earlier changes:")
# Translators: Names the version of a page that is not in the history yet.
NOW = N_("now")
# Translators: Explains how changes are shown.
LEGEND = N_("Underlined words were put in, struck-out words were taken out. The rest is unchanged.")
# Translators: Explains a sign in a list of changes.
BREAKS = N_("¶ stands where a paragraph was divided, or where two were joined.")
# Translators: Says that two versions of a page look the same.
NOTHING = N_("There is no change that a reader could see.")
# Translators: Above a list of changes.
NEW_PAGE = N_("This page is new.")
# Translators: Above a list of changes.
GONE_PAGE = N_("This page has been taken out.")
# Translators: Above a list of changes: where a page was before it was moved. Keep {path}.
FORMER = N_("This page was at {path} before.")
# Translators: Before the numbers of the changes on a page, each a link. Keep {count}.
COUNT = N_("Changed passages: {count}")
# Translators: Read out before words that were put in.
SAID_IN = N_("put in:")
# Translators: Read out before words that were taken out.
SAID_OUT = N_("taken out:")
# Translators: Label of a passage in a list of changes.
NEW = N_("new")
# Translators: Label of a passage in a list of changes.
GONE = N_("taken out")
# Translators: Label of a passage in a list of changes.
CHANGED = N_("changed")
# Translators: Label of a passage in a list of changes.
MOVED = N_("moved")
# Translators: Label of a passage in a list of changes.
MOVED_CHANGED = N_("moved and changed")
# Translators: Label of the place that a passage was moved away from.
AWAY = N_("moved from here")
# Translators: Says where a passage stood before. Keep {heading}.
WAS_UNDER = N_("before under “{heading}”")
# Translators: Says where a passage stands now. Keep {heading}.
NOW_UNDER = N_("now under “{heading}”")
# Translators: Says what a passage was before, such as a paragraph. Keep {kind}.
WAS_KIND = N_("before: {kind}")
# Translators: Label of a translation in a list of changes.
NOT_YET = N_("not yet translated")
# Translators: Label of a translation in a list of changes.
OLDER = N_("not yet translated: this is the translation of the earlier text")
# Translators: Label of a text that is the same in every language, such as code.
SHARED = N_("the same in every language")
# Translators: Names a link whose address has changed. Keep {words}.
LINK = N_("Link “{words}” leads to:")
# Translators: Names a picture that has changed. Keep {words}.
PICTURE = N_("Picture “{words}” is:")
# Translators: Names a picture whose file was exchanged for another of its name. Keep what is in {}.
EXCHANGED = N_("Picture “{words}” is another one under the same name: {name}")
# Translators: Names a link whose file was exchanged for another of its name. Keep what is in {}.
EXCHANGED_FILE = N_("The file behind “{words}” is another one under the same name: {name}")
# Translators: Names a footnote that came or went.
NOTE = N_("Footnote:")
# Translators: Says that words are now set in a certain way. Keep {style} (such as “bold”), {words}.
STYLED = N_("Now {style}: “{words}”")
# Translators: Says that words are no longer set in a certain way. Keep {style} and {words}.
UNSTYLED = N_("No longer {style}: “{words}”")

STYLES = {
    # Translators: How words are set.
    "bold": N_("bold"),
    # Translators: How words are set.
    "italic": N_("italic"),
    # Translators: How words are set: with a line through them.
    "struck": N_("struck through"),
    # Translators: How words are set: as if by a highlighter.
    "marked": N_("highlighted"),
    # Translators: How words are set: as code.
    "code": N_("set as code"),
    # Translators: How words are set: above the line.
    "raised": N_("raised (superscript)"),
    # Translators: How words are set: below the line.
    "lowered": N_("lowered (subscript)"),
    # Translators: How words are set.
    "underlined": N_("underlined"),
}
FORMS = {
    # Translators: What of a heading has changed; a number follows.
    "level": N_("Level of the heading:"),
    # Translators: What of a list's item has changed; a number follows.
    "depth": N_("Level in the list:"),
    # Translators: What of a list's item has changed; “a bullet” or “a number” follows.
    "marker": N_("Before the item stands:"),
    # Translators: What of a list has changed; a number follows.
    "number": N_("The list begins with number:"),
    # Translators: What of a list's item has changed; “not ticked” or the like follows.
    "tick": N_("Checkbox:"),
    # Translators: What of a box has changed; “note”, “warning” or the like follows.
    "box": N_("Kind of box:"),
    # Translators: Whether a box is open or closed has changed.
    "fold": N_("The box is:"),
    # Translators: Where a passage stands has changed; “in a box” or the like follows.
    "within": N_("The passage stands:"),
    # Translators: In how many quotations a passage stands has changed; a number follows.
    "quote": N_("Level of quotation:"),
    # Translators: In how many lines a passage stands has changed; a number follows.
    "lines": N_("Lines:"),
}
FORM_VALUES = {
    # Translators: What stands before a list's item.
    ("marker", "bullet"): N_("a bullet"),
    # Translators: What stands before a list's item.
    ("marker", "number"): N_("a number"),
    # Translators: A list's item has no checkbox.
    ("tick", "none"): N_("no checkbox"),
    # Translators: A checkbox is not ticked.
    ("tick", "empty"): N_("not ticked"),
    # Translators: A checkbox is ticked.
    ("tick", "ticked"): N_("ticked"),
    # Translators: A box is always open.
    ("fold", "open"): N_("always open"),
    # Translators: A box is closed until a reader opens it.
    ("fold", "closed"): N_("closed until one opens it"),
    # Translators: A box is open until a reader closes it.
    ("fold", "opened"): N_("open until one closes it"),
    # Translators: Where a passage stands.
    ("within", "text"): N_("in the text"),
    # Translators: Where a passage stands: in a box such as a note or a warning.
    ("within", "box"): N_("in a box"),
    # Translators: Where a passage stands: in one of several tabs.
    ("within", "tab"): N_("in a tab"),
}

KINDS = kinds.NAMES | {
    # Translators: The kind of a passage.
    "image": N_("picture"),
}
_SAME = {
    "fact": "front matter",
    "code block": "code",
    "code title": "code",
    "diagram": "label",
    "file name": "code",
    "link title": "image",
    "picture": "image",
}
"""Kinds that have the name of another."""

LABELS = (
    *(SAID_IN, SAID_OUT, NEW, GONE, CHANGED, MOVED, MOVED_CHANGED, AWAY, WAS_UNDER, NOW_UNDER),
    *(WAS_KIND, LINK, PICTURE, EXCHANGED, EXCHANGED_FILE, NOTE, STYLED, UNSTYLED),
    *(*KINDS.values(), *STYLES.values(), *FORMS.values(), *FORM_VALUES.values()),
)
"""What stands in the redline of a page in one language."""


def kind(name: str) -> str:
    """Return the English name of a kind of passage."""
    return KINDS.get(_SAME.get(name, name), KINDS["paragraph"])


def value(name: str, of: str) -> str:
    """Return the English name of how something about a passage is: a number is its own."""
    return FORM_VALUES.get((name, of), of)
