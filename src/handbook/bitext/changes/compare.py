"""Compare two versions of a page as their readers see them: passage by passage, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from handbook.bitext.changes import words
from handbook.bitext.changes.pairs import Group, groups
from handbook.bitext.changes.passages import Passage, as_read, passages
from handbook.bitext.changes.reading import Link
from handbook.bitext.changes.words import BREAK, Piece, Word
from handbook.bitext.languages.record import Language
from handbook.bitext.page.segments import Page

Kind = Literal["same", "changed", "new", "gone", "moved away"]


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
        """Whether it is another kind of text now: a paragraph made a heading, an item nested."""
        if not (self.old and self.new):
            return False
        old, new = self.old[0], self.new[0]
        return _kind(old) != _kind(new)

    @property
    def is_visible(self) -> bool:
        """Whether a reader could see that anything has changed."""
        return self.kind != "same"


def compare(old: Page | None, new: Page | None, language: Language) -> tuple[Change, ...]:
    """Return what has become of each passage of a page, in the order of the new version.

    What is gone stands where it was. None is a version that does not exist.
    """
    before, after = passages(old) if old else [], passages(new) if new else []
    return of_passages(before, after, language)


def of_passages(
    old: Sequence[Passage], new: Sequence[Passage], language: Language
) -> tuple[Change, ...]:
    """Return what has become of each passage, from passages that the caller has read already."""
    old, new = as_read(old), as_read(new)
    return tuple(_Teller(old, new, language).changes(groups(old, new)))


def visible(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that a reader could see."""
    return [each for each in changes if each.is_visible]


class _Teller:
    """Tells what has become of the passages of two versions of a page."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], language: Language) -> None:
        self._old, self._new, self._language = old, new, language

    def changes(self, groups: Sequence[Group]) -> Iterator[Change]:
        """Yield the changes in the order of the new version, what is gone in its old place."""
        owner = {number: group for group in groups for number in group.new}
        paired = {number: group for group in groups for number in group.old}
        gone = self._gone(paired)
        yield from gone.get(-1, ())
        for number in range(len(self._new)):
            group = owner.get(number, Group((), (number,)))
            if group.new[0] == number:
                yield self._change(group)
                if group.old and not group.is_moved:
                    for i in group.old:
                        yield from gone.get(i, ())

    def _gone(self, paired: Mapping[int, Group]) -> dict[int, list[Change]]:
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

    def _change(self, group: Group) -> Change:
        old, new = [self._old[i] for i in group.old], [self._new[j] for j in group.new]
        if not group.is_moved and len(old) == len(new) == 1 and _is_same(old[0], new[0]):
            return Change("same", tuple(old), tuple(new), (Piece("same", new[0].text),))
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


def _is_same(old: Passage, new: Passage) -> bool:
    """Tell whether a passage is the same as before, without comparing its words: most are."""
    return (old.reading, _kind(old)) == (new.reading, _kind(new))


def _kind(passage: Passage) -> tuple[str, int, int]:
    return passage.kind, passage.level, passage.depth


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
