"""Hold pages and translations to the rules of one handbook's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.editing.draft import Draft, Finding
from handbook.bitext.editing.patience import within
from handbook.bitext.page import frontmatter
from handbook.bitext.project.house import HouseRule

_SECONDS = 2
_SLOW = (
    f"takes more than {_SECONDS} seconds for this text; write its expression in pyproject.toml"
    " without repetitions of repetitions, such as (a+)+"
)


def broken(draft: Draft, rule: HouseRule) -> list[Finding]:
    """Return where a page breaks a rule that is for it, or that the rule takes too long."""
    try:
        with within(_SECONDS):
            return list(_broken(draft, rule))
    except TimeoutError:
        return [Finding(0, _SLOW)]


def broken_by(text: str, rule: HouseRule) -> list[str]:
    """Return what the text of a translation has that a rule refuses."""
    try:
        with within(_SECONDS):
            return [finding.text for finding in _found(rule, text)]
    except TimeoutError:
        return [_SLOW]


def _broken(draft: Draft, rule: HouseRule) -> Iterator[Finding]:
    if missing := [key for key in rule.keys if draft.front.get(key) is None]:
        there = "its front matter lacks" if draft.front else "it has no front matter with"
        yield Finding(0, f"{there} {', '.join(missing)}; {rule.cure}")
    end = frontmatter.end(draft.page.text)
    text = draft.page.text[:end] + draft.body[end:]
    if rule.always and not re.search(rule.always, text, re.MULTILINE):
        yield Finding(0, rule.cure)
    yield from _found(rule, text)


def _found(rule: HouseRule, text: str) -> Iterator[Finding]:
    for found in re.finditer(rule.never, text, re.MULTILINE) if rule.never else ():
        words = " ".join(found[0].split())
        if words:
            yield Finding(found.start(), f"“{words[:60]}” is not written here; {rule.cure}")
