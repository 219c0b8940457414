"""Pictures: they have words, come from the site itself, and are light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from handbook.bitext.editing.draft import Draft, Finding
from handbook.bitext.files import is_file

_PICTURE = re.compile(r"!\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<target>[^\s()<>]+)")
_EMBEDDED = re.compile(
    r"<(?:img|iframe|script|video|audio|source|embed|object)\b[^<>]*?"
    r"\b(?:src|data)\s*=\s*[\"']?(?P<target>(?:https?:)?//[^\s\"'>]+)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?:)?//([^/?#]+)")
_HEAVIEST = 250
"""Kilobytes of a picture: with more, a page comes slowly on a phone."""


def alt(draft: Draft) -> Iterator[Finding]:
    """A picture without words: who cannot see it is told nothing."""
    for found in _PICTURE.finditer(draft.shown):
        if not found["words"].strip():
            cure = f"say what it shows between the brackets: ![words]({found['target']})"
            yield Finding(found.start(), f"a picture has no words; {cure}")


def embedded(draft: Draft) -> Iterator[Finding]:
    """A picture, a film or the like that each reader's browser asks another host for.

    That host learns who reads the page, and may take it away. Nothing is asked of it where the site
    has Material's plugin privacy.
    """
    if draft.site.is_private:
        return
    for found in (*_PICTURE.finditer(draft.shown), *_EMBEDDED.finditer(draft.shown)):
        host = _HOST.match(found["target"])
        if host and host[1] != draft.site.host:
            cure = "put the file beside the page, or a link in its place"
            yield Finding(found.start(), f"{found['target']} is on another host; {cure}")


def weight(draft: Draft) -> Iterator[Finding]:
    """A picture of more kilobytes than a phone on the road loads in a moment."""
    for found in _PICTURE.finditer(draft.shown):
        file = draft.folder / unquote(found["target"])
        size = file.stat().st_size // 1000 if is_file(file) else 0
        if size > _HEAVIEST:
            cure = f"make it smaller, {_HEAVIEST} are plenty for a picture on a page"
            yield Finding(found.start(), f"{found['target']} has {size} kilobytes; {cure}")
