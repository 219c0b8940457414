"""Hold pages and translations to the rules of one handbook's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.editing.draft import Draft, Finding
from handbook.bitext.page import frontmatter
from handbook.bitext.project.house import HouseRule


def broken(draft: Draft, rule: HouseRule) -> Iterator[Finding]:
    """Yield where a page breaks a rule that is for it."""
    if missing := [key for key in rule.keys if draft.front.get(key) is None]:
        there = "its front matter lacks" if draft.front else "it has no front matter with"
        yield Finding(0, f"{there} {', '.join(missing)}; {rule.cure}")
    end = frontmatter.end(draft.page.text)
    text = draft.page.text[:end] + draft.body[end:]
    if rule.always and not re.search(rule.always, text, re.MULTILINE):
        yield Finding(0, rule.cure)
    if rule.never:
        yield from _found(rule, text)


def _found(rule: HouseRule, text: str) -> Iterator[Finding]:
    for found in re.finditer(rule.never, text, re.MULTILINE):
        words = " ".join(found[0].split())
        if words:
            yield Finding(found.start(), f"“{words[:60]}” is not written here; {rule.cure}")


def broken_by(text: str, rule: HouseRule) -> Iterator[str]:
    """Yield what the text of a translation has that a rule refuses."""
    if rule.never:
        yield from (finding.text for finding in _found(rule, text))
