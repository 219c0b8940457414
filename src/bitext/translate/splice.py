"""Write translations into a page: words only, whatever they begin with or contain.

What would start a block is escaped, what would end a cell or a title is quoted, and a
translation of any number of lines is fitted to the lines it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bitext.page import frontmatter, inline
from bitext.page.lines import CJK
from bitext.page.segments import Page, Segment, Span, replace

_BETWEEN_CJK = re.compile(rf"(?<={CJK})\s*\n\s*(?={CJK})")
_NEWLINE = re.compile(r"\s*\n\s*")
# What a line of words may begin with that a Markdown block begins with too.
_STARTS = re.compile(
    r"""
      (?P<number>\d+)(?=[.)](?:\s|$))      # 2014. or 2014)
    | \((?=(?:\d+|[a-zA-Z]|[ivxlc]+)\)\s)  # (1)
    | (?P<letter>[a-zA-Z])(?=[.)]\s)       # a.
    | [-+*](?=\s|$)
    | [-*_](?=(?:\s{0,2}[-*_]){2,}\s*$)    # a rule
    | \*(?=\[[^\]]*\][ ]?:)                # *[X]:
    | \[(?=[^\[\]]*\]:)                    # [x]: and [^1]:
    | \[(?=[ xX]\]\s)                      # a task's box
    | \#(?=\S*) | >
    | !(?=!!) | \?(?=\?\?) | =(?==*\s*(?:$|[!+]*\s*")) | /(?=//)
    | :(?=\s|$|::)
    | \|
    """,
    re.VERBOSE,
)
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!")
_SPLITS_CELL = re.compile(r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|\\.|(?P<pipe>\|)")
_HEADING_END = re.compile(r"(?<!\\)(#+)$")
_PAIR = re.compile(r'"([^"]*)"')
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)")
_BARE_LESS = re.compile(r"<(?![A-Za-z/!])")

Change = tuple[Span, str]


def splice(page: Page, translations: Iterable[str | None]) -> str:
    """The text of `page` with a translation for each of its segments.

    None, and a translation that is the message itself, leave the source as it is.
    """
    changes: list[Change] = []
    for segment, translation in zip(page.segments, translations, strict=True):
        if translation is not None and translation != segment.message:
            changes += write(page.text, segment, translation) or []
    return replace(page.text, changes)


def write(text: str, segment: Segment, translation: str) -> list[Change] | None:
    """What to change in `text` so that `segment` reads as `translation`.

    None where that cannot be done: an attribute list has lost its element, or the
    translation has other line breaks than the message.
    """
    if not segment.spans:
        return []
    if segment.attributes:
        restored = inline.with_attributes(translation, segment.attributes)
        if restored is None:
            return None
        translation = restored
    rows = _rows(segment, translation)
    if rows is None:
        return None
    words = _WRITERS.get(segment.kind, _running)
    return [(span, words(row, segment)) for span, row in zip(segment.spans, rows, strict=True)]


def one_line(text: str) -> str:
    """`text` with its line breaks made into spaces, or nothing between CJK characters."""
    text = text.strip()
    return _NEWLINE.sub(" ", _BETWEEN_CJK.sub("", text)) if "\n" in text else text


def _rows(segment: Segment, translation: str) -> list[str] | None:
    """The lines of a translation, as many as the segment has spans."""
    if segment.kind == "code":
        return [translation]
    if len(segment.spans) == 1:
        return [one_line(translation)]
    rows = [row for row in translation.strip().split("\n") if row.strip()]
    return [row.strip() for row in rows] if len(rows) == len(segment.spans) else None


def _running(row: str, segment: Segment) -> str:
    """Running text: what would start a block is escaped."""
    match = _STARTS.match(row)
    if not match:
        return row
    head = match[0]
    if match["number"] or match["letter"]:
        return f"{head}&#{ord(row[len(head)])};{row[len(head) + 1 :]}"
    if head[0] in _ESCAPABLE:
        return "\\" + row
    return f"&#{ord(head[0])};{row[1:]}"


def _heading(row: str, segment: Segment) -> str:
    """A heading ends before closing hashes; one with a line below it begins like a paragraph."""
    if segment.detail == "setext":
        return _running(row, segment)
    match = _HEADING_END.search(row)
    return row[: match.start()] + match[1].replace("#", "\\#") if match else row


def _cell(row: str, segment: Segment) -> str:
    """A pipe outside code ends a cell."""
    return _SPLITS_CELL.sub(lambda m: "\\|" if m["pipe"] else m[0], row)


def _title(row: str, segment: Segment) -> str:
    return "\\" + row if row.startswith("#") else row


def _default_title(row: str, segment: Segment) -> str:
    return segment.detail.format(row)


def _image(row: str, segment: Segment) -> str:
    """Brackets end an alternative text unless they come in pairs."""
    depth = 0
    for character in row:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if depth < 0:
            break
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", row) if depth else row


def _link_title(row: str, segment: Segment) -> str:
    """A straight quotation mark like those around a title would end it."""
    if segment.detail == "'":
        return row.replace("'", "’")
    return _PAIR.sub(r"“\1”", row).replace('"', "”") if segment.detail == '"' else row


def _html(row: str, segment: Segment) -> str:
    """Raw HTML is no Markdown: a bare & or < is written as an entity."""
    row = _BARE_LESS.sub("&lt;", _BARE_AMPERSAND.sub("&amp;", row))
    return row.replace('"', "&quot;").replace("'", "&#39;") if segment.detail == "@" else row


def _label(row: str, segment: Segment) -> str:
    """Mermaid's own entity for a quotation mark."""
    return row.replace('"', "#quot;")


def _code(row: str, segment: Segment) -> str:
    return row.replace("\n", "\n" + segment.detail)


def _front(row: str, segment: Segment) -> str:
    return frontmatter.write(row, segment.detail)


def _plain(row: str, segment: Segment) -> str:
    return row


_WRITERS: dict[str, Callable[[str, Segment], str]] = {
    "front matter": _front,
    "heading": _heading,
    "cell": _cell,
    "title": _title,
    "default title": _default_title,
    "abbreviation": _plain,
    "image": _image,
    "link title": _link_title,
    "code title": _link_title,
    "html": _html,
    "drawing": _html,
    "label": _label,
    "code": _code,
    "address": _plain,
}
