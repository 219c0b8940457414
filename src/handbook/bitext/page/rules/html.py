"""Rules for raw HTML: comments, which may hold directives, and elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.page import inline, markup
from handbook.bitext.page.lines import TAB, Line, resume
from handbook.bitext.page.rules.code import INCLUDE
from handbook.bitext.page.rules.images import add_images
from handbook.bitext.page.scanner import Scanner
from handbook.bitext.page.segments import Fault, Span

_DIRECTIVE = re.compile(r"<!--\s*i18n:\s*([\w-]*)(.*?)-->", re.S)
_DIRECTIVES = "context, note, skip, skip-start, skip-end or sorted"
# Text up to a blank line or a line that begins with a list marker; its own marker is left out.
_PIECE = re.compile(
    r"(?:(?:[*+-]|\d+\.)[ \t]+)?(\S(?:(?!\n[ \t\r]*(?:\n|[*+-]\s|\d+\.\s)).)*)", re.DOTALL
)

# What is no text, wherever it stands.
_PROGRAMS = frozenset(("script", "style"))
_QUOTED = re.compile(r"\n[ \t]*>[ \t>]*")


def interrupts(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins with the tag of a block element, which may end in a later line."""
    if _is_deeper(text, start):
        return False
    tag = markup.TAG.match(text, start)
    return bool(tag and markup.is_block(tag))


def _is_deeper(text: str, start: int) -> bool:
    """Tell whether a line begins in a quote, or four blanks deep in the page, or more.

    There, tags are part of running text (HTMLExtractor.at_line_start).
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if not before or before.strip("> \t\ufeff"):
        return False
    return ">" in before or len(before.expandtabs(TAB)) >= TAB


def comment(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Skip a comment; one that begins with `i18n:` is a directive to this program."""
    start = lines[i].first
    if start > scanner.last_comment or not scanner.text.startswith("<!--", start):
        return None
    end = min(scanner.text.index("-->", start) + 3, lines[-1].end)
    obey(scanner, start, end)
    return resume(lines, i, end)


def obey(scanner: Scanner, start: int, end: int) -> None:
    """Do what the directives between two offsets say."""
    for directive in _DIRECTIVE.finditer(scanner.text, start, end):
        words = " ".join(directive[2].split())
        match directive[1]:
            case "skip":
                scanner.said = scanner.said._replace(skip=True)
            case "note":
                scanner.said = scanner.said._replace(note=words)
            case "context":
                scanner.said = scanner.said._replace(context=words or None)
            case "skip-start" | "skip-end" as name:
                scanner.skipping = name == "skip-start"
            case "sorted":  # lists are sorted where they are shown
                pass
            case name:
                fault = f"{name!r} is no directive; write <!-- i18n: … --> with {_DIRECTIVES}"
                scanner.faults.append(Fault(directive.start(), fault))


