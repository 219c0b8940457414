"""Assemble a page in another language: its source text with the translations of a catalog.

Text that is not current is labelled. A translation that would change more than text is refused,
with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handbook.bitext import limits
from handbook.bitext.catalog.units import Catalog, State, Unit
from handbook.bitext.page import frontmatter, inline
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.translate import guards, splice, volume
from handbook.bitext.translate.proof import Original, faults

LABELLED = frozenset("heading paragraph item cell term footnote title html".split())
"""Kinds of text where a label that says "not current" may be put.

Elsewhere (attributes, values, drawings, code) its HTML would be shown as text, so that the source
text stands there.
"""
# The raw HTML that shows tags as text: attributes ("@") and what a menu offers.
_SHOWS_TAGS = frozenset(("@", "option"))


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

    @property
    def percent(self) -> int:
        """How much is current, in whole per cent, rounded down: 100 means all."""
        return self.current * 100 // self.total if self.total else 100

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


def without_label(state: State, text: str, source: str) -> str:
    """Return the text without a label (the default)."""
    return text


def tally(units: Iterable[Unit]) -> Tally:
    """Count the units in each state."""
    return _tally(units, lambda message: 1)


def _tally(units: Iterable[Unit], weigh: Callable[[str], int]) -> Tally:
    """Add up what `weigh` makes of each message, by the states of its units."""
    counted: Counter[State] = Counter()
    for unit in units:
        if not unit.is_given:
            counted[unit.state] += weigh(unit.message)
    return Tally(*(counted[state] for state in _STATES))


def assemble(
    page: Page,
    catalog: Catalog,
    original: Original | None = None,
    label: Label = without_label,
    hosts: Collection[str] = (),
    *,
    is_language_over: bool = False,
) -> Assembled:
    """Return `page` with the translations of `catalog`, which must be merged with it.

    With `original`, the page and its renderer, each translation is proved to change only text,
    and headings keep the ids of the source page; create it once for a page, and use it for every
    language. `label` labels text that is not current. Translated addresses may lead only to `hosts`
    and to hosts that the page itself links to. `is_language_over` tells whether all translations
    of the handbook in this language are over their limit together.
    """
    units = {unit.key: unit for unit in catalog.units}
    refused: dict[str, str] = {}
    offered = _offered(page, units, refused, {*hosts, *_hosts(page)})
    _withdraw(_too_long(page, offered, is_language_over=is_language_over), page, offered, refused)
    _withdraw_everywhere(page, offered, refused)
    ids: Mapping[int, str] = {}
    if original is not None and any(offer is not None for offer in offered):
        ids = original.ids
        _withdraw_harmful(original, offered, refused)
    shown = _shown(page, units, offered, label)
    used = [Unit(u.message, note=u.note) if u.key in refused else u for u in catalog.units]
    return Assembled(
        text=_without_front(page, splice.splice(page, shown, ids)),
        tally=tally(used),
        word_tally=_tally(used, volume.count_words),
        older=tuple(dict.fromkeys(_older(page, units, offered))),
        refusals=tuple(_refusals(page, units, refused)),
    )


def _without_front(page: Page, text: str) -> str:
    """Return the text of a page that has no front matter so that it cannot be taken to have any.

    MkDocs takes a first line such as `Nota: lea` for front matter, and shows nothing of it.
    """
    start = frontmatter.end(page.text)
    is_without = not page.text[:start].strip("\ufeff")
    return (
        f"{text[:start]}\n{text[start:]}" if is_without and frontmatter.end(text) > start else text
    )


def _withdraw(
    reasons: Iterable[tuple[int, str]],
    page: Page,
    offered: list[str | None],
    refused: dict[str, str],
) -> None:
    """Take translations out of `offered`, by index, and add the reason of each to `refused`."""
    for number, reason in reasons:
        offered[number] = None
        refused[page.segments[number].key] = reason


def _withdraw_harmful(
    original: Original, offered: list[str | None], refused: dict[str, str]
) -> None:
    """Take out of `offered` what would change more than text, with its reason."""
    for number in _untitled(original, offered):
        offered[number] = None
    page = original.page
    while found := faults(original, offered):
        reasons = [
            (n, f"{reason}; {_cure(page.segments[n].message, offered[n] or '', reason)}")
            for n, reason in found.items()
        ]
        _withdraw(reasons, page, offered, refused)
        if not _withdraw_everywhere(page, offered, refused):
            return


def _withdraw_everywhere(page: Page, offered: list[str | None], refused: Container[str]) -> bool:
    """Take refused translations out wherever their message stands; tell whether any still was.

    A unit is counted once: refused in a cell and shown in a paragraph, it would count as missing
    and be on the page.
    """
    left = [
        number
        for number, segment in enumerate(page.segments)
        if segment.key in refused and offered[number] is not None
    ]
    for number in left:
        offered[number] = None
    return bool(left)


# What the page itself makes of a text whose translation is refused, and the cure.
_NOT_SHOWN_AS_TEXT = {
    "it adds the code": "the page shows all of it as code: leave it, or mend what indents it there",
    "it adds '<!--": "the page has all of it in a comment: leave it, or end the comment before it",
}
# A bare address ends at a blank, which Japanese does not write behind it.
_BARE_ADDRESS = re.compile(r"https?://[^\s<>()]*[^\s<>().,;:!?]")


def _cure(message: str, translation: str, reason: str) -> str:
    """Return what to write: the first part of the message's markup that a translation lacks."""
    for head, cure in _NOT_SHOWN_AS_TEXT.items():
        if reason.startswith(head) and translation in reason:
            return cure
    if re.match("it adds <h[1-6] ", reason):
        return "the heading of the page needs an id of its own: { #name }"
    own = Counter(element.key.removeprefix("link ") for element in inline.elements(translation))
    for element in inline.elements(message):
        key = element.key.removeprefix("link ")
        own[key] -= 1
        if own[key] < 0 and (markup := _markup(element, reason)):
            return f"write {markup}"
    if (bare := _BARE_ADDRESS.search(message)) and f'="{bare[0]}' in reason:
        return f"write <{bare[0]}>"
    return "use the markup of the message"


