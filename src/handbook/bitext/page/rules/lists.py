"""Rules for lists and their like: a marker, and content that is indented under it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.bitext.page.lines import TAB, Line, cut
from handbook.bitext.page.rules.leaves import RULE
from handbook.bitext.page.scanner import Scanner

ITEM = re.compile(r"(?:[*+-]|\d+\.)(?:[ \t]+|$)")
# Items of FancyLists: `1)`, `(1)`, `#.`, `a.`, `iv)`.
_FANCY = re.compile(
    r"(?:(?:\d+|\#)[.)]|\((?:\d+|\#|[a-zA-Z]+)\)|([a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+)[.)]|[*+-])"
    r"[ \t]+(?=[^ \t])"
)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
FOOTNOTE = re.compile(r"\[\^([^\]]*)\]:[ ]*")
DEFINITION = re.compile(r":[ \t]+(?=[^ \t])")
# What looks like a fenced code block in the line of an item is code in running text.
_FENCED = re.compile(r"(`{3,})[^`]*$")


def plain(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a list of `-`, `*`, `+` or `1.` (OListProcessor, UListProcessor)."""
    line = lines[i]
    match = ITEM.match(line.body)
    if not match or RULE.match(line.body):
        return None
    if match.end() == len(line.body) and scanner.text[line.end : line.end + 1] != " ":
        return None
    return _items(scanner, lines, i, base, ITEM)


def fancy(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan a list of `a.`, `1)`, `(iv)` and so on (FancyListProcessor).

    A line that looks like an item, but is alone, is a paragraph without its marker: whatever
    stands after such a marker is a message of its own.
    """
    match = _FANCY.match(lines[i].body)
    if not match:
        return None
    if begins_fancy(lines, i):
        return _items(scanner, lines, i, base, _FANCY)
    lines[i] = cut(lines[i], match.end())
    return None


def begins_fancy(lines: list[Line], i: int) -> bool:
    """Tell whether line `i` begins a list of FancyLists.

    A letter is a marker only where the next one (`b.` after `a.`, `ii.` after `i.`) follows
    within 40 lines: "A. Turing" is a name.
    """
    match = _FANCY.match(lines[i].body)
    if not match or match[1] is None:
        return bool(match)
    following = _following(match[1])
    return any(
        line.indent == lines[i].indent
        and line.body.startswith(following)
        and _FANCY.match(line.body)
        for line in lines[i + 1 : i + 40]
    )


def _following(marker: str) -> tuple[str, ...]:
    """Return what may begin the marker after one of letters: the next letter, or numeral."""
    letter = chr(ord(marker[-1]) + 1)
    if marker.lower() not in _NUMERALS[:-1]:
        return (letter,)
    numeral = _NUMERALS[_NUMERALS.index(marker.lower()) + 1]
    return letter, numeral if marker.islower() else numeral.upper()


_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()


def _items(scanner: Scanner, lines: list[Line], i: int, base: int, marker: re.Pattern[str]) -> int:
    """Scan items with `marker`, one after another."""
    while i < len(lines) and lines[i].indent - base < TAB:
        match = marker.match(lines[i].body)
        if not match or RULE.match(lines[i].body):
            break
        inner = [cut(lines[i], match.end(), base + TAB)]
        if task := _TASK.match(inner[0].body):
            inner = [cut(inner[0], task.end(), base + TAB)]
        i = _Container(scanner, base, inner, marker).take(lines, i + 1)
        scanner.contained("item", _without_code(inner), base + TAB, tight=True)
        after = i
        while after < len(lines) and not lines[after].body:
            after += 1
        if after == len(lines) or not marker.match(lines[after].body):
            break
        i = after
    return i


def _without_code(lines: list[Line]) -> list[Line]:
    """Return the lines of an item without the code that it begins with, if it has several lines."""
    ticks = _FENCED.match(lines[0].body)
    if ticks:
        for number, line in enumerate(lines[1:], 1):
            if not line.body:
                break
            if line.body == ticks[1]:
                return lines[number + 1 :]
    return lines


def footnote(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `[^name]: text` and the indented blocks below it (FootnoteBlockProcessor).

    Two blank lines end it.
    """
    match = FOOTNOTE.match(lines[i].body)
    if not match:
        return None
    inner = [cut(lines[i], match.end(), base + TAB)]
    i = _Container(scanner, base, inner, is_footnote=True).take(lines, i + 1)
    before = scanner.counts
    scanner.contained("footnote", inner, base + TAB)
    scanner.set_apart(before)
    return i


def definition(scanner: Scanner, lines: list[Line], i: int, base: int) -> int | None:
    """Scan `:   text` below its terms (DefListProcessor).

    If its second line is indented, what is not goes on with the page: with the next term. If it is
    not, all up to a blank line is part of the definition, with terms of its own.
    """
    match = DEFINITION.match(lines[i].body)
    if not match:
        return None
    inner = [cut(lines[i], match.end(), base + TAB)]
    below = lines[i + 1] if i + 1 < len(lines) else None
    is_lazy = bool(below and below.body[:1] not in ("", ":") and below.indent - base < TAB)
    i = _Container(scanner, base, inner, is_lazy=is_lazy).take(lines, i + 1)
    scanner.blocks(inner, base + TAB)
    return i


@dataclass(slots=True)
class _Container:
    """An item, a definition or a footnote, into which its lines are taken."""

    scanner: Scanner
    base: int
    lines: list[Line]
    """Those it has so far: at first what stands behind its marker."""
    sibling: re.Pattern[str] | None = None
    """What matches the next item, with which it ends."""
    is_lazy: bool | None = None
    """Whether all lines of its first block go on without being indented, or none; None if some."""
    is_footnote: bool = False
    """Whether two blank lines end it."""

    def take(self, lines: list[Line], i: int) -> int:
        """Take the lines from `i` on that belong to it; return the number of the line after them.

        Those are indented, or go on without a blank line ("lazily"), up to the next item. A
        definition straight below the text of an item is in it.
        """
        blank = False
        while i < len(lines):
            line = lines[i]
            if not line.body:
                if blank and self.is_footnote:
                    break
                blank, self.is_lazy = True, None
            elif self.is_lazy and self._goes_on(line):
                line = line._replace(indent=line.indent + TAB)
            elif line.indent - self.base >= TAB:
                blank = False
            elif blank or not (self._is_underlined_by(line) or self._goes_on(line)):
                break
            else:
                line = line._replace(indent=self.base + TAB)
            self.lines.append(line)
            i += 1
        return i

    def _is_underlined_by(self, line: Line) -> bool:
        """Tell whether a line makes a heading of the one above, which alone is its block so far."""
        if line.body.strip("-") and line.body.strip("="):
            return False
        return len(self.lines) > 1 and bool(self.lines[-1].body) and not self.lines[-2].body

    def _goes_on(self, line: Line) -> bool:
        """Tell whether a line that is not indented goes on with what is above; a quote does."""
        if self.is_lazy is False or (self.sibling and self.sibling.match(line.body)):
            return False
        if DEFINITION.match(line.body):
            return True
        return line.body[0] == ">" or not self.scanner.interrupts(line)
