"""Lists: each is one to Markdown too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.editing.draft import Draft, Finding

_MARK = re.compile(r"[ \t>]*(?:[-*+]|1\.)[ ]+")


def lists(draft: Draft) -> Iterator[Finding]:
    """A list that begins in the middle of a paragraph: readers see its dashes as they are written.

    Where a line of running text begins with a dash, move the dash to the end of the line above.
    """
    was_in_one = False
    for segment in draft.page.segments:
        start = segment.spans[0][0] if segment.spans else 0
        line = draft.body.rfind("\n", 0, start) + 1
        is_in_one = segment.kind == "paragraph" and bool(_MARK.fullmatch(draft.body, line, start))
        if is_in_one and not was_in_one:
            cure = "leave a blank line above it"
            yield Finding(start, f"a list begins here within a paragraph; {cure}")
        was_in_one = is_in_one
