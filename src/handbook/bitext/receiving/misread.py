"""Read a received catalog in another encoding than it declares, where texts of ours prove that."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from handbook.bitext.catalog import encoding, po
from handbook.bitext.catalog.units import Catalog, CatalogError
from handbook.bitext.project.handbook import Handbook

_ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp1256", "mac_roman"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
"""Those that programs save in without saying so, of Windows, old Macs and East Asia."""
_CHARSET = re.compile(r"(charset\s*=\s*)[\w.:()-]+", re.IGNORECASE)


def reread(handbook: Handbook, data: bytes) -> Catalog | None:
    """Return a catalog that cannot be read as it says; None where no encoding is proven.

    It is in that in which more of its texts are ours, letters beyond ASCII among them, than in any
    other; two are as good as one if it reads the same in both.
    """
    if b"\0" in data or encoding.is_utf_8(data):
        return None
    known = frozenset(_told(handbook))
    found = [(_agreeing(catalog, known), catalog) for catalog in _readings(data)]
    most = max((count for count, _ in found), default=0)
    best = [catalog for count, catalog in found if count == most]
    return best[0] if most and all(each == best[0] for each in best) else None


def _readings(data: bytes) -> Iterator[Catalog]:
    """Yield a catalog as it is read in each encoding in which it can be."""
    for name in _ENCODINGS:
        try:
            yield po.parse(_CHARSET.sub(r"\1UTF-8", data.decode(name), count=1))
        except (UnicodeDecodeError, CatalogError):
            continue


def _told(handbook: Handbook) -> Iterator[str]:
    """Yield the translations of the handbook whose letters tell an encoding."""
    for language in handbook.languages:
        for source in handbook.sources():
            loaded = handbook.catalogs.load(handbook.catalog_in_use(source.path, language))
            for unit in loaded.units if isinstance(loaded, Catalog) else ():
                if not unit.translation.isascii():
                    yield unit.translation


def _agreeing(catalog: Catalog, known: Container[str]) -> int:
    return sum(unit.translation in known for unit in catalog.units)
