"""A page in another language: the source text with the translations of a catalog.

What is not current says so. A translation that would change more than words is not used,
and the reason is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bitext.catalog.units import Catalog, State, Unit
from bitext.page import frontmatter
from bitext.page.segments import Page, Segment, replace
from bitext.translate import guards, skeleton, splice, volume
from bitext.translate.skeleton import Renderer

# Where an element that says "not current" may stand. Elsewhere (attributes, values,
# drawings, code) it would come out as text.
MARKABLE = frozenset("heading paragraph item cell term footnote title html".split())


class Refusal(NamedTuple):
    """A translation that is not used, and why."""

    segment: Segment
    line: int
    """The line of its unit in the catalog, 0 if it is in no file."""
    reason: str


class Tally(NamedTuple):
    """How much of a page is in which state, in units or in words; addresses do not count."""

    current: int = 0
    changed: int = 0
    missing: int = 0
    suggested: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)

    def plus(self, other: Tally) -> Tally:
        """The sum of two tallies."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


_STATES: tuple[State, ...] = ("current", "changed", "missing", "suggested")


class Assembled(NamedTuple):
    """A translated page."""

    text: str
    tally: Tally
    words: Tally
    """The same in words of the source text."""
    older: tuple[str, ...]
    """The messages that stand in a translation made for an earlier wording, each once."""
    refusals: tuple[Refusal, ...]
    """Of current units. A changed unit's translation may no longer fit: it is only not shown."""


Mark = Callable[[State, str, str], str]
"""Makes what is shown of a text that is not current, from its state, the text and its source."""


def unmarked(state: State, text: str, source: str) -> str:
    """The mark that leaves no mark."""
    return text


def tally(units: Iterable[Unit]) -> Tally:
    """How many of `units` are in which state."""
    return _tally(units, lambda message: 1)


def _tally(units: Iterable[Unit], weigh: Callable[[str], int]) -> Tally:
    counted: Counter[State] = Counter()
    for unit in units:
        if not unit.note.startswith("address"):
            counted[unit.state] += weigh(unit.message)
    return Tally(*(counted[state] for state in _STATES))


def assemble(
    page: Page, catalog: Catalog, render_page: Renderer | None = None, mark: Mark = unmarked
) -> Assembled:
    """`page` with the translations of `catalog`, which must be merged with it.

    With `render_page` each translation is proved to change words alone, and headings keep
    the ids of the source page. `mark` may show what is not current.
    """
    units = {unit.message: unit for unit in catalog.units if unit.context is None}
    refused: dict[str, str] = {}
    offered = _offered(page, units, refused)
    ids: Mapping[int, str] = {}
    if render_page is not None and any(offer is not None for offer in offered):
        proof = _Proof(page, offered, render_page)
        ids = proof.ids
        for number, reason in proof.culprits().items():
            offered[number] = None
            refused[page.segments[number].message] = f"{reason}; use the markup of the message"
    shown = [
        _shown(segment, units.get(segment.message), offer, mark)
        for segment, offer in zip(page.segments, offered, strict=True)
    ]
    used = [Unit(u.message, note=u.note) if u.message in refused else u for u in catalog.units]
    return Assembled(
        text=_spliced(page, shown, ids),
        tally=tally(used),
        words=_tally(used, volume.words),
        older=tuple(dict.fromkeys(_older(page, units, offered))),
        refusals=tuple(_refusals(page, units, refused)),
    )


def _offered(page: Page, units: Mapping[str, Unit], refused: dict[str, str]) -> list[str | None]:
    """The translation of each segment that may be shown, as far as its text tells."""
    offered: list[str | None] = []
    for segment in page.segments:
        unit = units.get(segment.message)
        if unit is None or unit.state not in ("current", "changed"):
            offered.append(None)
        elif unit.translation == segment.message:
            offered.append(unit.translation)
        elif reason := guards.objection(segment, unit.translation):
            refused[segment.message] = reason
            offered.append(None)
        elif splice.write(page.text, segment, unit.translation) is None:
            refused[segment.message] = _cannot_be_written(segment)
            offered.append(None)
        else:
            offered.append(unit.translation)
    return offered


def _cannot_be_written(segment: Segment) -> str:
    if segment.attributes:
        lists = " ".join(attribute.element for attribute in segment.attributes)
        return f"what carries an attribute list is missing; keep {lists}"
    return f"it must have {len(segment.spans)} lines, as the message has"


def _shown(segment: Segment, unit: Unit | None, offer: str | None, mark: Mark) -> str | None:
    """The text to put in place of a segment: a translation, a marked text, or None."""
    state: State = unit.state if unit is not None and offer is not None else "missing"
    if state == "current" or segment.kind not in MARKABLE:
        return offer
    text = segment.message if offer is None else offer
    marked = mark(state, text, segment.message)
    return offer if marked == text else marked


def _older(page: Page, units: Mapping[str, Unit], offered: Sequence[str | None]) -> Iterator[str]:
    """The messages whose older translations are shown, as far as they can be marked."""
    for segment, offer in zip(page.segments, offered, strict=True):
        marked = offer is not None and segment.kind in MARKABLE
        if marked and units[segment.message].state == "changed":
            yield segment.message


_NOT_RENDERED = frozenset(("front matter", "label", "code", "address"))


def _spliced(page: Page, texts: Sequence[str | None], ids: Mapping[int, str]) -> str:
    """The page with `texts` in place of its segments, and ids frozen on headings."""
    addresses = {
        segment.message: text
        for segment, text in zip(page.segments, texts, strict=True)
        if segment.kind == "address" and text is not None and text != segment.message
    }
    changes: list[splice.Change] = []
    for number, (segment, text) in enumerate(zip(page.segments, texts, strict=True)):
        if text is None or text == segment.message:
            continue
        changes += splice.write(page.text, segment, _readdressed(text, addresses)) or []
        if number in ids:
            changes += _frozen(page.text, segment.spans[-1][1], ids[number])
    return replace(page.text, changes)


