"""The Atom feed of a language (RFC 4287): what has changed on its pages, the newest first.

Each day of a page is an entry, and a new one after each commit: a program that follows the feed
shows an entry as unread once, whatever becomes of it later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import NamedTuple

from lxml import etree
from lxml.builder import ElementMaker

FILE = "feed.xml"
"""The file, relative to the root of its language."""
MOST = 50
"""How many entries a feed has."""
_ATOM = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Entry(NamedTuple):
    """What a day has changed on a page."""

    key: str
    """What tells it from all others in the feed, also after the page has moved."""
    title: str
    address: str
    when: datetime
    summary: str
    changes: str
    """What has changed, as HTML."""
    history: str
    """The full URL of that in the page's history."""


class Feed(NamedTuple):
    """What a feed says of itself."""

    title: str
    subtitle: str
    rights: str
    tag: str
    """The language, as XML writes it."""
    home: str
    """The full URL of the language's home page."""
    address: str
    """The full URL of the feed."""
    link: str
    """What the link to a page's history says."""


def written(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Return the feed as a file; b"" if there is nothing to tell. The newest entry comes first."""
    if not (newest := list(entries)):
        return b""
    root = _E.feed(
        {_LANG: feed.tag},
        _E.title(feed.title),
        *([_E.subtitle(feed.subtitle)] if feed.subtitle else []),
        _E.id(feed.address),
        _E.link({"rel": "self", "type": "application/atom+xml", "href": feed.address}),
        _E.link({"rel": "alternate", "type": "text/html", "href": feed.home}),
        _E.updated(newest[0].when.isoformat()),
        _E.author(_E.name(feed.title)),
        *([_E.rights(feed.rights)] if feed.rights else []),
        *(_entry(entry, feed) for entry in newest),
    )
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(entry: Entry, feed: Feed) -> etree._Element:
    """Return an entry of the feed as XML."""
    made = _E.entry(
        _E.title(entry.title),
        _E.id(f"{feed.address}#{entry.key}"),
        _E.link({"rel": "alternate", "type": "text/html", "href": entry.address}),
        _E.updated(entry.when.isoformat()),
    )
    if entry.summary:
        made.append(_E.summary(entry.summary))
    # Programs show the content, and hardly any a link of another kind.
    link = f'<p><a href="{escape(entry.history)}">{escape(feed.link)}</a></p>'
    made.append(_E.content({"type": "html"}, entry.changes + link))
    return made
