"""Align a page with an older translation of it, to fill its catalog.

The blocks of both are paired in order, with gaps, so that the sum of their likeness is greatest.
How sure a pair is, is how much worse the best alignment without it would be. Sure pairs become
translations; for doubtful ones a person has to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.translate.likeness import NEVER, Block, Likeness, as_percent, blocks
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.retarget import targets, with_targets
from handbook.bitext.translate.sameness import join_sentences

# What it costs to leave a block without a pair, or to pair it with two blocks.
_SKIP = -2.6
_TWO = -5.5
# The margin and the likeness from which on a pair is sure, and taken at all.
_SURE = 2.2
_SURE_LIKENESS = -0.8
_POSSIBLE = -3.0
# The likeness of two blocks that have changed places, and how far they may be apart.
_MOVED = 3.0
_NEAR = 12
# From how many words on a text that is the same in two languages is not translated.
_WORDS = 5
# The sum of what is not compared.
_FAR = -1e9
# The comparisons up to which all blocks are compared with all, and how far apart they may be else.
_SMALL, _WIDTH = 200_000, 80
# On pages so long that even these would be too many: about how many there may be, and how near.
_MOST, _LEAST_WIDTH = 400_000, 15


class Pair(NamedTuple):
    """A segment of a page, and what is found to be its translation."""

    mine: Segment
    theirs: tuple[Segment, ...]
    """More than one if a paragraph was divided."""
    is_sure: bool
    likeness: int
    """In per cent: how sure it is that they belong together."""

    @property
    def text(self) -> str:
        """The text of the translation."""
        text = self.theirs[0].message
        for more in self.theirs[1:]:
            text = join_sentences(text, more.message)
        return text


class Alignment(NamedTuple):
    """The pairs of two pages, in the order of the first."""

    pairs: tuple[Pair, ...]
    alone: tuple[Segment, ...]
    """The segments of the second page that are in no pair."""


def align(page: Page, translated: Page, catalog: Catalog, path: str = "") -> Catalog:
    """Return `catalog`, merged with `page`, its missing translations taken from `translated`.

    What is sure is current, what is doubtful is *changed* with a comment. If the page repeats a
    message, the first place counts.
    """
    return filled(page, alignment(page, translated), catalog, path)


def filled(page: Page, found: Alignment, catalog: Catalog, path: str = "") -> Catalog:
    """Return `catalog`, merged with `page`, its missing translations taken from an alignment."""
    best: dict[str, Pair] = {}
    for pair in found.pairs:
        known = best.get(pair.mine.key)
        # A title that the theme puts there is no translation.
        is_text = pair.theirs[0].kind != "default title"
        if is_text and (known is None or (pair.is_sure and not known.is_sure)):
            best[pair.mine.key] = pair
    merged = merge(page, catalog, path=path)
    return replace(merged, units=tuple(_filled(unit, best) for unit in merged.units))


def _filled(unit: Unit, found: Mapping[str, Pair]) -> Unit:
    """Return `unit` with the translation found for it, unless it already has one."""
    pair = found.get(unit.key)
    is_copy = unit.note.startswith("number") and unit.translation == unit.message
    if pair is None or (unit.state in ("current", "changed") and not is_copy):
        return unit
    if pair.text == unit.message and len(unit.message.split()) >= _WORDS:
        return unit  # was copied, not translated
    text = _anchored(pair.text, unit.message)
    if pair.is_sure:
        return unit._replace(translation=text, fuzzy=False, previous=None)
    doubt = f"paired by likeness, {pair.likeness} %: is this its translation?"
    comment = "\n".join(filter(None, (unit.comment, doubt)))
    return unit._replace(translation=text, fuzzy=True, previous=unit.message, comment=comment)


def _anchored(text: str, message: str) -> str:
    """Return a translation whose links lead to the headings that those of its source lead to.

    Where pages were translated by themselves, each heading had the id of its own words; in a
    handbook it has that of the source. Where it is not clear which link is which, they stay.
    """
    theirs, mine = _only_in(text, message), _only_in(message, text)
    moved: dict[str, str] = {}
    for path in theirs.keys() & mine.keys():
        if len(theirs[path]) == len(mine[path]):
            moved |= zip(theirs[path], mine[path], strict=True)
    return with_targets(text, moved) if moved else text


def _only_in(text: str, other: str) -> dict[str, list[str]]:
    """Return the targets within the site that a text has and another lacks, by their pages."""
    lacked = {target for _, target in targets(other)}
    found: dict[str, list[str]] = {}
    for target in dict.fromkeys(target for _, target in targets(text)):
        if target not in lacked and ":" not in target:
            found.setdefault(target.partition("#")[0], []).append(target)
    return found


def pairs(page: Page, translated: Page) -> list[tuple[Segment, Segment]]:
    """Return the one-to-one segment pairs of the best alignment, without moved ones."""
    mine, theirs = blocks(page), blocks(translated)
    ones = (each for each in _Trellis(Likeness(mine, theirs)).path() if each.is_single)
    found = ((mine[each.mine.start].segment, theirs[each.theirs.start].segment) for each in ones)
    return [(one, other) for one, other in found if one and other]


def alignment(page: Page, translated: Page) -> Alignment:
    """Pair the segments of a page with those of its translation."""
    mine, theirs = blocks(page), blocks(translated)
    likeness = Likeness(mine, theirs)
    steps = _Trellis(likeness).path()
    steps = sorted((*steps, *_moved(steps, likeness)), key=lambda each: each.mine.start)
    found = [pair for step in steps for pair in _pairs(step, mine, theirs)]
    used = {id(segment) for pair in found for segment in pair.theirs}
    alone = (b.segment for b in theirs if b.segment and id(b.segment) not in used)
    return Alignment(tuple(found), tuple(alone))


class _Step(NamedTuple):
    """Blocks that are paired: one with one, one with two, or two with one."""

    mine: range
    theirs: range
    is_sure: bool
    margin: float

    @property
    def is_single(self) -> bool:
        """Whether one block is paired with one."""
        return len(self.mine) == len(self.theirs) == 1


def _pairs(step: _Step, mine: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Pair]:
    """Yield the pairs of segments of a step."""
    texts = tuple(s for j in step.theirs if (s := theirs[j].segment))
    for i in step.mine:
        segment = mine[i].segment
        if segment and texts:
            yield Pair(segment, texts, step.is_sure, as_percent(step.margin))


class _Row(dict[int, float]):
    """The sums of a block with those it is compared with."""

    def __missing__(self, column: int) -> float:
        return _FAR


class _Trellis:
    """All alignments of two pages at once: the best sums up to, and from, every two blocks.

    On very long pages, only blocks that are about as far from the start are compared.
    """

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self.rows, self.columns = len(likeness.mine), len(likeness.theirs)
        mine, theirs = likeness.mine, likeness.theirs
        self._twos = [_joined(likeness, mine, i) for i in range(self.rows)]
        self._their_twos = [_joined(likeness, theirs, j) for j in range(self.columns)]
        self._known: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
        self.after = self._sums_after()
        self.before = self._sums_before()

    def _links(self, i: int, j: int) -> list[tuple[int, int, float]]:
        """Return how blocks may be paired from two on: how many of each page, and how alike."""
        if (i, j) not in self._known:
            self._known[i, j] = list(self._possible(i, j))
        return self._known[i, j]

    def _possible(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """Yield how two blocks may be paired: alone, or one with both parts of the other."""
        score, likeness = self.likeness(i, j), self.likeness
        if score == NEVER:
            return
        yield 1, 1, score
        mine, theirs = likeness.mine[i], likeness.theirs[j]
        if mine.segment is None or likeness.is_as_long(mine, theirs):
            return
        if two := self._their_twos[j]:
            yield 1, 2, likeness.of(mine, two) + _TWO
        if two := self._twos[i]:
            yield 2, 1, likeness.of(two, theirs) + _TWO

    def _near(self, i: int) -> range:
        """Return the blocks of the other page that are compared with block `i`, and the end."""
        if self.rows * self.columns <= _SMALL:
            return range(self.columns + 1)
        middle = i * self.columns // self.rows
        width = max(_LEAST_WIDTH, min(_WIDTH, _MOST // self.rows))
        width += min(abs(self.rows - self.columns), 3 * width)
        return range(max(0, middle - width), min(self.columns, middle + width) + 1)

    def _sums_after(self) -> list[_Row]:
        """Return the best sum of all that follows on every two blocks, worked out from the end."""
        rows, columns = self.rows, self.columns
        sums = [_Row() for _ in range(rows + 3)]
        for i in range(rows, -1, -1):
            for j in reversed(self._near(i)):
                if i == rows or j == columns:
                    sums[i][j] = _SKIP * (rows - i + columns - j)
                    continue
                sums[i][j] = max(value for _, _, value in self._choices(i, j, sums))
        return sums

    def _choices(self, i: int, j: int, sums: Sequence[_Row]) -> list[tuple[int, int, float]]:
        """Return the first steps from two blocks on, each with the best sum that follows."""
        found = [(1, 0, _SKIP + sums[i + 1][j]), (0, 1, _SKIP + sums[i][j + 1])]
        found += ((d, r, score + sums[i + d][j + r]) for d, r, score in self._links(i, j))
        return found

    def _sums_before(self) -> list[_Row]:
        """Return the best sums of what comes before two blocks."""
        rows, columns = self.rows, self.columns
        sums = [_Row() for _ in range(rows + 3)]
        sums[0][0] = 0.0
        for i in range(rows + 1):
            for j in self._near(i):
                here = sums[i][j]
                if i < rows:
                    sums[i + 1][j] = max(sums[i + 1][j], here + _SKIP)
                if j < columns:
                    sums[i][j + 1] = max(sums[i][j + 1], here + _SKIP)
                if i < rows and j < columns:
                    for down, right, score in self._links(i, j):
                        to = sums[i + down]
                        to[j + right] = max(to[j + right], here + score)
        return sums

    def path(self) -> list[_Step]:
        """Return the pairs of the best alignment."""
        found = []
        i = j = 0
        while i < self.rows and j < self.columns:
            down, right, _ = max(self._choices(i, j, self.after), key=lambda each: each[2])
            if down and right:
                found.append(self._step(i, j, down, right))
            i, j = i + down, j + right
        return [step for step in found if step is not None]

    def _step(self, i: int, j: int, down: int, right: int) -> _Step | None:
        """Return a step of the best alignment; None if its blocks are too unlike."""
        if (down, right) != (1, 1):
            return _Step(range(i, i + down), range(j, j + right), False, 0.0)
        likeness = self.likeness(i, j)
        if likeness < _POSSIBLE:
            return None
        margin = self.after[0][0] - self._without(i, j)
        is_sure = margin >= _SURE and likeness >= _SURE_LIKENESS
        return _Step(range(i, i + 1), range(j, j + 1), is_sure, margin)

    def _without(self, i: int, j: int) -> float:
        """Return the best sum of an alignment in which block `i` is not paired with block `j`."""
        before, after = self.before, self.after
        best = _FAR
        for k in self._near(i):
            best = max(best, before[i][k] + _SKIP + after[i + 1][k])
            if k == self.columns:
                break
            for down, right, score in self._links(i, k):
                if (k, down, right) != (j, 1, 1):
                    best = max(best, before[i][k] + score + after[i + down][k + right])
            for down, right, score in self._links(i - 1, k) if i else ():
                if down == 2:
                    best = max(best, before[i - 1][k] + score + after[i + 1][k + right])
        return best


def _joined(likeness: Likeness, page: Sequence[Block], i: int) -> Block | None:
    """Return a block joined with the next one, if they may be parts of one."""
    return likeness.joined(page[i], page[i + 1]) if i + 1 < len(page) else None


def _moved(steps: Sequence[_Step], likeness: Likeness) -> list[_Step]:
    """Pair blocks that have changed places, where what they have in common leaves no doubt."""
    mine = _left(len(likeness.mine), (i for step in steps for i in step.mine))
    theirs = _left(len(likeness.theirs), (j for step in steps for j in step.theirs))
    places = {i: _place(steps, i) for i in mine}

    def near(i: int, j: int) -> float:
        return likeness(i, j) if abs(places[i] - j) <= _NEAR else NEVER

    found = []
    for i in mine:
        scores = sorted(((near(i, j), j) for j in theirs), reverse=True)
        if not scores or scores[0][0] < _MOVED:
            continue
        score, j = scores[0]
        rivals = [each for each, _ in scores[1:2]] + [near(k, j) for k in mine if k != i]
        if score - max(rivals, default=NEVER) >= _SURE:
            found.append(_Step(range(i, i + 1), range(j, j + 1), True, score))
    return found


def _left(count: int, used: Iterator[int]) -> list[int]:
    taken = set(used)
    return [number for number in range(count) if number not in taken]


def _place(steps: Sequence[_Step], i: int) -> int:
    """Return where on the other page block `i` would be expected."""
    before = [step for step in steps if step.mine.stop <= i]
    return before[-1].theirs.stop if before else 0
