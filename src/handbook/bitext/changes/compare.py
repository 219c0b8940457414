"""Compare two versions of a page as their readers see them: passage by passage, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from handbook.bitext.changes import forms, styles, words
from handbook.bitext.changes.forms import FormChange
from handbook.bitext.changes.grouping import Group, groups
from handbook.bitext.changes.passages import Passage, as_read, passages
from handbook.bitext.changes.reading import Link
from handbook.bitext.changes.styles import StyleChange, Styled
from handbook.bitext.changes.words import BREAK, Piece, Word
from handbook.bitext.languages.record import Language
from handbook.bitext.page.segments import Page

Kind = Literal["same", "changed", "new", "gone", "moved away"]


class LinkChange(NamedTuple):
    """A link, picture or footnote that came, went or got another target; None for no link."""

    old: Link | None
    new: Link | None

    @property
    def is_exchanged(self) -> bool:
        """Whether a picture, or the file of a link, has another content under the same name."""
        old, new = self
        if old is None or new is None or old.content == new.content:
            return False
        return (old.target, old.title) == (new.target, new.title)


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
    forms: tuple[FormChange, ...] = ()
    """What is otherwise about it, its words and links aside."""
    styles: tuple[StyleChange, ...] = ()
    """Words that have stayed, and are bold now, struck out, or the like; or no longer so."""

    @property
    def passage(self) -> Passage:
        """The new passage, or the one that is gone; of several the first."""
        return (self.new or self.old)[0]

    @property
    def is_other_kind(self) -> bool:
        """Whether it is another kind of text now, such as a paragraph that was made a heading."""
        return bool(self.old and self.new) and self.old[0].kind != self.new[0].kind

    @property
    def is_edited(self) -> bool:
        """Whether more of it has changed than its place."""
        parts = self.links, self.forms, self.styles
        return any(parts) or not words.is_same(self.pieces)

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
    return tuple(_Comparison(old, new, language).changes(groups(old, new)))


def seen(old: Sequence[Passage], new: Sequence[Passage], language: Language) -> list[Change]:
    """Return the changes that a reader could see, without a look at what is the same around them.

    What is the same at the beginning and at the end of both versions is most of a page.
    """
    old, new = as_read(old), as_read(new)
    pairs = zip(old, new, strict=False)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    old, new = old[start:], new[start:]
    ends = zip(reversed(old), reversed(new), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return visible(of_passages(old[: len(old) - end], new[: len(new) - end], language))


def visible(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that a reader could see."""
    return [each for each in changes if each.is_visible]


class _Comparison:
    """What has become of the passages of two versions of a page."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], language: Language) -> None:
        self._old, self._new, self._language = old, new, language
        self._labels: dict[str, str] = {}
        """Of footnotes, what the labels of the old version are in the new one."""

    def changes(self, groups: Sequence[Group]) -> Iterator[Change]:
        """Yield the changes in the order of the new version, what is gone in its old place."""
        for group in groups:
            for i, j in zip(group.old, group.new, strict=False):
                if self._old[i].label and self._new[j].label:
                    self._labels[self._old[i].label] = self._new[j].label
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
        """Return what has become of the passages of a group."""
        old, new = [self._old[i] for i in group.old], [self._new[j] for j in group.new]
        if not group.is_moved and len(old) == len(new) == 1 and _is_same(old[0], new[0]):
            return Change("same", tuple(old), tuple(new), (Piece("same", new[0].text),))
        links = self._links(old, new)
        if not old:
            pieces = words.whole("", new[0].text)
            return Change("new", (), tuple(new), pieces, links)
        pieces = self._pieces(old, new)
        made = Change(
            "changed",
            tuple(old),
            tuple(new),
            pieces,
            links,
            group.is_moved,
            forms.changed(old[0].form, new[0].form),
            styles.changed(_styled(old), _styled(new), pieces),
        )
        is_same = not made.is_edited or _is_same_skeleton(old, new)
        if is_same and not made.is_other_kind and not group.is_moved:
            return replace(made, kind="same")
        return made

    def _links(self, old: Sequence[Passage], new: Sequence[Passage]) -> tuple[LinkChange, ...]:
        """Return what has become of links; a footnote with another label is the same."""
        before = [link for each in old for link in each.reading.links]
        after = [link for each in new for link in each.reading.links]
        renamed = (
            link._replace(target=self._labels.get(link.target, link.target))
            if link.kind == "footnote"
            else link
            for link in before
        )
        return _changed_links(list(renamed), after)

    def _pieces(self, old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Piece, ...]:
        before, after = ([each.text for each in side] for side in (old, new))
        if len(old) == len(new) == 1 and {old[0].kind, new[0].kind} <= IN_LINES:
            mine, theirs = (words.divide_lines(text, self._language) for (text,) in (before, after))
            return words.of_words(mine, theirs)
        return pieces_of(before, after, self._language)


IN_LINES = frozenset(("code block", "diagram", "code"))
"""The kinds of passages whose lines readers see."""


def _is_same(old: Passage, new: Passage) -> bool:
    """Tell whether a passage is the same as before, without comparing its words: most are."""
    return (old.reading, old.kind, old.form) == (new.reading, new.kind, new.form)


def _styled(found: Sequence[Passage]) -> list[Styled]:
    return [(each.text, each.reading.styles) for each in found]


def _is_same_skeleton(old: Sequence[Passage], new: Sequence[Passage]) -> bool:
    """Tell whether code or a diagram has only other words, which are passages of their own."""
    mine, theirs = ([each.skeleton for each in side] for side in (old, new))
    return all(mine) and mine == theirs


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


def _changed_links(before: Sequence[Link], after: Sequence[Link]) -> tuple[LinkChange, ...]:
    """Return the links that came, went or got another target."""
    gone, come = _without(before, after), _without(after, before)
    if not (gone or come) and _leading(before) == _leading(after):
        pairs = zip(before, after, strict=True)  # which may have exchanged their targets
        return tuple(LinkChange(one, other) for one, other in pairs if one.key != other.key)
    same: list[LinkChange] = []
    for link in list(gone):
        if other := _of_target(link, come):
            same.append(LinkChange(link, other))
            gone.remove(link)
            come.remove(other)
    if len(gone) == len(come):
        pairs = zip(gone, come, strict=True)
        return (*same, *(LinkChange(one, other) for one, other in pairs))
    return (
        *same,
        *(LinkChange(each, None) for each in gone),
        *(LinkChange(None, each) for each in come),
    )


def _leading(links: Iterable[Link]) -> list[str]:
    """Return the words of a text that lead somewhere; nothing for a footnote."""
    return ["" if each.kind == "footnote" else each.words for each in links]


def _of_target(link: Link, others: Sequence[Link]) -> Link | None:
    """Return that of other links which leads to the same target, if one does."""
    found = (each for each in others if (each.kind, each.target) == (link.kind, link.target))
    return next(found, None)


def _without(links: Sequence[Link], other: Sequence[Link]) -> list[Link]:
    """Return the links that the other version does not have, as often as it lacks them."""
    known = Counter(each.key for each in other)
    left = []
    for link in links:
        if known[link.key]:
            known[link.key] -= 1
        else:
            left.append(link)
    return left