def _readdressed(text: str, addresses: Mapping[str, str]) -> str:
    """`text` with the links that this language has an address of its own for."""
    for source, own in addresses.items():
        if source in text:
            target = rf"(?<=[(<]){re.escape(source)}(?=[)>\s])"
            text = re.sub(target, own.replace("\\", r"\\"), text)
    return text


_LIST = re.compile(r"[ \t]*#*[ \t]*\{:?(?P<list>[^}\n]*)\}")


def _frozen(text: str, end: int, identifier: str) -> Iterator[splice.Change]:
    """What to add behind a heading that ends at `end` so that it keeps its id."""
    match = _LIST.match(text, end)
    if not match:
        yield (end, end), f" {{ #{identifier} }}"
    elif "#" not in match["list"] and "id=" not in match["list"]:
        yield (match.start("list"), match.start("list")), f" #{identifier} "


# How often a page is rendered in search of a culprit; past that all suspects are refused.
_RENDERINGS = 64


class _Proof:
    """Renders a page with some of its translations and compares it with the source page."""

    def __init__(self, page: Page, offered: Sequence[str | None], render_page: Renderer) -> None:
        self.page = page
        self.offered = offered
        self.render_page = render_page
        self.shown = [n for n, s in enumerate(page.segments) if s.kind not in _NOT_RENDERED]
        self.left = _RENDERINGS
        self.ids, self.source = _source(page, render_page)

    def _html(self, texts: Sequence[str | None]) -> str:
        return _html(self.page, texts, self.ids, self.render_page)

    def _texts(self, numbers: Iterable[int]) -> list[str | None]:
        chosen = set(numbers)
        return [text if n in chosen else None for n, text in enumerate(self.offered)]

    def holds(self, numbers: Sequence[int]) -> bool:
        """Whether the translations of these segments change words alone."""
        if not self.left:
            return False
        self.left -= 1
        return self.source.allows(skeleton.skeleton(self._html(self._texts(numbers))))

    def culprits(self) -> dict[int, str]:
        """The segments whose translations must not be shown, and why."""
        left = [
            n
            for n in self.shown
            if (text := self.offered[n]) is not None and text != self.page.segments[n].message
        ]
        found: dict[int, str] = {}
        while left and not self.holds(left):
            named = self._named(left)
            if not named:
                named = dict.fromkeys(_culprits(left, self.holds), "it would change the page")
            found |= named
            left = [number for number in left if number not in named]
        return found

    def _named(self, numbers: Sequence[int]) -> dict[int, str]:
        """The culprits that a rendering with marks gives away."""
        source, translated = (
            skeleton.skeleton(self._html(_marked(self.page, texts, self.shown)))
            for texts in (self._texts([]), self._texts(numbers))
        )
        named: dict[int, str] = {}
        for marks, reason in skeleton.differences(source, translated):
            suspects = sorted(marks.intersection(numbers))
            if len(suspects) > 1:
                suspects = self._among(suspects, numbers)
            named |= dict.fromkeys(suspects, reason)
        return named

    def _among(self, suspects: list[int], numbers: Sequence[int]) -> list[int]:
        """The culprits among `suspects`, all other `numbers` being in place."""
        others = [number for number in numbers if number not in suspects]
        return _culprits(suspects, lambda some: self.holds([*others, *some]))


@lru_cache(maxsize=1)
def _source(page: Page, render_page: Renderer) -> tuple[Mapping[int, str], skeleton.Skeleton]:
    """The ids of a page's headings by segment, and its skeleton: the same for every language."""
    headings = [n for n, segment in enumerate(page.segments) if segment.kind == "heading"]
    html = _html(page, _marked(page, [None] * len(page.segments), headings), {}, render_page)
    return skeleton.heading_ids(html), skeleton.skeleton(html)


def _html(
    page: Page, texts: Sequence[str | None], ids: Mapping[int, str], render_page: Renderer
) -> str:
    return render_page(_spliced(page, texts, ids)[frontmatter.end(page.text) :])


def _marked(page: Page, texts: Sequence[str | None], numbers: Iterable[int]) -> list[str | None]:
    """`texts` with a mark at the end of these segments."""
    marked = list(texts)
    for number in numbers:
        text, source = texts[number], page.segments[number].message
        marked[number] = (source if text is None else text) + skeleton.mark(number)
    return marked


def _culprits(numbers: list[int], holds: Callable[[Sequence[int]], bool]) -> list[int]:
    """Members of `numbers` whose removal makes the rest hold; none as a rule.

    Halves are tried first; where two halves hold and their union does not, members are
    added one at a time.
    """
    if not numbers or holds(numbers):
        return []
    if len(numbers) == 1:
        return numbers
    middle = len(numbers) // 2
    bad = [*_culprits(numbers[:middle], holds), *_culprits(numbers[middle:], holds)]
    good = [number for number in numbers if number not in set(bad)]
    if holds(good):
        return bad
    kept: list[int] = []
    for number in good:
        if holds([*kept, number]):
            kept.append(number)
        else:
            bad.append(number)
    return bad


def _refusals(page: Page, units: Mapping[str, Unit], refused: Mapping[str, str]) -> list[Refusal]:
    found: dict[str, Refusal] = {}
    for segment in page.segments:
        if segment.message in refused and units[segment.message].state == "current":
            line = units[segment.message].line
            found.setdefault(segment.message, Refusal(segment, line, refused[segment.message]))
    return list(found.values())