def _markup(element: inline.Element, reason: str) -> str:
    """Return an element of a message as its translation has to have it; "" if that is not known."""
    name = element.key.partition(" ")[2]
    match element.kind:
        case "code" | "emoji":
            return element.key
        case "link" if element.key == element.target:
            return f"<{element.target}>"
        case "link" | "image":
            mark = "!" if element.kind == "image" else ""
            title = f' "{element.title}"' if element.title else ""
            return f"{mark}[your words]" + (f"({name}{title})" if element.target else name)
        # Words in brackets alone lead somewhere only if the page says where.
        case "reference" if reason.startswith(("it lacks <a ", "it lacks <img ")):
            return element.key.replace("[", "[your words][", 1)
    return ""


def _untitled(original: Original, offered: Sequence[str | None]) -> list[int]:
    """Return the indexes of default titles that no box on the page would have."""
    kinds = [segment.kind for segment in original.page.segments]
    found = [n for n, kind in enumerate(kinds) if kind == "default title" and offered[n]]
    return [number for number in found if number not in original.boxes_with_title]


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
        if unit is None or not _may_be_shown(unit, segment):
            offered.append(None)
            continue
        translation = inline.spelled_like(unit.translation, segment.message)
        reason = _refusal(page, segment, translation, hosts)
        if reason:
            refused[segment.key] = reason
        offered.append(None if reason else translation)
    return offered


def _too_long(
    page: Page, offered: Sequence[str | None], *, is_language_over: bool
) -> Iterator[tuple[int, str]]:
    """Yield the index of each translation that would make the page too long, and the reason."""
    pairs = [
        None if offer is None else (segment.message, offer)
        for segment, offer in zip(page.segments, offered, strict=True)
    ]
    own = limits.page_excess(pairs)
    for number in own:
        yield number, _TOO_LONG
    if is_language_over:
        left = [None if n in set(own) else pair for n, pair in enumerate(pairs)]
        for number in limits.page_excess(left, is_language_over=True):
            yield number, _LANGUAGE_TOO_LONG


