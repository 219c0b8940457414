"""Headings: one title, no level left out, no id given twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from handbook.bitext.editing.draft import Draft, Finding

_LISTED = re.compile(
    r"""\{:?[ ]*(?:(?:\.[^\s{}]+|[\w-]+=(?:"[^"{}\n]*"|[^\s"{}]+))[ ]+)*+
    \#(?P<id>[^\s{}#.]+)(?:[ ][^{}\n]*)?\}""",
    re.VERBOSE,
)
"""An attribute list with an id; not the rule of a style, { color: #fff }."""
_HTML = re.compile(r"<[a-z][^<>]*\sid\s*=\s*[\"']?(?P<id>[^\s\"'>]+)", re.IGNORECASE)


def title(draft: Draft) -> Iterator[Finding]:
    """A page with two titles or with none.

    Lists of pages, books and screen readers know it by one. It may be in the front matter or in the
    menu. A page that others include needs none.
    """
    titles = [offset for offset, level in draft.headings if level == 1]
    for offset in titles[1:]:
        yield Finding(offset, "is a second title; write ## at its beginning, # is for the first")
    is_titled = (
        bool(titles)
        or draft.path in draft.site.named | draft.site.parts
        or not {"title", "template"}.isdisjoint(draft.front)
    )
    if not is_titled and not draft.includes and not re.search(r"<h1\b", draft.shown):
        cure = "begin it with one, # and its words"
        yield Finding(len(draft.body) - len(draft.body.lstrip()), f"has no title; {cure}")


def levels(draft: Draft) -> Iterator[Finding]:
    """A heading that is two levels below the one before.

    Who listens to a page goes from heading to heading, and looks for the one that is missing.
    """
    for (_, before), (offset, level) in pairwise(draft.headings):
        if level > before + 1:
            cure = f"write {'#' * (before + 1)} at its beginning"
            yield Finding(offset, f"is a heading of level {level} below one of {before}; {cure}")


def ids(draft: Draft) -> Iterator[Finding]:
    """An id that two places of a page have: a link to it leads to the first of them."""
    if not draft.has("attr_list", "extra"):
        return
    seen: dict[str, int] = {}
    places = [*_LISTED.finditer(draft.shown), *_HTML.finditer(draft.shown)]
    for found in sorted(places, key=lambda each: each.start("id")):
        first = seen.setdefault(found["id"], found.start("id"))
        if first != found.start("id"):
            line = draft.page.line_at(first)
            fault = f"#{found['id']} is the id of line {line} too; give this place another"
            yield Finding(found.start("id"), fault)
