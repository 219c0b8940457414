"""Take images apart that stand without words: alternative texts and titles are messages."""

from __future__ import annotations

import re

from handbook.bitext.page import inline
from handbook.bitext.page.inline import Element
from handbook.bitext.page.scanner import Scanner

_IMAGE_TITLE = re.compile(r"""\s(["'])(.*)\1\s*\)$""")


def add_images(scanner: Scanner, start: int, end: int) -> bool:
    """Add the alternative texts and titles of images where nothing else has words.

    False, and nothing added, where there are other words: the images are then part of those.
    """
    text = scanner.text[start:end]
    if "\n" in text:
        return False
    images, rest = _images(text)
    between = inline.ATTRIBUTES.sub("", rest.replace("[](", "]("))
    if not images or inline.has_words(between) or inline.is_number(between):
        return False
    for image in images:
        _add_image(scanner, start + image.start, start + image.end)
    scanner.add_lists(start, end)
    scanner.add_addresses_at(start, end)
    return True


def _images(text: str) -> tuple[list[Element], str]:
    """Return the images in `text` with an address of their own, and the text without them."""
    rest: list[str] = []
    found: list[Element] = []
    position = 0
    for element in sorted(inline.elements(text), key=lambda e: (e.start, -e.end)):
        if element.kind == "image" and text[element.end - 1] == ")":
            found.append(element)
            rest.append(text[position : element.start])
            position = element.end
    rest.append(text[position:])
    return found, "".join(rest)


def _add_image(scanner: Scanner, start: int, end: int) -> None:
    """Add the alternative text and the title of an image between two offsets."""
    text = scanner.text[start:end]
    close = text.rindex("](")
    if inline.has_words(text[2:close]):
        scanner.add("image", text[2:close], ((start + 2, start + close),))
    if title := _IMAGE_TITLE.search(text[close:]):
        span = (start + close + title.start(2), start + close + title.end(2))
        if inline.has_words(title[2]):
            scanner.add("link title", title[2], (span,), detail=title[1])
