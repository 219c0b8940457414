"""Prove that translations change only the text of a rendered page.

The page is rendered with its translations and compared with the rendered source. If they
differ, the translations at fault are found: with one more rendering, in which markers around
each segment show where it is; or, if that is not enough, by rendering with fewer translations, in
the end each alone in the source page. No translation is refused because of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from handbook.bitext.page import frontmatter
from handbook.bitext.page.segments import Page
from handbook.bitext.translate import splice
from handbook.bitext.translate.skeleton import (
    SIGN,
    Difference,
    Renderer,
    Skeleton,
    describe,
    differences,
    headings,
    marker,
    skeleton,
    titles,
)

NOT_RENDERED = frozenset(("front matter", "short form", "label", "code", "code comment", "address"))
"""The kinds of text that a rendered page does not show; only `guards` checks them."""

_TEMPLATE = re.compile(r"\{(?=[{%])")
"""What begins a macro or a template."""

_SIGNS = re.compile(r"^[*_~^=+]|[*_~^=+]$")
"""Signs of emphasis at an end of a heading."""

Texts = Sequence[str | None]
"""The text for each segment of a page; None means the source text."""

_TOGETHER = "with the translations before it, {}"
_REPEATED = "{} where the page has it more than once"


class Original:
    """A source page and its renderings, with which its translations are compared."""

    def __init__(self, page: Page, render: Renderer) -> None:
        """Store the page and its renderer; the page is rendered when first needed."""
        # A mark that the page itself has is not ours.
        self.page = page._replace(text=page.text.replace(SIGN, "\ue6a1"))
        self.render = render
        self.shown = [n for n, s in enumerate(page.segments) if s.kind not in NOT_RENDERED]

    @cached_property
    def _with_marked_headings(self) -> str:
        headings = [n for n, segment in enumerate(self.page.segments) if segment.is_heading]
        return self._html(self._marked([None] * len(self.page.segments), headings), {})

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """The ids of headings, by the index of their segments.

        But not of those that have a template: their ids are known when it has run.
        """
        messages = [segment.message for segment in self.page.segments]
        return {
            n: identifier
            for n, identifier in self._headings
            if n is not None and identifier and not _TEMPLATE.search(messages[n])
        }

    @property
    def _headings(self) -> list[tuple[int | None, str]]:
        """The headings of the page in order: the index of its segment, if known, and its id.

        Beside a marker, signs of emphasis may become letters of the id. Then the headings are told
        from the page with markers, and their ids from the page without them.
        """
        found = list(headings(self._with_marked_headings))
        segments = self.page.segments
        if any(n is not None and _SIGNS.search(segments[n].message) for n, _ in found):
            own = list(headings(self._html([None] * len(segments), {})))
            if len(own) == len(found):
                return [(n, name) for (n, _), (_, name) in zip(found, own, strict=True)]
        return found

    @cached_property
    def boxes_with_title(self) -> frozenset[int]:
        """The indexes of the default titles that belong to a box.

        `/// tip` in the middle of a paragraph, or without the extension for it, is text.
        """
        numbers = [n for n, s in enumerate(self.page.segments) if s.kind == "default title"]
        marks = {n: marker(n) for n in numbers}
        html = self._html([marks.get(n) for n in range(len(self.page.segments))], {})
        return titles(html)

    @cached_property
    def skeleton(self) -> Skeleton:
        """The skeleton of the source page."""
        return skeleton(self._with_marked_headings)

    @cached_property
    def _plain(self) -> Skeleton:
        """The skeleton of the source page without any marker."""
        return skeleton(self._html([None] * len(self.page.segments), {}))

    def allows(self, made: Skeleton) -> bool:
        """Tell whether a page with skeleton `made` differs from the source page only in text.

        A marker in a heading may itself change the page: `#12` is a link on some sites.
        """
        return self.skeleton.allows(made) or self._plain.allows(made)

    @cached_property
    def marked_skeleton(self) -> Skeleton:
        """The skeleton of the source page with a marker on each side of every segment."""
        return self.marked_skeleton_of([None] * len(self.page.segments))

    def skeleton_of(self, texts: Texts) -> Skeleton:
        """Return the skeleton of the page with `texts`."""
        return skeleton(self._html(texts, self.ids))

    def marked_skeleton_of(self, texts: Texts) -> Skeleton:
        """Return the skeleton of the page with `texts` and the same markers."""
        return skeleton(self._html(self._marked(texts, self.shown), self.ids))

    def with_marks(self, numbers: Iterable[int]) -> str:
        """Return the rendered source page with a marker on each side of these segments."""
        return self._html(self._marked([None] * len(self.page.segments), numbers), self.ids)

    def _html(self, texts: Texts, ids: Mapping[int, str]) -> str:
        text = splice.splice(self.page, texts, ids)[frontmatter.end(self.page.text) :]
        if not _TEMPLATE.search(text):
            return _with_numbered_tabs(self.render(text))
        # It has run before Markdown is read: its braces begin no attribute list.
        html = self.render(_TEMPLATE.sub("\ue6a2{", text)).replace("\ue6a2", "")
        return _with_numbered_tabs(html)

    def _marked(self, texts: Texts, numbers: Iterable[int]) -> Texts:
        """Return texts with a marker around those of some segments, to find them when rendered."""
        marked = list(texts)
        for number in numbers:
            text = texts[number]
            text = self.page.segments[number].message if text is None else text
            marked[number] = marker(number) + text + marker(number)
        return marked


_TAB = re.compile(r'(<input [^>]*\bid=")([^"]*)(?=" name="__tabbed_\d)')
_TAB_LABEL = re.compile(r'(<label for=")([^"]*)(?=">)')


def _with_numbered_tabs(html: str) -> str:
    """Return HTML whose tabs have numbers for ids; those made of titles differ in a translation."""
    if not (found := [each[2] for each in _TAB.finditer(html)]):
        return html
    numbers = {name: f"__tab_{number}" for number, name in enumerate(found)}

    def numbered(match: re.Match[str]) -> str:
        return match[1] + numbers.get(match[2], match[2])

    return _TAB_LABEL.sub(numbered, _TAB.sub(numbered, html))


def faults(original: Original, translations: Texts) -> dict[int, str]:
    """Return the indexes of the translations to refuse, each with the reason.

    Without them, the page differs from its source only in text.
    """
    trial = _Trial(original, translations)
    left = [
        n
        for n in original.shown
        if translations[n] is not None and translations[n] != original.page.segments[n].message
    ]
    found: dict[int, str] = {}
    while left and not trial.holds(left):
        at_fault = trial.located(left) or trial.first(left)
        found |= at_fault
        left = [number for number in left if number not in at_fault]
    return found


class _Trial:
    """A test that renders a page with some translations and compares it with the source page."""

    def __init__(self, original: Original, translations: Texts) -> None:
        self.original = original
        self.translations = translations
        self.harmless: set[int] = set()
        """Those known to change only text when no others are used: none is tried twice."""

    def _texts(self, numbers: Iterable[int]) -> Texts:
        chosen = set(numbers)
        return [text if n in chosen else None for n, text in enumerate(self.translations)]

    def _skeleton(self, numbers: Iterable[int]) -> Skeleton:
        return self.original.skeleton_of(self._texts(numbers))

    def holds(self, numbers: Sequence[int]) -> bool:
        """Tell whether these translations, together, change only text."""
        return self.original.allows(self._skeleton(numbers))

    def located(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the translations at fault, as located by markers; {} if no fault can be located.

        A difference between the two markers of one segment is its own fault, with two exceptions.
        A marker can itself change how the text beside it is parsed: such blocks are doubtful. And
        if blocks have changed between segments, differences inside others may be a consequence:
        so doubtful ones are tried first, and block structure comes before inline elements.
        """
        texts = self._texts(numbers)
        source, made = self.original.marked_skeleton, self.original.marked_skeleton_of(texts)
        source_changed = _changed(self.original.skeleton, source)
        made_changed = _changed(self._skeleton(numbers), made)
        certain: list[Difference] = []
        doubtful: set[int] = set()
        for each in differences(source, made):
            is_unmoved = source_changed.isdisjoint(each.mine) and made_changed.isdisjoint(
                each.theirs
            )
            if each.inside and is_unmoved:
                certain.append(each)
            else:
                doubtful |= each.numbers
        return (
            self._alone(sorted(doubtful.intersection(numbers) - self.harmless))
            or _named((each for each in certain if not each.inline), numbers)
            or _named(certain, numbers)
        )

    def _alone(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return those that change the page when no others are used, found by halving."""
        if not numbers:
            return {}
        made = self._skeleton(numbers)
        if self.original.allows(made):
            self.harmless.update(numbers if len(numbers) == 1 else ())
            return {}
        if len(numbers) == 1:
            return {numbers[0]: _fault(self.original.skeleton, made)}
        middle = len(numbers) // 2
        return self._alone(numbers[:middle]) | self._alone(numbers[middle:])

    def first(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the first translation that changes the page, if those before it do not.

        Found by binary search: `numbers[:good]` change only text, `numbers[:bad]` more. If it
        does so only with itself, where the page has its message once more, it is refused there too.
        """
        good, bad = 0, len(numbers)
        while bad - good > 1:
            middle = (good + bad) // 2
            if self.holds(numbers[:middle]):
                good = middle
            else:
                bad = middle
        return self._alone([numbers[good]]) or self._together(numbers[:bad])

    def _together(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the last of these translations, which changes the page with those before it."""
        keys = [segment.key for segment in self.original.page.segments]
        same = [number for number in numbers if keys[number] == keys[numbers[-1]]]
        made = self._skeleton(same)
        if not self.original.allows(made):
            return dict.fromkeys(same, _REPEATED.format(_fault(self.original.skeleton, made)))
        before, after = self._skeleton(numbers[:-1]), self._skeleton(numbers)
        return {numbers[-1]: _TOGETHER.format(_fault(before, after))}


def _changed(plain: Skeleton, marked: Skeleton) -> set[int]:
    """Return the indexes of the blocks that markers have changed; all if not known."""
    if len(plain.blocks) != len(marked.blocks):
        return set(range(len(marked.blocks)))
    pairs = zip(plain.blocks, marked.blocks, strict=True)
    return {n for n, (one, other) in enumerate(pairs) if one != other}


def _named(found: Iterable[Difference], numbers: Sequence[int]) -> dict[int, str]:
    return {n: each.reason for each in found for n in each.numbers.intersection(numbers)}


def _fault(source: Skeleton, made: Skeleton) -> str:
    """Describe how a page with one translation differs from the source page."""
    mine, theirs = list(source.blocks), list(made.blocks)
    for end in (0, -1):  # remove what is the same at both ends
        while mine and theirs and mine[end].allows(theirs[end]):
            del mine[end], theirs[end]
    return describe(mine, theirs)
