"""Compare two versions of a page as their readers see them: passage by passage, word by word.

Which passage was edited into which is found by the same merge that keeps translations: a catalog
is made of the old version whose translations are the numbers of its passages, and merged with the
new one. What the merge leaves alone, because its message is still there or no translation would
fit, is paired in its place, and then wherever it has moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bitext.catalog.units import Catalog, Unit
from bitext.changes import reading, words
from bitext.changes.reading import Link, Reading
from bitext.changes.words import BREAK, Piece, Word
from bitext.languages.record import Language
from bitext.page import fences, frontmatter
from bitext.page.segments import Page, Segment, messages
from bitext.translate import pairing
from bitext.translate.merge import ALIKE, entries, merge
from bitext.translate.revisions import EDITED

Kind = Literal["same", "changed", "new", "gone", "moved away"]

FACTS = ("status", "version", "date", "authentic", "keeper", "reviewed", "review_by")
"""The keys of front matter that a page shows beside its text."""
_UNSEEN = frozenset(("address",))
"""The kinds of segments that are shown with another one: the address of a link, with the link."""


@dataclass(frozen=True)
class Passage:
    """A passage of a page, as its readers see it."""

    kind: str
    """The kind of its segment, or `code block`, `untranslated` or `fact`."""
    key: str
    """The key of its segment; what its unit in a catalog is known by."""
    level: int
    """Of a heading, how deep it is; else 0."""
    reading: Reading
    under: str
    """The text of the heading it stands below, or ""."""
    is_given: bool
    """Whether it is the same in all languages unless one writes it in another way."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.reading.text


class LinkChange(NamedTuple):
    """A link, picture or footnote that came, went or got another target; None for no link."""

    old: Link | None
    new: Link | None


@dataclass(frozen=True)
class Change:
    """What has become of a passage, or of several that were joined or divided."""

    kind: Kind
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]
    pieces: tuple[Piece, ...] = ()
    """Its words, with what has become of each."""
    links: tuple[LinkChange, ...] = ()
    is_moved: bool = False
    """Whether it stands in another place among its neighbours."""

    @property
    def passage(self) -> Passage:
        """The new passage, or the one that is gone; of several the first."""
        return (self.new or self.old)[0]

    @property
    def is_other_kind(self) -> bool:
        """Whether it is another kind of text now: a paragraph made a heading."""
        if not (self.old and self.new):
            return False
        old, new = self.old[0], self.new[0]
        return (old.kind, old.level) != (new.kind, new.level)

    @property
    def is_visible(self) -> bool:
        """Whether a reader could see that anything has changed."""
        return self.kind != "same"


def compare(old: Page | None, new: Page | None, language: Language) -> tuple[Change, ...]:
    """Return what has become of each passage of a page, in the order of the new version.

    What is gone stands where it was. None is a version that does not exist.
    """
    before, after = passages(old) if old else [], passages(new) if new else []
    groups = _groups(before, after)
    return tuple(_Teller(before, after, language).changes(groups))


