"""Rules for blocks that hold no blocks: headings, rules, references, abbreviations, tables."""

from __future__ import annotations

import re
from itertools import takewhile
from operator import attrgetter

from handbook.bitext.page import inline, tables
from handbook.bitext.page.lines import Line
from handbook.bitext.page.rules.code import INCLUDE
from handbook.bitext.page.rules.text import add_part
from handbook.bitext.page.scanner import Scanner
from handbook.bitext.page.segments import Span

# Not `#. text`, an item of a list of FancyLists.
_HEADING = re.compile(r"(?!\#[.)][ \t]+\S)\#{1,6}[ \t]*")
_HEADING_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]+\{:?[ ]*(?:[.\#:\w][^}\n]{0,1000})\}$")
_ID = re.compile(r"\{[^}\n]{0,1000}#([\w.:-]+)")
_MARKERS = re.compile(r"^(?:>[ \t]*|(?:[*+-]|\d+\.)[ \t]+(?:\[[ xX]\][ \t]+)?)+(?=\S)")
RULE = re.compile(r"(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})$")
_REFERENCE = re.compile(
    r"""\[([^\[\]]*)\]:[ ]*(\S+)[ ]*+(?:(["'])(?P<title>.*)\3|\((?P<round>.*)\))?[ ]*$"""
)
# The address and the title may each stand in a line of their own.
_WHOLE_REFERENCE = re.compile(
    r"""\[([^\[\]]*)\]:[ ]*\n?(\S+)[ ]*+\n?(?:(["'])(?P<title>.*)\3|\((?P<round>.*)\))?[ ]*$""",
    re.MULTILINE,
)
# Of one whose address stands in the next line, the first line and that line.
_NAME_ALONE = re.compile(r"\[(?!\^)[^\[\]]+\]:[ ]*$")
_ADDRESS_BELOW = re.compile(r"""[ \t]*\r?\n[ \t>]*\S+[ ]*+(?:(["']).*\1|\(.*\))?[ \t\r]*$""", re.M)
# What nothing leads to: a comment, as some write it, `[//]: # (words)`.
_COMMENT = re.compile(r"\[(?://|comment|)\]:\s*(?:#|<>)\s", re.IGNORECASE)
ABBREVIATION = re.compile(r"\*\[([^\\\]]*)\][ ]?:[ ]*(.*)$")
# The attribute list at the end of a table's cell, and of a term.
_CELL_TAIL = re.compile(r"(?<![ ])[ ]+\{:?[ ]*(?:[.#][\w-]|[\w-]+=)[^}\n]*\}$")
_OF_TABLE_RULE = frozenset("|:- \t")


def heading(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a heading after hashes (HashHeaderProcessor)."""
    match = _HEADING.match(lines[i].body)
    if not match:
        return None
    level = match[0].count("#")
    _add_heading(scanner, lines[i].first + match.end(), lines[i].end, level)
    return i + 1


def setext(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a heading with a line of `=` or `-` below it (SetextHeaderProcessor).

    A quote or an item of one line is one, with its mark: the author meant a rule below it.
    """
    if i + 1 == len(lines):
        return None
    line, below = lines[i], lines[i + 1]
    if below.body[:1] not in ("=", "-") or below.indent != base:
        return None
    if below.body.strip(below.body[0]):
        return None
    start = line.first + len(line.body) - len(_MARKERS.sub("", line.body))
    _add_heading(scanner, start, line.end, 1 if below.body[0] == "=" else 2, "setext")
    return i + 2


def _add_heading(scanner: Scanner, start: int, end: int, level: int, detail: str = "") -> None:
    """Add a heading without what follows its words; the text below it is placed in its section."""
    raw = scanner.text[start:end]
    words = _without_tail(raw)
    identifier = _ID.search(raw[len(words) :])
    scanner.enter(level, identifier[1] if identifier else "")
    add_part(scanner, "heading", start, start + len(words), detail)
    scanner.add_list(start + len(words), end)


def _without_tail(heading: str) -> str:
    """Return a heading without the blanks, closing hashes and attribute lists at its end.

    Hashes close it once, and once more before each list: `F# ##` is F#.
    """
    end, is_open = _end_without(heading, " \t", len(heading)), True
    while end:
        hashes = _end_without(heading, "#", end)
        if is_open and hashes < end:
            end = hashes + (heading[hashes - 1 : hashes] == "\\")
            is_open = False
        elif match := _list_at_end(heading, end):
            end, is_open = match.start(), True
        else:
            break
        end = _end_without(heading, " \t", end)
    return heading[:end]


def _list_at_end(heading: str, end: int) -> re.Match[str] | None:
    """Find the attribute list that ends at an offset of a heading."""
    if heading[end - 1] != "}":
        return None
    return _HEADING_ATTRIBUTES.search(heading, heading.rfind("}", 0, end - 1) + 1, end)


def _end_without(text: str, characters: str, end: int) -> int:
    while end and text[end - 1] in characters:
        end -= 1
    return end


def rule(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Skip a horizontal rule (HRProcessor)."""
    return i + 1 if RULE.match(lines[i].body) else None


def begins_reference(text: str, start: int, end: int) -> bool:
    """Tell whether a line is a reference, or the name of one whose address is in the next line."""
    if _REFERENCE.match(text, start, end):
        return True
    return bool(_NAME_ALONE.match(text, start, end) and _ADDRESS_BELOW.match(text, end))


def reference(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `[name]: address "title"` (ReferenceProcessor)."""
    block = "\n".join(line.body for line in takewhile(attrgetter("body"), lines[i : i + 3]))
    match = _WHOLE_REFERENCE.match(block)
    if not match or match[1].startswith("^"):
        return None
    name = "title" if match["title"] is not None else "round"
    if match[name] and inline.has_words(match[name]) and not _COMMENT.match(block):
        span = _span_of(lines, i, match, name)
        scanner.add("link title", match[name], (span,), detail=match[3] or "(")
    target = match[2].lstrip("<").rstrip(">")
    if target.startswith(("https://", "http://")):
        start = _span_of(lines, i, match, 2)[0] + (match[2][0] == "<")
        scanner.add_address(target, ((start, start + len(target)),))
    return i + match[0].rstrip("\n").count("\n") + 1


def _span_of(lines: list[Line], i: int, match: re.Match[str], group: str | int) -> Span:
    """Return where on the page a group of a match is, found in the lines from `i` on, joined."""
    start, text = match.start(group), match.string
    line = lines[i + text.count("\n", 0, start)]
    first = line.first + start - (text.rfind("\n", 0, start) + 1)
    return first, first + len(match[group])


def abbreviation(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `*[short]: what it stands for`, perhaps in the next line (AbbrBlockprocessor)."""
    line = lines[i]
    match = ABBREVIATION.match(line.body)
    if not match:
        return None
    full = (line.first + match.start(2), line.end)
    below = lines[i + 1] if i + 1 < len(lines) and not match[2] else None
    if below and below.body and not scanner.interrupts(below):
        i += 1
        full = (below.first, below.end)
    if inline.has_words(match[1]) and inline.has_words(scanner.text[slice(*full)]):
        before = scanner.text[scanner.text.rfind("\n", 0, line.first) + 1 : line.first]
        prefix = re.sub(r"[^\s>]", " ", before)
        scanner.add("short form", match[1].strip(), ((line.first, line.first),), detail=prefix)
    add_part(scanner, "abbreviation", *full)
    return i + 1


def table(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a table, cell by cell (TableProcessor)."""
    if i + 1 == len(lines) or lines[i + 1].body[:1] not in _OF_TABLE_RULE:
        return None  # nearly every block
    if not _begins_table(scanner, lines, i):
        return None
    borders = tables.borders(lines[i].body)
    before, dashes = scanner.counts, i + 1
    is_single = len(tables.cells(lines[i].body, borders)) == 1
    while i < len(lines) and lines[i].body and not scanner.begins_early(lines[i]):
        if is_single and not _is_row_of_one(lines[i].body):
            break
        if i != dashes and not INCLUDE.match(lines[i].body):
            for start, end in tables.cells(lines[i].body, borders):
                stop = start + tail_of_cell(lines[i].body[start:end].rstrip())
                add_part(scanner, "cell", lines[i].first + start, lines[i].first + stop)
                scanner.add_list(lines[i].first + stop, lines[i].first + end)
        elif i == dashes:
            scanner.set_apart(before)
        i += 1
    return i


def tail_of_cell(text: str) -> int:
    """Return where the attribute list begins that ends a cell or a term, or else the text's end."""
    if not text.endswith("}"):
        return len(text)
    match = _CELL_TAIL.search(text, text.rfind("}", 0, -1) + 1)
    return match.start() if match else len(text)


def _begins_table(scanner: Scanner, lines: list[Line], i: int) -> bool:
    """Tell whether line `i` is a row above dashes with as many cells (TableProcessor.test)."""
    head, dashes = lines[i].body, lines[i + 1].body
    if "-" not in dashes or not _OF_TABLE_RULE.issuperset(dashes) or "|" not in head + dashes:
        return False
    if head.startswith(("!!! ", "???", '=== "')) or scanner.begins_early(lines[i]):
        return False
    borders = tables.borders(head)
    cells = len(tables.cells(head, borders))
    if cells != len(tables.cells(dashes, borders)):
        return False
    return cells > 1 or (borders > 0 and _is_single(scanner, lines, i))


def _is_single(scanner: Scanner, lines: list[Line], i: int) -> bool:
    """Tell whether rows of one cell are a table: each has a border, up to what is no text."""
    for line in takewhile(attrgetter("body"), map(lines.__getitem__, range(i, len(lines)))):
        if not _is_row_of_one(line.body) or scanner.begins_early(line):
            return scanner.interrupts(line)
    return True


def _is_row_of_one(body: str) -> bool:
    return tables.borders(body) > 0 or bool(INCLUDE.match(body))
