"""The Atom feed of a language (RFC 4287): which of its pages have changed, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import NamedTuple

from lxml import etree
from lxml.builder import ElementMaker

FILE = "feed.xml"
"""The file, relative to the root of its language."""
_MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Entry(NamedTuple):
    """A page that has changed."""

    title: str
    address: str
    when: datetime
    summary: str
    changes: str = ""
    """What has changed last, as HTML; "" if that is not known."""
    history: str = ""
    """The full URL of what has changed on it; "" if there is none."""
    first: str = ""
    """The full URL that it had at first; "" if it has not moved. Programs know it by that."""


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
    """Return the feed as a file; b"" if there is nothing to tell."""
    newest = sorted(entries, key=lambda entry: (entry.when, entry.address), reverse=True)[:_MOST]
    if not newest:
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
        *(_entry(entry, feed.link) for entry in newest),
    )
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(entry: Entry, words: str) -> etree._Element:
    """Return an entry of the feed as XML; `words` are those of its link to the history."""
    made = _E.entry(
        _E.title(entry.title),
        _E.id(entry.first or entry.address),
        _E.link({"rel": "alternate", "type": "text/html", "href": entry.address}),
        _E.updated(entry.when.isoformat()),
    )
    if entry.summary:
        made.append(_E.summary(entry.summary))
    if entry.history:
        # Programs show the content, and hardly any a link of another kind.
        link = f'<a href="{escape(entry.history)}">{escape(words)}</a>'
        summary = f"<p>{escape(entry.summary)}</p>" if entry.summary else ""
        made.append(_E.content({"type": "html"}, f"{summary}{entry.changes}<p>{link}</p>"))
    return made