def visible(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that a reader could see."""
    return [each for each in changes if each.is_visible]


# -- passages -------------------------------------------------------------------------


def passages(page: Page) -> list[Passage]:
    """Return the passages of a page in the order of reading."""
    targets = reading.references(page.text)
    found = sorted((*_segments(page), *_others(page)), key=lambda each: each[0])
    result: list[Passage] = []
    under = ""
    for _, segment in found:
        read = (
            Reading(segment.message)
            if segment.kind in _VERBATIM
            else reading.read(segment.message, targets)
        )
        level = _level(page.text, segment)
        if not read.text and not read.links:
            continue
        passage = Passage(
            segment.kind, segment.key, level, read, under, segment.is_given or segment.kind in _OWN
        )
        under = read.text if level else under
        result.append(passage)
    return result


_OWN = frozenset(("code block", "untranslated", "fact"))
_VERBATIM = _OWN - {"untranslated"} | {"code", "address", "label", "drawing", "default title"}


def _segments(page: Page) -> Iterator[tuple[int, Segment]]:
    last = 0
    for segment in page.segments:
        last = segment.spans[0][0] if segment.spans else last
        if segment.kind not in _UNSEEN:
            yield last, segment


def _others(page: Page) -> Iterator[tuple[int, Segment]]:
    """Yield what readers see and translators do not: facts, code, and what is not translated."""
    text, start = page.text, frontmatter.end(page.text)
    values = _front(text)
    for key in FACTS:
        if key in values:
            yield 0, Segment("fact", f"{key}: {_written(values[key])}", (), "")
    taken = [span for segment in page.segments for span in segment.spans]
    code = []
    for place, fence in fences.find(text, start) if "```" in text or "~~~" in text else ():
        code.append((place, fence.end))
        content = text[slice(*fence.content)]
        if content.strip() and not _overlap(fence.content, taken):
            yield place, Segment("code block", _dedented(content, fence.prefix), (), "")
    for block in _SKIPPED.finditer(text, start):
        begin, end = block.span("one") if block["one"] is not None else block.span("many")
        for row in _PARAGRAPH.finditer(text, begin, end):
            if not _overlap(row.span(), [*taken, *code]):
                yield row.start(), Segment("untranslated", row[0].strip(), (), "")


_SKIPPED = re.compile(
    r"<!--\s*i18n:\s*skip\s*-->(?P<one>\s*?.*?)(?=\n[ \t]*\n|\Z)"
    r"|<!--\s*i18n:\s*skip-start\s*-->(?P<many>.*?)(?:<!--\s*i18n:\s*skip-end\s*-->|\Z)",
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n[ \t]*[^\s][^\n]*)*")


def _front(text: str) -> Mapping[str, object]:
    try:
        values = frontmatter.load(text)
    except frontmatter.FrontMatterError:
        return {}
    return values if isinstance(values, dict) else {}


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _dedented(content: str, prefix: str) -> str:
    rows = content.splitlines()
    return "\n".join(row.removeprefix(prefix) for row in rows).strip("\n")


def _overlap(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _level(text: str, segment: Segment) -> int:
    """Return how deep a heading is; 0 for other text."""
    if segment.kind != "heading" or not segment.spans:
        return 0
    start = text.rfind("\n", 0, segment.spans[0][0]) + 1
    if found := _HASHES.search(text, start, segment.spans[0][0]):
        return len(found[0])
    if found := _TAG.search(text, start, segment.spans[0][0]):
        return int(found[1])
    after = text[segment.spans[-1][1] :].partition("\n")[2].lstrip()
    return 1 if after.startswith("=") else 2


_HASHES = re.compile(r"#{1,6}")
_TAG = re.compile(r"<h([1-6])", re.IGNORECASE)


# -- pairs ------------------------------------------------------------------------------


class _Group(NamedTuple):
    """Passages that belong together, by their numbers in both versions."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


_MARK = re.compile("\x02(\\d+)\x03")


def _groups(old: Sequence[Passage], new: Sequence[Passage]) -> list[_Group]:
    """Return which passages of two versions belong together; each is in one group at most."""
    found = sources(_page(old), _page(new))
    pairs = _Pairs(old, new)
    pairs.join_and_split(found)
    pairs.in_order([_single(found, each.key) for each in new])
    pairs.in_place()
    pairs.anywhere()
    return sorted(pairs.groups, key=lambda group: (group.new, group.old))


def _single(sources: Mapping[str, tuple[str, ...]], key: str) -> str:
    found = sources.get(key, ())
    return found[0] if len(found) == 1 else "\0"


def sources(old: Page, new: Page) -> dict[str, tuple[str, ...]]:
    """Return the keys of the old segments that each new one was made from, as the merge sees it."""
    keys = list(messages(old.segments))
    merged = merge(new, numbered(old))
    return {
        unit.key: tuple(keys[int(number)] for number in _MARK.findall(unit.translation))
        for unit in merged.units
        if unit.state != "suggested"  # a look-alike is no edit
    }


def numbered(page: Page) -> Catalog:
    """Return a catalog of a page in which each translation begins with the number of its unit.

    Behind it stands the message: links are followed only where a translation has them.
    """
    notes = {key: note for note, _, key in entries(page, "")}
    known = messages(page.segments)
    return Catalog(
        {},
        tuple(
            Unit(s.message, f"\x02{n}\x03{s.message}", note=notes[key], context=s.context)
            for n, (key, s) in enumerate(known.items())
        ),
    )


def _page(found: Sequence[Passage]) -> Page:
    """Return passages as a page that can be merged."""
    return Page("", tuple(_segment(each) for each in found))


def _segment(passage: Passage) -> Segment:
    context, mark, message = passage.key.rpartition("\x04")
    return Segment(passage.kind, message, (), "", context=context if mark else None)


class _Pairs:
    """Passages of two versions that are being paired; once paired, each is left alone."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self._old, self._new = old, new
        self.groups: list[_Group] = []
        self._old_left = dict.fromkeys(range(len(old)))
        self._new_left = dict.fromkeys(range(len(new)))

    def _take(self, old: Iterable[int], new: Iterable[int], is_moved: bool = False) -> None:
        group = _Group(tuple(old), tuple(new), is_moved)
        self.groups.append(group)
        for number in group.old:
            del self._old_left[number]
        for number in group.new:
            del self._new_left[number]

    def join_and_split(self, sources: Mapping[str, tuple[str, ...]]) -> None:
        """Pair what was joined or divided."""
        places = _places(self._old)
        shared = Counter(keys for keys in sources.values() if len(keys) == 1)
        for j in list(self._new_left):
            keys = sources.get(self._new[j].key, ())
            if len(keys) > 1:
                old = [n for key in keys for n in places[key] if n in self._old_left]
                if len(old) == len(keys) and _is_run(old) and j in self._new_left:
                    self._take(old, [j])
            elif len(keys) == 1 and shared[keys] > 1 and j in self._new_left:
                parts = [j]
                while (
                    parts[-1] + 1 in self._new_left
                    and sources.get(self._new[parts[-1] + 1].key) == keys
                ):
                    parts.append(parts[-1] + 1)
                old = [n for n in places[keys[0]] if n in self._old_left][:1]
                whole = " ".join(self._new[n].text for n in parts)
                alike = old and fuzz.ratio(whole, self._old[old[0]].text) >= ALIKE
                if len(parts) > 1 and alike:
                    self._take(old, parts)

    def in_order(self, sources: Sequence[str]) -> None:
        """Pair what the merge has paired, in order; what is out of order was moved."""
        old, new = list(self._old_left), list(self._new_left)
        mine, theirs = [self._old[i].key for i in old], [sources[j] for j in new]
        for step in LCSseq.opcodes(mine, theirs):
            if step.tag == "equal":
                for i, j in zip(
                    old[step.src_start : step.src_end],
                    new[step.dest_start : step.dest_end],
                    strict=True,
                ):
                    self._take([i], [j])
        left: dict[str, list[int]] = {}
        for i in self._old_left:
            left.setdefault(self._old[i].key, []).append(i)
        for j in list(self._new_left):
            if waiting := left.get(sources[j]):
                self._take([waiting.pop(0)], [j], is_moved=True)

    def in_place(self) -> None:
        """Pair what is left between the same neighbours: by likeness, or else one by one."""
        for old, new in self._gaps():
            for i, j in self._alike(old, new):
                self._take([old[i]], [new[j]])
        for old, new in self._gaps():
            kinds = [self._old[i].kind for i in old]
            if kinds == [self._new[j].kind for j in new]:
                for i, j in zip(old, new, strict=True):
                    self._take([i], [j])

    def _alike(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        def likeness(i: int, j: int) -> float:
            mine, theirs = self._old[old[i]], self._new[new[j]]
            if mine.is_given != theirs.is_given:
                return -1.0
            return fuzz.ratio(mine.text, theirs.text, score_cutoff=EDITED) or -1.0

        return pairing.best_pairs(len(old), len(new), likeness, skip=0.0)

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        """Return the passages that are left between neighbors that are paired in order."""
        anchors = [(g.old[-1], g.new[-1]) for g in self.groups if not g.is_moved]
        ends = [(-1, -1), *sorted(anchors, key=lambda each: each[1]), (_FAR, _FAR)]
        found = []
        for (i, j), (i_end, j_end) in pairwise(ends):
            old = [n for n in self._old_left if i < n < i_end]
            new = [n for n in self._new_left if j < n < j_end]
            if old and new:
                found.append((old, new))
        return found

    def anywhere(self) -> None:
        """Pair what was moved and edited: what is much alike, wherever it stands."""
        scored = sorted(
            (
                (-score, j, i)
                for j in self._new_left
                for i in self._old_left
                if (score := self._moved_likeness(i, j)) >= ALIKE
            ),
        )
        for _, j, i in scored:
            if i in self._old_left and j in self._new_left:
                self._take([i], [j], is_moved=True)

    def _moved_likeness(self, i: int, j: int) -> float:
        mine, theirs = self._old[i].text, self._new[j].text
        if min(len(mine), len(theirs)) < _SHORTEST and mine != theirs:
            return 0.0
        return fuzz.ratio(mine, theirs, score_cutoff=ALIKE)


_FAR = 10**9
_SHORTEST = 8
"""The letters from which on two texts in different places that are alike are one that was moved."""


def _places(found: Sequence[Passage]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, each in enumerate(found):
        places.setdefault(each.key, []).append(number)
    return places


def _is_run(numbers: Sequence[int]) -> bool:
    return all(second == first + 1 for first, second in pairwise(numbers))


# -- changes ----------------------------------------------------------------------------


class _Teller:
    """Tells what has become of the passages of two versions of a page."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], language: Language) -> None:
        self._old, self._new, self._language = old, new, language

    def changes(self, groups: Sequence[_Group]) -> Iterator[Change]:
        """Yield the changes in the order of the new version, what is gone in its old place."""
        owner = {number: group for group in groups for number in group.new}
        paired = {number: group for group in groups for number in group.old}
        gone = self._gone(paired)
        yield from gone.get(-1, ())
        for number in range(len(self._new)):
            group = owner.get(number, _Group((), (number,)))
            if group.new[0] == number:
                yield self._change(group)
                if group.old and not group.is_moved:
                    for i in group.old:
                        yield from gone.get(i, ())

    def _gone(self, paired: Mapping[int, _Group]) -> dict[int, list[Change]]:
        """Return what is gone or was moved away, by the passage that it stood behind."""
        found: dict[int, list[Change]] = {}
        last = -1
        for number, passage in enumerate(self._old):
            group = paired.get(number)
            if group is not None and not group.is_moved:
                last = number
            elif group is None:
                pieces = words.whole(passage.text, "")
                links = tuple(LinkChange(each, None) for each in passage.reading.links)
                found.setdefault(last, []).append(Change("gone", (passage,), (), pieces, links))
            elif number == group.old[0]:
                new = tuple(self._new[j] for j in group.new)
                found.setdefault(last, []).append(
                    Change("moved away", (passage,), new, is_moved=True)
                )
        return found

    def _change(self, group: _Group) -> Change:
        old, new = [self._old[i] for i in group.old], [self._new[j] for j in group.new]
        links = _links(old, new)
        if not old:
            pieces = words.whole("", new[0].text)
            return Change("new", (), tuple(new), pieces, links)
        pieces = pieces_of([each.text for each in old], [each.text for each in new], self._language)
        made = Change("changed", tuple(old), tuple(new), pieces, links, group.is_moved)
        is_same = words.is_same(pieces) and not links
        if is_same and not made.is_other_kind and not group.is_moved:
            return replace(made, kind="same")
        return made


def pieces_of(old: Sequence[str], new: Sequence[str], language: Language) -> tuple[Piece, ...]:
    """Return what has become of the words of texts; texts without likeness change as a whole."""
    if len(old) == 1 and old == new:
        return (Piece("same", new[0]),)
    if len(old) == len(new) == 1 and fuzz.ratio(old[0], new[0]) < _UNLIKE:
        return words.whole(old[0], new[0])
    return words.of_words(_words(old, language), _words(new, language))


_UNLIKE = 30.0
"""The likeness (per cent) below which two texts have words in common by accident alone."""


def _words(texts: Sequence[str], language: Language) -> list[Word]:
    """Return the words of texts, with a sign where each but the last ends."""
    found: list[Word] = []
    for text in texts:
        if found:
            found.append(Word(BREAK, True))
        divided = words.divide(text, language)
        if found and divided:
            divided[0] = divided[0]._replace(is_apart=True)
        found += divided
    return found


def _links(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[LinkChange, ...]:
    """Return the links that came, went or got another target."""
    before = [link for each in old for link in each.reading.links]
    after = [link for each in new for link in each.reading.links]
    gone = _without([(each.kind, each.target) for each in before], after, before)
    come = _without([(each.kind, each.target) for each in after], before, after)
    if len(gone) == len(come):
        return tuple(LinkChange(one, other) for one, other in zip(gone, come, strict=True))
    return (
        *(LinkChange(each, None) for each in gone),
        *(LinkChange(None, each) for each in come),
    )


def _without(
    keys: Sequence[tuple[str, str]], other: Sequence[Link], links: Sequence[Link]
) -> list[Link]:
    """Return the links that the other version does not have, as often as it lacks them."""
    known = Counter((each.kind, each.target) for each in other)
    left = []
    for key, link in zip(keys, links, strict=True):
        if known[key]:
            known[key] -= 1
        else:
            left.append(link)
    return left
