"""Tell which language of a handbook a text is in: by the words of what is written in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from handbook.bitext.catalog.units import Catalog
from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page.segments import Page
from handbook.bitext.project.handbook import Handbook

LEAST = 6
"""Fewer different words tell nothing."""
SHARE, LEAD = 0.8, 1.5
"""The part of the words that a language has to know, and how many times that of any other.

Of three units out of a catalog of this handbook, 97 of 100 are found so by all other catalogs, and
of three texts in Portuguese, which it is not in, 1 or 2 of 100 are taken for Spanish. Of a share of
0.7, it would be 98 and 4, and plain sentences in Galician.
"""


def language_of(handbook: Handbook, text: str) -> str:
    """Return the one language that a text may be in; "" if that is not clear."""
    words = set(_words(text))
    if len(words) < LEAST:
        return ""
    shares = {
        code: len(words & set(_words("\n".join(_texts(handbook, code))))) / len(words)
        for code in handbook.languages
    }
    best = max(shares, key=lambda code: shares[code])
    others = (share for code, share in shares.items() if code != best)
    is_clear = shares[best] >= SHARE and all(each * LEAD <= shares[best] for each in others)
    return best if is_clear else ""


def _texts(handbook: Handbook, language: str) -> Iterator[str]:
    """Yield what a handbook says in a language: what was written in it, and translated."""
    for source in handbook.sources():
        page = handbook.try_read(source)
        if source.language == language and isinstance(page, Page):
            yield from (each.message for each in page.segments)
        elif source.language != language:
            loaded = handbook.catalogs.load(handbook.catalog_in_use(source.path, language))
            units = loaded.units if isinstance(loaded, Catalog) else ()
            yield from (each.translation for each in units if each.translation != each.message)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text; where no blanks divide them, each two characters."""
    for found in _RUN.finditer(text.casefold()):
        run = found[0]
        if found["joined"]:
            yield from map("".join, pairwise(run))
        elif len(run) > 1:
            yield run


_RUN = re.compile(rf"(?P<joined>(?:(?=[{CJK}])[^\W\d_])+)|(?:(?![{CJK}])[^\W\d_])+")
