"""Rules for code, formulas and includes: only titles, comments and labels in them are messages.

An author may ask for more: a block that is marked `.translate` is a message as a whole.
"""

from __future__ import annotations

import re

from handbook.bitext.page import comments, inline
from handbook.bitext.page.fences import Fence
from handbook.bitext.page.lines import TAB, Line
from handbook.bitext.page.scanner import Scanner
from handbook.bitext.page.segments import Fault

# Snippets (`--8<--`), includes and macros (`{* … *}`, `{! … !}`, `{{ … }}`, `{% … %}`, `{# … #}`),
# [TOC], the place of footnotes, processing instructions, mkdocstrings (`::: name`). With words
# between two macros a line is text.
INCLUDE = re.compile(
    r"""(?:;*-{1,}8<-{1,}(?:[ \t].*)?|\[TOC\]|///Footnotes[ ]Go[ ]Here///|<\?.*\?>|:::\s*\S.*
    |(?:\{(?:[*!%](?:(?![*!%]\}).)*[*!%]|\{(?:(?!\}\}).)*\}|\#(?:(?!\#\}).)*\#)\}\s*)+)$""",
    re.VERBOSE,
)
_OPENS = re.compile(r"\{[*!%\#{]")
_CLOSES = re.compile(r"[*!%\#}]\}$")
_MOST_LINES = 40  # of a macro
_MATH = re.compile(r"\$\$|\\\[|\\begin\{")
_MATH_END = {"$$": "$$", "\\[": "\\]", "\\begin{": "\\end{"}
_TITLE = re.compile(r"""(?<=\s)title=(["'])(.+?)\1""")
_LANGUAGE = re.compile(r"[\s{.]*([\w+#-]+)(?![\w=])")
_FILE_NAME = re.compile(r"[^\s]*[./\\_][^\s]*")


def indented(lines: list[Line], i: int, base: int) -> int:
    """Skip an indented code block (CodeBlockProcessor)."""
    while i < len(lines) and (not lines[i].body or lines[i].indent - base >= TAB):
        i += 1
    return i


def include(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Skip an include or a macro: its words are not on this page."""
    after = included(lines, i, base)
    return None if after == i else after


def included(lines: list[Line], i: int, base: int) -> int:
    """Return the number of the line after the include or the macros of line `i`; `i` if none."""
    after = _macros(lines, i)
    if after == i:
        return i
    if lines[i].body.startswith(":::"):
        return indented(lines, after, base)
    if lines[i].body.strip("-") == "8<":
        # A block of snippets: a file name a line, down to the next marker.
        while after < len(lines) and lines[after].body.strip("-") != "8<":
            after += 1
        return min(after + 1, len(lines))
    return after


def _macros(lines: list[Line], i: int) -> int:
    """Return the number of the line after line `i`, or after a macro that goes on below it."""
    if INCLUDE.match(lines[i].body):
        return i + 1
    if not _OPENS.match(lines[i].body):
        return i
    for end, line in enumerate(lines[i : i + _MOST_LINES], i + 1):
        if not line.body:
            break
        if _CLOSES.search(line.body):
            written = " ".join(each.body for each in lines[i:end])
            return end if INCLUDE.match(written) else i
    return i


def formula(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Skip a formula that is a block of its own (Arithmatex)."""
    match = _MATH.match(lines[i].body)
    if not match:
        return None
    closing = _MATH_END[match[0]]
    for end in range(i, len(lines)):
        body = lines[end].body
        if not body:
            return None
        # On the first line, the end is looked for after the mark that begins the formula.
        if closing in (body[2:] if end == i else body) and body[-1] in "$]}":
            return end + 1
    return None


def fenced(scanner: Scanner, lines: list[Line], i: int) -> int:
    """Scan a fenced code block (SuperFences): its title, and what of its content is translated.

    That is the labels of a diagram, all of a block that its author marked `.translate`, and of
    other code the comments.
    """
    fence = scanner.fences[lines[i].first]
    _fence_title(scanner, fence, lines[i].first)
    if fence.is_mermaid:
        _labels(scanner, fence)
    elif ".translate" in fence.info:
        _whole(scanner, fence)
    else:
        _comments(scanner, fence)
    while i < len(lines) and lines[i].first < fence.end:
        i += 1
    return i


def _fence_title(scanner: Scanner, fence: Fence, start: int) -> None:
    """Add the title above a code block, unless it is a file's name."""
    title = _TITLE.search(scanner.text, start, fence.content[0])
    if title and inline.has_words(title[2]) and not _FILE_NAME.fullmatch(title[2]):
        scanner.add("code title", title[2], (title.span(2),), detail=title[1])


def _labels(scanner: Scanner, fence: Fence) -> None:
    """Add the labels of a Mermaid diagram."""
    # Few pages have any, and it takes as long to load as the rest.
    from handbook.bitext.page import mermaid

    start, end = fence.content
    text = scanner.text[start:end]
    for message, (first, last), detail in mermaid.labels(text):
        is_number = inline.is_number(message)
        if is_number or inline.has_words(message):
            span = (start + first, start + last)
            scanner.add("label", message, (span,), detail=detail, is_number=is_number)
    if not scanner.skips:
        unreadable = mermaid.unreadable(text)
        scanner.faults += (Fault(start + offset, why) for offset, why in unreadable)


def _whole(scanner: Scanner, fence: Fence) -> None:
    """Add the whole content of a code block, each line without its container's prefix."""
    content = scanner.text[slice(*fence.content)]
    if inline.has_words(content):
        message = "\n".join(row.removeprefix(fence.prefix) for row in content.split("\n"))
        start = fence.content[0] + len(content) - len(content.removeprefix(fence.prefix))
        detail = f"{_language(fence.info)}\n{fence.prefix}"
        scanner.add("code", message, ((start, fence.content[1]),), detail=detail)


def _comments(scanner: Scanner, fence: Fence) -> None:
    """Add the comments of a code block, each as a message of as many lines."""
    start, end = fence.content
    text = scanner.text[start:end]
    for lines in comments.find(text, _language(fence.info)):
        message = "\n".join(text[slice(*line)] for line in lines)
        if inline.has_words(message):
            spans = tuple((start + first, start + last) for first, last in lines)
            scanner.add("code comment", message, spans)


def _language(info: str) -> str:
    """Return the language of a code block: `bash`, or the first class of `{.bash .translate}`."""
    found = _LANGUAGE.match(info)
    return "" if found is None or found[1] == "translate" else found[1]
