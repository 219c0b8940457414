"""The rule for paragraphs: what no other rule takes."""

from __future__ import annotations

import re
from itertools import takewhile
from operator import attrgetter

from handbook.bitext.page.lines import TAB, Line, cut, is_broken, trim
from handbook.bitext.page.rules.code import included
from handbook.bitext.page.rules.leaves import tail_of_cell
from handbook.bitext.page.rules.lists import DEFINITION, ITEM, begins_fancy
from handbook.bitext.page.rules.text import add_lines
from handbook.bitext.page.scanner import Scanner

_NUMBER = re.compile(r"(\d{1,9})\.[ \t]+\S")
_ATTRIBUTE_LINE = re.compile(r"\{:?[ ]*[^}\n ][^}\n]*\}$")


def paragraph(scanner: Scanner, lines: list[Line], i: int, base: int, tight: bool = False) -> int:
    """Scan running text up to a blank line or a block that interrupts it (ParagraphProcessor).

    Line `i` is text even if it looks like another block: all rules have refused it. Returns the
    number of the line after the text.
    """
    return _scan(scanner, lines, i, base, tight, is_rest=False)


def rest_of_paragraph(scanner: Scanner, lines: list[Line], i: int, base: int, tight: bool) -> int:
    """Scan running text that goes on straight below a fenced code block.

    Returns the number of the line after it, which is `i` if another block begins there.
    """
    if _ends(scanner, lines, i, base, tight):
        return i
    return _scan(scanner, lines, i, base, tight, is_rest=True)


def _scan(
    scanner: Scanner, lines: list[Line], i: int, base: int, tight: bool, *, is_rest: bool
) -> int:
    start = i
    listed = is_rest or scanner.keeps_lines
    piece: list[Line] = []
    while i < len(lines) and (line := lines[i]).body:
        # Nearly every line begins with a letter and is decided here. In an item this is not
        # enough: `a.` may begin a nested list.
        if not tight and line.body[0] not in scanner.starts:
            piece.append(line)
        elif i > start and _ends(scanner, lines, i, base, tight):
            break
        elif (after := included(lines, i, base)) > i:
            add_lines(scanner, "paragraph", _without_break(piece))
            piece, i = [], after - 1
            if not lines[i].body:  # the options of `::: name` go up to there
                break
        else:
            is_item = (is_rest or i > start) and _looks_like_item(lines, i, listed=listed)
            listed = listed or is_item
            piece = _with(line, piece, scanner, is_first=i == start, is_item=is_item)
        i += 1
    _add(scanner, piece, _is_defined(lines, i, base))
    return i


def _with(
    line: Line, piece: list[Line], scanner: Scanner, *, is_first: bool, is_item: bool
) -> list[Line]:
    """Return `piece`, the lines of a message, with `line`; or those of the next message.

    Most paragraphs are one message. A line of attributes (attr_list's BLOCK_RE), like an include,
    ends the message and belongs to none. A list marker ends it too: outside of items
    Python-Markdown needs a blank line before a list, so here the marker is text. It stays on
    the page, and what follows it is a message of its own, as the author meant.
    """
    marker = ITEM.match(line.body) if is_item else None
    is_list = not is_first and bool(_ATTRIBUTE_LINE.match(line.body))
    if is_list:
        following = []
    elif marker and marker.end() < len(line.body):
        following = [cut(line, marker.end())]
    else:
        piece.append(line)
        return piece
    add_lines(scanner, "paragraph", _without_break(piece))
    if is_list:
        scanner.add_list(line.first, line.end)
    return following


def _looks_like_item(lines: list[Line], i: int, *, listed: bool) -> bool:
    """Tell whether line `i` of running text looks like an item; `listed`: a line above it does.

    A number that is alone, such as that of the 12. May or of a year, ends a sentence or is a date.
    """
    number = _NUMBER.match(lines[i].body)
    is_aligned = i > 0 and lines[i].indent == lines[i - 1].indent
    if listed or number is None or int(number[1]) < 2 or not is_aligned:
        return bool(ITEM.match(lines[i].body))
    below = takewhile(attrgetter("body"), lines[i + 1 : i + 40])
    return any(_NUMBER.match(line.body) for line in below)


def _without_break(piece: list[Line]) -> list[Line]:
    """Return lines without the backslash at their end, a line break before what comes below."""
    if not piece or not is_broken(piece[-1].body):
        return piece
    last = trim(piece[-1], len(piece[-1].body[:-1].rstrip()))
    return [*piece[:-1], last] if last.body else piece[:-1]


def _ends(scanner: Scanner, lines: list[Line], i: int, base: int, tight: bool) -> bool:
    """Tell whether line `i` ends the paragraph above it.

    In a tight item, a nested list does too: OListProcessor.get_items looks for items in every line
    of a block.
    """
    line = lines[i]
    if tight and line.indent - base < TAB and (ITEM.match(line.body) or begins_fancy(lines, i)):
        return True
    return scanner.interrupts(line)


def _is_defined(lines: list[Line], i: int, base: int) -> bool:
    """Tell whether the next text, blank lines aside, is a definition of the lines before it."""
    while i < len(lines) and not lines[i].body:
        i += 1
    return i < len(lines) and lines[i].indent - base < TAB and bool(DEFINITION.match(lines[i].body))


def _add(scanner: Scanner, piece: list[Line], defined: bool) -> None:
    """Add a paragraph; where a definition follows, each line is a term (DefListProcessor)."""
    if defined:
        for line in piece:
            end = tail_of_cell(line.body)
            add_lines(scanner, "term", [trim(line, end)])
            scanner.add_list(line.first + end, line.end)
    else:
        add_lines(scanner, "paragraph", piece)
