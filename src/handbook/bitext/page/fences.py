"""Find fenced code blocks, as SuperFences does: before any other block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handbook.bitext.page.lines import TAB
from handbook.bitext.page.segments import Span

# Of the quotes that may close a value, the first that a blank or the end follows closes it, and
# the possessive `++` holds to that. To try them all, as SuperFences does, takes time that doubles
# with each attribute.
_FENCE = re.compile(
    r"""(?P<fence>`{3,}|~{3,})
    (?P<info>(?:[ \t]*\.?[\w#.+-]+(?=[\t ]|$))?
    (?:[ \t]*\{[^\n]*\}
      |(?:[ \t]*[a-zA-Z][a-zA-Z0-9_]*
        (?:=(?P<quote>"|')(?:(?!(?P=quote)(?:[\t ]|$)).)*+(?P=quote))?+(?=[\t ]|$))++)?)[ \t]*$""",
    re.VERBOSE,
)
_MEANT = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[ \t]*[\w#.+-]+[ \t]+[^`~\n]*)$")
"""A first line that SuperFences does not know, such as "```toml an-option": a site's own extension
does, which makes one of it that SuperFences knows."""
# Or behind a byte order mark.
_FENCE_LINE = re.compile(r"(?:^|(?<=^\ufeff))([> \t]*)((?:```|~~~)[^\n]*)$", re.MULTILINE)


class Fence(NamedTuple):
    """A fenced code block."""

    info: str
    """What its first line says after the fence: language, title, classes."""
    content: Span
    """The offsets of its lines of code."""
    prefix: str
    """What its first line has before the fence: indentation and the `>` of quotes."""
    end: int
    """The offset after its last line."""

    @property
    def is_mermaid(self) -> bool:
        """Whether it is a diagram."""
        return self.info.split("{")[0].strip(" .") == "mermaid" or ".mermaid" in self.info


def find(text: str, start: int) -> Iterator[tuple[int, Fence]]:
    """Yield each fenced code block with the offset of its fence (SuperFences.search_nested)."""
    if "```" not in text and "~~~" not in text:
        return
    position = start
    unclosed: dict[tuple[str, str], int] = {}
    while candidate := _FENCE_LINE.search(text, position):
        prefix, row = candidate[1], candidate[2].rstrip("\r")
        position = candidate.end() + 1
        known = _FENCE.match(row)
        match = known or _MEANT.match(row)
        if match and (known or unclosed.get((prefix, match["fence"]), 0) < position):
            end, content_end = _closing(text, position, prefix, match["fence"])
            if content_end >= 0:
                body = (position, max(position, content_end))
                yield candidate.start(2), Fence(match["info"].strip(), body, prefix, end)
            elif not known:  # is no fence: what follows may be one
                unclosed[prefix, match["fence"]] = end
                continue
            position = end + 1


def _closing(text: str, start: int, prefix: str, fence: str) -> tuple[int, int]:
    """Return where the line that closes a fence ends, and where the content ends.

    A line without the fence's prefix breaks the fence off: its own end, and -1.
    """
    width = len(prefix.expandtabs(TAB))
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        used, rest = _prefixed(text[start:end].rstrip("\r"), width)
        if rest.rstrip(" \t") == fence and used == width:
            return end, start - 1
        if rest.strip() and (used < width or (">" in prefix and ">" not in text[start:end])):
            return end, -1
        start = end + 1
    return len(text), -1


def _prefixed(row: str, width: int) -> tuple[int, str]:
    """Split a line into the columns of prefix it has, at most `width`, and the rest."""
    if not width:
        return 0, row
    column = 0
    for number, character in enumerate(row):
        if column >= width or character not in "> \t":
            return column, row[number:]
        column += TAB - column % TAB if character == "\t" else 1
    return column, ""
