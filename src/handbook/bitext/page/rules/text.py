"""Make messages of running text.

Soft line breaks are joined, attribute lists and comments left out, and an image that is alone in
a paragraph is taken apart.
"""

from __future__ import annotations

import re

from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page import markup
from handbook.bitext.page.lines import Line, bare, is_broken, is_broken_by_blanks, uncommented
from handbook.bitext.page.rules import html
from handbook.bitext.page.rules.images import add_images
from handbook.bitext.page.scanner import Said, Scanner
from handbook.bitext.page.segments import Span
from handbook.bitext.patterns import pattern

_CJK = pattern(f"[{CJK}]")


def add_lines(scanner: Scanner, kind: str, lines: list[Line]) -> None:
    """Add the running text of `lines` as one message."""
    lines = bare(lines)
    if not lines:
        return
    if lines[0].body.startswith("<!--") or lines[-1].body.endswith("-->"):
        inner = uncommented(lines)
        if inner:
            said = _obeyed(scanner, (lines[0].first, lines[-1].end), inner)
            _add_lines(scanner, kind, inner)
            scanner.said = said
    else:
        _add_lines(scanner, kind, lines)


def _obeyed(scanner: Scanner, span: Span, inner: list[Line]) -> Said:
    """Obey the directives in comments at both ends of a message; return what was said before."""
    said = scanner.said
    html.obey(scanner, span[0], inner[0].first)
    html.obey(scanner, inner[-1].end, span[1])
    return said


def _add_lines(scanner: Scanner, kind: str, lines: list[Line]) -> None:
    """Add lines that have no comments at their ends as one message."""
    if len(lines) == 1:
        start, end, _, message = lines[0]
        if message[:2] in _STRONG and _has_unpaired_signs(message):
            start, end, message = start + 2, end - 2, message[2:-2]
        spans: tuple[Span, ...] = ((start, end),)
    else:
        message, spans = _joined(scanner, lines)
    if "<" in message and markup.has_block(message):
        # Python-Markdown ends the paragraph at such a tag, wherever in a line it is.
        html.add_running_text(scanner, kind, lines[0].first, lines[-1].end)
    elif not ("![" in message and len(spans) == 1 and add_images(scanner, *spans[0])):
        scanner.add_words(kind, message, spans)


_STRONG = frozenset(("**", "__"))
_RUNS = {"*": re.compile(r"\*+"), "_": re.compile(r"_+")}


def _has_unpaired_signs(message: str) -> bool:
    """Tell whether strong text holds a sign of its own kind that has no other.

    Which sign closes which then depends on what is beside them: so those around the text stay on
    the page, `__this_ and that__`.
    """
    around, inside = message[:2], message[2:-2]
    if len(message) < 5 or not message.endswith(around) or inside[0] in "*_" or inside[0].isspace():
        return False
    runs = [
        len(run)
        for run in _RUNS[around[0]].findall(markup.without(markup.code_spans(inside), inside))
    ]
    return sum(runs) % 2 == 1


def add_part(scanner: Scanner, kind: str, start: int, end: int, detail: str = "") -> None:
    """Add the text between two offsets of a line as a message, without blanks and comments."""
    raw = scanner.text[start:end]
    message = raw.strip()
    start += len(raw) - len(raw.lstrip())
    span = (start, start + len(message))
    if message.endswith("-->") or message.startswith("<!--"):
        inner = uncommented([Line(*span, 0, message)])
        if not inner:
            return
        if (inner[0].first, inner[0].end) != span:
            said = _obeyed(scanner, span, inner)
            add_part(scanner, kind, inner[0].first, inner[0].end, detail)
            scanner.said = said
            return
    if not ("![" in message and add_images(scanner, *span)):
        scanner.add_words(kind, message, (span,), detail=detail)


def _joined(scanner: Scanner, lines: list[Line]) -> tuple[str, tuple[Span, ...]]:
    """Return the message of several lines, and a span for each of its own lines.

    Two blanks or a backslash at the end of a line are a hard line break, which is a newline in
    the message and begins another span; so is any other where the site keeps lines. Else it is a
    space, or nothing between CJK characters.
    """
    text, keeps_lines = scanner.text, scanner.keeps_lines
    parts: list[str] = []
    spans: list[Span] = []
    start = lines[0].first
    final = len(lines) - 1
    for number, (_, end, _, body) in enumerate(lines):
        if number == final:
            parts.append(body)
            spans.append((start, end))
        elif keeps_lines or is_broken_by_blanks(text, end) or is_broken(body):
            kept = body[:-1].rstrip() if is_broken(body) else body
            parts += kept, "\n"
            spans.append((start, end - (len(body) - len(kept))))
            start = lines[number + 1].first
        else:
            following = lines[number + 1].body[0]
            glued = _CJK.match(body[-1]) and _CJK.match(following)
            parts += body, "" if glued else " "
    return "".join(parts), tuple(spans)
