"""Check what stands beside pages: the repository's own pages, sheets for readers, reviews."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from itertools import count
from urllib.parse import unquote

from handbook.bitext.editing.draft import Draft
from handbook.bitext.editing.parts import parts
from handbook.bitext.editing.rules import drafts
from handbook.bitext.files import read
from handbook.bitext.moving import links
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source

_OWN = ("*.md", "docs/*/README.md", "translations/**/*.md", ".github/**/*.md")
"""The pages that are read in the repository, and not on the site."""
_QUOTING = "translations/"
"""Where pages quote addresses of the site as code, such as a sheet for readers."""
_ADDRESS = re.compile(r"`/([a-z]{2,3}(?:[-_]\w+)?)/([^`\s]*)`")


def links_beside(handbook: Handbook) -> Iterator[Problem]:
    """A link on a page of the repository itself, such as a README, that leads nowhere.

    On a sheet for native readers, translations/<language>/READER.md, also an address of no page.
    """
    pages = {source.name for source in handbook.sources()}
    for name in links.files(handbook.root, _OWN):
        text = read(handbook.root / name, name)
        if name not in pages and isinstance(text, str):
            yield from _dead_links(handbook, name, text)
            yield from _addresses(handbook, name, text) if name.startswith(_QUOTING) else ()


def _dead_links(handbook: Handbook, name: str, text: str) -> Iterator[Problem]:
    for (start, _), target in links.targets(links.without_comments(text), html=False):
        if not _leads(handbook, name, target):
            fault = f"links: a link leads to {target}, which is not there; write the path of a file"
            place = line_at(text, start)
            yield Problem(name, place, f"{fault}, or take the link out", "links", "warning")


def _leads(handbook: Handbook, name: str, target: str) -> bool:
    """Tell whether a link leads to a file or folder, or to what cannot be known here."""
    path = unquote(re.split(r"[?#]", target)[0])
    if not links.RELATIVE.match(target) or not path:
        return True
    there = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    language = _OF_LANGUAGE.match(there)
    is_other = language is not None and language[1] not in handbook.languages
    return is_other or there.startswith("..") or (handbook.root / there).exists()


_OF_LANGUAGE = re.compile(r"(?:docs|translations)/([a-z]{2,3}(?:[-_]\w+)?)(?:/|$)")
"""A file of a language; a handbook made from another one may do without some of those."""


def _addresses(handbook: Handbook, name: str, text: str) -> Iterator[Problem]:
    paths = {source.path for source in handbook.sources()}
    for found in _ADDRESS.finditer(text):
        path = found[2].rstrip("/")
        names = {f"{path}.md", f"{path}/index.md"} if path else {"index.md"}
        if found[1] in handbook.languages and not names & paths:
            cure = "write the address of a page, or take it out"
            fault = f"links: {found[0]} leads to no page of the site; {cure}"
            yield Problem(name, line_at(text, found.start()), fault, "links", "warning")


def due(handbook: Handbook) -> Iterator[Problem]:
    """A page that is due for review in a month in which too many are already.

    How many may be is `reviews` below [tool.handbook]. Those reviewed last are named: their authors
    can still choose another month.
    """
    most = handbook.settings.reviews
    months: dict[str, list[tuple[str, Source, Draft]]] = {}
    for source, draft in drafts(handbook) if most else ():
        day = draft.front.get("review_by")
        if isinstance(day, date):
            row = (str(draft.front.get("reviewed")), source, draft)
            months.setdefault(f"{day:%Y-%m}", []).append(row)
    for month, rows in months.items():
        free = next(each for each in _after(month) if len(months.get(each, ())) < most)
        paths = ", ".join(sorted(source.path for _, source, _ in rows))
        fault = f"due: of {len(rows)} pages due for review in {month} ({paths}) {most} may be"
        for _, source, draft in sorted(rows, key=lambda row: row[0])[most:]:
            line = draft.page.line_at(draft.offset_of_key("review_by"))
            words = f"{fault}; choose another month, such as {free}"
            yield Problem(source.name, line, words, "due", "warning")


def _after(month: str) -> Iterator[str]:
    """Yield the months after one, such as 2027-01."""
    year, number = map(int, month.split("-"))
    for each in count(year * 12 + number):
        yield f"{each // 12:04}-{each % 12 + 1:02}"


RULES = {"links": links_beside, "due": due, "parts": parts}
"""The rules for what stands beside pages, and for all pages together."""
