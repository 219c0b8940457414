"""Keep translations that came from elsewhere, and change more than words, from being in the way.

They are marked as suggestions, with the reason in their comments: readers see the source, nothing
is lost, and the site builds strictly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handbook.bitext import files
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep.check import refused_translations

Known = Mapping[str, Catalog]
"""The catalogs of a language as they were before, by the paths of their pages."""
MARKED = "kept as suggestions, with the reason in their comments: they change more than words"
"""What is said of translations that are set aside."""


def set_aside(handbook: Handbook, language: str, before: Known) -> int:
    """Mark the refused translations of a language that are new; return how many there are."""
    count = 0
    for source, _, problems in refused_translations(handbook, [language]):
        name = catalog_path(source.path, language)
        reasons = {each.line: each.text for each in problems if each.path == name}
        text = files.read(handbook.root / name, name) if reasons else None
        if not isinstance(text, str):
            continue
        catalog, old = po.parse(text), before.get(source.path)
        had = {unit.key: unit.translation for unit in old.units} if old else {}
        units = tuple(
            _marked(unit, reasons[unit.line])
            if unit.line in reasons and had.get(unit.key) != unit.translation
            else unit
            for unit in catalog.units
        )
        count += sum(new != unit for new, unit in zip(units, catalog.units, strict=True))
        files.write(handbook.root / name, po.dump(replace(catalog, units=units)))
    return count


def _marked(unit: Unit, reason: str) -> Unit:
    comment = "\n".join(filter(None, (unit.comment, f"cannot be shown as it is: {reason}")))
    return unit._replace(fuzzy=True, previous=None, comment=comment)
