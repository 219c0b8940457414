"""The units of one version of a catalog that is joined with another, by their keys."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handbook.bitext.catalog.restore import remembering
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.translate.choice import nfc


@dataclass(frozen=True)
class Side:
    """The units of one version, by key in NFC: those in use, and the obsolete ones."""

    used: dict[str, Unit]
    retired: dict[str, Unit]

    @classmethod
    def of(cls, catalog: Catalog) -> Side:
        """Return the units of a catalog."""
        used = {nfc(unit.key): unit for unit in catalog.units}
        retired = {nfc(unit.key): unit for unit in catalog.obsolete}
        return cls(used, {key: unit for key, unit in retired.items() if key not in used})

    def unit(self, key: str) -> Unit | None:
        """Return the unit with a key, in use or obsolete; None if there is none."""
        return self.used.get(key) or self.retired.get(key)

    def place(self, key: str) -> str:
        """Return whether the unit with a key is used or retired; "" if there is none."""
        return "used" if key in self.used else "retired" if key in self.retired else ""

    def has_left(self, before: Unit) -> bool:
        """Tell whether a unit is obsolete and has the translation that it had before."""
        unit = self.retired.get(nfc(before.key))
        return unit is not None and unit.translation == before.translation


def whole(base: Side, side: Side) -> Side:
    """Return a side with what tools have dropped from it."""
    return _complete(base, _remembering(base, side))


def _remembering(base: Side, side: Side) -> Side:
    """Return a side with the earlier messages that a tool has dropped from fuzzy units."""
    used = {key: remembering(unit, base.used.get(key)) for key, unit in side.used.items()}
    return replace(side, used=used)


def _complete(base: Side, side: Side) -> Side:
    """Return a side with the translated units that it lacks and has nothing in the place of.

    A tool has dropped them: an update keeps what was translated as an obsolete unit, or as the
    translation of another message, which is then a new one.
    """
    if any(base.unit(key) is None for key in (*side.used, *side.retired)):
        return side
    lost = {
        key: unit
        for key, unit in base.used.items()
        if unit.translation not in ("", unit.message) and not side.place(key)
    }
    return Side({**side.used, **lost}, side.retired) if lost else side


def without_guesses(base: Side, side: Side, other: Side, guessed: frozenset[str]) -> Side:
    """Return a side without what an update has suggested, where `other` has a text.

    A look-alike has the text of another unit, and is `guessed`; a draft has one of its own.
    """

    def is_guess(key: str, unit: Unit) -> bool:
        if unit.state != "suggested" or unit.translation not in guessed:
            return False
        before, made = base.unit(key), other.unit(key)
        is_new = before is None or not before.translation
        return is_new and made is not None and made.translation not in ("", unit.translation)

    used = {
        key: unit._replace(translation="", fuzzy=False) if is_guess(key, unit) else unit
        for key, unit in side.used.items()
    }
    return replace(side, used=used)


def guessable(side: Side) -> frozenset[str]:
    """Return the translations that an update may have suggested for other messages of a side."""
    known = (unit for unit in side.used.values() if unit.state != "suggested")
    return frozenset(unit.translation for unit in (*known, *side.retired.values()))
