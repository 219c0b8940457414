"""Replace the segments of a page by translations, escaped so that they stay text in its Markdown.

Characters that would start a block or end a table cell or a title are escaped or replaced, and
the lines of a translation are fitted to the lines it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page import frontmatter, inline, markup
from handbook.bitext.page.lines import blank_until, width
from handbook.bitext.page.segments import Page, Segment, Span, replace
from handbook.bitext.patterns import pattern

_BETWEEN_CJK = pattern(rf"(?<=[{CJK}])\s*\n\s*(?=[{CJK}])")
_NEWLINE = re.compile(r"\s*\n\s*")
# The beginnings of a line of text that would start a Markdown block.
_STARTS = re.compile(
    r"""
      (?P<number>\d+)(?=[.)](?:\s|$))      # 2014. or 2014)
    | \((?=(?:\d+|[a-zA-Z]|[ivxlc]+)\)\s)  # (1)
    | (?P<letter>[a-zA-Z])(?=[.)]\s)       # a.
    | [-+*](?=\s|$)
    | [-*_](?=(?:\s{0,2}[-*_]){2,}\s*$)    # a rule
    | \*(?=\[[^\\\n]*\][ ]?:)              # *[X]:
    | \[(?=\^[^\[\]]*\]:)                  # [^1]:
    | \[(?=[^\[\]]*\]:\s*(?:\S+\s*)?(?:$|["'(]))  # [x]: y, but not [x]: some words
    | \[(?=[ xX]\]\s)                      # a task's box
    | \#(?=\S*) | >
    | !(?=!!) | \?(?=\?\?) | =(?==*\s*(?:$|[!+]*\s*")) | /(?=//)
    | :(?=\s|$|::)
    | \|
    """,
    re.VERBOSE,
)
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!")
_IN_CELL = re.compile(r"\\.|(?P<ticks>`+)|(?P<pipe>\|)")
_HEADING_END = re.compile(r"(?<!\\)(#+)$")
# Not that of a template or an edit mark.
_BRACE = re.compile(r"(?<=[ ])\{(?![{%#*!+~=>-])")
_PAIR = re.compile(r'"([^"]*)"')
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)")
_BARE_LESS = re.compile(r"<(?![A-Za-z/!])")

# What Mermaid does not take in the name of a column, nor at its beginning.
_NOT_IN_WORDS = re.compile(r"^[\W\d]+|[^\w()\[\]-]+|[\u0080-\u00bf]+")

Change = tuple[Span, str]


def splice(
    page: Page, translations: Sequence[str | None], ids: Mapping[int, str] | None = None
) -> str:
    """Return the text of `page` with a translation for each of its segments.

    None, or a translation equal to the message, leaves the source as it is. Links lead to the
    translated addresses. A heading in `ids` (by the index of its segment) keeps that id.
    """
    addresses = _own("address", page, translations)
    attributes = _own("attribute", page, translations)
    shown = {message: one_line(own) for message, own in attributes.items()}
    changes: list[Change] = []
    for number, (source, translation) in enumerate(zip(page.segments, translations, strict=True)):
        if translation is None:
            continue
        segment = _with_shown(source, shown)
        written = _readdressed(translation, addresses)
        if written == segment.message and segment == source:
            continue
        if segment.kind == "short form":
            changes += _explained(page, number, translations)
            continue
        if ids and number in ids and segment.kind == "html":
            changes += _frozen_tag(page.text, segment, ids[number])
        elif ids and number in ids:
            changes += _frozen(page.text, segment.spans[-1][1], ids[number])
            written = _without_braces(page.text, segment, written)
        changes += replacing(page.text, segment, written) or []
    if "\t" in page.text:
        changes += _widths_kept(page.text, {end for (_, end), _ in changes})
    return replace(page.text, changes)


def _own(kind: str, page: Page, translations: Sequence[str | None]) -> dict[str, str]:
    """Return the translations of the segments of a kind, by message, where they differ from it."""
    return {
        segment.message: own
        for segment, own in zip(page.segments, translations, strict=True)
        if segment.kind == kind and own is not None and own != segment.message
    }


def _widths_kept(text: str, ends: Collection[int]) -> Iterator[Change]:
    """Yield changes that keep a tab at the end of a line as wide as it was, behind changed text.

    A line is broken by what is as wide as two blanks, and of a tab that depends on the text.
    """
    for end in ends:
        after = blank_until(text, end)
        if "\t" in text[end:after] and text[after : after + 1] in ("", "\r", "\n"):
            yield (end, after), " " * width(text, end, after)


def _with_shown(segment: Segment, shown: Mapping[str, str]) -> Segment:
    """Return a segment whose attribute lists show the translations in `shown`."""
    if not segment.attributes or not shown:
        return segment
    return segment._replace(
        attributes=tuple(
            attribute._replace(text=replace(attribute.text, _translated(attribute.text, shown)))
            for attribute in segment.attributes
        )
    )


def _translated(written: str, shown: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes to an attribute list that make it show translations."""
    for (start, end), mark in inline.shown(written):
        if (own := shown.get(written[start:end])) is not None:
            yield (start, end), _quoted(own, mark)


def _readdressed(text: str, addresses: Mapping[str, str]) -> str:
    """Return `text` with its links changed to the translated addresses in `addresses`."""
    for source, own in addresses.items():
        if source in text:
            target = rf"(?<=[(<]){re.escape(source)}(?=[)>\s])"
            text = re.sub(target, own.replace("\\", r"\\"), text)
    return text


def _explained(page: Page, number: int, translations: Sequence[str | None]) -> Iterator[Change]:
    """Yield the change that explains an abbreviation of the translation, before the source's own.

    The source's stays explained: text that is not translated yet still uses it.
    """
    segment, own = page.segments[number], translations[number]
    for full, text in zip(page.segments[number + 1 :], translations[number + 1 :], strict=True):
        if full.kind == "abbreviation":
            words = one_line(full.message if text is None else text)
            yield segment.spans[0], f"*[{own}]: {words}\n{segment.detail}"
        break


_LIST = re.compile(r"[ \t]*#*[ \t]*\{:?(?P<list>[^}\n]*)\}")
_LAST_COMMENTS = re.compile(r"(?:[ \t]*<!--[^\n]*?-->)+")
# Hashes before blanks do not close a heading, and an attribute list ends it.
_OPEN_HASHES = re.compile(r"[ \t]*#+(?=[ \t]+\r?(?:\n|$))")


def _without_braces(text: str, segment: Segment, written: str) -> str:
    """Return a heading with its braces escaped: behind one, the list with its id is not found."""
    if _LIST.match(text, segment.spans[-1][1]):
        return written
    return _outside_code(_BRACE, r"\\{", written)


def _frozen(text: str, end: int, identifier: str) -> Iterator[Change]:
    """Yield the change that adds the id to a heading whose words end at `end`."""
    if comments := _LAST_COMMENTS.match(text, end):
        end = comments.end()
    match = _LIST.match(text, end)
    # `#1` leads to an issue where a site has the shorthand of MagicLink.
    written = f"id={identifier}" if identifier[:1].isdigit() else f"#{identifier}"
    if not match:
        if hashes := _OPEN_HASHES.match(text, end):
            end = hashes.end()
        yield (end, end), f" {{ {written} }}"
    elif "#" not in match["list"] and "id=" not in match["list"]:
        yield (match.start("list"), match.start("list")), f" {written} "


_LONGEST_TAG = 2000
_LAST_HEADING = re.compile(
    r"(?P<name><h[1-6])(?P<attributes>(?:\s[^<>]*)?)>(?:(?!<h[1-6]).)*\Z", re.IGNORECASE | re.DOTALL
)
_HAS_ID = re.compile(r"\sid\s*=", re.IGNORECASE)


def _frozen_tag(text: str, segment: Segment, identifier: str) -> Iterator[Change]:
    """Yield the change that adds the id to the tag of a heading in raw HTML, if it has none."""
    end = segment.spans[0][0]
    tag = _LAST_HEADING.search(text, max(0, end - _LONGEST_TAG), end)
    if tag and not _HAS_ID.search(tag["attributes"]):
        yield (tag.end("name"), tag.end("name")), f' id="{identifier}"'


def replacing(text: str, segment: Segment, translation: str) -> list[Change] | None:
    """Return the changes to `text` that replace `segment` with `translation`.

    None if that is not possible: the translation lacks the element that an attribute list belongs
    to, or has another number of lines than the message.
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
    writer = _WRITERS.get(segment.kind, _running)
    rows = [writer(row, segment) for row in rows]
    if writer is _running and len(rows) == 1:
        rows[0] = _apart(text, segment.spans[0], rows[0])
    return list(zip(segment.spans, rows, strict=True))


_DASHES = re.compile(r"[ \t]*\r?\n([ \t>]*)-+[ \t]*\r?(?=\n|$)")
_DEFINED = re.compile(r"([ \t>]*):[ \t]+")
_NEXT_LINE = re.compile(r"\r?\n[ \t>]*")
# Without markup, which a line break could cut.
_PLAIN_WORD = re.compile(r"[^\W\d_][^\s`*_\[\](){}<>|\"\\]*(?:</\w+>)*")


def _apart(text: str, span: Span, row: str) -> str:
    """Return a line that is kept apart from what is below it, as the several lines in `span` are.

    Of a single line, the dashes below it would make a heading, and a definition would take in what
    is not indented below it: the next term. So its last word is put into a line of its own, or
    where it has none that stands for itself, a blank line below it.
    """
    following = _NEXT_LINE.search(text, *span)
    if following is None or (lead := _lead_below(text, span, following[0])) is None:
        return row
    words, _, last = row.rpartition(" ")
    if words and _PLAIN_WORD.fullmatch(last):
        return f"{words}{following[0]}{last}"
    return f"{row}\n{lead.rstrip()}"


def _lead_below(text: str, span: Span, second: str) -> str | None:
    """Return what is before what a single line there would be taken together with; None if none.

    `second` is what is before the second of the lines there now.
    """
    if below := _DASHES.match(text, span[1]):
        return below[1]
    before = _DEFINED.fullmatch(text, text.rfind("\n", 0, span[0]) + 1, span[0])
    if before is None or len(second.lstrip("\r\n")) <= len(before[1]):
        return None
    below = re.compile(rf"[ \t]*\r?\n[ \t>]{{0,{len(before[1])}}}[^\s:>]").match(text, span[1])
    return before[1] if below else None


def one_line(text: str) -> str:
    """Return `text` with a space for each line break, or nothing between CJK characters."""
    text = text.strip()
    return _NEWLINE.sub(" ", _BETWEEN_CJK.sub("", text)) if "\n" in text else text


def _rows(segment: Segment, translation: str) -> list[str] | None:
    """Return the lines of a translation; None if their number is not that of the spans."""
    if segment.kind == "code":
        return [translation]
    if len(segment.spans) == 1:
        return [one_line(translation)]
    rows = [row.strip() for row in translation.split("\n") if row.strip()]
    if len(rows) != lines_of(segment):
        return None
    # A line of a backslash alone is empty in the message, and stays so.
    left = iter(rows)
    return [next(left) if row.strip() else "" for row in segment.message.split("\n")]


def lines_of(segment: Segment) -> int:
    """Return how many non-empty lines a message, and so its translation, has."""
    return sum(1 for row in segment.message.split("\n") if row.strip())


def _running(row: str, segment: Segment) -> str:
    """Escape the beginning of a line if it would start a block."""
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
    """Escape closing hashes or, in an underlined (setext) heading, what would start a block."""
    if segment.detail == "setext":
        return _running(row, segment)
    match = _HEADING_END.search(row)
    return row[: match.start()] + match[1].replace("#", "\\#") if match else row


def _outside_code(sign: re.Pattern[str], instead: str, text: str) -> str:
    """Return a text with something else for a sign, except in its code."""
    if not sign.search(text):
        return text
    parts: list[str] = []
    position = 0
    for start, end in (*markup.code_spans(text), (len(text), len(text))):
        parts += sign.sub(instead, text[position:start]), text[start:end]
        position = end
    return "".join(parts)


def _cell(row: str, segment: Segment) -> str:
    """Escape pipes outside code, because a pipe would end the table cell."""
    span_at, position = markup.code_finder(row), 0

    def escaped(part: re.Match[str]) -> str:
        nonlocal position
        if part.start() < position:
            return part[0]
        if part["ticks"] and (span := span_at(*part.span())):
            position = span[1]
        return "\\|" if part["pipe"] else part[0]

    return _IN_CELL.sub(escaped, row)


def _title(row: str, segment: Segment) -> str:
    return "\\" + row if row.startswith("#") else row


def _default_title(row: str, segment: Segment) -> str:
    return segment.detail.format(row)


def _image(row: str, segment: Segment) -> str:
    """Escape brackets if they are not in pairs, because one would end the alternative text."""
    depth = 0
    for character in row:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if depth < 0:
            break
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", row) if depth else row


def _link_title(row: str, segment: Segment) -> str:
    """Replace quotation marks that would end the title with typographic ones."""
    return _quoted(row, segment.detail)


def _quoted(text: str, mark: str) -> str:
    """Return a text that can stand between two quotation marks `mark`.

    Or with marks of its own, for a value that has none: of an attribute, `=`, or in YAML, `:`.
    """
    if mark == ":":
        return "'" + text.replace("'", "''") + "'"
    if mark == "=":
        return '"' + _quoted(text, '"') + '"'
    if mark == "'":
        return text.replace("'", "’")
    return _PAIR.sub(r"“\1”", text).replace('"', "”") if mark == '"' else text


def _html(row: str, segment: Segment) -> str:
    """Write a bare & or < as an entity, because raw HTML is not Markdown."""
    row = _BARE_LESS.sub("&lt;", _BARE_AMPERSAND.sub("&amp;", row))
    return row.replace('"', "&quot;").replace("'", "&#39;") if segment.detail == "@" else row


def _label(row: str, segment: Segment) -> str:
    """Write what would end a label as Mermaid's entities, such as `#quot;` or `#59;`.

    A label without quotation marks gets none as long as it needs none.
    """
    special, template, *form = segment.detail.split("\t")
    if form == ["word"]:
        return _NOT_IN_WORDS.sub("_", row).strip("_") or segment.message
    if template == '"{}"' and _needs_no_quotes(row, segment.message, *form):
        return row
    row = re.sub(rf"#\w+;|[{re.escape(special)}]", lambda found: _entity(found[0]), row)
    return template.replace("{}", row)


def _needs_no_quotes(row: str, message: str, form: str = "") -> bool:
    """Tell whether a label has only letters and what its message has without quotation marks."""
    if form and not row.isascii():
        return False
    starts = row[:1].isalnum() or not row[:1].isascii() or row[:1] == message[:1]
    signs = "" if form == "token" else " .,!?'"
    plain = (c.isalnum() or not c.isascii() or c in signs or c in message for c in row)
    return starts and all(plain)


def _entity(text: str) -> str:
    """Return Mermaid's entity for a character; an entity stays as it is."""
    if len(text) > 1:
        return text
    return "#quot;" if text == '"' else f"#{ord(text)};"


def _code(row: str, segment: Segment) -> str:
    return row.replace("\n", "\n" + segment.detail.partition("\n")[2])


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
    "short form": _plain,
    "abbreviation": _plain,
    "image": _image,
    "attribute": _link_title,
    "link title": _link_title,
    "code title": _link_title,
    "html": _html,
    "drawing": _html,
    "label": _label,
    "code": _code,
    "code comment": _plain,
    "address": _plain,
}
