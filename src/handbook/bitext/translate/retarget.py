"""Put new link targets and new names of footnotes into translations of unchanged words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from handbook.bitext.catalog.units import Unit
from handbook.bitext.page import inline
from handbook.bitext.page.segments import Segment, Span, replace

_ATTRIBUTE = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)

_BEFORE_TARGET = re.compile(r"\]\(|\]\[|\[\^|<")


def targets(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the targets of the links and images in a message, each with its place, in order.

    A target is an address, the label of a reference (`[text][label]`) or the name of a footnote
    (`[^name]`).
    """
    if not _BEFORE_TARGET.search(text):
        return
    for element in sorted(inline.elements(text), key=lambda each: each.end):
        if element.kind == "tag":
            for found in _ATTRIBUTE.finditer(text, element.start, element.end):
                yield found.span(found.lastindex or 0), found[found.lastindex or 0]
        elif element.target:
            yield element.target_span, element.target
        elif element.kind in ("link", "image", "reference"):
            yield from _label(text, element)


def _label(text: str, element: inline.Element) -> Iterator[tuple[Span, str]]:
    """Yield the label of a link by reference, or the name of a footnote, with its place."""
    start, end = text.rfind("[", element.start, element.end) + 1, element.end - 1
    is_note = text.startswith("^", start)
    is_label = element.kind != "reference" and start < end
    if text[end] == "]" and (is_note or is_label):
        yield (start + is_note, end), text[start + is_note : end]


def without_targets(message: str) -> str:
    """Return a message with its link targets masked, as a comparison key."""
    if not _BEFORE_TARGET.search(message):
        return message
    return replace(message, ((span, "\0") for span, _ in targets(message)))


def is_same(one: str, other: str) -> bool:
    """Tell whether two messages differ at most in link targets and Unicode normalization."""
    return without_targets(normalize("NFC", one)) == without_targets(normalize("NFC", other))


def followed(unit: Unit, message: str) -> Unit | None:
    """Return `unit` for `message`, which differs in targets of links alone; else None.

    None also where the translation lacks a target that has changed: nobody can tell which of its
    links should follow.
    """
    if without_targets(unit.message) != without_targets(message):
        return None
    old = [target for _, target in targets(unit.message)]
    new = [target for _, target in targets(message)]
    changes = {(a, b) for a, b in zip(old, new, strict=True) if a != b}
    kept = {a for a, b in zip(old, new, strict=True) if a == b}
    moved = dict(changes)
    if len(moved) < len(changes) or moved.keys() & kept:
        return None  # one address has become two
    if unit.translation and moved.keys() - {target for _, target in targets(unit.translation)}:
        return None
    return unit._replace(message=message, translation=with_targets(unit.translation, moved))


def with_targets(text: str, moved: Mapping[str, str]) -> str:
    """Return `text` with new targets for those that `moved` has."""
    return replace(text, ((span, moved.get(target, target)) for span, target in targets(text)))


def _head(key: str) -> str:
    """Return a key up to where its first target may be: equal where nothing but targets differs."""
    return _BEFORE_TARGET.split(key, maxsplit=1)[0]


def reuse(wanted: Mapping[str, Segment], found: dict[str, Unit], gone: list[Unit]) -> None:
    """Use units of deleted messages for new messages that differ from them in link targets alone.

    They are moved from `gone` to `found`.
    """
    heads = {_head(unit.key) for unit in gone}
    linked = [
        key
        for key, each in wanted.items()
        if key not in found and _head(key) in heads and any(targets(each.message))
    ]
    if not linked:
        return
    alike: dict[str, list[Unit]] = {}
    for unit in gone:
        alike.setdefault(without_targets(unit.key), []).append(unit)
    for key in linked:
        for unit in alike.get(without_targets(key), []):
            if unit in gone and (same := followed(unit, wanted[key].message)):
                found[key] = same
                gone.remove(unit)
                break
