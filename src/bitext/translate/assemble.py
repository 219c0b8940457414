"""Assemble a page in another language: its source text with the translations of a catalog.

Text that is not current is labelled. A translation that would change more than text is refused,
with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bitext.catalog.units import Catalog, State, Unit
from bitext.page.segments import GIVEN, Page, Segment
from bitext.translate import guards, splice, volume
from bitext.translate.proof import Original, faults

# Where a label that says "not current" may be put. Elsewhere (attributes, values,
# drawings, code) its HTML would be shown as text.
LABELLED_KINDS = frozenset("heading paragraph item cell term footnote title html".split())


class Refusal(NamedTuple):
    """A translation that is not used, and the reason."""

    segment: Segment
    line: int
    """The line of its unit in the catalog file; 0 if there is no file."""
    reason: str


class Tally(NamedTuple):
    """The number of units, or of words, of a page in each state.

    Addresses and numbers, which are at first their own translation, are not counted."""

    current: int = 0
    changed: int = 0
    missing: int = 0
    suggested: int = 0

    @property
    def total(self) -> int:
        """The sum over all states."""
        return sum(self)

    def plus(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


_STATES: tuple[State, ...] = ("current", "changed", "missing", "suggested")


class Assembled(NamedTuple):
    """A translated page, with its tallies and refused translations."""

    text: str
    tally: Tally
    word_tally: Tally
    """The same tally, counted in words of the source text."""
    older: tuple[str, ...]
    """The messages shown in a translation of their earlier text, each once."""
    refusals: tuple[Refusal, ...]
    """The refused translations of current units; changed units may not fit, so are not reported."""


Label = Callable[[State, str, str], str]
"""A function that labels a text that is not current, from its state, the text and its source."""


def unlabelled(state: State, text: str, source: str) -> str:
    """Return the text without a label (the default)."""
    return text


def tally(units: Iterable[Unit]) -> Tally:
    """Count the units in each state."""
    return _tally(units, lambda message: 1)


def _tally(units: Iterable[Unit], weigh: Callable[[str], int]) -> Tally:
    counted: Counter[State] = Counter()
    for unit in units:
        if not unit.note.startswith(GIVEN):
            counted[unit.state] += weigh(unit.message)
    return Tally(*(counted[state] for state in _STATES))


def assemble(
    page: Page,
    catalog: Catalog,
    original: Original | None = None,
    label: Label = unlabelled,
    hosts: Collection[str] = (),
) -> Assembled:
    """Return `page` with the translations of `catalog`, which must be merged with it.

    With `original`, the page and its renderer, each translation is proved to change only text,
    and headings keep the ids of the source page; create it once for a page, and use it for every
    language. `label` labels text that is not current. Translated addresses may lead only to `hosts`
    and to hosts that the page itself links to.
    """
    units = {unit.key: unit for unit in catalog.units}
    refused: dict[str, str] = {}
    offered = _offered(page, units, refused, {*hosts, *_hosts(page)})
    ids: Mapping[int, str] = {}
    if original is not None and any(offer is not None for offer in offered):
        ids = original.ids
        for number, reason in faults(original, offered).items():
            offered[number] = None
            refused[page.segments[number].key] = f"{reason}; use the markup of the message"
    shown = [
        _shown(segment, units.get(segment.key), offer, label)
        for segment, offer in zip(page.segments, offered, strict=True)
    ]
    used = [Unit(u.message, note=u.note) if u.key in refused else u for u in catalog.units]
    return Assembled(
        text=splice.splice(page, shown, ids),
        tally=tally(used),
        word_tally=_tally(used, volume.count_words),
        older=tuple(dict.fromkeys(_older(page, units, offered))),
        refusals=tuple(_refusals(page, units, refused)),
    )


def _hosts(page: Page) -> set[str]:
    """Return the hosts that a page links to."""
    return {guards.host(each.message) for each in page.segments if each.kind == "address"}


def _offered(
    page: Page, units: Mapping[str, Unit], refused: dict[str, str], hosts: Container[str]
) -> list[str | None]:
    """Return the translation of each segment; None if missing, or refused because of its text.

    The reason of each refusal is added to `refused`, by key. Of a number or an address that was
    edited, the source's is shown: it is never wrong.
    """
    offered: list[str | None] = []
    for segment in page.segments:
        unit = units.get(segment.key)
        usable = ("current",) if segment.is_given else ("current", "changed")
        if unit is None or unit.state not in usable:
            offered.append(None)
        elif unit.translation == segment.message:
            offered.append(unit.translation)
        elif reason := guards.refusal(segment, unit.translation):
            refused[segment.key] = reason
            offered.append(None)
        elif segment.kind == "address" and guards.host(unit.translation) not in hosts:
            refused[segment.key] = _strange_host(guards.host(unit.translation))
            offered.append(None)
        elif splice.write(page.text, segment, unit.translation) is None:
            refused[segment.key] = _cannot_be_written(segment)
            offered.append(None)
        else:
            offered.append(unit.translation)
    return offered


def _strange_host(host: str) -> str:
    cure = f'if it may be linked to, write hosts = ["{host}"] below [tool.handbook]'
    return f"it leads to {host}, which the page does not name; {cure}"


def _cannot_be_written(segment: Segment) -> str:
    if segment.attributes:
        lists = " ".join(attribute.element for attribute in segment.attributes)
        return f"it lacks what an attribute list belongs to; keep {lists}"
    return f"it has not as many lines as the message; write {len(segment.spans)}"


def _shown(segment: Segment, unit: Unit | None, offer: str | None, label: Label) -> str | None:
    """Return the text that replaces a segment: a translation, a labelled text, or None."""
    state: State = unit.state if unit is not None and offer is not None else "missing"
    if state == "current" or segment.is_given or segment.kind not in LABELLED_KINDS:
        return offer
    text = segment.message if offer is None else offer
    labelled = label(state, text, segment.message)
    return offer if labelled == text else labelled


def _older(page: Page, units: Mapping[str, Unit], offered: Sequence[str | None]) -> Iterator[str]:
    """Yield the messages that are shown in a labelled older translation."""
    for segment, offer in zip(page.segments, offered, strict=True):
        labelled = offer is not None and segment.kind in LABELLED_KINDS
        if labelled and units[segment.key].state == "changed":
            yield segment.message


def _refusals(page: Page, units: Mapping[str, Unit], refused: Mapping[str, str]) -> list[Refusal]:
    """Return the refused translations of current units, in reading order."""
    found: dict[str, Refusal] = {}
    for segment in page.segments:
        if segment.key in refused and units[segment.key].state == "current":
            line = units[segment.key].line
            found.setdefault(segment.key, Refusal(segment, line, refused[segment.key]))
    return list(found.values())
