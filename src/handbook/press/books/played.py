"""Make links of what plays on a page, or stands in a frame: paper and e-books only lead there."""

from __future__ import annotations

from handbook.press.core import tree
from handbook.press.core.tree import Element

_PLAYED = ("audio", "embed", "iframe", "object", "video")


def link_played(content: Element) -> None:
    """Put links in the places of films, sounds and frames, called by their titles."""
    for element in list(content.iter(*_PLAYED)):
        _link(element)


def _link(element: Element) -> None:
    """Make a link of what plays or stands within a page, unless it has one for such readers."""
    parts = element.iter(*_PLAYED, "source")
    given = (each.get(name) for each in parts for name in ("src", "data"))
    address = next(filter(None, given), "")
    words = element.get("title") or element.get("aria-label") or address
    has_link = element.find(".//a") is not None
    for part in element.xpath(".//source | .//track" if has_link else "*"):
        tree.remove(part)
    element.attrib.clear()
    if has_link:
        return
    element.text = words
    if next(element.iterancestors("a"), None) is None:
        element.tag = "a"
        element.set("href", address)