def element(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a block element (HTMLExtractor), or the start tag of one with Markdown (md_in_html).

    In a box, an item or a quote, tags are running text.
    """
    line = lines[i]
    if line.body.startswith("<!--"):
        return None
    text, last = scanner.masked
    tag = markup.TAG.match(text, line.first)
    if not tag or not markup.is_block(tag) or tag.end() > lines[-1].end:
        return None
    if _is_deeper(text, line.first) and (tag["name"] or "").lower() not in _PROGRAMS:
        return None
    end = tag.end()
    if not tag["close"] and not markup.takes_markdown(tag):
        end = markup.end_of(text, line.first, last, lines[-1].end)
    elif not tag["close"] and markup.takes_running_text(tag):
        _level(scanner, lines, i, base)
    _add_runs(scanner, line.first, end)
    return resume(lines, i, end)


def _level(scanner: Scanner, lines: list[Line], i: int, base: int) -> None:
    """Take the indentation from the lines of the element that begins at line `i`."""
    text, last = scanner.masked
    if lines[i].first < scanner.levelled_until:
        return
    scanner.levelled_until = markup.end_of(text, lines[i].first, last)
    for number in range(i + 1, len(lines)):
        if lines[number].first >= scanner.levelled_until:
            break
        lines[number] = lines[number]._replace(indent=base)


def _add_runs(scanner: Scanner, start: int, end: int) -> None:
    """Add the runs of text in the HTML between two offsets."""
    for name, message, spans in _runs(scanner, start, end, ""):
        _add_run(scanner, name, message, spans)
    _add_code(scanner, start, end)


def add_running_text(scanner: Scanner, kind: str, start: int, end: int) -> None:
    """Add the runs of text between the tags of a paragraph of Markdown, or of an item and so on.

    Only the text that it begins with is a passage that is numbered.
    """
    apart = before = scanner.counts
    for name, message, spans in _runs(scanner, start, end, kind):
        if _OWN_TEXT.fullmatch(name):
            _add_run(scanner, name, message, spans)
        elif not ("![" in message and len(spans) == 1 and add_images(scanner, *spans[0])):
            scanner.add_words(kind, message, spans)
        if apart == before and not name:
            apart = scanner.counts
    scanner.set_apart(apart)
    _add_code(scanner, start, end)


def _add_code(scanner: Scanner, start: int, end: int) -> None:
    """Note the code in the HTML between two offsets."""
    text = scanner.masked[0]
    last = max((each.end() for each in _PRE_END.finditer(text, start, end)), default=start)
    for found in _PRE.finditer(text, start, last):
        scanner.add_wordless("code block", found[1].strip("\n"), (found.span(1),))


def _runs(
    scanner: Scanner, start: int, end: int, kind: str
) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """Yield the runs of text in HTML: the element around each, its message, and its spans.

    `kind`: that of the running text that they are in, if they are; of that, some sites keep lines.
    """
    shown, (text, _) = scanner.text, scanner.masked
    if ">" in shown[shown.rfind("\n", 0, start) + 1 : start].partition("<")[0]:
        shown, text = (_without_quotes(each, start, end) for each in (shown, text))
    for name, run in markup.runs(text, start, end):
        for piece in _pieces(text, *run):
            spans: tuple[Span, ...] = (piece,)
            if kind and name != "@":
                spans = tuple(_lines(text, *piece, scanner.keeps_lines))
            message = "\n".join(" ".join(shown[slice(*span)].split()) for span in spans)
            if spans and not INCLUDE.match(message):  # none: a sign of a quote alone
                yield name, message, spans


def _add_run(scanner: Scanner, name: str, message: str, spans: tuple[Span, ...]) -> None:
    """Add the text of an element, or what an attribute says: then its name is `@`."""
    kind = "drawing" if name in ("text", "tspan", "desc", "title") else "html"
    is_number = name != "@" and inline.is_number(message)
    if is_number or inline.has_words(message):
        scanner.add(kind, message, spans, detail=name, is_number=is_number)
    elif name != "@":
        scanner.add_wordless(kind, message, spans)
        if "<" in message:
            scanner.add_attributes(spans[0][0], spans[-1][1])


# Whose text is not written as that of a paragraph: what an attribute says, a heading, a drawing.
_OWN_TEXT = re.compile("@|h[1-6]|option|text|tspan|desc|title", re.IGNORECASE)
_PRE = re.compile("<pre\\b[^<>]*>(.*?)</pre", re.DOTALL | re.IGNORECASE)
_PRE_END = re.compile("</pre", re.IGNORECASE)


def _without_quotes(text: str, start: int, end: int) -> str:
    """Return `text` with blanks for the signs that quote the lines between two offsets."""
    quoted = _QUOTED.sub(lambda signs: "\n".ljust(len(signs[0])), text[start:end])
    return text[:start] + quoted + text[end:]


_LINE = re.compile(r"[^\s>](?:[^\r\n]*[^\s])?")
_BROKEN = re.compile(r"[^\s>](?:[^ ]++|[ ]++(?!\r?\n)|[ ](?=\r?\n))*")


def _lines(text: str, start: int, end: int, keeps_lines: bool) -> Iterator[Span]:
    """Yield what readers see as lines between two offsets, without the blanks around each.

    `keeps_lines`: that is each line of the page.
    """
    for row in (_LINE if keeps_lines else _BROKEN).finditer(text, start, end):
        yield row.start(), row.start() + len(row[0].rstrip())


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut the text between two offsets at blank lines and list markers."""
    for piece in _PIECE.finditer(text, start, end):
        yield piece.start(1), piece.start(1) + len(piece[1].rstrip())