_TOO_LONG = (
    f"the translations of the page are more than {limits.PAGE_TIMES_AS_LONG} times as long as its"
    " messages, and this is one of the longest; shorten it"
)
_LANGUAGE_TOO_LONG = (
    f"all translations in this language are more than {limits.LANGUAGE_TIMES_AS_LONG} times as long"
    " as the pages, and this is one of the longest of a page that is; shorten it"
)


def _refusal(page: Page, segment: Segment, translation: str, hosts: Container[str]) -> str | None:
    """Return the reason to refuse a translation because of its text; None if there is none."""
    if translation == segment.message:
        return None
    if reason := guards.refusal(segment, translation):
        return reason
    if segment.kind == "address" and guards.host(translation) not in hosts:
        return _strange_host(guards.host(translation))
    if splice.replacing(page.text, segment, translation) is None:
        return _cannot_be_written(segment, translation)
    return None


def _may_be_shown(unit: Unit, segment: Segment) -> bool:
    """Tell whether a translation is current, or is labelled where it is not."""
    return unit.state == "current" or (unit.state == "changed" and _is_labelled(segment))


def _is_labelled(segment: Segment) -> bool:
    """Tell whether a label can be put around the text of a segment."""
    is_attribute = segment.kind == "html" and segment.detail.lower() in _SHOWS_TAGS
    return segment.kind in LABELLED and not is_attribute and not segment.is_given


def _strange_host(host: str) -> str:
    """Return the reason to refuse a translated address on another host."""
    cure = f'if it may be linked to, write hosts = ["{host}"] below [tool.handbook]'
    return f"it leads to {host}, which the page does not name; {cure}"


def _cannot_be_written(segment: Segment, translation: str) -> str:
    """Return the reason to refuse a translation that does not fit into its place."""
    if lacking := dict.fromkeys(inline.lacking(translation, segment.attributes)):
        own = {element.key: element for element in inline.elements(segment.message)}
        kept = " ".join(_markup(own[key], "") or key for key in lacking)
        return f"it lacks what an attribute list belongs to; keep {kept}"
    return f"it has not as many lines as the message; write {splice.lines_of(segment)}"


def _shown(
    page: Page, units: Mapping[str, Unit], offered: Sequence[str | None], label: Label
) -> list[str | None]:
    """Return the text that replaces each segment; None where its own stays."""
    return [
        _replacing(segment, units.get(segment.key), offer, label)
        for segment, offer in zip(page.segments, offered, strict=True)
    ]


def _replacing(segment: Segment, unit: Unit | None, offer: str | None, label: Label) -> str | None:
    """Return the text that replaces a segment: a translation, a labelled text, or None."""
    state: State = unit.state if unit is not None and offer is not None else "missing"
    if state == "current" or not _is_labelled(segment):
        return offer
    text = segment.message if offer is None else offer
    labelled = label(state, text, segment.message)
    return offer if labelled == text else labelled


def _older(page: Page, units: Mapping[str, Unit], offered: Sequence[str | None]) -> Iterator[str]:
    """Yield the messages that are shown in a labelled older translation."""
    for segment, offer in zip(page.segments, offered, strict=True):
        if offer is not None and units[segment.key].state == "changed":
            yield segment.message


def _refusals(page: Page, units: Mapping[str, Unit], refused: Mapping[str, str]) -> list[Refusal]:
    """Return the refused translations of current units, in reading order."""
    found: dict[str, Refusal] = {}
    for segment in page.segments:
        if segment.key in refused and units[segment.key].state == "current":
            line = units[segment.key].line
            found.setdefault(segment.key, Refusal(segment, line, refused[segment.key]))
    return list(found.values())
