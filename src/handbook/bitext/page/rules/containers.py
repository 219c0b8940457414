"""Rules for quotes and titled boxes: containers whose lines are scanned as pages of their own."""

from __future__ import annotations

import re

from handbook.bitext.page.lines import TAB, Line, unquoted
from handbook.bitext.page.rules.text import add_part
from handbook.bitext.page.scanner import Scanner

ADMONITION = re.compile(r'!!! ?([\w\-]+(?: +[\w\-]+)*)(?: +"(.*?)")? *$')
# `??? note "Title"`, `??? "Title"` or `??? note`.
DETAILS = re.compile(
    r'\?{3}\+? ?(?:([\w\-]+(?: +[\w\-]+)*?)?(?: +"(.*?)")|([\w\-]+(?: +[\w\-]+)*?)) *$'
)
TAB_TITLE = re.compile(r'={3}(?:\+!?|!\+?)? +"(.*?)" *$')
BLOCK = re.compile(r"(/{3,})[ ]*(?:([\w-]+)[ ]*(\|[ ]*(.*?)[ ]*)?)?$")
# GitHub's alerts and Obsidian's callouts: `[!NOTE]`, `[!tip]- Title`.
_ALERT = re.compile(r"\[![A-Za-z][^\[\]\n]*\][+-]?(?=\s|$)")
_HEADING = re.compile(r"#{1,6}[ \t]*")
# Blocks of PyMdown whose argument is not text.
_UNTITLED = frozenset("html caption figure-caption table-caption define latex fancylists".split())
# Blocks of PyMdown that get their name for a title where they have none.
_TITLED = frozenset("note attention caution danger error tip hint warning".split())
# Elements of `/// html | element` whose content is not Markdown.
_VERBATIM = re.compile(r"(?:canvas|code|math|option|pre|script|style|textarea)\b")


def quote(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan the lines after `>`, and those that go on lazily (BlockQuoteProcessor)."""
    inner: list[Line] = []
    while i < len(lines):
        line = lines[i]
        if _is_quoted(line, base):
            inner.append(unquoted(line, scanner.text))
        elif line.body and inner[-1].body and not scanner.begins_early(line):
            inner.append(line._replace(indent=0))
        elif not line.body and (after := _next_quoted(lines, i, base)):
            inner += lines[i:after]
            i = after
            continue
        else:
            break
        i += 1
    scanner.blocks(inner, 0)
    return i


def alert(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Skip the marker that makes an alert of a quote, `[!NOTE]`; scan the title after it."""
    match = _ALERT.match(lines[i].body)
    if not match:
        return None
    add_part(scanner, "title", lines[i].first + match.end(), lines[i].end)
    return i + 1


def _is_quoted(line: Line, base: int) -> bool:
    return line.body[:1] == ">" and line.indent - base < TAB


def _next_quoted(lines: list[Line], i: int, base: int) -> int | None:
    """Return the number of the first line after the blank ones at `i` if it is quoted."""
    while i < len(lines) and not lines[i].body:
        i += 1
    return i if i < len(lines) and _is_quoted(lines[i], base) else None


def admonition(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `!!! type "title"` and the indented lines below it (AdmonitionProcessor)."""
    match = ADMONITION.match(lines[i].body)
    if not match:
        return None
    if match[2] is not None:
        _add_title(scanner, lines[i], *match.span(2))
    else:
        _add_default_title(scanner, lines[i], match[1])
    return _indented(scanner, lines, i + 1, base)


def details(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `??? type "title"` and the indented lines below it (DetailsProcessor)."""
    match = DETAILS.match(lines[i].body)
    if not match:
        return None
    if match[2] is not None:
        # A heading's hashes at the start of the title are not part of its text.
        heading = _HEADING.match(match[2])
        start, end = match.span(2)
        _add_title(scanner, lines[i], start + (heading.end() if heading else 0), end)
    elif name := match[1] or match[3]:
        _add_default_title(scanner, lines[i], name)
    return _indented(scanner, lines, i + 1, base)


def tab(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `=== "title"` and the indented lines below it (TabbedProcessor)."""
    match = TAB_TITLE.match(lines[i].body)
    if not match:
        return None
    _add_title(scanner, lines[i], *match.span(1))
    return _indented(scanner, lines, i + 1, base)


def _add_title(scanner: Scanner, line: Line, start: int, end: int) -> None:
    """Add the title of a box, in quotation marks, by its offsets in the line."""
    add_part(scanner, "title", line.first + start, line.first + end, '"')


def _add_default_title(scanner: Scanner, line: Line, types: str) -> None:
    """Add the title that Python-Markdown makes of the first of a box's types."""
    title = types.split(" ", 1)[0].capitalize()
    scanner.add("default title", title, ((line.end, line.end),), detail=' "{}"')


def _indented(scanner: Scanner, lines: list[Line], i: int, base: int) -> int:
    """Scan the indented lines from `i` on; the number of the line after them."""
    end = i
    while end < len(lines) and (not lines[end].body or lines[end].indent - base >= TAB):
        end += 1
    scanner.blocks(lines[i:end], base + TAB)
    return end


def block(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan the first line and the options of a PyMdown block: `/// name | title`.

    What it contains is not indented and so needs no scan of its own; its last line, `///`, is
    a block without a name.
    """
    match = BLOCK.match(lines[i].body)
    if not match:
        return None
    name = (match[2] or "").lower()
    if name and name not in _UNTITLED:
        _add_block_title(scanner, lines[i], match, name)
    elif name:
        scanner.add_list(lines[i].first, lines[i].end)
    i += 1
    while name and i < len(lines) and lines[i].body and lines[i].indent - base >= TAB:
        if not _goes_on(lines, i):
            scanner.add_options(lines[i].first - 1, lines[i].end)
        i += 1
    if name == "html" and _VERBATIM.match(match[4] or ""):
        while i < len(lines) and lines[i].body != match[1]:
            i += 1
    return i


def _goes_on(lines: list[Line], i: int) -> bool:
    """Tell whether the value of an option goes on in the next line: then no one place has it."""
    after = lines[i + 1] if i + 1 < len(lines) else lines[i]
    return after.indent > lines[i].indent and not _OPTION.match(after.body)


_OPTION = re.compile(r"[\w-]+:(?:\s|$)|-\s")


def _add_block_title(scanner: Scanner, line: Line, match: re.Match[str], name: str) -> None:
    """Add the title of a PyMdown block: its own, or the one that its name gives it."""
    if match[4]:
        add_part(scanner, "title", line.first + match.start(4), line.first + match.end(4))
    elif name in _TITLED and match[3] is None:
        scanner.add("default title", name.title(), ((line.end, line.end),), detail=" | {}")
