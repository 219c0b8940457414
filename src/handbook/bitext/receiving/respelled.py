"""Know messages again that a program on their way has spelled otherwise.

Mail programs and editors turn quotation marks, put no-break spaces, decompose accents and escape
what HTML would. A message that differs from one of ours in this alone is that one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from handbook.bitext.catalog.units import Catalog, Unit

Identity = tuple[str, str | None]
"""A message and its context."""
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_SIGNS = str.maketrans(
    {**dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚′", "'"), **dict.fromkeys("‐‑–—−", "-")}
)


def spelled_as(catalog: Catalog, known: Iterable[Identity]) -> Catalog:
    """Return a catalog whose messages are spelled as those that are known, texts in NFC.

    A message is left alone where two of those that are known would be the same.
    """
    exact = set(known)
    units = tuple(map(_composed, catalog.units))
    if all((unit.message, unit.context) in exact for unit in units):
        return replace(catalog, units=units)
    have = {(unit.message, unit.context) for unit in units}
    if all(" " not in unit.message for unit in units) and any(map(_has_no_break, units)):
        units = tuple(map(_breakable, units))
    like: dict[Identity, list[Identity]] = {}
    for each in exact:
        like.setdefault(_folded(each), []).append(each)
    made: list[Unit] = []
    for unit in units:
        own = unit.message, unit.context
        found = [] if own in exact else like.get(_folded(own), [])
        if len(found) == 1 and found[0] not in have:
            message, context = found[0]
            is_escaped = _ENTITY.search(unit.message) and not _ENTITY.search(message)
            text = html.unescape(unit.translation) if is_escaped else unit.translation
            made.append(unit._replace(message=message, context=context, translation=text))
        else:
            made.append(unit)
    return replace(catalog, units=tuple(made))


def _has_no_break(unit: Unit) -> bool:
    return _NO_BREAK in unit.message


def _breakable(unit: Unit) -> Unit:
    """Return a unit with blanks for the no-break spaces that a web page has put in their place."""
    return unit._replace(translation=unit.translation.replace(_NO_BREAK, " "))


_NO_BREAK = "\u00a0"


def _composed(unit: Unit) -> Unit:
    text = unicodedata.normalize("NFC", unit.translation)
    return unit if text == unit.translation else unit._replace(translation=text)


def _folded(identity: Identity) -> Identity:
    message, context = identity
    return _plain(message), context and _plain(context)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    signs = html.unescape(text).translate(_SIGNS)
    return " ".join(unicodedata.normalize("NFKC", signs).translate(_SIGNS).split())
